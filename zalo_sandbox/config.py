"""What a sandbox is made of, and a switch for everything that nobody has confirmed on a live account."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Literal

Buttons = Literal["accept", "refuse-201", "refuse-233"]
CountText = Literal["characters", "utf16"]

EVENTS = frozenset(
    {
        "user_send_text",
        "user_send_image",
        "user_send_gif",
        "user_send_link",
        "user_send_audio",
        "user_send_video",
        "user_send_sticker",
        "user_send_location",
        "user_send_file",
        "user_send_business_card",
        "user_submit_info",
        "user_received_message",
        "user_seen_message",
        "user_reacted_message",
        "follow",
        "unfollow",
        "oa_send_text",
        "oa_send_image",
        "oa_send_gif",
        "oa_send_list",
        "oa_send_file",
        "oa_send_sticker",
        "oa_send_template",
    }
)


@dataclass(frozen=True, slots=True)
class ApprovedTemplate:
    """A ZBS template: what it says with `<name>` where a parameter goes, and how long each parameter may be.

    Prices are in đồng a message. `tag` is 1 for transaction, 2 for customer care, 3 for promotion. A press of
    `button` sends `payload`; a template without a payload has no button.
    """

    id: str
    text: str
    params: Mapping[str, int]
    tag: Literal[1, 2, 3] = 1
    approved: bool = True
    by_uid: bool = True
    price_uid: int = 200
    price_phone: int = 300
    button: str = ""
    payload: str = ""


def read_templates(path: Path = Path(__file__).parent / "zbs_templates.toml") -> tuple[ApprovedTemplate, ...]:
    """The templates of a file. Raises `ValueError` where it cannot be used, `OSError` where it cannot be read."""
    try:
        return tuple(ApprovedTemplate(**table) for table in tomllib.loads(path.read_text("utf-8"))["templates"])
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not saved as UTF-8") from None
    except (ValueError, TypeError, KeyError) as mistake:
        raise ValueError(f"{path}: {mistake}") from None


@dataclass(frozen=True, slots=True)
class SandboxConfig:
    """One app, one Official Account, one bot of the Bot Platform.

    Everything below "unconfirmed" is a guess of ours that can be turned round; the defaults are the stricter reading.
    """

    public_url: str = "http://127.0.0.1:8090"
    media_url: str = ""
    """Where the addresses of incoming media point; the sandbox itself when empty."""

    app_id: str = "4312908713504872913"
    app_secret: str = "sandbox-app-secret"  # noqa: S105 - the sandbox's own, printed for whoever starts it
    oa_id: str = "3886132808788086451"
    oa_name: str = "OA Sandbox"
    oa_type: int = 4
    oa_secret: str = "sandbox-oa-secret"  # noqa: S105 - likewise
    redirect_uri: str = "http://127.0.0.1:8080/zalo/oauth"
    webhook_url: str = ""
    access_token: str = "sandbox-access-1"  # noqa: S105 - likewise
    refresh_token: str = "sandbox-refresh-1"  # noqa: S105 - likewise
    access_token_life: timedelta = timedelta(seconds=90_000)
    refresh_token_life: timedelta = timedelta(days=90)

    requests_a_minute: int = 4_000
    package_quota: int = 2_000
    """Consultation messages between 48 hours and 7 days that the package pays for."""

    balance: int = 100_000
    """What is left in the ZBS account, in đồng."""

    uploads_a_month: int = 5_000
    templates: tuple[ApprovedTemplate, ...] = field(default_factory=read_templates)
    template_quota_a_day: int = 500

    webhook_timeout: float = 2.0
    webhook_retry: bool = True
    events: frozenset[str] = EVENTS
    """Which events are switched on at the developer's page."""

    bot_token: str = "4312908713504872913:sandbox-bot"  # noqa: S105 - likewise
    bot_people: int = 50
    bot_messages_a_month: int = 3_000

    # unconfirmed from here on
    buttons: Buttons = "accept"
    most_buttons: int = 5
    list_template: bool = False
    """Whether `template_type: list` is taken for a consultation message."""

    media_buttons: bool = False
    """Whether a picture may carry buttons."""

    count_text: CountText = "characters"
    press_opens_window: bool = True
    cs_needs_follow: bool = False
    blocked_error: int = -244
    dead_refresh_error: Literal[-14014, -14020] = -14014
    wrong_secret_error: int = -14004
    dead_code_error: int = -14014
    quota_version: Literal["v2.0", "v3.0"] = "v3.0"
    signature_prefix: Literal["mac=", ""] = "mac="
    signed_id: Literal["app", "oa"] = "app"
    """Whose id is the first thing in a signature."""

    receipts_from: Literal["user", "oa"] = "user"
    """Who is the sender of `user_received_message` and `user_seen_message`."""

    events_given_up_before_off: int = 5
    """After so many events in a row that no try brought home the webhook is switched off."""

    media_life: timedelta = timedelta(days=7)
    bot_updates: Literal["wrapped", "flat"] = "wrapped"
