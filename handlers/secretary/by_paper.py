"""What is done to a meeting because a paper of the office says so, kept in the meeting's history (R215)."""

from handlers.engine.scene import Scene
from intake.actions.plan.papers_applied import note_paper
from intake.rules.meetings.meeting import MeetingId
from intake.rules.plan.applied_paper import PaperEffect


async def note_by_paper(scene: Scene) -> None:
    """Where a paper led to the step that ends now, keep what it did; `paper` of the draft is how it is cited."""
    stated = scene.draft.get("paper")
    if stated is not None:
        meeting = await scene.uow.meetings.get(MeetingId(int(scene.draft["meeting"])))
        effect = PaperEffect(stated["effect"])
        await note_paper(
            scene.uow, stated, effect=effect, plan_id=meeting.plan_id, by=scene.me.id, meeting_id=meeting.id
        )
