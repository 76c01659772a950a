"""The tables of a profile about the plan as a paper, and about what it leaves open.

A phrase is quoted letter for letter; ` … ` marks a cut inside it. A number that is absent is one the plan
does not give: the product's default applies then, and is labelled as a default wherever it is shown (A7, R164).
"""

from dataclasses import dataclass
from datetime import date

from .profile_terms import AnswerForm, BasisStatus, Layout, Period, Side


@dataclass(frozen=True, slots=True)
class Citation:
    """Something the plan refers to or provides for, in its own words."""

    text: str
    phrase: str


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """The plan as a document. Number, date and place may be missing and are never made up (R007, R009).

    `chaired_by`: whose dialogue it is; absent, that of the side whose layout the document has. `predecessor`: the
    number of the plan it takes the place of (R215).
    """

    title: str
    year: int
    phrase: str
    period: Period = Period.YEAR
    layout: Layout | None = None
    issuer: str | None = None
    symbol: str | None = None
    number: str | None = None
    issued_on: date | None = None
    place: str | None = None
    predecessor: str | None = None
    form: Citation | None = None
    work_programme: Citation | None = None
    chaired_by: Side | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What a wrongly cited document is really called (R005); the citation stays as the plan has it."""

    number: str
    issued_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A document the plan rests on (R001); a law is often cited without a number (R219).

    `checked_on` is the day somebody last looked up its status.
    """

    kind: str
    phrase: str
    number: str | None = None
    issuer: str | None = None
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
class TaskLine:
    """What the office has to do by a day that an answer to an open question gives.

    With the key of one of the plan's fixed dates, that one has the answered day instead of its own.
    """

    key: str
    task: str
    lead: str
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DatedTask:
    """What an option of an open question makes of a fixed date of the plan, or adds to them; `before` as there."""

    key: str
    before: date
    task: str
    lead: str
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionHamlets:
    """The hamlets that come to a session, by its key, when an option is chosen (R060)."""

    session: str
    hamlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers offered to an open question, with the hamlets and the dated tasks it stands for."""

    key: str
    text: str
    hamlets: tuple[SessionHamlets, ...] = ()
    tasks: tuple[DatedTask, ...] = ()


@dataclass(frozen=True, slots=True)
class Needs:
    """An open question is asked only once another one, by key, has this answer."""

    key: str
    answer: str


@dataclass(frozen=True, slots=True)
class SensitiveTopic:
    """The topic that goes to the office named as the answer, and is kept from the public (R026, R126)."""

    code: str
    name: str
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What the plan leaves open and a person must settle (A7).

    Without options the answer has a `form`. `default` is what holds until somebody answers: the key of an option, or
    the answer itself. `phrase` is the passage that leaves it open, where there is one. `task` is due by the day that is
    the answer, `topic` goes to the office that is; `desk` is the one whose officials are offered as persons.
    """

    key: str
    question: str
    why: str
    options: tuple[Option, ...] = ()
    default: str | None = None
    phrase: str | None = None
    form: AnswerForm = AnswerForm.TEXT
    needs: Needs | None = None
    task: TaskLine | None = None
    topic: SensitiveTopic | None = None
    desk: str | None = None


@dataclass(frozen=True, slots=True)
class PlanWarning:
    """What whoever loads the plan should hear about: a contradiction, a slip, a thing missing."""

    key: str
    text: str
    phrase: str | None = None
