"""An official proposes to refer a question or to extend its date: agency, date, reason, and all three (R161)."""

from datetime import date

from handlers.engine.form import Field, form_steps, read_agency, read_day, read_words
from handlers.engine.scene import Choice, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.people.office import desk_of, question_at_desk
from intake.actions.questions.propose import check_proposal, propose_extension, propose_referral
from intake.rules.deadlines.due_words import on_weekday
from intake.rules.message import Param
from intake.rules.questions.question import ProposalKind, QuestionId

from .reply import said_proposed

REFER = "refer.agency"
EXTEND = "extend.agency"


async def start_referring(scene: Scene, rest: str) -> Turn:
    """A button `refer.<question id>`."""
    question = await question_at_desk(scene.uow, scene.me, QuestionId(id_in(rest)))
    await check_proposal(scene.uow, question, ProposalKind.REFERRAL)
    return Turn(to=REFER, draft={"question": question.id, "reference": question.reference})


async def start_extending(scene: Scene, rest: str) -> Turn:
    """A button `extend.<question id>`; the agency is their own desk unless another is typed."""
    question = await question_at_desk(scene.uow, scene.me, QuestionId(id_in(rest)))
    await check_proposal(scene.uow, question, ProposalKind.EXTENSION)
    desk = await desk_of(scene.uow, question)
    return Turn(to=EXTEND, draft={"question": question.id, "reference": question.reference, "agency": desk.name})


def promise_typed(scene: Scene) -> dict[str, Param]:
    """What the preview of a referral or an extension shows."""
    return {
        "reference": str(scene.draft["reference"]),
        "agency": str(scene.draft["agency"]),
        "promised": on_weekday(date.fromisoformat(str(scene.draft["promised"]))),
        "reason": str(scene.draft["reason"]),
    }


async def _refer(scene: Scene) -> Turn:
    proposal = await propose_referral(
        scene.uow,
        by=scene.me,
        question_id=QuestionId(int(scene.draft["question"])),
        agency=str(scene.draft["agency"]),
        promised_on=date.fromisoformat(str(scene.draft["promised"])),
        reason=str(scene.draft["reason"]),
    )
    return await said_proposed(scene, proposal)


async def _extend(scene: Scene) -> Turn:
    proposal = await propose_extension(
        scene.uow,
        by=scene.me,
        question_id=QuestionId(int(scene.draft["question"])),
        agency=str(scene.draft["agency"]),
        promised_on=date.fromisoformat(str(scene.draft["promised"])),
        reason=str(scene.draft["reason"]),
    )
    return await said_proposed(scene, proposal)


DAY = Field("promised", "promise.ask_day", read_day)
REASON = Field("reason", "promise.ask_reason", read_words)
_REFER = (Field("agency", "refer.ask_agency", read_agency), DAY, REASON)
_EXTEND = (Field("agency", "extend.ask_agency", read_agency, skippable=True), DAY, REASON)

MODULE = ConversationModule(
    steps=(
        *form_steps("refer", _REFER, preview=promise_typed, send=_refer),
        *form_steps("extend", _EXTEND, preview=promise_typed, send=_extend),
    ),
    choices=(
        Choice("refer", start_referring, leads_to=(REFER,)),
        Choice("extend", start_extending, leads_to=(EXTEND,)),
    ),
)
