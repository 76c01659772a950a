"""Following a question: one's own (`/cauhoi`), one of them (`/trangthai`), how its date came about (`/cachtinh`)."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime

from handlers.engine.scene import Choice, Command, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.papers.register import number_given
from intake.actions.questions.history import may_appeal
from intake.actions.questions.look_up import look_up_signs
from intake.actions.questions.rate_answer import reopenable
from intake.actions.sealed.access import may_read, note_reading, readable
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.deadlines.due_words import on_weekday
from intake.rules.errors import NotFound
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of, unpack
from intake.rules.papers.kinds import PaperKind
from intake.rules.questions.question import OPEN_STATES, ProposalKind, Question, QuestionId, QuestionState
from intake.rules.questions.rating import rating_code
from intake.rules.questions.reference import bare_reference, find_reference
from intake.rules.text import excerpt
from wording.clocks import sentence
from wording.people import name_of
from wording.questions import Standing, after_meeting, explained, last_approved, rest, sentences, standing_of

MOST_LISTED = 10


async def list_own(scene: Scene, _rest: str) -> Turn:
    """`/cauhoi`: one's own questions and those typed for neighbours, the open ones first."""
    return await _list(scene, "status")


async def _list(scene: Scene, verb: str) -> Turn:
    questions = await readable(scene.uow, scene.me, await scene.uow.questions.of_person(scene.me.id))
    if not questions:
        menu = ((button("menu.ask", "cmd.hoi"), button("button.menu", "cmd.menu")),)
        return Turn(say=(Message("status.none", {}, menu),))
    # a stable sort: newest first within the open and within the others
    listed = sorted(questions, key=lambda question: question.state not in OPEN_STATES)[:MOST_LISTED]
    names = await scene.uow.people.many({question.asker_id for question in listed})
    lines: list[Param] = []
    for question in listed:
        first = {"reference": question.reference, "text": excerpt(question.text)}
        lines += ["", Term("status.line", first)]
        if question.asker_id != scene.me.id:
            lines.append(Term("status.for", {"name": name_of(names[question.asker_id])}))
        lines += await sentences(scene.uow, await standing_of(scene.uow, question))
    if len(questions) > len(listed):
        lines += ["", Term("status.more", {"more": len(questions) - len(listed)})]
    buttons: list[Button] = [literal(question.reference, f"{verb}.{question.id}") for question in listed]
    return Turn(say=(Message("status.list", {"questions": tuple(lines)}, rows_of(buttons)),))


async def show_status(scene: Scene, rest: str) -> Turn:
    """`/trangthai MÃ`; without a code, the list."""
    if not rest:
        return await _list(scene, "status")
    return await _looked_up(scene, rest, _card)


async def choose_status(scene: Scene, rest: str) -> Turn:
    """A button `status.<question id>`."""
    return Turn(say=(await _card(scene, await seen_question(scene, rest)),))


async def explain(scene: Scene, rest: str) -> Turn:
    """`/cachtinh MÃ`; without a code, the list."""
    if not rest:
        return await _list(scene, "why")
    return await _looked_up(scene, rest, _explanation)


async def choose_explain(scene: Scene, rest: str) -> Turn:
    """A button `why.<question id>`."""
    return Turn(say=(await _explanation(scene, await seen_question(scene, rest)),))


async def seen_question(scene: Scene, rest: str) -> Question:
    """The question whose id a button carries; `NotFound` for one this person may not see."""
    question = await scene.uow.questions.get(QuestionId(id_in(rest)))
    if not await may_read(scene.uow, scene.me, question):
        raise NotFound
    return question


async def _looked_up(scene: Scene, rest: str, shown: Callable[[Scene, Question], Awaitable[Message]]) -> Turn:
    """The turn of a typed reference; unknown and somebody else's are one answer, with the ways there are to see it."""
    reference = bare_reference(rest) or find_reference(rest)
    if reference is None:
        raise NotFound
    question = await scene.uow.questions.by_reference(reference)
    if question is None or not await may_read(scene.uow, scene.me, question):
        said = Message("status.not_yours", {"reference": reference})
        return Turn(to=scene.step, say=(said,), draft=scene.draft)
    return Turn(say=(await shown(scene, question),))


def by_receipt(typed: str) -> Message | None:
    """What a stranger is told who types the reference of a question and nothing else; None for other words.

    It is the same for every reference: whether there is such a question is not said.
    """
    reference = bare_reference(typed)
    return None if reference is None else Message("status.by_receipt", {"reference": reference})


