"""Making a meeting at the desk: a session of the plan, what the plan leaves open about it, how people come to it.

Its day and venue are fixed on its card, where they can be changed as well.
"""

from dataclasses import dataclass

from fastapi.responses import Response

from intake.actions.meetings.fix_meeting import clean_reason
from intake.actions.meetings.make_meeting import make_meeting, offered_hamlets, sessions_left
from intake.actions.meetings.way_of_attending import say_how_to_attend
from intake.actions.people.office import units_of
from intake.ports import UnitOfWork
from intake.rules.errors import NotFound
from intake.rules.message import Term
from intake.rules.people.permissions import holds
from intake.rules.people.person import Role
from intake.rules.people.unit import UnitId
from intake.rules.plan.plan import Plan, PlanId
from intake.rules.plan.profile_meetings import SessionLine
from intake.rules.plan.profile_terms import MeetingForm
from intake.rules.plan.session_choice import hamlets_open
from wording.meetings import when_planned

from .doors import Doors
from .office import HOME
from .visiting import Visit, number_in

_PATH = "/moi"
_HAMLET = "thon-"
"""What the name of a tick before a hamlet begins with; its id follows."""
_FIELDS = {
    "refusal.reading_open": "reading",
    "refusal.reason": "why",
    "refusal.hamlets_open": "hamlets",
    "refusal.text_missing": "way",
}


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session that has no meeting yet, in words, and where its form is."""

    title: str
    when: str
    unit: str
    opens: str


def open_part(doors: Doors) -> None:
    """Add the list of what can be made, and the form of one."""
    doors.show(_PATH, _left)
    doors.show(f"{_PATH}/{{plan}}/{{session}}", _form)
    doors.act(f"{_PATH}/{{plan}}/{{session}}", _make, again=_form, fields=_FIELDS)


async def _left(visit: Visit) -> Response:
    rows = []
    async with visit.reading() as uow:
        units = await uow.places.units(await units_of(uow, visit.person, Role.SECRETARY))
        for plan in await uow.plans.of_units(units):
            rows += [
                SessionRow(
                    one.title,
                    "" if one.readings else visit.words(when_planned(one.window)),
                    units[plan.unit_id].name,
                    f"{HOME}/buoi{_PATH}/{plan.id}/{one.key}",
                )
                for one in await sessions_left(uow, plan)
            ]
    return visit.page("new_meetings.html", rows=rows)


async def _chosen(visit: Visit, uow: UnitOfWork) -> tuple[Plan, SessionLine]:
    """The session the address names, for a secretary of the plan's unit; `NotFound` for all others, and once made."""
    plan = await uow.plans.get(PlanId(number_in(visit.request.path_params["plan"])))
    if not holds(visit.grants, Role.SECRETARY, await uow.places.unit(plan.unit_id)):
        raise NotFound
    key = visit.request.path_params["session"]
    session = next((one for one in await sessions_left(uow, plan) if one.key == key), None)
    if session is None:
        raise NotFound
    return plan, session


async def _form(visit: Visit) -> Response:
    async with visit.reading() as uow:
        plan, session = await _chosen(visit, uow)
        unit = await uow.places.unit(plan.unit_id)
        offered = await offered_hamlets(uow, plan.decided.profile, session, unit)
    chosen = plan.decided.reading_of(session)
    asks = bool(session.readings) and chosen is None
    window = session.window if chosen is None else chosen.window
    form = session.form or MeetingForm.IN_PERSON
    return visit.page(
        "new_meeting.html",
        session=session,
        plan=plan,
        readings=[(one.key, f"{one.key}) {one.text}") for one in session.readings] if asks else [],
        when="" if asks else visit.words(when_planned(window)),
        hamlets=[(f"{_HAMLET}{one.id}", one.name) for one in offered],
        choose_hamlets=hamlets_open(session),
        forms=[(one.value, visit.words(Term(f"attend.form_{one.value}"))) for one in MeetingForm],
        now=form.value,
        path=f"{HOME}/buoi{_PATH}/{plan.id}/{session.key}",
    )


async def _make(visit: Visit) -> Response:
    typed = visit.typed
    form = typed.get("form_of", "")
    if form not in set(MeetingForm):
        raise NotFound
    hamlets = [UnitId(number_in(name.removeprefix(_HAMLET))) for name in typed if name.startswith(_HAMLET)]
    async with visit.acting() as uow:
        plan, session = await _chosen(visit, uow)
        reading = typed.get("reading", "")
        made = await make_meeting(
            uow,
            by=visit.person,
            plan_id=plan.id,
            session_key=session.key,
            reading=reading,
            why=clean_reason(typed.get("why", "")) if reading else "",
            hamlet_ids=hamlets,
        )
        await say_how_to_attend(
            uow, by=visit.person, meeting_id=made.meeting.id, form=MeetingForm(form), online_at=typed.get("way", "")
        )
    return visit.to(f"{HOME}/buoi/{made.meeting.id}", Term("meetings.made_at_desk", {"title": made.meeting.title}))
