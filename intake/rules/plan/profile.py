"""A year's plan as data: what the five plans have in common, with every difference between them a value (A6).

The profiles lie in `plans/*.toml`, written by hand from the documents; `parse_profile` makes a value of one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from intake.rules.message import Param
from intake.rules.people.unit import Level

from .profile_bodies import (
    DutyLine,
    GuestGroup,
    Host,
    KindLine,
    Office,
    Participants,
    PracticeLine,
    SeatLine,
    Supervision,
    TopicLine,
    UnitLine,
)
from .profile_meetings import OpinionWindow, OrderRule, ProgrammeLine, RegistrationRule, SessionLine, TimeLimits
from .profile_paper import Citation, LegalBasis, OpenQuestion, PlanPaper, PlanWarning, Recipients, Signature
from .profile_terms import Duty, Layout, NoticeField, QuestionKind, ReplyForm, Side

_SIDES = {
    Layout.PARTY: Side.PARTY,
    Layout.STATE: Side.STATE,
    Layout.COUNCIL: Side.STATE,
    Layout.JOINT: Side.BOTH,
    Layout.FRONT: Side.BOTH,  # the Front holds it for whoever leads: the stricter rules
}
_NO_LIMITS, _NO_RECIPIENTS = TimeLimits(), Recipients()
LAW_SINCE = 2016
"""From this year on the duty of dialogue stands in the law on local administration (LAW C9)."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong with a file: the `path` of the field, and what it is: `flaw.…` of the catalogue with its params.

    `topics[2].desk` and `missing`. Entries of a list are counted from 1, as people count them; the path of the whole
    file is empty. `file` and `line` say where it stands. `wording.flaws` makes a sentence of it.
    """

    path: str
    key: str
    params: Mapping[str, Param] = field(default_factory=dict)
    file: str = ""
    line: int | None = None


class ProfileError(Exception):
    """A profile, or several, cannot be read, for all the reasons in `flaws`."""

    def __init__(self, flaws: Iterable[Flaw], *, file: str = "") -> None:
        self.flaws = tuple(replace(flaw, file=file or flaw.file) for flaw in flaws)
        super().__init__("; ".join(f"{flaw.path or flaw.file}: {flaw.key}" for flaw in self.flaws))


@dataclass(frozen=True, slots=True)
class PlanProfile:
    """One plan with its rules. `code` is the file's name; `unit` is the code of the unit that runs the plan.

    An optional table that is absent is a matter the plan does not mention.
    """

    code: str
    unit: str
    plan: PlanPaper
    units: tuple[UnitLine, ...]
    sessions: tuple[SessionLine, ...]
    hosts: tuple[Host, ...] = ()
    offices: tuple[Office, ...] = ()
    topics: tuple[TopicLine, ...] = ()
    kinds: tuple[KindLine, ...] = ()
    audience: Participants | None = None
    registration: RegistrationRule | None = None
    opinions: OpinionWindow | None = None
    clocks: TimeLimits = _NO_LIMITS
    recipients: Recipients = _NO_RECIPIENTS
    signature: Signature | None = None
    bases: tuple[LegalBasis, ...] = ()
    open: tuple[OpenQuestion, ...] = ()
    duties: tuple[DutyLine, ...] = ()
    programme: tuple[ProgrammeLine, ...] = ()
    speaking_order: OrderRule | None = None
    practices: tuple[PracticeLine, ...] = ()
    guests: tuple[GuestGroup, ...] = ()
    supervision: tuple[Supervision, ...] = ()
    conditions: tuple[Citation, ...] = ()
    funding: Citation | None = None
    warnings: tuple[PlanWarning, ...] = ()

    def __hash__(self) -> int:
        """By the code alone: to hash all of a profile takes as long as a message."""
        return hash(self.code)

    @property
    def home(self) -> UnitLine:
        """The unit that runs the plan."""
        return next(line for line in self.units if line.code == self.unit)

    @property
    def side(self) -> Side:
        """Whose dialogue it is: the Party's, the State's, or of both (LAW C9); of both where nothing says it."""
        if self.plan.chaired_by is not None:
            return self.plan.chaired_by
        return Side.BOTH if self.plan.layout is None else _SIDES[self.plan.layout]

    @property
    def under_law(self) -> bool:
        """Whether the law on local administration says when a meeting is announced and its results are made public."""
        return self.side is not Side.PARTY and self.plan.year >= LAW_SINCE

    @property
    def hamlets(self) -> tuple[UnitLine, ...]:
        """The hamlets the plan names, in its order."""
        return tuple(line for line in self.units if line.level is Level.HAMLET)

    @property
    def desks(self) -> tuple[Office, ...]:
        """The offices that answer questions (R039, R040)."""
        return tuple(office for office in self.offices if office.desk)

    @property
    def leaves(self) -> tuple[TopicLine, ...]:
        """The topics a question can be given: those with a desk."""
        return tuple(topic for topic in self.topics if topic.desk is not None)

    @property
    def seats(self) -> tuple[SeatLine, ...]:
        """How many delegates of each kind a unit sends; empty where the plan tells no kinds apart."""
        return () if self.audience is None else self.audience.seats

    @property
    def quotas(self) -> bool:
        """Whether each unit has a number of delegates."""
        return self.registration is not None and self.registration.quotas

    @property
    def notice_fields(self) -> tuple[NoticeField, ...]:
        """What the plan wants a public notice to say."""
        return () if self.clocks.notice is None else self.clocks.notice.fields

    @property
    def concluding_host(self) -> Host | None:
        """Who concludes; None where the plan names several hosts and does not say which (R032, R033)."""
        return next((host for host in self.hosts if host.concludes), None)

    @property
    def parent_plan(self) -> LegalBasis | None:
        """The plan this one carries out, where it names one (R004)."""
        return next((basis for basis in self.bases if basis.parent_plan), None)

    @property
    def missing(self) -> tuple[str, ...]:
        """Which of number, date and place the document lacks, in the words of the code (R009)."""
        return tuple(name for name in ("number", "issued_on", "place") if getattr(self.plan, name) is None)

    def gathers(self, kind: QuestionKind) -> bool:
        """Whether what is of this kind goes into the synthesis of all and is owed no reply of its own (R128)."""
        return any(line.kind is kind and line.reply is ReplyForm.SYNTHESIS for line in self.kinds)

    def duty(self, duty: Duty) -> DutyLine | None:
        """Who has the duty; None where the plan gives it to nobody."""
        return next((line for line in self.duties if line.duty is duty), None)

    def chosen(self, key: str, choices: Mapping[str, str]) -> str | None:
        """Give the answer to an open question: a person's choice, else the default, else None.

        KeyError where the plan leaves no such question open.
        """
        question = next((line for line in self.open if line.key == key), None)
        if question is None:
            raise KeyError(key)
        return choices.get(key, question.default)
