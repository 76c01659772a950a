"""One question: its card, its files, its days and its story; beside it whatever the person may do with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi.responses import JSONResponse, Response

from intake.actions.papers.question_facts import is_withheld
from intake.actions.people.office import desk_of
from intake.actions.questions.carry_out import answer_message
from intake.actions.questions.drafts import keep_draft, open_question, others_here
from intake.actions.questions.history import history_lines
from intake.actions.questions.make_public import public_words
from intake.actions.questions.offered import Offered, offered_to
from intake.actions.questions.reply_templates import template_of
from intake.actions.questions.similar_questions import answer_to, similar_to
from intake.actions.questions.suggest_topic import Suggestion, suggested
from intake.actions.questions.unchanged import version_of
from intake.actions.sealed.access import assignable, may_read_as_office, note_reading
from intake.ports import UnitOfWork
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.errors import NotFound
from intake.rules.message import Term
from intake.rules.people.unit import Desk
from intake.rules.questions.question import AnswerClass, Proposal, ProposalKind, ProposalState, Question
from intake.rules.questions.reply_template import ReplyTemplate, ReplyTemplateId
from intake.rules.text import excerpt
from wording.clocks import sentence as clock_sentence
from wording.questions import explained, kept_words, rest
from wording.reply_templates import for_question
from wording.texts import render, shown, words

from .doors import Doors
from .office import HOME
from .papers import papers_about
from .room import DeskRoom, everybody, nobody
from .shown_files import framing, in_place, shown_file
from .visiting import Visit, number_in

PAGE = DeskRoom("/cau-hoi", "desk.questions", everybody, shown_to=nobody)
"""Whoever may read a question opens its page: whether they may is asked of the question, not of a role."""
_SAID = (AnswerClass.SETTLED, AnswerClass.EXPLANATION)
"""What an answer is said to be; that something is on its way, its words say by naming a day."""
_EARLIER = 1200
"""How much of an earlier answer is shown."""


@dataclass(frozen=True, slots=True)
class LikeQuestion:
    """A question that may ask the same, with the beginning of its answer."""

    id: int
    reference: str
    text: str
    state: str
    answer: str


def open_page(doors: Doors) -> None:
    """Add the page, its files, and what is kept and shown while somebody writes."""
    doors.show("/{reference}", show_question)
    doors.show("/{reference}/tep/{name}", _file)
    doors.act("/{reference}/nhap", _keep_draft, again=show_question, fields={"refusal.too_long": "text"})
    doors.act("/{reference}/xem-truoc", _preview, again=show_question)
    doors.act("/{reference}/dung", _use_earlier, again=show_question)
    doors.act("/{reference}/mau", _use_template, again=show_question)


def page_path(reference: str) -> str:
    """Where a question is shown."""
    return f"{HOME}{PAGE.path}/{reference}"


async def question_of(visit: Visit, uow: UnitOfWork) -> Question:
    """The question the address names, for whoever of the office may read it; `NotFound` for all others."""
    question = await uow.questions.by_reference(str(visit.request.path_params["reference"]))
    if question is None or not await may_read_as_office(uow, visit.person, question):
        raise NotFound
    return question


async def show_question(visit: Visit, preview: str = "") -> Response:
    """The page of a question."""
    async with visit.acting() as uow:  # that it was read, and is open, is noted
        question = await question_of(visit, uow)
        offered = await offered_to(uow, visit.person, visit.grants, question)
        card = render(await visit.office.card(uow, visit.desk, question), visit.person.language)
        draft = ""
        if offered.writes and visit.request.method != "HEAD":
            draft = await open_question(uow, person=visit.person, question=question)
        page = await _gathered(visit, uow, question, offered)
        papers = await _papers(uow, visit, question)
        proposals = await uow.questions.proposals(question.id)
    drafted = draft or _to_redo(proposals)
    made = visit.page(
        "question.html",
        question=question,
        reference=question.reference,
        text=card.text,
        may=offered,
        draft=drafted,
        preview=preview,
        papers=papers,
        path=page_path(question.reference),
        waiting=[one for one in proposals if one.state is ProposalState.PROPOSED],
        decided=[one for one in proposals if one.state in (ProposalState.APPROVED, ProposalState.HELD)],
        redo=proposals[-1].note if proposals and proposals[-1].state is ProposalState.RETURNED else "",
        **page,
    )
    return framing(made, page["files"])


def _to_redo(proposals: Sequence[Proposal]) -> str:
    """What was proposed last and still waits, or came back: the desk goes on from there."""
    if not proposals or proposals[-1].kind is not ProposalKind.ANSWER:
        return ""
    last = proposals[-1]
    came_back = last.state is ProposalState.RETURNED and bool(last.note)
    return last.text if came_back or last.state is ProposalState.PROPOSED else ""


async def _gathered(visit: Visit, uow: UnitOfWork, question: Question, offered: Offered) -> dict[str, Any]:
    language = visit.person.language
    desks: Sequence[Desk] = ()
    suggestion: Suggestion | None = None
    if offered.give:
        desks = await assignable(uow, question, await uow.places.desks(question.unit_id))
        if question.desk_id is None:
            suggestion = await suggested(uow, question)
    topics = await uow.places.topics(question.unit_id) if offered.topic else ()
    files = await uow.questions.attachments(question.id)
    clocks = await uow.clocks.of_question(question.id)
    resting = [words(language, "status.rests")] if rest(clocks) else []
    return {
        "desks": [(desk.id, desk.name) for desk in desks if desk.id != question.desk_id],
        "suggestion": suggestion,
        "topics": [(topic.id, topic.name) for topic in topics],
        "files": [shown_file(file, f"{page_path(question.reference)}/tep/{file.sha256}") for file in files],
        "clocks": [*resting, *(clock_sentence(unpack_due(clock.due), language) for clock in explained(clocks))],
        "history": [
            (line.at, words(language, f"deed.{line.act}"), _who(language, line.actor, by_asker=line.by_asker))
            for line in await history_lines(uow, question)
        ],
        "templates": [
            (one.id, one.name, await _filled(uow, question, one))
            for one in (await uow.reply_templates.of_unit(question.unit_id) if offered.answer else ())
        ],
        "like": await _like(visit, uow, question) if offered.writes else (),
        "others": [
            words(language, "desk.here_writing" if writes else "desk.here", {"name": person.called})
            for person, writes in await others_here(uow, person=visit.person, question=question)
        ],
        "classes": [(one.value, words(language, f"answer.{one.value}")) for one in _SAID],
        "seen": await version_of(uow, question),
    }


def _who(language: str, actor: str, *, by_asker: bool) -> str:
    if by_asker:
        return words(language, "deed.by_asker")
    return actor or words(language, "deed.by_nobody")


async def _like(visit: Visit, uow: UnitOfWork, question: Question) -> Sequence[LikeQuestion]:
    """Like questions with what was answered; of what is sensitive no words, to read them is to open it."""
    language = visit.person.language
    found = []
    for one in await similar_to(uow, visit.person, question):
        kept = kept_words(one)
        answer = await answer_to(uow, one) if kept is None else None
        text = shown(language, kept or excerpt(one.text))
        state = words(language, f"office.state_{one.state.value}")
        found.append(LikeQuestion(one.id, one.reference, text, state, "" if answer is None else answer.text[:_EARLIER]))
    return found


async def _papers(uow: UnitOfWork, visit: Visit, question: Question) -> list[tuple[str, str]]:
    """The documents about it; none where no document tells it."""
    plans = [] if is_withheld(question) else await uow.plans.of_units([question.unit_id])
    return papers_about(visit, plans[0], question.reference, "question") if plans else []


async def _file(visit: Visit) -> Response:
    """A file of the question, for whoever may read it."""
    async with visit.acting() as uow:  # that a sensitive one was read is noted
        question = await question_of(visit, uow)
        name = visit.request.path_params["name"]
        file = next((one for one in await uow.questions.attachments(question.id) if one.sha256 == name), None)
        if file is None:
            raise NotFound
        await note_reading(uow, visit.person, [question])
    return await in_place(visit, file.sha256, file)


async def _keep_draft(visit: Visit) -> Response:
    """Keep what is typed; a script asks every few seconds, and learns who else is there and whether it changed."""
    language = visit.person.language
    async with visit.acting() as uow:
        question = await question_of(visit, uow)
        if not (await offered_to(uow, visit.person, visit.grants, question)).writes:
            raise NotFound
        await keep_draft(uow, person=visit.person, question=question, text=visit.typed.get("text", ""))
        others = await others_here(uow, person=visit.person, question=question)
        changed = visit.typed.get("seen", "") != await version_of(uow, question)
        at = uow.now.astimezone(LOCAL).strftime("%H:%M")
    if "application/json" not in visit.request.headers.get("accept", ""):
        return visit.to(page_path(question.reference), Term("desk.draft_kept", {"at": at}))
    return JSONResponse(
        {
            "kept": words(language, "desk.draft_kept", {"at": at}),
            "others": [
                words(language, "desk.here_writing" if writes else "desk.here", {"name": person.called})
                for person, writes in others
            ],
            "changed": words(language, "desk.question_changed") if changed else "",
        }
    )


async def _preview(visit: Visit) -> Response:
    """The answer as the asker's phone will show it, above what was typed; nothing is sent and nothing is lost."""
    async with visit.acting() as uow:
        question = await question_of(visit, uow)
        offered = await offered_to(uow, visit.person, visit.grants, question)
        if not offered.answer or question.desk_id is None:
            raise NotFound
        await keep_draft(uow, person=visit.person, question=question, text=visit.typed.get("text", ""))
        desk = await uow.places.desk(question.desk_id)
        asker = (await uow.people.many([question.asker_id]))[question.asker_id]
        said = await answer_message(uow, question, visit.typed.get("text", "").strip(), where=desk.name)
    visit.shows_typed = True
    return await show_question(visit, preview=render(said, asker.language).text)


