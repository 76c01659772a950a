"""Opinions that go into a synthesis: listed for the office, made a petition by whoever sees one in them (R128)."""

from handlers.engine.scene import Choice, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.resident.ask import receipt_message
from intake.actions.meetings.send_digest import opinion_line
from intake.actions.outbox.how_told import told_of
from intake.actions.people.office import meeting_to_come
from intake.actions.questions.ask_question import Receipt
from intake.actions.questions.gathered import gathered_for, make_petition
from intake.actions.questions.look_up import look_up_signs
from intake.rules.message import Message, Param, button
from intake.rules.questions.question import QuestionId

from .question_lines import list_message, page_of


async def read_on(scene: Scene, rest: str) -> Turn:
    """A button `gathered.<start>`: the opinions of one's units, the newest first."""
    opinions = await gathered_for(scene.uow, scene.me)
    start = id_in(rest)
    page = page_of(opinions, start)
    if not page:
        return Turn(say=(Message("gathered.none", {}, ((button("button.menu", "cmd.menu"),),)),))
    lines = [await opinion_line(scene.uow, one) for one in page]
    total = len(opinions)
    return Turn(say=(list_message("gathered.list", lines, page, "triage", start=start, total=total, more="gathered"),))


async def petition(scene: Scene, rest: str) -> Turn:
    """A button `petition.<question id>`, for the asker and for the office."""
    question, clock = await make_petition(scene.uow, by=scene.me, question_id=QuestionId(id_in(rest)))
    if scene.me.id in (question.asker_id, question.entered_by):
        meeting = await meeting_to_come(scene.uow, question) if clock is None else None
        signs = look_up_signs(scene.uow, question.reference)
        return Turn(say=(receipt_message(Receipt(question, meeting, clock), signs),))
    done: dict[str, Param] = {"reference": question.reference, "told": await told_of(scene.uow, question, ())}
    opens = ((button("button.open", f"triage.{question.id}"), button("menu.triage", "cmd.phanloai")),)
    return Turn(say=(Message("gathered.petition_done", done, opens),))


MODULE = ConversationModule(choices=(Choice("gathered", read_on), Choice("petition", petition)))
