"""Making a meeting (`/buoimoi`): which plan, which of its sessions, and what the plan leaves open about it."""

from typing import Any

from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.engine.scene import Command, Scene, Step, Turn, units_as
from handlers.engine.table import ConversationModule
from intake.actions.meetings.fix_meeting import STILL_OPEN, clean_reason
from intake.actions.meetings.make_meeting import make_meeting, offered_hamlets, sessions_left
from intake.rules.message import Button, Message, button, literal, rows_of
from intake.rules.people.person import Role
from intake.rules.people.unit import Unit, UnitId
from intake.rules.plan.plan import Plan, PlanId
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_meetings import SessionLine
from intake.rules.plan.session_choice import hamlets_open, session_of

from .meeting_card import card, show_card
from .plan_reading import ask_reading, ask_why

PLAN = "newmeeting.plan"
SESSION = "newmeeting.session"
READING = "newmeeting.reading"
WHY = "newmeeting.why"
HAMLETS = "newmeeting.hamlets"
_CARD = "meetingcard."


async def new_meeting(scene: Scene, _rest: str) -> Turn:
    """`/buoimoi`; with one plan only there is nothing to choose."""
    plans = await _plans(scene)
    if not plans:
        return Turn(say=(Message("meetings.no_plan"),))
    if len(plans) == 1:
        return await _to_session(scene, plans[0])
    return Turn(to=PLAN)


async def _plans(scene: Scene) -> list[Plan]:
    units = await units_as(scene, Role.SECRETARY)
    return list(await scene.uow.plans.of_units([unit.id for unit in units]))


async def _ask_plan(scene: Scene) -> Message:
    buttons = [literal(plan.title, f"p{plan.id}") for plan in await _plans(scene)]
    return Message("meetings.which_plan", {}, rows_of(buttons, 1))


async def _hear_plan(scene: Scene, event: InboundEvent) -> Turn:
    plans = {f"p{plan.id}": plan for plan in await _plans(scene)}
    if event.choice not in plans:
        return Turn(to=PLAN, say=(Message("talk.tap_one"),), draft=scene.draft)
    return await _to_session(scene, plans[event.choice])


async def _to_session(scene: Scene, plan: Plan) -> Turn:
    if await _session_buttons(scene, plan):
        return Turn(to=SESSION, draft={"plan": plan.id})
    return Turn(say=(Message("meetings.all_held", {"title": plan.title}),))


async def _session_buttons(scene: Scene, plan: Plan) -> list[Button]:
    """The sessions to make a meeting of; below them the meetings made before, for their cards."""
    left = [literal(session.title, f"s-{session.key}") for session in await sessions_left(scene.uow, plan)]
    made = [one for one in await scene.uow.meetings.of_plan(plan.id) if one.state in STILL_OPEN]
    return [*left, *(literal(f"🗓 {meeting.title}", f"{_CARD}{meeting.id}") for meeting in made)]


async def _plan(scene: Scene) -> tuple[Plan, PlanProfile]:
    plan = await scene.uow.plans.get(PlanId(int(scene.draft["plan"])))
    return plan, plan.decided.profile


async def _session(scene: Scene) -> tuple[Plan, PlanProfile, SessionLine]:
    plan, profile = await _plan(scene)
    return plan, profile, session_of(profile, str(scene.draft["session"]))


async def _ask_session(scene: Scene) -> Message:
    plan, _ = await _plan(scene)
    key = "meetings.which_session" if await sessions_left(scene.uow, plan) else "meetings.all_made"
    return Message(key, {}, rows_of(await _session_buttons(scene, plan), 1))


async def _hear_session(scene: Scene, event: InboundEvent) -> Turn:
    plan, profile = await _plan(scene)
    if event.choice not in [offered.code for offered in await _session_buttons(scene, plan)]:
        return Turn(to=SESSION, say=(Message("talk.tap_one"),), draft=scene.draft)
    if event.choice.startswith(_CARD):
        return await show_card(scene, event.choice.removeprefix(_CARD))
    session = session_of(profile, event.choice.removeprefix("s-"))
    draft = {**scene.draft, "session": session.key}
    if session.readings and plan.decided.reading_of(session) is None:
        return Turn(to=READING, draft=draft)
    return await _after_reading(scene, session, draft)


