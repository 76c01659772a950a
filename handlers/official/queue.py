"""The queue of an official's desks (`/hangdoi`), the most urgent first, and one question of it."""

from handlers.engine.scene import Choice, Command, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.office.question_aids import with_aids
from handlers.office.question_lines import card, folded, line, list_message, named, page_of
from handlers.office.sealing import sealing_row
from intake.actions.people.office import question_at_desk
from intake.actions.questions.offered import offered_to
from intake.actions.sealed.access import may_deal_with, readable
from intake.rules.errors import NotFound
from intake.rules.message import Button, Message, button, rows_of
from intake.rules.people.person import Role
from intake.rules.questions.question import QuestionId
from wording.clocks import time_left


async def queue(scene: Scene, _rest: str) -> Turn:
    """`/hangdoi`."""
    return await _page(scene, 0)


async def more(scene: Scene, rest: str) -> Turn:
    """A button `queuemore.<start>`."""
    return await _page(scene, id_in(rest))


async def _page(scene: Scene, start: int) -> Turn:
    desks = [grant.desk_id for grant in scene.grants_as(Role.OFFICIAL) if grant.desk_id is not None]
    if not desks:
        raise NotFound
    listed = await scene.uow.questions.of_desks(desks)
    mine = await readable(scene.uow, scene.me, [question for question, _ in listed])
    queued = [(question, due) for question, due in listed if question in mine]
    due_on = {question.id: due for question, due in queued}
    groups = await folded(scene.uow, [question for question, _ in queued])
    questions = list(groups)
    page = page_of(questions, start)
    if not page:
        return Turn(say=(Message("office.queue_empty", {}, ((button("button.menu", "cmd.menu"),),)),))
    today = scene.uow.today
    lines = []
    for question in page:
        owed = [due_on[one.id] for one in (question, *groups[question])]
        first = min((due for due in owed if due is not None), default=None)
        left = time_left(first, today, rests=question.restricted)
        urgent = any(one.urgent for one in (question, *groups[question]))
        key = "office.queue_line_urgent" if urgent else "office.queue_line"
        lines.append(line(question, key, reference=named(question, groups[question]), left=left))
    return Turn(
        say=(list_message("office.queue", lines, page, "queue", start=start, total=len(questions), more="queuemore"),)
    )


async def show(scene: Scene, rest: str) -> Turn:
    """A button `queue.<question id>`: the question, and what the desk may do with it."""
    question = await question_at_desk(scene.uow, scene.me, QuestionId(id_in(rest)))
    offered, number = await offered_to(scene.uow, scene.me, scene.grants, question), question.id
    deeds = (
        (offered.answer, button("office.reply_button", f"reply.{number}")),
        (offered.ask_back, button("office.ask_back_button", f"askback.{number}")),
        (offered.refer, button("office.refer_button", f"refer.{number}")),
        (offered.extend, button("office.extend_button", f"extend.{number}")),
        (offered.give_back, button("office.return_button", f"return.{number}")),
    )
    buttons: tuple[tuple[Button, ...], ...] = (
        *rows_of([deed for may, deed in deeds if may]),
        sealing_row(question, handles=await may_deal_with(scene.uow, scene.me, question, Role.SECRETARY, Role.CHAIR)),
    )
    case = await scene.uow.cases.of_question(question.id)
    if case is not None:
        buttons = (*buttons, (button("case.direction_button", f"direction.{case.id}"),))
    return Turn(say=(await with_aids(scene, question, await card(scene, question, buttons)),))


MODULE = ConversationModule(
    commands=(Command("hangdoi", queue, aliases=("hàng đợi",), roles=(Role.OFFICIAL,)),),
    choices=(Choice("queue", show), Choice("queuemore", more)),
)
