"""What is done with one question at the desk: the chat's own actions, if it still is what was seen."""

from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial

from fastapi.responses import Response

from intake.actions.outbox.how_told import told_of
from intake.actions.people.confirm_again import what_is_agreed
from intake.actions.questions.approvers import deciders_of
from intake.actions.questions.clarify import ask_back
from intake.actions.questions.give_to_desk import give_to_desk, heard_of
from intake.actions.questions.group_questions import join, separate
from intake.actions.questions.make_public import make_public, take_back
from intake.actions.questions.mark_urgent import mark_urgent, take_back_urgent
from intake.actions.questions.offered import offered_to
from intake.actions.questions.propose import propose_answer, propose_extension, propose_referral, return_question
from intake.actions.questions.suggest_topic import accept, set_topic
from intake.actions.questions.triage import decline, keep_for_meeting
from intake.actions.questions.unchanged import require_version
from intake.actions.sealed.access import may_read, may_read_as_office
from intake.actions.sealed.sealing import mark_sensitive, unmark_sensitive
from intake.ports import UnitOfWork
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.message import Param
from intake.rules.people.office_session import ConfirmedAct
from intake.rules.people.unit import DeskId, TopicId
from intake.rules.questions.promise import required
from intake.rules.questions.question import AnswerClass, Proposal, Question, QuestionId
from intake.rules.questions.reference import find_reference
from intake.rules.typed_when import day_typed
from wording.questions import who_hears

from .confirming import use_yes
from .doors import Doors
from .question import page_path, question_of, show_question
from .questions import LIST
from .said import sentence
from .visiting import Visit, number_in

_FIELDS = {
    "refusal.text_missing": "text",
    "refusal.reason_missing": "reason",
    "refusal.instead_missing": "instead",
    "refusal.urgent_reason_missing": "reason",
    "refusal.agency_missing": "agency",
    "refusal.day_not_later": "promised",
    "refusal.day_too_far": "promised",
    "refusal.day_missing": "promised",
    "refusal.no_reference": "other",
    "refusal.reference_unknown": "other",
    "refusal.desk_missing": "desk",
    "refusal.topic_missing": "topic",
}
Promise = Callable[..., Awaitable[Proposal]]
Deed = Callable[[Visit, UnitOfWork, Question], Awaitable[Param]]


def open_acts(doors: Doors) -> None:
    """Add the acts of the page of a question."""
    for path, deed in _DEEDS.items():
        doors.act(f"/{{reference}}/{path}", partial(_done, deed=deed), again=show_question, fields=_FIELDS)


async def _done(visit: Visit, *, deed: Deed) -> Response:
    """Do it if the question is still what was seen; back to its page, or to the list where it is not to be read now."""
    async with visit.acting() as uow:
        question = await question_of(visit, uow)
        await require_version(uow, question.id, visit.typed.get("seen", ""))
        said = await deed(visit, uow, question)
        await uow.flush()
        goes_on = await may_read_as_office(uow, visit.person, question)
    return visit.to(page_path(question.reference) if goes_on else LIST, said)


async def _answer(visit: Visit, uow: UnitOfWork, question: Question) -> Param:
    made = await propose_answer(
        uow,
        by=visit.person,
        question_id=question.id,
        text=visit.typed.get("text", ""),
        said=_class_chosen(visit.typed.get("what", "")),
    )
    await uow.drafts.drop(question.id, visit.person.id)
    return await _proposed(uow, question, made)


def _class_chosen(code: str) -> AnswerClass | None:
    """What the answer was said to be; None: its words tell."""
    if code and code not in set(AnswerClass):
        raise NotFound
    return AnswerClass(code) if code else None


async def _promise(visit: Visit, uow: UnitOfWork, question: Question, *, propose: Promise) -> Param:
    """Refer it or extend it: both need an agency, a day and a reason."""
    made = await propose(
        uow,
        by=visit.person,
        question_id=question.id,
        agency=visit.typed.get("agency", ""),
        promised_on=_day(visit.typed.get("promised", ""), uow.today),
        reason=visit.typed.get("reason", ""),
    )
    return await _proposed(uow, question, made)


def _day(typed: str, today: date) -> date:
    """The day of a date field, which browsers send as ISO, or as a person types it where they know no such field."""
    if not typed.strip():
        raise RuleBroken("refusal.day_missing")
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return day_typed(typed, today)


async def _proposed(uow: UnitOfWork, question: Question, made: Proposal) -> Param:
    decided = await deciders_of(uow, question, made)
    return sentence("office.proposed" if decided else "office.proposed_to_nobody", reference=question.reference)


async def _ask_back(visit: Visit, uow: UnitOfWork, question: Question) -> Param:
    await ask_back(uow, by=visit.person, question_id=question.id, text=visit.typed.get("text", ""))
    who = await who_hears(uow, question, visit.grants)
    return sentence("office.asked_back_done", reference=question.reference, who=who, told=await told_of(uow, question))


async def _give_back(visit: Visit, uow: UnitOfWork, question: Question) -> Param:
    await return_question(uow, by=visit.person, question_id=question.id, reason=visit.typed.get("reason", ""))
    return sentence("office.return_done", reference=question.reference)


async def _give(visit: Visit, uow: UnitOfWork, question: Question) -> Param:
    desk_id = DeskId(_number(visit, "desk", "refusal.desk_missing"))
    await give_to_desk(uow, by=visit.person, question_id=question.id, desk_id=desk_id)
    return await _given(uow, question, (await uow.places.desk(desk_id)).name)


