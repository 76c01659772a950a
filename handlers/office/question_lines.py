"""A question as the office reads it: one line of a list, in which like questions stand once, or the whole of it.

No phone number, ever.
"""

from collections.abc import Sequence

from handlers.engine.scene import Scene
from intake.actions.outbox.how_told import how_told
from intake.actions.papers.question_facts import is_kept_apart
from intake.actions.people.office import owed_on
from intake.actions.questions.nudge import promise_of
from intake.actions.sealed.access import may_deal_with, note_reading
from intake.ports import UnitOfWork
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.deadlines.due_words import due_words, on_weekday
from intake.rules.message import Button, Message, Param, Term, button, literal, numbered_files, rows_of
from intake.rules.people.permissions import works_at_desk
from intake.rules.people.person import Role
from intake.rules.questions.question import (
    READ_STATES,
    CameBy,
    ProposalState,
    Question,
    QuestionId,
    QuestionState,
    is_sound,
)
from wording.clocks import time_left
from wording.files import file_lines
from wording.people import name_of
from wording.questions import listed_words, returned_words

from .sealing import sealing_lines

AT_ONCE = 10
"""How many questions one message lists."""
MOST_NUDGES = 3
"""How many nudges the card of a question names, the last ones."""


def page_of(questions: Sequence[Question], start: int) -> Sequence[Question]:
    """The questions one message lists, from the `start`-th on."""
    return questions[start : start + AT_ONCE]


def list_message(
    key: str, lines: Sequence[Term], page: Sequence[Question], verb: str, *, start: int, total: int, more: str
) -> Message:
    """A list with one button per question (`verb.<id>`, its reference on it) and a way to the rest (`more.<start>`)."""
    rows = rows_of([literal(question.reference, f"{verb}.{question.id}") for question in page])
    upto = start + len(page)
    if upto < total:
        rows = (*rows, (button("office.more_button", f"{more}.{upto}", count=total - upto),))
    return Message(key, {"count": total, "lines": tuple(lines)}, rows)


def line(question: Question, key: str, **params: Param) -> Term:
    """One question on one line; of a sensitive one no words: to read it is to open it, which is written down.

    Nor of what its asker has restricted (LAW C5).
    """
    text: Param = Term("case.sensitive") if question.sensitive else listed_words(question)
    return Term(key, {"reference": question.reference, "text": text, **params})


async def _marks(scene: Scene, question: Question) -> list[Param]:
    """An asker who is not reached, the office's targets, the agency waited for, urgent and why, the nudges."""
    uow = scene.uow
    told = await how_told(uow, question.asker_id, question.id)
    marks: list[Param] = [] if told is None or told.is_well else [Term("told.on_card", {"told": told.words()})]
    marks += [
        Term(f"office.target_{clock.kind.value}", {"due": due_words(unpack_due(clock.due))})
        for clock in await uow.clocks.running_for(question.id)
        if clock.kind in (ClockKind.INTERNAL_TARGET, ClockKind.URGENT_TARGET)
    ]
    asker = await uow.people.get(question.asker_id) if question.restricted else None
    if asker is not None and asker.restricted_at is not None:
        marks.append(Term("rights.card", {"at": asker.restricted_at}))
    promise = await promise_of(uow, question)
    if promise is not None and promise.promised_on is not None:
        marks.append(Term("office.promise", {"agency": promise.agency, "promised": on_weekday(promise.promised_on)}))
    flag = await uow.marks.flag_of(question.id)
    nudges = (await uow.marks.nudges(question.id))[-MOST_NUDGES:]
    people = await uow.people.many({*(one.nudged_by for one in nudges), *([flag.set_by] if flag else [])})
    if flag is not None:
        by = name_of(people[flag.set_by])
        marks.append(Term("urgent.card", {"reason": flag.reason, "by": by, "at": flag.set_at}))
    marks += [
        Term("nudge.card", {"agency": one.agency, "by": name_of(people[one.nudged_by]), "at": one.nudged_at})
        for one in nudges
    ]
    return marks


