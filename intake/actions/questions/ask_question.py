"""Send a question: number it, keep it, start its clock or say what will, let the secretary know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from intake.actions.deadlines.clocks import plan_for, settings_of, start_clock, start_reply
from intake.actions.meetings.right_to_speak import NOT_REGISTERED, rights_to_speak
from intake.actions.outbox.tell import tell, tell_spoken_for
from intake.actions.people.consent_taken import require_consent
from intake.actions.people.enrol import home_unit
from intake.actions.people.office import leading
from intake.actions.questions.gathered import gather
from intake.actions.questions.look_up import look_up_signs
from intake.actions.questions.news import tell_news
from intake.actions.sealed.naming import propose_named, tell_if_nobody_is_left
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.deadline import Clock
from intake.rules.errors import RuleBroken
from intake.rules.files import NewFile
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.message import Button, Message, Param, Term
from intake.rules.people.consent import is_restricted
from intake.rules.people.person import Person
from intake.rules.people.unit import Unit, UnitId
from intake.rules.plan.profile_terms import QuestionKind
from intake.rules.questions.news import NewsKind
from intake.rules.questions.question import Attachment, CameBy, Question, QuestionState, known_again
from intake.rules.questions.reference import question_reference
from intake.rules.text import fitting

LONGEST_QUESTION = 4000
SHORTEST_QUESTION = 5
MOST_ATTACHMENTS = 5
LONGEST_AGO = timedelta(days=366)
"""What came earlier than this is a slip of the pen: its clocks would all be late."""
_NOON = time(12)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the asker is told: the question, the meeting it waits for, or the clock that runs already."""

    question: Question
    meeting: Meeting | None
    clock: Clock | None


def clean_question(typed: str) -> str:
    """The text of a question as it is kept. Raises `RuleBroken` for one too short to act upon or too long to read."""
    text = typed.strip()
    if len(text) < SHORTEST_QUESTION:
        raise RuleBroken("refusal.question_short")
    return fitting(text, LONGEST_QUESTION)


async def ask_question(
    uow: UnitOfWork,
    *,
    asker: Person,
    text: str,
    kind: QuestionKind = QuestionKind.QUESTION,
    meeting_id: MeetingId | None = None,
    files: Sequence[NewFile] = (),
    entered_by: Person | None = None,
    sensitive: bool = False,
    came_by: CameBy = CameBy.CHAT,
    received_on: date | None = None,
    home_id: UnitId | None = None,
) -> Receipt:
    """Receive a question of a resident (or of a neighbour, typed by the hamlet head `entered_by`).

    What the office enters came by word of mouth, letter or telephone (A1.6) on the day `received_on`, from which its
    clocks count; whoever asked is told, or stands in the list of those to be told in person. Of an unnamed asker
    `home_id` says from where the question is.

    For a meeting, the reply clock starts only when the meeting ends (R160); outside a meeting, the ten working days to
    take it on (LAW C1) and the reply clock (R164) start with the receipt. A `sensitive` one is kept from everybody but
    secretary and chair until they give it to a desk, and its asker from that desk too (LAW C4). An opinion that the
    plan gathers has no clock (R128).
    """
    home_id = asker.hamlet_id if home_id is None else home_id
    if home_id is None:
        raise RuleBroken("refusal.no_hamlet")
    if len(files) > MOST_ATTACHMENTS:
        raise RuleBroken("refusal.too_many_files", {"most": MOST_ATTACHMENTS})
    hamlet = await uow.places.unit(home_id)
    meeting = None
    if meeting_id is None:
        unit = await home_unit(uow, hamlet)
    else:
        open_to_them = {one.id: one for one in await uow.meetings.for_hamlet(hamlet)}
        if meeting_id not in open_to_them:
            raise RuleBroken("refusal.meeting_not_yours")
        meeting = open_to_them[meeting_id]
        unit = await uow.places.unit(meeting.unit_id)
    text = clean_question(text)
    if came_by is CameBy.CHAT:  # what people bring to the office is taken down, however much it is
        require_consent(asker)
        await _not_too_many(uow, asker, entered_by)
    day = uow.today if received_on is None else receipt_day(received_on, uow.today)
    question = Question(
        unit_id=unit.id,
        reference=await next_reference(uow, unit),
        kind=kind,
        original_text=text,
        text=text,
        asker_id=asker.id,
        received_at=uow.now if day == uow.today else datetime.combine(day, _NOON, tzinfo=LOCAL),
        meeting_id=None if meeting is None else meeting.id,
        hamlet_id=hamlet.id,
        entered_by=None if entered_by is None else entered_by.id,
        sensitive=sensitive,
        came_by=came_by,
        sealed_by_asker=sensitive,
        restricted=is_restricted(asker),
    )
    receipt = await take_in(uow, question, day=day, home=hamlet, meeting=meeting, files=files)
    actor = entered_by or asker
    await uow.ledger.write(AuditEntry(uow.now, actor.id, "ask_question", f"question:{question.id}"))
    if entered_by is not None:
        await _tell_asker(uow, asker, entered_by, question, day)
    await tell_if_nobody_is_left(uow, question)
    return receipt


