"""The desk in a browser: a browser asks to be let in, a person lets it in from the chat, and it stays for a while.

No passwords: who may sit at the desk is decided in the chat in which the role is held. Everything here ends by itself.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from intake.rules.people.person import AccountId, PersonId, Role

CODE_DIGITS = 6
CODE_VALID_FOR = timedelta(minutes=3)
LONGEST = timedelta(hours=12)
"""A working day: nobody stays at the desk over night."""
IDLE = timedelta(hours=2)
"""A desk somebody walked away from closes by itself."""
NOTED_EVERY = timedelta(minutes=1)
"""How exactly it is noted when a browser was last used: a page that is only read writes nothing more often."""
KEPT_FOR = timedelta(days=30)
"""How long it is remembered which browsers were used: as long as somebody may still wonder about one."""
MOST_ASKING = 500
"""How many browsers may ask to be let in at a time: a guess hits none of a million codes then but one in 2,000."""
LONGEST_BROWSER = 80
AT_THE_DESK = (
    Role.OFFICIAL,
    Role.SECRETARY,
    Role.CHAIR,
    Role.SUPERVISOR,
    Role.ADMIN,
    Role.HAMLET_HEAD,
)
"""Who has something to do there (PRODUCT, Roles)."""
_BARE = re.compile(r"[0-9]{3} ?[0-9]{3}")
_TYPED = re.compile(r"[^0-9]*(?:[0-9][^0-9]*){6}")


@dataclass(eq=False)
class OfficeEntry:
    """A browser that asks to be let in. Only digests are kept: of the code it shows, and of the secret it holds.

    `claimed_by` is the chat the code was typed in, whose person is asked; with the answer yes `person_id` is set. It
    ends with the session that is opened from it, with the answer no, or at `expires_at`.
    """

    id: int = field(init=False)
    token_digest: str
    code_digest: str
    browser: str
    asked_at: datetime
    expires_at: datetime
    claimed_by: AccountId | None = None
    person_id: PersonId | None = None
    ended_at: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether it may still be answered or followed."""
        return self.ended_at is None and now < self.expires_at


@dataclass(eq=False)
class OfficeSession:
    """A browser in which a person sits at the desk. `account_id` is the chat that let it in."""

    id: int = field(init=False)
    token_digest: str
    person_id: PersonId
    account_id: AccountId
    browser: str
    opened_at: datetime
    seen_at: datetime
    ended_at: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether the person still sits there."""
        return self.ended_at is None and now < self.opened_at + LONGEST and now < self.seen_at + IDLE


def code_typed(typed: str) -> str:
    """The six digits in what somebody typed, however they are set apart; empty where there are not six."""
    return "".join(re.findall("[0-9]", typed)) if _TYPED.fullmatch(typed) else ""


def is_code(typed: str) -> bool:
    """Whether somebody typed nothing but six digits, as the page shows them."""
    return bool(_BARE.fullmatch(typed.strip()))


_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("coc_coc_browser", "Cốc Cốc"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_MACHINES = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def browser_named(user_agent: str) -> str:
    """What a person calls the browser that sent these words: "Chrome · Windows"; empty where it says nothing known."""
    parts = [next((name for sign, name in known if sign in user_agent), "") for known in (_BROWSERS, _MACHINES)]
    return " · ".join(part for part in parts if part)[:LONGEST_BROWSER]


class ConfirmedAct(StrEnum):
    """What is confirmed anew in the chat before it is done at the desk."""

    OPEN_SEALED = "open_sealed"
    RELEASE_NOTICE = "release_notice"
    ANNOUNCE_RESULTS = "announce_results"
    GIVE_ROLE = "give_role"
    PUBLISH_CONCLUSION = "publish_conclusion"
    MAKE_PUBLIC = "make_public"
    NAME_SEALED = "name_sealed"
    NAME_DEPUTY = "name_deputy"
    SHOW_PROGRESS = "show_progress"
    OPEN_DEMAND = "open_demand"
    DECIDE_DEMAND = "decide_demand"
    SEND_SURVEY = "send_survey"
    EXPORT_PEOPLE = "export_people"
    POSTPONE_MEETING = "postpone_meeting"
    CANCEL_MEETING = "cancel_meeting"
    CHANGE_ROLE = "change_role"


@dataclass(eq=False)
class OfficeConfirmation:
    """That the person was asked in the chat about an act at the desk, once; it ends when it is used, or turned down.

    `about` tells what of that kind it was: a yes to one notice sends no other one. Empty where there is only one.
    """

    id: int = field(init=False)
    session_id: int
    act: ConfirmedAct
    asked_at: datetime
    expires_at: datetime
    about: str = ""
    agreed_at: datetime | None = None
    ended_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether it waits for an answer."""
        return self.agreed_at is None and self.holds(now)

    def holds(self, now: datetime) -> bool:
        """Whether it may still be answered, or used."""
        return self.ended_at is None and now < self.expires_at
