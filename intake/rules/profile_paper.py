"""The tables of a profile about the plan as a paper, and about what it leaves open.

A phrase is quoted letter for letter; ` … ` marks a cut inside it. A number that is absent is one the plan
does not give: the product's default applies then, and is labelled as a default wherever it is shown (A7, R164).
"""

from dataclasses import dataclass
from datetime import date

from .profile_terms import BasisStatus, Layout, Period


@dataclass(frozen=True, slots=True)
class Citation:
    """Something the plan refers to or provides for, in its own words."""

    text: str
    phrase: str


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """The plan as a document. Number, date and place may be missing and are never made up (R007, R009)."""

    title: str
    year: int
    period: Period
    layout: Layout
    issuer: str
    phrase: str
    symbol: str | None = None
    number: str | None = None
    issued_on: date | None = None
    place: str | None = None
    form: Citation | None = None
    work_programme: Citation | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What a wrongly cited document is really called (R005); the citation stays as the plan has it."""

    number: str
    issued_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A document the plan rests on (R001). `checked_on` is the day somebody last looked up its status."""

    kind: str
    number: str
    issuer: str
    phrase: str
    issued_on: date | None = None
    summary: str | None = None
    status: BasisStatus = BasisStatus.UNCHECKED
    checked_on: date | None = None
    note: str | None = None
    parent_plan: bool = False
    correction: Correction | None = None


@dataclass(frozen=True, slots=True)
class Recipients:
    """The block "Nơi nhận", letter for letter, by purpose: b/c, p/h, t/h, none stated, lưu (R190)."""

    report: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()
    carry_out: tuple[str, ...] = ()
    unstated: tuple[str, ...] = ()
    file: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs and for whom; the authority line is absent where a head signs in person (R204)."""

    title: str
    name: str
    phrase: str
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers offered to an open question."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What the plan leaves open and a person must settle (A7).

    Without options any text is an answer. `default` is what holds until somebody answers: the key of an option,
    or the text itself. `phrase` is the passage that leaves it open, where there is one.
    """

    key: str
    question: str
    why: str
    options: tuple[Option, ...] = ()
    default: str | None = None
    phrase: str | None = None


@dataclass(frozen=True, slots=True)
class PlanWarning:
    """What whoever loads the plan should hear about: a contradiction, a slip, a thing missing."""

    key: str
    text: str
    phrase: str | None = None