async def _use_earlier(visit: Visit) -> Response:
    """Put an earlier answer below what is typed; it is a draft, nothing is sent."""
    number = visit.typed.get("tu", "")
    async with visit.reading() as uow:
        question = await question_of(visit, uow)
        found = next((one for one in await similar_to(uow, visit.person, question) if str(one.id) == number), None)
        if found is None or kept_words(found) is not None:
            raise NotFound
        answer = (await public_words(uow, [found]))[found.id].answer  # it was written to somebody else, by name
        if not answer:
            raise NotFound
    return await _below(visit, answer)


async def _use_template(visit: Visit) -> Response:
    """Put a template of the unit, filled in for this question, below what is typed; nothing is sent."""
    async with visit.reading() as uow:
        question = await question_of(visit, uow)
        if not (await offered_to(uow, visit.person, visit.grants, question)).answer:
            raise NotFound
        unit = await uow.places.unit(question.unit_id)
        template = await template_of(uow, unit, ReplyTemplateId(number_in(visit.typed.get("mau", ""))))
        words_of_it = await _filled(uow, question, template)
    return await _below(visit, words_of_it)


async def _filled(uow: UnitOfWork, question: Question, template: ReplyTemplate) -> str:
    desk, unit = await desk_of(uow, question), await uow.places.unit(question.unit_id)
    return for_question(template, reference=question.reference, desk=desk.name, unit=unit.name, day=uow.today)


async def _below(visit: Visit, more: str) -> Response:
    """The page with more words below what is typed; they are a draft."""
    typed = visit.typed.get("text", "").strip()
    visit.typed = {**visit.typed, "text": f"{typed}\n\n{more}".strip()}
    visit.form, visit.shows_typed = "answer", True
    return await show_question(visit)
