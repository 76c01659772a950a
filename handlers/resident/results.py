"""What came of a meeting, for everybody it was for: the public figures and the conclusion (R020, R169, R180)."""

from collections.abc import Sequence
from dataclasses import asdict

from handlers.engine.scene import Choice, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.conclude import issues_conclusion, item_line
from intake.actions.papers.register import numbers_given
from intake.actions.questions.make_public import public_questions, public_words
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.meetings.results import figures_of
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of

from .calendar import own_hamlet

MOST = 5
AT_ONCE = 3
"""How many public answers are shown at once, each in a message of its own."""


async def held_for_me(scene: Scene) -> Sequence[Meeting]:
    """The last meetings that one's own hamlet was asked to, the newest first."""
    hamlet = await own_hamlet(scene)
    lineage = [unit.id for unit in await scene.uow.places.above(hamlet)]
    found = []
    for meeting in await scene.uow.meetings.held(lineage, MOST):
        covered = [one.id for one in await scene.uow.meetings.hamlets(meeting.id)]
        if not covered or hamlet.id in covered:
            found.append(meeting)
    return found


async def show_held(scene: Scene, _rest: str) -> Turn:
    """A button `held`: which meeting."""
    meetings = await held_for_me(scene)
    buttons = [literal(meeting.title, f"results.{meeting.id}") for meeting in meetings]
    key = "outcome.which" if meetings else "outcome.none"
    return Turn(say=(Message(key, {}, rows_of([*buttons, button("button.menu", "cmd.menu")], 1)),))


async def _held(scene: Scene, meeting_id: int) -> Meeting:
    """A meeting that was held in a unit one's own hamlet lies in; `NotFound` for any other."""
    meeting = await scene.uow.meetings.get(MeetingId(meeting_id))
    lineage = [unit.id for unit in await scene.uow.places.above(await own_hamlet(scene))]
    if meeting.unit_id not in lineage or meeting.state is not MeetingState.HELD:
        raise NotFound
    return meeting


async def show_results(scene: Scene, rest: str) -> Turn:
    """A button `results.<meeting id>`: for people of the unit the meeting was held in."""
    meeting = await _held(scene, id_in(rest))
    questions = await scene.uow.questions.of_meeting(meeting.id)
    items = [one for one in await scene.uow.conclusions.of_meeting(meeting.id) if one.published_at is not None]
    none = "outcome.no_conclusion" if await issues_conclusion(scene.uow, meeting) else "outcome.only_results"
    lines: list[Param] = [item_line(item) for item in items] or [Term(none)]
    conclusion: Param = (*await numbers_given(scene.uow, meeting), *lines)
    figures = asdict(figures_of(questions, meeting.ended_at))
    params: dict[str, Param] = {"title": meeting.title, **figures, "conclusion": conclusion}
    rows: list[tuple[Button, ...]] = [(button("menu.my_questions", "cmd.cauhoi"), button("button.menu", "cmd.menu"))]
    if public := await public_questions(scene.uow, meeting):
        rows.insert(0, (button("outcome.answers_button", f"answers.{meeting.id}", count=len(public)),))
    return Turn(say=(Message("outcome.show", params, tuple(rows)),))


async def show_answers(scene: Scene, rest: str) -> Turn:
    """A button `answers.<meeting id>[.<start>]`: the questions that were made public, each with its answer (R020)."""
    number, _, begin = rest.partition(".")
    meeting, start = await _held(scene, id_in(number)), id_in(begin or "0")
    public = await public_questions(scene.uow, meeting)
    said = []
    shown = public[start : start + AT_ONCE]
    words = await public_words(scene.uow, shown)
    for question in shown:
        told = words[question.id]
        text: Param = told.answer or Term("outcome.answered_in_room")
        params: dict[str, Param] = {"reference": question.reference, "question": told.text}
        said.append(Message("outcome.answer", {**params, "answer": text}))
    left = len(public) - start - len(said)
    if not said:
        return Turn(say=(Message("outcome.no_answers", {}, ((button("button.menu", "cmd.menu"),),)),))
    if left > 0:
        more = (button("office.more_button", f"answers.{meeting.id}.{start + AT_ONCE}", count=left),)
        said[-1] = Message(said[-1].key, said[-1].params, (more,))
    return Turn(say=tuple(said))


MODULE = ConversationModule(
    choices=(Choice("held", show_held), Choice("results", show_results), Choice("answers", show_answers))
)
