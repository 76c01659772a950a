"""What the sandbox remembers: people and their phones, files, tokens, calls, and its own clock. All in memory."""

import secrets
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any, Literal

from .config import SandboxConfig

LOCAL = timezone(timedelta(hours=7))
"""Vietnam has no summer time."""

HARMLESS = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff"}
"""So that nothing that was uploaded runs as a page of ours."""

Now = Callable[[], datetime]
FailureKind = Literal["error", "http", "timeout", "half", "lost"]


@dataclass(frozen=True, slots=True)
class PhoneButton:
    """A button on a phone. `target` is the payload, the address or the number, by its type."""

    title: str
    type: str
    target: str


@dataclass(slots=True)
class Shown:
    """One message on a phone. `by` tells who wrote it: oa, admin, template, user, bot."""

    id: str
    by: str
    at: int
    text: str = ""
    pictures: tuple[str, ...] = ()
    buttons: tuple[PhoneButton, ...] = ()
    file: Mapping[str, str] | None = None
    contact: Mapping[str, str] | None = None
    quotes: str = ""
    reaction: str = ""


@dataclass(slots=True)
class Phone:
    """Somebody with Zalo. `id` is who they are to the account, `by_app` to the app, `bot_id` to the bot."""

    key: str
    name: str
    id: str
    by_app: str
    bot_id: str
    phone: str = ""
    follows: bool = False
    blocks: bool = False
    refuses_templates: bool = False
    last_interaction: datetime | None = None
    shown: list[Shown] = field(default_factory=list)
    shown_by_bot: list[Shown] = field(default_factory=list)
    shared: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asset:
    """Something that was uploaded for sending, or something a person sent. `until` is when it is gone."""

    kind: str
    name: str
    content: bytes
    media_type: str
    until: datetime


@dataclass(slots=True)
class IssuedTokens:
    """The pair in force, and those that were."""

    access: str
    access_until: datetime
    refresh: str
    refresh_until: datetime
    former_access: set[str] = field(default_factory=set)
    used_refresh: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Code:
    """A consent, waiting to be turned into tokens."""

    challenge: str
    until: datetime


@dataclass(slots=True)
class Failure:
    """What is done to the next `times` calls whose path begins with `path`."""

    kind: FailureKind
    code: int
    times: int
    path: str


@dataclass(slots=True)
class Call:
    """One call that came in and how it was answered. `error` is None where the answer has no such field."""

    method: str
    path: str
    body: Any
    at: int
    status: int = 0
    error: int | None = None
    failure: str = ""


@dataclass(slots=True)
class Sandbox:
    """Everything. `deliver` posts a body to an address and gives the status; `stall` is how a call hangs."""

    config: SandboxConfig
    clock: Now
    deliver: Callable[[str, bytes, Mapping[str, str]], Awaitable[int]]
    stall: Callable[[], Awaitable[None]]
    tokens: IssuedTokens
    shift: timedelta = timedelta()
    phones: dict[str, Phone] = field(default_factory=dict)
    assets: dict[str, Asset] = field(default_factory=dict)
    media: dict[str, Asset] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=20_000))
    violations: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    package_left: int = 0
    balance: int = 0
    last_event_at: int = 0
    templates_sent: dict[str, datetime] = field(default_factory=dict)

    def now(self) -> datetime:
        """The sandbox's moment: the clock it was given, moved."""
        return self.clock() + self.shift

    def stamp(self) -> int:
        """The moment in milliseconds."""
        return int(self.now().timestamp() * 1000)

    def event_stamp(self) -> str:
        """The moment of an event in milliseconds: no two are the same, also while the clock stands still."""
        self.last_event_at = max(self.stamp(), self.last_event_at + 1)
        return str(self.last_event_at)

    def by_id(self, user_id: object) -> Phone | None:
        """The person the account knows under an id."""
        return next((phone for phone in self.phones.values() if phone.id == user_id), None)

    def count(self, what: str, most: int) -> bool:
        """Take one of `most` for a name that holds its period; False when all are taken."""
        if self.counts.get(what, 0) >= most:
            return False
        self.counts[what] = self.counts.get(what, 0) + 1
        return True

    def violated(self, what: str) -> None:
        """Note something that only a defect of whoever calls explains."""
        self.violations.append(what)


def new_sandbox(config: SandboxConfig, clock: Now, deliver: Any, stall: Any) -> Sandbox:
    """A sandbox in which nothing has happened yet."""
    now = clock()
    return Sandbox(
        config,
        clock,
        deliver,
        stall,
        IssuedTokens(
            config.access_token, now + config.access_token_life, config.refresh_token, now + config.refresh_token_life
        ),
        package_left=config.package_quota,
        balance=config.balance,
    )


def new_id() -> str:
    """An opaque id as messages have it: hexadecimal, 80 bits."""
    return secrets.token_hex(10)


def new_number() -> str:
    """An id as people have it: 19 digits, more than a float can hold."""
    return str(2_000_000_000_000_000_001 + secrets.randbelow(7_000_000_000_000_000_000))