async def _card(scene: Scene, question: Question) -> Message:
    await note_reading(scene.uow, scene.me, [question])
    standing = await standing_of(scene.uow, question)
    lines = await sentences(scene.uow, standing)
    if question.sealed_by_asker:
        lines.append(Term("office.sensitive"))
    if question.desk_id is not None:
        desk = await scene.uow.places.desk(question.desk_id)
        lines.append(Term("status.desk", {"desk": desk.name}))
    answer = last_approved(standing.approved, ProposalKind.ANSWER)
    if answer is not None:
        lines += ["", Term("status.answer", {"text": answer.text})]
        given = await number_given(scene.uow, question.unit_id, PaperKind.ANSWER_SLIP, question.reference)
        lines += [] if given is None else [given]
    if scene.me.id in {question.asker_id, question.entered_by} and not question.sensitive:
        lines += ["", Term("status.signs", {"signs": look_up_signs(scene.uow, question.reference)})]
    params: dict[str, Param] = {
        "reference": question.reference,
        "kind": Term(f"kind.{question.kind.value}"),
        "at": question.received_at,
        "text": question.text,
        "standing": tuple(lines),
    }
    rows = _buttons(scene, standing)
    if scene.me.id in {question.asker_id, question.entered_by} and await may_appeal(scene.uow, question):
        rows = ((button("appeal.button", f"appeal.{question.id}"),), *rows)
    return Message("status.card", params, rows)


def _buttons(scene: Scene, standing: Standing) -> tuple[tuple[Button, ...], ...]:
    question = standing.question
    mine: tuple[Button, ...] = ()
    if scene.me.id in {question.asker_id, question.entered_by}:
        mine = _askers_buttons(question, scene.uow.today)
    rest = [button("button.menu", "cmd.menu")]
    if standing.running or standing.waits_for_meeting:
        rest.insert(0, button("status.why", f"why.{question.id}"))
    return (mine, tuple(rest)) if mine else (tuple(rest),)


def _askers_buttons(question: Question, today: date) -> tuple[Button, ...]:
    if question.state is QuestionState.NEEDS_CLARIFICATION:
        return (button("status.clarify", f"clarify.{question.id}"),)
    if question.state is QuestionState.GATHERED:
        return (button("gathered.own_reply", f"petition.{question.id}"),)
    if question.state is QuestionState.ANSWERED:
        return (button("rate.good", rating_code(question, "good")), button("rate.bad", rating_code(question, "bad")))
    if reopenable(question, today):
        return (button("rate.reopen", f"reopen.{question.id}"),)
    return ()


async def _explanation(scene: Scene, question: Question) -> Message:
    standing = await standing_of(scene.uow, question)
    follow = ((button("ask.follow", f"status.{question.id}"), button("button.menu", "cmd.menu")),)
    lines: list[Param] = []
    if standing.waits_for_meeting and standing.meeting is not None:
        lines.append(after_meeting(standing.meeting))
    else:
        clocks = await scene.uow.clocks.of_question(question.id)
        if rest(clocks):
            lines.append(Term("status.rests"))
        for clock in explained(clocks):
            lines.append(sentence(unpack_due(clock.due), scene.language))
            if clock.provisional:
                lines.append(Term("held.why_provisional"))
            lines += _history(clock.history)
    if not lines:
        lines.append(Term("why.none"))
    return Message("why.card", {"reference": question.reference, "sentences": tuple(lines)}, follow)


def _history(history: Sequence[dict[str, object]]) -> list[Term]:
    """Each earlier date of a clock, when it was changed, and why where a reason was recorded."""
    told = []
    for entry in history:
        reason = unpack(entry.get("reason", ""))
        params: dict[str, Param] = {
            "due": on_weekday(date.fromisoformat(str(entry["due_on"]))),
            "at": datetime.fromisoformat(str(entry["changed_at"])),
            "reason": reason,
        }
        told.append(Term("why.before_reason" if reason else "why.before", params))
    return told


_OWN = ("câu hỏi của tôi", "câu hỏi của tôi đến đâu rồi", "câu hỏi của tôi tới đâu rồi", "my questions")

MODULE = ConversationModule(
    commands=(
        Command("cauhoi", list_own, aliases=_OWN, though_blocked=True),
        Command("trangthai", show_status, aliases=("tra cứu", "trạng thái"), though_blocked=True),
        Command("cachtinh", explain, aliases=("cách tính",)),
    ),
    choices=(Choice("status", choose_status, though_blocked=True), Choice("why", choose_explain)),
)
