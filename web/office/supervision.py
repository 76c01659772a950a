"""The room of supervision: one reads over what one watches, and writes nothing but findings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fastapi.responses import Response

from intake.actions.deadlines.findings import READING, findings_of, record_finding
from intake.actions.deadlines.supervision import supervised_by
from intake.actions.sealed.access import readable
from intake.ports import UnitOfWork
from intake.rules.errors import RuleBroken
from intake.rules.message import Term
from intake.rules.people.permissions import holds
from intake.rules.people.person import Role
from intake.rules.people.unit import DeskId, Unit, UnitId
from wording.body_tasks import body_name, finding_standing
from wording.clocks import time_left
from wording.texts import shown

from .doors import Doors
from .office import HOME
from .room import DeskRoom, for_roles
from .visiting import Visit, number_in

_FIELDS = {
    "refusal.text_missing": "text",
    "rooms.refusal_day_missing": "due",
    "refusal.day_not_later": "due",
    "refusal.day_too_far": "due",
}
ROOM = DeskRoom("/giam-sat", "desk.supervision", for_roles(*READING))
PATH = HOME + ROOM.path


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A line of the register, in words."""

    opens: str
    reference: str
    text: str
    body: str
    standing: str


def open_room(doors: Doors) -> None:
    """Add the page of what one watches, and recording a finding."""
    doors.show("", _watch)
    doors.act(
        "/phat-hien",
        _record,
        again=_watch,
        fields=_FIELDS,
    )


async def _watch(visit: Visit) -> Response:
    language = visit.person.language
    async with visit.reading() as uow:
        units = await supervised_by(uow, visit.person)
        findings = [
            FindingLine(
                f"{HOME}/viec/{task.id}",
                task.title,
                task.text,
                shown(language, await body_name(uow, task)),
                shown(language, await finding_standing(uow, task)),
            )
            for task in await findings_of(uow, visit.person)
        ]
        targets = await _targets(uow, visit, [one.unit for one in units])
        owed = dict(await uow.questions.late_in([one.unit.id for one in units], uow.today))
        late = [
            (one.reference, shown(language, time_left(owed[one], uow.today)))
            for one in await readable(uow, visit.person, owed)
        ]
        seal = await uow.audit.last_seal()
    return visit.page("supervision.html", units=units, findings=findings, targets=targets, late=late, seal=seal)


async def _targets(uow: UnitOfWork, visit: Visit, units: Sequence[Unit]) -> list[tuple[str, str]]:
    """Who can be asked to set something right: the bodies of the units one supervises, or their secretary."""
    watched = [unit for unit in units if holds(visit.grants, Role.SUPERVISOR, unit)]
    targets: list[tuple[str, str]] = []
    for unit in watched:
        of = f" ({unit.name})" if len(watched) > 1 else ""
        targets += [(f"{unit.id}.{body.id}", body.name + of) for body in await uow.places.bodies(unit.id)]
        targets.append((f"{unit.id}.", visit.words(Term("finding.office")) + of))
    return targets


async def _record(visit: Visit) -> Response:
    unit, _, body = visit.typed.get("target", "").partition(".")
    try:
        due_on = date.fromisoformat(visit.typed.get("due", ""))
    except ValueError:
        raise RuleBroken("rooms.refusal_day_missing") from None
    async with visit.acting() as uow:
        task = await record_finding(
            uow,
            by=visit.person,
            unit_id=UnitId(number_in(unit)),
            text=visit.typed.get("text", ""),
            desk_id=DeskId(number_in(body)) if body else None,
            due_on=due_on,
        )
    return visit.to(PATH, Term("finding.recorded", {"reference": task.title, "due": due_on}))