async def _take_suggestion(visit: Visit, uow: UnitOfWork, question: Question) -> Param:
    topic_id = TopicId(_number(visit, "topic", "refusal.topic_missing"))
    _, desk = await accept(uow, by=visit.person, question_id=question.id, topic_id=topic_id)
    return await _given(uow, question, desk.name)


async def _given(uow: UnitOfWork, question: Question, desk: str) -> Param:
    told = await heard_of(uow, question)
    return sentence("office.assign_done", reference=question.reference, desk=desk, told=told)


async def _set_topic(visit: Visit, uow: UnitOfWork, question: Question) -> Param:
    topic_id = TopicId(_number(visit, "topic", "refusal.topic_missing"))
    await set_topic(uow, by=visit.person, question_id=question.id, topic_id=topic_id)
    return sentence("desk.topic_set", count=1)


async def _keep(visit: Visit, uow: UnitOfWork, question: Question) -> Param:
    await keep_for_meeting(uow, by=visit.person, question_id=question.id)
    return sentence("office.keep_done", reference=question.reference, told=await told_of(uow, question))


async def _decline(visit: Visit, uow: UnitOfWork, question: Question) -> Param:
    reason, instead = visit.typed.get("reason", ""), visit.typed.get("instead", "")
    await decline(uow, by=visit.person, question_id=question.id, reason=reason, instead=instead)
    return sentence("office.decline_done", reference=question.reference, told=await told_of(uow, question))


async def _urgent(visit: Visit, uow: UnitOfWork, question: Question) -> Param:
    await mark_urgent(uow, by=visit.person, question_id=question.id, reason=visit.typed.get("reason", ""))
    return sentence("desk.marked_urgent", count=1)


async def _calm(visit: Visit, uow: UnitOfWork, question: Question) -> Param:
    await take_back_urgent(uow, by=visit.person, question_id=question.id, reason=visit.typed.get("reason", ""))
    return sentence("desk.calmed", reference=question.reference)


async def _join(visit: Visit, uow: UnitOfWork, question: Question) -> Param:
    """With the question whose reference is typed; whoever may not read that one is told that there is none."""
    other = await _other(visit, uow)
    await join(uow, by=visit.person, question_id=question.id, with_id=other)
    return sentence("desk.joined", count=1)


async def _other(visit: Visit, uow: UnitOfWork) -> QuestionId:
    reference = find_reference(visit.typed.get("other", ""))
    if reference is None:
        raise RuleBroken("refusal.no_reference")
    found = await uow.questions.by_reference(reference)
    if found is None or not await may_read(uow, visit.person, found):
        raise RuleBroken("refusal.reference_unknown", {"reference": reference})
    return found.id


async def _separate(visit: Visit, uow: UnitOfWork, question: Question) -> Param:
    await separate(uow, by=visit.person, question_id=question.id)
    return sentence("group.separated", reference=question.reference)


async def _protect(visit: Visit, uow: UnitOfWork, question: Question) -> Param:
    await mark_sensitive(uow, by=visit.person, question_id=question.id, reason=visit.typed.get("reason", ""))
    return sentence("desk.marked_sensitive", count=1)


async def _unprotect(visit: Visit, uow: UnitOfWork, question: Question) -> Param:
    reason = visit.typed.get("reason", "")
    done = await unmark_sensitive(uow, by=visit.person, question_id=question.id, reason=reason)
    return sentence("unseal.done" if done else "unseal.asked", reference=question.reference)


async def _make_public(visit: Visit, uow: UnitOfWork, question: Question) -> Param:
    """In the words that were typed, once the secretary has said yes to just these in the chat."""
    text = visit.typed.get("text", "")
    if not (await offered_to(uow, visit.person, visit.grants, question)).publish:
        raise RuleBroken("refusal.not_public")
    required(text, "refusal.text_missing")
    about = what_is_agreed(question.reference, text, visit.typed.get("seen", ""))
    await use_yes(uow, visit, ConfirmedAct.MAKE_PUBLIC, about)
    await make_public(uow, by=visit.person, question_id=question.id, text=text)
    return sentence("publish.done", reference=question.reference)


async def _take_back(visit: Visit, uow: UnitOfWork, question: Question) -> Param:
    await take_back(uow, by=visit.person, question_id=question.id)
    return sentence("publish.taken_back", reference=question.reference)


def _number(visit: Visit, name: str, refusal: str) -> int:
    typed = visit.typed.get(name, "")
    if not typed:
        raise RuleBroken(refusal)
    return number_in(typed)


_DEEDS: dict[str, Deed] = {
    "tra-loi": _answer,
    "chuyen": partial(_promise, propose=propose_referral),
    "gia-han": partial(_promise, propose=propose_extension),
    "hoi-lai": _ask_back,
    "tra-lai": _give_back,
    "giao": _give,
    "goi-y": _take_suggestion,
    "linh-vuc": _set_topic,
    "giu": _keep,
    "ngoai": _decline,
    "gap": _urgent,
    "bo-gap": _calm,
    "ghep": _join,
    "tach": _separate,
    "kin": _protect,
    "bo-kin": _unprotect,
    "cong-khai": _make_public,
    "bo-cong-khai": _take_back,
}
