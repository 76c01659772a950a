"""A public notice: what it has to say (R094, R098), and the proof that it reached people (R090, R099)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from intake.rules.deadlines.calendar import LOCAL
from intake.rules.meetings.meeting import NoticeId
from intake.rules.people.person import PersonId
from intake.rules.people.unit import UnitId
from intake.rules.plan.profile_terms import NoticeField
from intake.rules.text import fold


class NoticePart(StrEnum):
    """A part that a notice must not lack."""

    TIME = "time"
    PLACE = "place"
    CONTENT = "content"
    PROGRAMME = "programme"
    PURPOSE = "purpose"
    HOW = "how"


_ALWAYS = (NoticePart.TIME, NoticePart.PLACE, NoticePart.CONTENT)
_SIGNS = {
    NoticePart.CONTENT: (("noi dung", "chu de"),),
    NoticePart.PROGRAMME: (("chuong trinh",),),
    NoticePart.PURPOSE: (("muc dich",),),
    NoticePart.HOW: (("dang ky", "dangky"), ("cau hoi", "hoi")),
}
_NOON = 12


def required_parts(fields: Iterable[NoticeField], *, has_programme: bool) -> tuple[NoticePart, ...]:
    """The parts every notice owes, and those of a plan: the programme it has, the purpose where it asks for it."""
    parts = list(_ALWAYS)
    if has_programme:
        parts.append(NoticePart.PROGRAMME)
    if NoticeField.PURPOSE in fields:
        parts.append(NoticePart.PURPOSE)
    return (*parts, NoticePart.HOW)


def missing_parts(
    text: str, required: Iterable[NoticePart], *, starts_at: datetime, venue: str, theme: str = ""
) -> tuple[NoticePart, ...]:
    """Which of the required parts a text does not contain, for a meeting at that moment and place, in their order."""
    plain = _plain(text)
    return tuple(part for part in required if not _says(part, plain, starts_at.astimezone(LOCAL), venue, theme))


def _says(part: NoticePart, plain: str, at: datetime, venue: str, theme: str) -> bool:
    match part:
        case NoticePart.TIME:
            return _names_day(plain, at) and _names_hour(plain, at)
        case NoticePart.PLACE:
            return bool(_plain(venue).strip()) and _plain(venue) in plain
        case NoticePart.CONTENT if theme and _plain(theme) in plain:
            return True
        case _:
            return all(any(f" {word} " in plain for word in words) for words in _SIGNS[part])


def _names_day(plain: str, at: datetime) -> bool:
    """`25/04/2024`, `25.4`, `25-04`, `ngày 25 tháng 4`."""
    return re.search(rf" 0?{at.day} (?:thang )?0?{at.month} ", plain) is not None


def _names_hour(plain: str, at: datetime) -> bool:
    """`08:00`, `8h30`, `8 giờ`, `2 giờ chiều` for 14:00."""
    minutes = rf" ?{at.minute:02}" if at.minute else ""
    afternoon = rf"|{at.hour - _NOON} ?(?:h|g|gio){minutes} (?:phut )?(?:chieu|toi)" if at.hour > _NOON else ""
    hour = rf"0?{at.hour}(?: {at.minute:02}| ?(?:h|g|gio){minutes}(?:00)?)"
    return re.search(rf" (?:{hour}{afternoon}) ", plain) is not None


def _plain(text: str) -> str:
    """Words between single blanks, one at each end, without case, diacritics and signs."""
    return f" {fold(text)} "


class NoticeMeans(StrEnum):
    """The means that a person confirms; what the chat did is counted from the outbox."""

    LOUDSPEAKER = "loudspeaker"
    POSTER = "poster"


@dataclass(eq=False)
class NoticeProof:
    """Somebody's word that the notice was read out, or hung up, in a hamlet or in the whole unit (`place_id`) `at`."""

    id: int = field(init=False)
    notice_id: NoticeId
    place_id: UnitId
    means: NoticeMeans
    at: datetime
    confirmed_by: PersonId
    confirmed_at: datetime


@dataclass(frozen=True, slots=True)
class NoticeReach:
    """How far the chat carried a notice in one hamlet.

    `phones`: the different chats it went or goes to; `failed`: blocked or refused; `in_person`: people without a chat.
    """

    sent: int = 0
    waiting: int = 0
    failed: int = 0
    in_person: int = 0
    phones: int = 0

    @property
    def to_visit(self) -> int:
        """The known people whom no chat reached."""
        return self.failed + self.in_person

    def doors(self, households: int | None) -> int | None:
        """How many households have to be called on at the least: a phone serves one; None: their number is unknown."""
        return None if households is None else max(0, households - self.phones)
