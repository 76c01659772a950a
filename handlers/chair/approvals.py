"""What waits for the chair (`/duyet`): `Duyệt` sends it to the asker, `Yêu cầu sửa` sends it back to the desk."""

from handlers.engine.form import Field, form_steps, read_words
from handlers.engine.scene import CHANGED, Choice, Command, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.office.question_lines import AT_ONCE, line
from intake.actions.outbox.how_told import told_of
from intake.actions.people.office import units_of
from intake.actions.questions.approvers import waiting_for
from intake.actions.questions.decide import approve, proposal_to_decide, send_back
from intake.actions.questions.groups import followers
from intake.actions.questions.propose import mark_of_group, proposal_message
from intake.actions.sealed.access import note_reading
from intake.rules.message import Message, Param, button, literal, rows_of
from intake.rules.people.person import Role
from intake.rules.questions.question import ProposalId

from .deputies import deputy_lines
from .meeting_requests import waiting_requests

REMARK = "redo.text"
_NEXT = ((button("menu.approvals", "cmd.duyet"),),)


async def waiting(scene: Scene, _rest: str) -> Turn:
    """`/duyet`: what waits, the oldest first; for chairs, and for whomever the unit has named (A7)."""
    proposals = await waiting_for(scene.uow, scene.me)
    chaired = await units_of(scene.uow, scene.me, Role.CHAIR)
    requests = await waiting_requests(scene, chaired)
    said = (*requests, *await deputy_lines(scene))
    away = ((button("deputy.button", "deputy"),),) if chaired else ()
    if not proposals:
        row = (button("meetings.button", "meetings"), button("button.menu", "cmd.menu"))
        nothing = () if requests else (Message("office.approvals_empty", {}, (row, *away)),)
        return Turn(say=(*said, *nothing))
    lines, buttons = [], []
    for proposal in proposals[:AT_ONCE]:
        question = await scene.uow.questions.get(proposal.question_id)
        lines.append(line(question, "office.approvals_line", kind=proposal.kind.word))
        buttons.append(literal(question.reference, f"proposal.{proposal.id}"))
    params: dict[str, Param] = {"count": len(proposals), "lines": tuple(lines)}
    return Turn(say=(*said, Message("office.approvals", params, (*rows_of(buttons), *away))))


async def show(scene: Scene, rest: str) -> Turn:
    """A button `proposal.<proposal id>`."""
    proposal, question = await proposal_to_decide(scene.uow, scene.me, ProposalId(id_in(rest)))
    await note_reading(scene.uow, scene.me, [question])
    return Turn(say=(await proposal_message(scene.uow, question, proposal),))


async def approve_it(scene: Scene, rest: str) -> Turn:
    """A button `approve.<proposal id>[.<mark>]`: for those who stood above it, and for nobody who came in since."""
    number, _, seen = rest.partition(".")
    proposal, question = await proposal_to_decide(scene.uow, scene.me, ProposalId(id_in(number)), lock=True)
    if seen != mark_of_group(await followers(scene.uow, question)):
        return Turn(say=(CHANGED, await proposal_message(scene.uow, question, proposal)))
    proposal = await approve(scene.uow, by=scene.me, proposal_id=proposal.id)
    told = await told_of(scene.uow, question, await followers(scene.uow, question))
    said: dict[str, Param] = {
        "kind": proposal.kind.word,
        "reference": question.reference,
        "told": told,
    }
    return Turn(say=(Message("office.approve_done", said, _NEXT),))


async def start_redo(scene: Scene, rest: str) -> Turn:
    """A button `redo.<proposal id>`: asks what has to be changed."""
    proposal, question = await proposal_to_decide(scene.uow, scene.me, ProposalId(id_in(rest)))
    return Turn(to=REMARK, draft={"proposal": proposal.id, "reference": question.reference})


def _typed(scene: Scene) -> dict[str, Param]:
    return {"reference": str(scene.draft["reference"]), "text": str(scene.draft["text"])}


async def _send_back(scene: Scene) -> Turn:
    await send_back(
        scene.uow,
        by=scene.me,
        proposal_id=ProposalId(int(scene.draft["proposal"])),
        remark=str(scene.draft["text"]),
    )
    return Turn(say=(Message("office.redo_done", {"reference": str(scene.draft["reference"])}, _NEXT),))


MODULE = ConversationModule(
    commands=(
        Command(
            "duyet",
            waiting,
            aliases=("duyệt",),
            roles=(Role.CHAIR,),
            also=(Role.SECRETARY, Role.OFFICIAL, Role.SUPERVISOR, Role.ADMIN),
        ),
    ),
    steps=form_steps("redo", (Field("text", "redo.ask", read_words),), preview=_typed, send=_send_back),
    choices=(
        Choice("proposal", show),
        Choice("approve", approve_it),
        Choice("redo", start_redo, leads_to=(REMARK,)),
    ),
)