async def _who_asks(scene: Scene, question: Question) -> list[Param]:
    """The hamlet and the asker; of a sensitive question for secretary and chair alone."""
    uow, lines = scene.uow, list[Param]()
    if question.sensitive:
        lines.append(Term("office.sensitive" if question.sealed_by_asker else "office.sensitive_marked"))
        if not await may_deal_with(uow, scene.me, question, Role.SECRETARY, Role.CHAIR):
            return lines
    if question.hamlet_id is not None:
        hamlet = await uow.places.unit(question.hamlet_id)
        lines.append(Term("office.hamlet", {"hamlet": hamlet.name}))
    asker = await uow.people.get(question.asker_id)
    if asker is not None and asker.erased_at is None:
        lines.append(Term("office.asker", {"name": name_of(asker)}))
        if asker.place:
            lines.append(Term("office.place", {"place": asker.place}))
    return lines


async def card(scene: Scene, question: Question, buttons: tuple[tuple[Button, ...], ...]) -> Message:
    """The whole question with its files; of a sensitive one only secretary and chair see the asker (R026)."""
    uow = scene.uow
    await note_reading(uow, scene.me, [question])
    lines: list[Param] = [Term("office.kind", {"kind": Term(f"kind.{question.kind.value}")})]
    lines += await _who_asks(scene, question)
    if question.came_by is not CameBy.CHAT:
        day = question.received_at.astimezone(LOCAL).date()
        lines.append(Term("office.came_by", {"how": Term(f"came_by.{question.came_by.value}"), "day": day}))
    if question.meeting_id is not None:
        meeting = await uow.meetings.get(question.meeting_id)
        lines.append(Term("office.meeting", {"title": meeting.title}))
    if question.desk_id is not None:
        desk = await uow.places.desk(question.desk_id)
        lines.append(Term("office.desk", {"desk": desk.name}))
    lines.append(Term("office.state", {"state": Term(f"office.state_{question.state.value}")}))
    due_on = await owed_on(uow, question)
    if due_on is not None:
        lines.append(Term("office.due", {"left": time_left(due_on, uow.today)}))
    lines += await sealing_lines(scene, question)
    lines += await _marks(scene, question)
    lines += [
        Term("office.awaits_chair", {"kind": proposal.kind.word})
        for proposal in await uow.questions.proposals(question.id)
        if proposal.state is ProposalState.PROPOSED
    ]
    words: list[Param] = [question.text]
    if question.text != question.original_text:
        words.append(Term("office.original", {"text": question.original_text}))
    if question.state is QuestionState.NEEDS_CLARIFICATION and question.reason:
        words.append(Term("office.asked", {"text": question.reason}))
    returned = returned_words(question)
    if returned is not None:
        words.append(returned)
    files = await uow.questions.attachments(question.id)
    if files:
        words.append(Term("office.files", {"lines": file_lines((file.media_type, file.name) for file in files)}))
        if any(is_sound(file.media_type) for file in files) and await _may_write_down(scene, question):
            buttons = (*buttons, (button("written.button", f"written.{question.id}"),))
    params: dict[str, Param] = {"reference": question.reference, "lines": tuple(lines), "text": tuple(words)}
    about = () if is_kept_apart(question) else (question.reference,)
    carried = numbered_files((file.sha256 for file in files), *about)
    return Message("office.card", params, buttons, attachments=carried)


async def _may_write_down(scene: Scene, question: Question) -> bool:
    if question.state not in READ_STATES:
        return False
    at_desk = works_at_desk(scene.grants, question)
    return at_desk or await may_deal_with(scene.uow, scene.me, question, Role.SECRETARY)


async def folded(uow: UnitOfWork, questions: Sequence[Question]) -> dict[Question, list[Question]]:
    """The questions of a list that stand for themselves, in its order, each with those of the list that go with it.

    The most urgent of a group decides where its lead stands.
    """
    listed = {question.id: question for question in questions}
    lead_of: dict[QuestionId, QuestionId] = {
        member.question_id: member.lead_id for member in await uow.groups.members(listed)
    }
    found: dict[Question, list[Question]] = {}
    for question in questions:
        lead = listed[lead_of.get(question.id, question.id)]
        others = found.setdefault(lead, [])
        if lead is not question:
            others.append(question)
    return found


def named(question: Question, others: Sequence[Question]) -> Param:
    """The reference, with how many ask the same behind it."""
    if not others:
        return question.reference
    return Term("group.reference", {"reference": question.reference, "count": len(others)})
