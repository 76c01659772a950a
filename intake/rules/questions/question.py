"""A question: what it is, where it stands, and the one table of what may happen to it.

States (PRODUCT, Question states):

    received → triaged into { out of scope · needs clarification · waiting for the meeting · taken on }
             → answered before the meeting | raised at the meeting → { answered there · directed · taken on }
             → { answered · referred · extended } → closed → reopened (once, within 15 days)
             → gathered (an opinion, where the plan owes no reply of its own), or a petition after all

Overdue is never a state: it is computed from the clock. Whoever wants to change a state goes through `after`; an act
that the table does not name raises and changes nothing.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import MeetingId
from intake.rules.message import Param, Term
from intake.rules.people.person import PersonId
from intake.rules.people.unit import DeskId, TopicId, UnitId
from intake.rules.plan.profile_terms import QuestionKind
from intake.rules.sealed.named import Named
from intake.rules.text import excerpt

QuestionId = NewType("QuestionId", int)
ProposalId = NewType("ProposalId", int)

REOPEN_DAYS = 15
"""How many days after the closing the asker may reopen, once (PRODUCT, Question states)."""


SATISFIED, NOT_SATISFIED = "good", "bad"
"""What `Question.rating` says."""
SPOKEN = "🎤"
"""What the text of a question begins with that was only spoken, until the office writes down what it says."""


class QuestionState(StrEnum):
    """Where a question stands."""

    RECEIVED = "received"
    OUT_OF_SCOPE = "out_of_scope"
    NEEDS_CLARIFICATION = "needs_clarification"
    WAITING_FOR_MEETING = "waiting_for_meeting"
    TAKEN_ON = "taken_on"
    RAISED = "raised"
    DIRECTED = "directed"
    REFERRED = "referred"
    EXTENDED = "extended"
    ANSWERED = "answered"
    CLOSED = "closed"
    GATHERED = "gathered"  # an opinion: thanked for, part of the synthesis, owed no reply of its own (R128)
    SEALED = "sealed"  # found to be a denunciation: its words are elsewhere, under seal (LAW C4)


class RoomOutcome(StrEnum):
    """What became of a question in the room (R144–R147); a question without one was not before a meeting."""

    ANSWERED = "answered"
    CLARIFIED = "clarified"
    DIRECTED = "directed"
    TAKEN_ON = "taken_on"
    REFERRED = "referred"
    NOT_PUT = "not_put"


class AnswerClass(StrEnum):
    """What whoever answers says the answer is (R021, A5).

    That a question was passed on, takes longer or is out of scope is no answer: its state says it.
    """

    SETTLED = "settled"
    DATED = "dated"
    EXPLANATION = "explanation"


class Act(StrEnum):
    """What people do to a question."""

    DECLINE = "decline"
    ASK_BACK = "ask_back"
    CLARIFY = "clarify"
    SCHEDULE = "schedule"
    TAKE_ON = "take_on"
    RETURN = "return"
    RAISE = "raise"
    DIRECT = "direct"
    ANSWER = "answer"
    REFER = "refer"
    EXTEND = "extend"
    CLOSE = "close"
    REOPEN = "reopen"
    GATHER = "gather"
    PETITION = "petition"
    APPEAL = "appeal"
    SEAL = "seal"


_S = QuestionState
TRANSITIONS: dict[tuple[QuestionState, Act], QuestionState] = {
    # triage, and triage once more when the desk says "not ours"
    (_S.RECEIVED, Act.DECLINE): _S.OUT_OF_SCOPE,
    (_S.RECEIVED, Act.ASK_BACK): _S.NEEDS_CLARIFICATION,
    (_S.RECEIVED, Act.SCHEDULE): _S.WAITING_FOR_MEETING,
    (_S.RECEIVED, Act.TAKE_ON): _S.TAKEN_ON,
    (_S.WAITING_FOR_MEETING, Act.RETURN): _S.RECEIVED,
    (_S.TAKEN_ON, Act.RETURN): _S.RECEIVED,
    # the asker's word is missing
    (_S.NEEDS_CLARIFICATION, Act.CLARIFY): _S.RECEIVED,
    (_S.NEEDS_CLARIFICATION, Act.DECLINE): _S.OUT_OF_SCOPE,
    (_S.NEEDS_CLARIFICATION, Act.TAKE_ON): _S.TAKEN_ON,
    (_S.NEEDS_CLARIFICATION, Act.SCHEDULE): _S.WAITING_FOR_MEETING,
    # an asker who stays silent is not left without an answer
    (_S.NEEDS_CLARIFICATION, Act.ANSWER): _S.ANSWERED,
    (_S.WAITING_FOR_MEETING, Act.ASK_BACK): _S.NEEDS_CLARIFICATION,
    (_S.TAKEN_ON, Act.ASK_BACK): _S.NEEDS_CLARIFICATION,
    # the chair may still take on what was out of scope (R122)
    (_S.OUT_OF_SCOPE, Act.TAKE_ON): _S.TAKEN_ON,
    (_S.OUT_OF_SCOPE, Act.SCHEDULE): _S.WAITING_FOR_MEETING,
    # the asker may have it looked at once more (A1.8, R024)
    (_S.OUT_OF_SCOPE, Act.APPEAL): _S.RECEIVED,
    # before and in the meeting
    (_S.WAITING_FOR_MEETING, Act.ANSWER): _S.ANSWERED,
    (_S.WAITING_FOR_MEETING, Act.RAISE): _S.RAISED,
    (_S.WAITING_FOR_MEETING, Act.TAKE_ON): _S.TAKEN_ON,
    (_S.WAITING_FOR_MEETING, Act.REFER): _S.REFERRED,
    (_S.RECEIVED, Act.RAISE): _S.RAISED,
    (_S.RAISED, Act.ANSWER): _S.ANSWERED,
    (_S.RAISED, Act.DIRECT): _S.DIRECTED,
    (_S.RAISED, Act.TAKE_ON): _S.TAKEN_ON,
    (_S.RAISED, Act.REFER): _S.REFERRED,
    (_S.DIRECTED, Act.TAKE_ON): _S.TAKEN_ON,
    (_S.DIRECTED, Act.ANSWER): _S.ANSWERED,
    (_S.DIRECTED, Act.CLOSE): _S.CLOSED,
    # after the meeting: an answer, or agency and date (R160–R162)
    (_S.TAKEN_ON, Act.ANSWER): _S.ANSWERED,
    (_S.TAKEN_ON, Act.REFER): _S.REFERRED,
    (_S.TAKEN_ON, Act.EXTEND): _S.EXTENDED,
    (_S.REFERRED, Act.ANSWER): _S.ANSWERED,
    (_S.REFERRED, Act.REFER): _S.REFERRED,
    (_S.REFERRED, Act.EXTEND): _S.EXTENDED,
    (_S.EXTENDED, Act.ANSWER): _S.ANSWERED,
    (_S.EXTENDED, Act.REFER): _S.REFERRED,
    (_S.EXTENDED, Act.EXTEND): _S.EXTENDED,
    # the end, and once more from the desk
    (_S.ANSWERED, Act.CLOSE): _S.CLOSED,
    (_S.CLOSED, Act.REOPEN): _S.TAKEN_ON,
    # an opinion goes into the synthesis, unless somebody finds that it asks for something (R128)
    (_S.RECEIVED, Act.GATHER): _S.GATHERED,
    (_S.GATHERED, Act.PETITION): _S.RECEIVED,
    # whenever somebody finds out what it is; nothing follows
    **{(state, Act.SEAL): _S.SEALED for state in _S if state is not _S.SEALED},
}

OPEN_STATES = frozenset(_S) - {_S.OUT_OF_SCOPE, _S.ANSWERED, _S.CLOSED, _S.GATHERED, _S.SEALED}
"""Somebody still owes the asker something."""

READ_STATES = OPEN_STATES | {_S.GATHERED}
"""Somebody still has to read it: what was only spoken is written down."""

DESK_STATES = OPEN_STATES - {_S.RECEIVED}
"""The states in which a question with a desk stands in that desk's queue."""


