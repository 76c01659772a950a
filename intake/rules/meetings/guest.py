"""Who is invited to a meeting besides the residents: in which group, what they answered, whether they came (R051)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.reminders import is_time_to_remind
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import MeetingId
from intake.rules.people.person import PersonId
from intake.rules.people.phone import numbers_in
from intake.rules.plan.profile_bodies import GuestGroup
from intake.rules.text import fold

GuestId = NewType("GuestId", int)

MOST_AT_ONCE = 60
"""How many guests one message may add."""
LONGEST_OFFICE = 200
REMINDED_BEFORE = timedelta(days=2)
"""So long before the day of the meeting whoever has not replied is reminded."""

_SEPARATOR = re.compile(r"[,;\t|_]|/\s+(?=\D)")
_BEHIND_NAME = re.compile(r" [-–—] |:\s+|:\s*(?=[(])")
"""What stands inside of offices too, and parts the name from them; all of them where nothing else parts a line."""
_LABEL = re.compile(
    r"(?:^|(?<=[\s,;.|]))(?:(?:họ (?:và )?)?tên|ông|bà|ông/bà|đồng chí|chức (?:vụ|danh)|đơn vị|cơ quan)\s*:\s",
    re.IGNORECASE,
)
_NUMBERING = re.compile(
    r"^\s*(?:(?:\d{1,3}\s*[.)/:]|[a-zđ]\s*[.)]\s|[IVX]{1,4}\s*[.)]|\d{1,3}\s*[\t,;|]|\d{1,3}\s*[-–—]\s+(?=[^\W\d])"
    r"|\d{1,3}\s+(?=[^\W\d])|(?i:stt)\s*\d{1,3}\s*[.,;:)\t|]|[-–—•*+])\s*)+"
)
_EDGES = re.compile(r"^(?:[\s.,;:/\-–—\"“”]|\((?=[^)]*$))+(?=[^\W\d]|\(|$)|[\s.,;:/\-–—\"“”]+$|^\(\)$")
_IN_BRACKETS = re.compile(r"([^()]+?)\s*\(([^()]+)\)")
_RUN_TOGETHER = re.compile(r"(\w[\w']*(?: [\w']+)+)(?:-|\. )(\w.*)")
_BESIDE_NUMBERS = re.compile(
    r"\W*(?:(?:so|sdt|dt|dtdd|tel|zalo|fax|di dong|dien thoai|so may|may ban|co dinh|hoac|hay|va)\b\W*)*"
    r"(?:co zalo|(?:khong|chua) co(?: (?:so|so dien thoai|dien thoai|dt|sdt|zalo))?)?\W*"
)
"""What is said of a number and of nobody, its letters folded."""
_CALLED = {
    "name": re.compile(r"(?:ho )?(?:va |, ?)?ten\b"),
    "phone": re.compile(r"(?:so )?(?:dien thoai|dt|sdt|dtdd|di dong|zalo)\b|phone"),
}
"""What the columns of a table are called, folded."""
_MOBILE = re.compile(r"\+84[35789]\d{8}$")
_SHORTEST_NAME, _LONGEST_NAME = 2, 80


class GuestReply(StrEnum):
    """What a guest has answered."""

    OPEN = "open"
    COMING = "coming"
    ABSENT = "absent"
    STAND_IN = "stand_in"


@dataclass(eq=False)
class Guest:
    """Somebody invited by name and office.

    `group` is the group of the plan, or empty; `party` says that they are a party to the dialogue and do not only
    attend it (R045, R051). `person_id` is set when they are known to the bot: by a proven phone number, or by a code
    that the office gave them, of which only the digest is kept, until it is used. The phone number is kept sealed.
    `invited_at`: when the invitation went to their chat. A reply that came by telephone has somebody of the office as
    `replied_by`.
    """

    id: GuestId = field(init=False)
    meeting_id: MeetingId
    group: str
    party: bool
    name: str
    office: str
    added_by: PersonId
    phone_sealed: str | None = None
    phone_index: str | None = None
    code_digest: str | None = None
    person_id: PersonId | None = None
    invited_at: datetime | None = None
    reply: GuestReply = GuestReply.OPEN
    replied_at: datetime | None = None
    replied_by: PersonId | None = None
    stand_in: str = ""
    present_at: datetime | None = None
    present_by: PersonId | None = None

    @property
    def called(self) -> str:
        """The guest by name and office."""
        return f"{self.name}, {self.office}" if self.office else self.name

    @property
    def comes_as(self) -> str:
        """Who is expected at the door: the stand-in where one was named."""
        return self.stand_in if self.reply is GuestReply.STAND_IN else self.name


@dataclass(frozen=True, slots=True)
class GuestLine:
    """A line of a list of guests as it was typed.

    `phone` is in E.164, or empty. `wrong` is the msgid of what is wrong with the line; such a guest is not added.
    """

    number: int
    typed: str
    name: str
    office: str
    phone: str
    wrong: str = ""

    @property
    def called(self) -> str:
        """By name and office, as far as the line has them."""
        return ", ".join(filter(None, (self.name, self.office)))


def read_guests(typed: str) -> tuple[GuestLine, ...]:
    """Read a list, one guest a line: name, office, and perhaps phone numbers anywhere behind the name.

    Lists from a spreadsheet are read too: a column of numbers in front, a line of headings, by which a row says what it
    lacks, and the title of the list above it. A line that is wrong says so and costs the others nothing. Raises
    `RuleBroken` for no line or more than `MOST_AT_ONCE`.
    """
    table = [line for line in typed.splitlines() if line.strip()]
    at = next((place for place, line in enumerate(table) if _is_heading(line) and "name" in _columns(line)), None)
    columns = {} if at is None else _columns(table[at])
    above, below = (table[:at], table[at:]) if at is not None else ([], table)
    lines = [line for line in (*(one for one in above if not _is_title(one)), *below) if not _is_heading(line)]
    if not lines:
        raise RuleBroken("refusal.guest_nobody")
    if len(lines) > MOST_AT_ONCE:
        raise RuleBroken("refusal.guest_lines", {"most": MOST_AT_ONCE})
    return tuple(_of_row(read_guest(number, line), line, columns) for number, line in enumerate(lines, 1))


def _columns(heading: str) -> dict[str, int]:
    """In which column of a table names and numbers stand; only what its heading says."""
    found: dict[str, int] = {}
    for place, head in enumerate(heading.split("\t")):
        kind = next((kind for kind, called in _CALLED.items() if called.match(fold(head).strip())), None)
        if kind is not None:
            found.setdefault(kind, place)
    return found


def _of_row(guest: GuestLine, line: str, columns: Mapping[str, int]) -> GuestLine:
    """Somebody of a table: nobody where the column of names is empty, and what stands as a number is one."""
    cells = [cell.strip() for cell in line.split("\t")]
    stands = {kind: cells[place] for kind, place in columns.items() if place < len(cells)}
    if len(cells) == 1 or guest.wrong:
        return guest
    if stands.get("name") == "":
        return replace(guest, name="", office=guest.called, wrong="guests.wrong_name")
    if stands.get("phone") and not guest.phone:
        return replace(guest, wrong="guests.wrong_phone")
    return guest


def read_guest(number: int, line: str) -> GuestLine:
    """Read one line. Of several numbers the first mobile one counts, since that is where a chat may be."""
    found = numbers_in(line)
    rest = line
    for one in reversed(found):
        rest = f"{rest[: one.start]}\t{rest[one.end :]}"
    first, *others = _told_apart(_SEPARATOR.split(_LABEL.sub("\t", _NUMBERING.sub("", rest)))) or [""]
    parts = _told_apart([*_BEHIND_NAME.split(first, maxsplit=1 if others else 0), *others])
    if len(parts) == 1 and (run_together := _RUN_TOGETHER.fullmatch(parts[0])):
        parts = list(run_together.groups())
    name, office = (parts[0] if parts else ""), ", ".join(parts[1:])
    if office == "" and (both := _IN_BRACKETS.fullmatch(name)):
        name, office = both[1], both[2]
    good = [one.number for one in found if one.number is not None]
    phone = next((one for one in good if _MOBILE.match(one)), good[0] if good else "")
    wrong = ""
    if not (_SHORTEST_NAME <= len(name) <= _LONGEST_NAME and any(letter.isalpha() for letter in name)):
        wrong = "guests.wrong_name"
    elif len(office) > LONGEST_OFFICE:
        wrong = "guests.wrong_office"
    elif found and not good:
        wrong = "guests.wrong_phone"
    return GuestLine(number, line.strip(), name, office, phone, wrong)


def _told_apart(pieces: Iterable[str]) -> list[str]:
    cleaned = (_EDGES.sub("", " ".join(piece.split())) for piece in pieces)
    return [one for one in cleaned if not _BESIDE_NUMBERS.fullmatch(fold(one))]


def _is_title(line: str) -> bool:
    """Whether one cell of a whole row is filled, as above a table."""
    return "\t" in line and "\t" not in line.strip()


def _is_heading(line: str) -> bool:
    folded = fold(line).strip()
    if line.isupper() and folded.startswith("danh sach "):
        return True
    return folded.startswith(("stt ", "tt ho", "tt ten", "so tt", "ho va ten", "ho ten")) and not any(
        map(str.isdigit, line)
    )


def groups_of(planned: Iterable[GuestGroup]) -> tuple[tuple[str, bool], ...]:
    """The groups guests may be in, each with whether it is a party to the dialogue.

    Those of the plan in its order, then everybody else of either kind, without a name.
    """
    return (*((group.name, group.party) for group in planned), ("", True), ("", False))


def group_of(guest: Guest, groups: tuple[tuple[str, bool], ...]) -> tuple[str, bool]:
    """The group a guest stands in; in one without a name when the plan does not know theirs any more."""
    return (guest.group, guest.party) if (guest.group, guest.party) in groups else ("", guest.party)


def reminds_guests(starts_at: datetime, now: datetime) -> date | None:
    """The day of the meeting, when guests who have not replied may be reminded at this moment; else None.

    From two days before until the day before: on the day itself it is too late to plan for anybody.
    """
    today, day = now.astimezone(LOCAL).date(), starts_at.astimezone(LOCAL).date()
    near = day - REMINDED_BEFORE <= today < day
    return day if near and is_time_to_remind(now) else None
