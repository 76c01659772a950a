"""The register of outgoing documents: drafts with their versions, numbers without a gap, who signed, who got it.

A number is given once, per issuer and type: for a year where the State issues, for the committee's term where the
Party does (LAW C6). A draft has none.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NewType

from intake.rules.errors import RuleBroken
from intake.rules.people.person import PersonId
from intake.rules.people.unit import UnitId
from intake.rules.plan.plan import PlanId
from intake.rules.plan.profile_terms import Layout
from intake.rules.text import fitting

from .kinds import PaperKind

OfficeDocumentId = NewType("OfficeDocumentId", int)
LONGEST_RECIPIENT = 200
MOST_NUMBER = 99_999
_TERM, _FIRST_TERM, _CONGRESS_MONTH = 5, 2020, 7


@dataclass(eq=False)
class OfficeDocument:
    """A document that was made: what it is about, how often, its number once it has one, and where it went.

    `about` names the meeting, the question or the period in its plan (`5`, `VB-2026-0012`, `2026-Q1`), empty for none.
    `sent` are the bodies it went to: `to`, the day (`on`) and who noted it (`by`). Files are content names: `final` is
    what the clerk has made of the draft, `scan` the signed sheet.
    """

    id: OfficeDocumentId = field(init=False)
    unit_id: UnitId
    plan_id: PlanId
    kind: PaperKind
    about: str
    series: str
    made_by: PersonId
    made_at: datetime
    version: int = 1
    series_year: int = 0
    number: int | None = None
    dated_on: date | None = None
    registered_by: PersonId | None = None
    registered_at: datetime | None = None
    signed_on: date | None = None
    signed_noted_by: PersonId | None = None
    final_sha256: str | None = None
    scan_sha256: str | None = None
    sent: list[dict[str, Any]] = field(default_factory=list)

    @property
    def has_file(self) -> bool:
        """Whether a file lies with it that nothing laid out here may replace: the final one, or the scan."""
        return self.final_sha256 is not None or self.scan_sha256 is not None


@dataclass(eq=False)
class MadePaper:
    """That a file was made of a document, so that it is found again when somebody's name or words are to go from it.

    `about` as in `OfficeDocument`; `content_name` is the file's, empty while it is being made. It names the file and
    keeps it from nothing: a draft that no letter and no line has any more goes at night.
    """

    id: int = field(init=False)
    plan_id: PlanId
    kind: PaperKind
    about: str
    content_name: str
    made_at: datetime


def series_year(layout: Layout, day: date) -> int:
    """The year a series of numbers begins in: the day's own, or that of the term of the Party's committee.

    Terms are taken to begin on 1 July of 2020, 2025, 2030 …: communes were made anew on 1 July 2025 (LAW C7).
    """
    if layout is Layout.STATE:
        return day.year
    begun = day.year if day.month >= _CONGRESS_MONTH else day.year - 1
    return begun - (begun - _FIRST_TERM) % _TERM


def number_typed(text: str) -> int:
    """A number of the office's book as it is typed. Raises `RuleBroken` for what is none, or above `MOST_NUMBER`."""
    typed = text.strip().lstrip("0")
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= len(str(MOST_NUMBER))):
        raise RuleBroken("refusal.document_number", {"most": MOST_NUMBER})
    return int(typed)


def recipient_named(text: str) -> str:
    """The body a document went to, on one line. Raises `RuleBroken` when nothing is said, `TooLong`."""
    kept = " ".join(text.split())
    if not any(letter.isalnum() for letter in kept):
        raise RuleBroken("refusal.text_missing")
    return fitting(kept, LONGEST_RECIPIENT)