async def _after_reading(scene: Scene, session: SessionLine, draft: dict[str, Any]) -> Turn:
    if hamlets_open(session):
        return Turn(to=HAMLETS, draft=draft)
    return await _make(scene, draft)


async def _ask_reading(scene: Scene) -> Message:
    _, _, session = await _session(scene)
    return ask_reading(session)


async def _hear_reading(scene: Scene, event: InboundEvent) -> Turn:
    _, _, session = await _session(scene)
    if event.choice not in [f"r-{reading.key}" for reading in session.readings]:
        return Turn(to=READING, say=(Message("talk.tap_one"),), draft=scene.draft)
    return Turn(to=WHY, draft={**scene.draft, "reading": event.choice.removeprefix("r-")})


async def _ask_why(scene: Scene) -> Message:
    return ask_why(str(scene.draft["reading"]))


async def _hear_why(scene: Scene, event: InboundEvent) -> Turn:
    _, _, session = await _session(scene)
    if event.kind is not InboundKind.TEXT:
        return Turn(to=WHY, say=(Message("meetings.words_only"),), draft=scene.draft)
    return await _after_reading(scene, session, {**scene.draft, "why": clean_reason(event.text)})


async def _offered(scene: Scene) -> tuple[Unit, ...]:
    plan, profile, session = await _session(scene)
    return await offered_hamlets(scene.uow, profile, session, await scene.uow.places.unit(plan.unit_id))


async def _ask_hamlets(scene: Scene) -> Message:
    _, _, session = await _session(scene)
    chosen = scene.draft.get("hamlets", [])
    buttons = [
        literal(f"✓ {hamlet.name}" if hamlet.id in chosen else hamlet.name, f"h{hamlet.id}")
        for hamlet in await _offered(scene)
    ]
    last = [button("meetings.all_hamlets", "all")]
    if chosen:
        last.append(button("meetings.done", "done"))
    return Message("meetings.which_hamlets", {"title": session.title}, (*rows_of(buttons), tuple(last)))


async def _hear_hamlets(scene: Scene, event: InboundEvent) -> Turn:
    offered = {f"h{hamlet.id}": hamlet.id for hamlet in await _offered(scene)}
    chosen: list[int] = list(scene.draft.get("hamlets", []))
    if event.choice == "all":
        return await _make(scene, {**scene.draft, "hamlets": list(offered.values())})
    if event.choice == "done" and chosen:
        return await _make(scene, scene.draft)
    if event.choice not in offered:
        return Turn(to=HAMLETS, say=(Message("talk.tap_one"),), draft=scene.draft)
    tapped = offered[event.choice]
    chosen = [one for one in chosen if one != tapped] if tapped in chosen else [*chosen, tapped]
    return Turn(to=HAMLETS, draft={**scene.draft, "hamlets": chosen})


async def _make(scene: Scene, draft: dict[str, Any]) -> Turn:
    made = await make_meeting(
        scene.uow,
        by=scene.me,
        plan_id=PlanId(int(draft["plan"])),
        session_key=str(draft["session"]),
        reading=str(draft.get("reading", "")),
        why=str(draft.get("why", "")),
        hamlet_ids=[UnitId(int(one)) for one in draft.get("hamlets", ())],
    )
    return Turn(say=(await card(scene, made.meeting, "meetings.made"),))


MODULE = ConversationModule(
    commands=(
        Command(
            "buoimoi",
            new_meeting,
            aliases=("buổi mới",),
            roles=(Role.SECRETARY,),
            leads_to=(PLAN, SESSION),
        ),
    ),
    steps=(
        Step(PLAN, _ask_plan, _hear_plan, leads_to=(SESSION,), role=Role.SECRETARY),
        Step(SESSION, _ask_session, _hear_session, leads_to=(READING, HAMLETS), role=Role.SECRETARY),
        Step(READING, _ask_reading, _hear_reading, leads_to=(WHY,), role=Role.SECRETARY),
        Step(WHY, _ask_why, _hear_why, leads_to=(HAMLETS,), role=Role.SECRETARY, free_text=True),
        Step(HAMLETS, _ask_hamlets, _hear_hamlets, role=Role.SECRETARY),
    ),
)
