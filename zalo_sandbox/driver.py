"""For tests: people with phones, the clock and the network's moods, as verbs over HTTP."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx

from .app import Deliver, Running, create_sandbox
from .config import SandboxConfig
from .state import FailureKind, Now

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 32


async def time_out() -> None:
    """A client's time-out, without the time. Raises `httpx.ReadTimeout`."""
    raise httpx.ReadTimeout("ordered by the test")


async def nowhere(_url: str, _body: bytes, _headers: Any) -> int:
    """Where events go when no webhook is meant to hear them: nobody answers."""
    raise ConnectionRefusedError


def in_process(
    clock: Now, deliver: Deliver = nowhere, config: SandboxConfig | None = None
) -> tuple[Running, "SandboxDriver"]:
    """A sandbox in this process and its driver; calls reach it by `httpx.ASGITransport(running.app)`, any host."""
    running = create_sandbox(config or SandboxConfig(), clock, deliver, time_out)
    client = httpx.AsyncClient(transport=httpx.ASGITransport(running.app), base_url="http://sandbox.test")
    return running, SandboxDriver(client)


@dataclass(frozen=True, slots=True)
class SandboxDriver:
    """The verbs. People are named by a key of the test's choice; who was not met yet is created when they do something.

    Every verb that makes an event comes back when the webhook has been tried. What the product itself causes while it
    sends (echoes, receipts) waits for the next verb or `settle`.
    """

    client: httpx.AsyncClient

    async def meets(self, key: str, name: str = "", phone: str = "", *, follows: bool = False) -> dict[str, Any]:
        """Create somebody, or look them up; `id` is their user id."""
        body = {"key": key, "name": name, "phone": phone, "follows": follows}
        return dict(await self._post("users", body))

    async def says(self, key: str, text: str, *, to: str = "oa", quotes: str = "") -> str:
        """Type a text; the message id."""
        return await self._acts(key, "say", {"text": text, "to": to, "quotes": quotes})

    async def presses(self, key: str, title: str) -> dict[str, str]:
        """Press the newest button with this title; the button. An address or number is not followed."""
        return dict(await self._post(f"users/{key}/press", {"title": title}))

    async def sends(
        self,
        key: str,
        kind: str = "image",
        content: bytes = PNG,
        *,
        name: str = "photo.png",
        media_type: str = "image/png",
        caption: str = "",
        to: str = "oa",
    ) -> str:
        """Send a picture, gif, audio, video or file; the message id."""
        await self.meets(key)
        answer = await self.client.post(
            f"/_sandbox/users/{key}/send",
            data={"kind": kind, "caption": caption, "to": to},
            files={"file": (name, content, media_type)},
        )
        return str(_checked(answer)["message_id"])

    async def sends_location(self, key: str, latitude: float, longitude: float) -> str:
        """Send a place."""
        return await self._acts(key, "location", {"latitude": latitude, "longitude": longitude})

    async def sends_link(self, key: str, url: str, *, card: bool = False) -> str:
        """Send a link, or a contact card."""
        return await self._acts(key, "link", {"url": url, "card": card})

    async def sends_sticker(self, key: str) -> None:
        """Send a sticker."""
        await self._does(key, "sticker")

    async def submits_contact(self, key: str, name: str, phone: str, *, ward: str = "", older: bool = False) -> None:
        """Send one's contact data."""
        await self._acts(key, "contact", {"name": name, "phone": phone, "ward": ward, "older": older})

    async def follows(self, key: str) -> None:
        """Follow the account."""
        await self._does(key, "follow")

    async def unfollows(self, key: str) -> None:
        """Stop following."""
        await self._does(key, "unfollow")

    async def blocks(self, key: str) -> None:
        """Block account and bot; nobody is told."""
        await self._does(key, "block")

    async def unblocks(self, key: str) -> None:
        """Take the block back."""
        await self._does(key, "unblock")

    async def refuses_templates(self, key: str) -> None:
        """Want no template messages any more."""
        await self._does(key, "refuse-templates")

    async def sees(self, key: str) -> None:
        """Open the chat."""
        await self._does(key, "see")

    async def reacts(self, key: str, icon: str = "/-heart") -> None:
        """Put a sign under the newest message."""
        await self._acts(key, "react", {"icon": icon})

    async def answers_by_hand(self, key: str, text: str, admin_id: str = "1") -> str:
        """Answer in OA Manager, as a human."""
        return await self._acts(key, "by-hand", {"text": text, "admin_id": admin_id})

    async def shown(self, key: str, *, by: str = "oa") -> list[dict[str, Any]]:
        """Everything the phone shows in the chat with the account, or with the bot."""
        person = await self.meets(key)
        return list(person["shown_by_bot" if by == "bot" else "shown"])

    async def emits(self, body: dict[str, Any]) -> None:
        """Send any event, signed."""
        await self._post("events", body)

    async def moves_clock(self, **how_far: float) -> None:
        """Move the sandbox on (`days=7, seconds=1`); events whose try is due on the way are brought."""
        await self._post("clock", {"seconds": timedelta(**how_far).total_seconds()})

    async def settle(self) -> int:
        """Bring what is due; the number of tries."""
        return int((await self._post("settle", {}))["tries"])

    async def holds(self) -> None:
        """Keep events back from now on."""
        await self._post("webhook", {"held": True})

    async def releases(self, *, shuffle: int | None = None) -> None:
        """Let go of what was kept back, in its order or in one of chance (the seed)."""
        await self._post("webhook", {"shuffle": shuffle, "held": False})

    async def duplicates(self, times: int) -> None:
        """Bring every event so many times from now on."""
        await self._post("webhook", {"duplicates": times})

    async def switches_webhook(self, *, on: bool) -> None:
        """Switch the webhook on or off at the developer's page."""
        await self._post("webhook", {"on": on})

    async def fails_next(self, kind: FailureKind, code: int = -200, *, times: int = 1, path: str = "/") -> None:
        """Order a failure for the next calls whose path begins with `path`."""
        await self._post("failures", {"kind": kind, "code": code, "times": times, "path": path})

    async def switches(self, **changes: Any) -> None:
        """Turn switches of `SandboxConfig`; lives are seconds."""
        await self._post("switches", changes)

    async def sets_balance(self, dong: int) -> None:
        """Say what is left in the ZBS account."""
        await self._post("balance", {"dong": dong})

    async def state(self) -> dict[str, Any]:
        """Clock, webhook, quota, balance, tokens."""
        return dict(_checked(await self.client.get("/_sandbox/state")))

    async def calls(self, path: str = "/") -> list[dict[str, Any]]:
        """Every call to a path that begins so: method, path, body, status, error."""
        return list(_checked(await self.client.get("/_sandbox/calls", params={"path": path})))

    async def violations(self) -> list[str]:
        """What only a defect of the caller explains; a test asserts that there is none."""
        return list(_checked(await self.client.get("/_sandbox/violations")))

    async def deliveries(self) -> dict[str, Any]:
        """Every try to bring an event (`tries`), and events that were given up."""
        return dict(_checked(await self.client.get("/_sandbox/deliveries")))

    async def _acts(self, key: str, deed: str, body: dict[str, Any]) -> str:
        await self.meets(key)
        return str((await self._post(f"users/{key}/{deed}", body)).get("message_id", ""))

    async def _does(self, key: str, deed: str) -> None:
        await self.meets(key)
        await self._post(f"users/{key}/do", {"deed": deed})

    async def _post(self, where: str, body: Any) -> dict[str, Any]:
        return dict(_checked(await self.client.post(f"/_sandbox/{where}", json=body)) or {})


def _checked(answer: httpx.Response) -> Any:
    """The answer's JSON. Raises `LookupError` with what the sandbox said when it could not."""
    if answer.is_error:
        raise LookupError(f"{answer.request.url.path}: {answer.text}")
    return answer.json()