def after(state: QuestionState, act: Act) -> QuestionState:
    """The state that follows; raises `RuleBroken` when the table does not allow `act` in `state`."""
    try:
        return TRANSITIONS[state, act]
    except KeyError:
        raise RuleBroken("refusal.not_in_this_state") from None


class CameBy(StrEnum):
    """How a question reached the office."""

    CHAT = "chat"
    SPOKEN = "spoken"
    LETTER = "letter"
    PHONE = "phone"


ENTERED = (CameBy.SPOKEN, CameBy.LETTER, CameBy.PHONE)
"""How it comes when the office types it in."""


@dataclass(eq=False)
class Question:
    """A question of a resident. `original_text` is what was typed and is never changed; `text` may be added to.

    `asker_id` is whose question it is, `entered_by` who typed it when that was a hamlet head (R111) or the office,
    which says by `came_by` how it came; `received_at` is then of the day on which it came. What is `sensitive` is kept
    from the public and its asker from the desks; only the asker undoes it where the asker wished it
    (`sealed_by_asker`). `named` are those it is kept from altogether (R126). `restricted`: its asker wants
    it kept and not worked with (LAW C5); it belongs to the question, so that every list, file and page knows.
    `answer_class` is what its last answer said it is; None where nobody said. `given_back` is which desk gave it back
    and why, until it is given on; `reason` is of its state.
    """

    id: QuestionId = field(init=False)
    unit_id: UnitId
    reference: str
    kind: QuestionKind
    original_text: str
    text: str
    asker_id: PersonId
    received_at: datetime
    meeting_id: MeetingId | None = None
    hamlet_id: UnitId | None = None
    entered_by: PersonId | None = None
    topic_id: TopicId | None = None
    desk_id: DeskId | None = None
    state: QuestionState = QuestionState.RECEIVED
    sensitive: bool = False
    sealed_by_asker: bool = False
    named: tuple[Named, ...] = ()
    urgent: bool = False
    public_text: str | None = None
    state_before: QuestionState | None = None
    reason: str = ""
    given_back: str = ""
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    reopened_at: datetime | None = None
    rating: str | None = None
    room_outcome: RoomOutcome | None = None
    room_reason: str = ""
    came_by: CameBy = CameBy.CHAT
    restricted: bool = False
    answer_class: AnswerClass | None = None

    @property
    def declined_because(self) -> tuple[str, str]:
        """Why it is out of scope, in one line or several, and behind it in one line the office to turn to instead."""
        reason, _, instead = self.reason.rpartition("\n")
        return reason, instead