async def next_reference(uow: UnitOfWork, unit: Unit) -> str:
    """The next number of the unit's questions of this year, written out."""
    number = await uow.ledger.next_number("question", unit.id, uow.today.year)
    return question_reference(unit.code, uow.today.year, number)


async def take_in(
    uow: UnitOfWork,
    question: Question,
    *,
    day: date,
    home: Unit,
    meeting: Meeting | None = None,
    files: Sequence[NewFile] = (),
) -> Receipt:
    """Keep a new question, with whom it names and the clocks that start on `day`; whoever sorts it is told.

    `home` is from where it is. Whoever calls writes down who did it.
    """
    await uow.questions.add(question)
    for file in files:
        await uow.questions.attach(Attachment(question.id, file.sha256, file.media_type, file.size, file.name))
    await propose_named(uow, question)
    clock = None
    gathered = await gather(uow, question)
    if meeting is None and not gathered:
        settings = settings_of(await plan_for(uow, question))
        await start_clock(uow, ClockKind.ACKNOWLEDGE, day, settings=settings, question=question)
        clock = await start_reply(uow, ClockKind.REPLY_OUTSIDE, day, settings=settings, question=question)
    await tell_news(
        uow,
        await leading(uow, question),
        await _new_question(uow, question, home, meeting),
        question,
        NewsKind.TO_SORT,
        at_once=meeting is not None and meeting.state is MeetingState.OPEN,
    )
    return Receipt(question, meeting, clock)


async def _not_too_many(uow: UnitOfWork, asker: Person, entered_by: Person | None) -> None:
    """Raise `RuleBroken` for whoever has sent as many questions today as one may; the draft stays for tomorrow.

    For all of a household together one may send as many as for oneself: anybody can add names to it.
    """
    own = entered_by is None or asker.shares_phone
    most = uow.limits.questions_a_day if own else uow.limits.questions_for_neighbours
    midnight = datetime.combine(uow.today, time.min, LOCAL)
    if await uow.questions.sent_since((entered_by or asker).id, midnight, for_others=entered_by is not None) >= most:
        whose = "questions_a_day" if own else "questions_for_neighbours"
        raise RuleBroken(f"refusal.{whose}", {"most": most})


def receipt_day(day: date, today: date) -> date:
    """The day on which something came, as the office gives it. Raises `RuleBroken` for one ahead or long past."""
    if day > today:
        raise RuleBroken("refusal.received_ahead", {"today": today})
    if today - day > LONGEST_AGO:
        raise RuleBroken("refusal.received_long_ago", {"day": day})
    return day


async def _tell_asker(uow: UnitOfWork, asker: Person, by: Person, question: Question, day: date) -> None:
    told: dict[str, Param] = {
        "by": by.name,
        "reference": known_again(question),
        "day": day,
        "signs": look_up_signs(uow, question.reference),
    }
    opens = ((Button(f"status.{question.id}", "ask.follow"),),)
    if question.came_by is CameBy.CHAT:
        await tell_spoken_for(uow, asker, by, Message("ask.for_you", told, opens))
    elif asker.entered_by != by.id or asker.id in await uow.accounts.of([asker.id]):
        entered = Message("ask.entered_for_you", {**told, "how": Term(f"came_by.{question.came_by.value}")}, opens)
        await tell(uow, [asker.id], entered, question_id=question.id)


async def _new_question(uow: UnitOfWork, question: Question, hamlet: Unit, meeting: Meeting | None) -> Message:
    """For the secretary: to triage; while the meeting is in session, to be put in the room, with its asker's right."""
    params: dict[str, Param] = {"reference": question.reference, "hamlet": hamlet.name}
    if question.state is QuestionState.GATHERED:
        return Message("gathered.new", params, ((Button(f"triage.{question.id}", "button.open"),),))
    if meeting is not None and meeting.state is MeetingState.OPEN:
        speaks = (await rights_to_speak(uow, meeting)).get(question.asker_id, NOT_REGISTERED)
        params |= {"title": meeting.title, "text": (question.text, speaks)}
        return Message("room.new_question", params, ((Button(f"roomq.{question.id}", "button.open"),),))
    return Message("secretary.new_question", params, ((Button(f"triage.{question.id}", "button.open"),),))
