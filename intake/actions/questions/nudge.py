"""Nudge the agency a question was referred to or that asked for more time (R162): a text to send, and a record of it.

Agencies are not in the bot: whoever nudges copies the text into a letter, a message or a call, and says that it went
out. Where the agency is a desk or a unit with people in the bot, they get it too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from intake.actions.outbox.tell import tell
from intake.actions.people.office import note, question_in_unit
from intake.actions.sealed.access import kept_from
from intake.ports import UnitOfWork
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.due_words import in_between
from intake.rules.errors import RuleBroken
from intake.rules.message import Button, Message, Param
from intake.rules.people.person import Person, PersonId, Role
from intake.rules.questions.marks import Nudge, same_name, without_personal
from intake.rules.questions.question import Proposal, ProposalKind, ProposalState, Question, QuestionId, QuestionState

NUDGING = (Role.SECRETARY, Role.CHAIR)
_PROMISED = {QuestionState.REFERRED: ProposalKind.REFERRAL, QuestionState.EXTENDED: ProposalKind.EXTENSION}


@dataclass(frozen=True, slots=True)
class Promised:
    """A question with the promise it waits for."""

    question: Question
    promise: Proposal
    promised_on: date


async def promised(uow: UnitOfWork, by: Person, question_id: QuestionId, *, lock: bool = False) -> Promised:
    """The promise a question waits for, for a secretary or chair of its unit.

    Raises `RuleBroken` when it waits for none, or was promised for a day that has not passed.
    """
    question = await question_in_unit(uow, by, question_id, *NUDGING, lock=lock)
    promise = await promise_of(uow, question)
    if promise is None or promise.promised_on is None:
        raise RuleBroken("refusal.not_in_this_state")
    if promise.promised_on >= uow.today:
        raise RuleBroken("refusal.nudge_early", {"promised": in_between(promise.promised_on)})
    return Promised(question, promise, promise.promised_on)


async def promise_of(uow: UnitOfWork, question: Question) -> Proposal | None:
    """The approved referral or extension a question waits for; None in any other state."""
    kind = _PROMISED.get(question.state)
    if kind is None:
        return None
    approved = [one for one in await uow.questions.proposals(question.id) if one.state is ProposalState.APPROVED]
    return next((one for one in reversed(approved) if one.kind is kind), None)


async def nudge_letter(uow: UnitOfWork, waited: Promised) -> Message:
    """The text for the agency: what was passed on, when, the date promised; nothing of the asker (LAW C5)."""
    question, promise = waited.question, waited.promise
    params: dict[str, Param] = {
        "agency": promise.agency,
        "unit": (await uow.places.unit(question.unit_id)).name,
        "reference": question.reference,
        "passed": (promise.decided_at or promise.proposed_at).astimezone(LOCAL).date(),
        "promised": waited.promised_on,
        "days": (uow.today - waited.promised_on).days,
    }
    if question.sensitive:  # what it is about is for those who have it already (R026)
        return Message("nudge.letter_sensitive", params)
    people = await uow.people.many({question.asker_id, *([question.entered_by] if question.entered_by else [])})
    words = question.public_text or question.text
    params["text"] = without_personal(words, *(person.name for person in people.values()))
    return Message("nudge.letter", params)


async def nudge(uow: UnitOfWork, *, by: Person, question_id: QuestionId) -> Nudge:
    """Record that the agency was nudged, and tell its people where they are in the bot; once a day."""
    waited = await promised(uow, by, question_id, lock=True)
    question = waited.question
    for last in await uow.marks.nudges(question.id):
        if last.nudged_at.astimezone(LOCAL).date() == uow.today:
            raise RuleBroken("refusal.nudged_today", {"at": last.nudged_at})
    made = await uow.marks.add_nudge(Nudge(question.id, waited.promise.agency, waited.promised_on, by.id, uow.now))
    await note(uow, by, "nudge", question, nudge=made.id)
    letter = await nudge_letter(uow, waited)
    at_desk, elsewhere = await _in_the_bot(uow, question, waited.promise.agency)
    opens = ((Button(f"queue.{question.id}", "button.open"),),)
    await tell(uow, at_desk, Message(letter.key, letter.params, opens), question_id=question.id)
    named = await kept_from(uow, question.id, elsewhere)
    await tell(uow, [one for one in elsewhere if one not in at_desk and one not in named], letter)
    return made


async def _in_the_bot(
    uow: UnitOfWork, question: Question, agency: str
) -> tuple[Sequence[PersonId], Sequence[PersonId]]:
    """The agency's people: the officials when it is the question's own desk; those of another desk or unit."""
    own: list[PersonId] = []
    others: list[PersonId] = []
    for desk in await uow.places.desks(question.unit_id):
        if same_name(desk.name, agency):
            officials = [official.id for official in await uow.people.at_desk(desk.id)]
            (own if desk.id == question.desk_id else others).extend(officials)
    for unit in await uow.places.roots():
        if same_name(unit.name, agency):
            told = await uow.people.standing_in([Role.SECRETARY], [unit])
            others += told.get((Role.SECRETARY, unit.id), ())
    return own, others