def is_sound(media_type: str) -> bool:
    """Whether a file is a recording of what somebody said."""
    return media_type.startswith("audio/")


def known_again(question: Question) -> Param:
    """How a message to the asker names a question: the reference and its first words.

    A sensitive one is named by the reference alone: whoever holds the phone today need not be the asker.
    """
    if question.sensitive:
        return question.reference
    return Term("question.known_again", {"reference": question.reference, "words": excerpt(question.text)})


@dataclass(frozen=True, slots=True)
class QuestionBrief:
    """What reminders need of a question: whose it is and where it lies, nothing of what it says."""

    id: QuestionId
    unit_id: UnitId
    reference: str
    asker_id: PersonId
    meeting_id: MeetingId | None
    desk_id: DeskId | None
    state: QuestionState
    named: tuple[Named, ...]


@dataclass(eq=False)
class Attachment:
    """A file that belongs to a question; the content lies under `sha256` in the attachment store."""

    id: int = field(init=False)
    question_id: QuestionId
    sha256: str
    media_type: str
    size: int
    name: str


class ProposalKind(StrEnum):
    """What a desk proposes and the chair approves."""

    ANSWER = "answer"
    REFERRAL = "referral"
    EXTENSION = "extension"

    @property
    def word(self) -> Term:
        """What chair and desk call it."""
        return Term(f"office.kind_{self.value}")


class ProposalState(StrEnum):
    """A proposal waits for the chair, is approved, or goes back; an answer of the room may be held to its end."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    RETURNED = "returned"
    HELD = "held"


@dataclass(eq=False)
class Proposal:
    """An answer, referral or extension: drafted by a desk, approved by the chair, then told to the asker.

    A referral (chuyển cấp có thẩm quyền) and an extension (gia hạn) name the agency and the date (R161); so does an
    answer that names a day by which something will be done (`AnswerClass.DATED`).
    """

    id: ProposalId = field(init=False)
    question_id: QuestionId
    kind: ProposalKind
    text: str
    proposed_by: PersonId
    proposed_at: datetime
    agency: str = ""
    promised_on: date | None = None
    state: ProposalState = ProposalState.PROPOSED
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    note: str = ""
    answer_class: AnswerClass | None = None


def may_reopen(question: Question, today: date, closed_on: date) -> bool:
    """Whether the asker may reopen today: once, and within `REOPEN_DAYS` days of the closing (day zero not counted)."""
    return question.reopened_at is None and 0 <= (today - closed_on).days <= REOPEN_DAYS
