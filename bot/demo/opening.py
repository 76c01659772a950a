"""How a demonstration opens: a meeting ahead, questions on their way, all done by the product's own actions."""

import tomllib
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from intake.actions.meetings.fix_meeting import fix_meeting
from intake.actions.meetings.make_meeting import make_meeting
from intake.actions.meetings.push_notice import push_notice
from intake.actions.meetings.release_notice import release_notice
from intake.actions.questions.ask_question import ask_question
from intake.actions.questions.triage import assign
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.meetings.meeting import MeetingId
from intake.rules.people.person import Person
from intake.rules.plan.plan import Plan
from intake.rules.plan.profile_terms import QuestionKind
from storage.unit_of_work import SqlUnitOfWork
from wording.texts import shown

_FILE = Path(__file__).parent / "opening.toml"
_AT = time(8)


async def play_opening(uow: SqlUnitOfWork, plan: Plan, people: Mapping[str, Person]) -> None:
    """Play what `opening.toml` has for a plan whose people, by key, have just been entered; the caller commits."""
    for opening in tomllib.loads(_FILE.read_text("utf-8"))["openings"]:
        if opening["plan"] != plan.code:
            continue
        secretary = people[opening["secretary"]]
        meeting_id = None
        if "meeting" in opening:
            meeting_id = await _meeting(uow, plan, secretary, people, opening["meeting"])
        for line in opening["questions"]:
            await _question(uow, plan, secretary, people[line["asker"]], meeting_id, line)


async def _meeting(
    uow: SqlUnitOfWork, plan: Plan, secretary: Person, people: Mapping[str, Person], line: Mapping[str, Any]
) -> MeetingId:
    made = await make_meeting(
        uow,
        by=secretary,
        plan_id=plan.id,
        session_key=line["session"],
        reading=line.get("reading", ""),
        why=line.get("why", ""),
    )
    meeting_id = made.meeting.id
    starts_at = datetime.combine(uow.today + timedelta(days=line["days_ahead"]), _AT, tzinfo=LOCAL)
    await fix_meeting(
        uow, by=secretary, meeting_id=meeting_id, starts_at=starts_at, venue=line["venue"], beyond_plan=True
    )
    text = line["notice"].format(at=shown("vi", starts_at))
    release = await release_notice(uow, by=secretary, meeting_id=meeting_id, text=text)
    for key in line["pushed_by"]:
        head = people[key]
        if head.hamlet_id is not None:
            await push_notice(uow, by=head, notice_id=release.notice.id, hamlet_id=head.hamlet_id)
    return meeting_id


async def _question(
    uow: SqlUnitOfWork,
    plan: Plan,
    secretary: Person,
    asker: Person,
    meeting_id: MeetingId | None,
    line: Mapping[str, Any],
) -> None:
    receipt = await ask_question(
        uow,
        asker=asker,
        text=line["text"],
        kind=QuestionKind(line.get("kind", "question")),
        meeting_id=meeting_id if line.get("for_meeting", False) else None,
    )
    if "desk" in line:
        desks = {desk.code: desk for desk in await uow.places.desks(plan.unit_id)}
        await assign(uow, by=secretary, question_id=receipt.question.id, desk_id=desks[line["desk"]].id)
