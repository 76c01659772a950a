"""The unit of a page of the set-up: whose address it stands in, for whoever holds power there."""

from intake.actions.people.office import units_of
from intake.ports import UnitOfWork
from intake.rules.errors import NotFound
from intake.rules.people.lending import POWER
from intake.rules.people.unit import Unit, UnitId

from .office import HOME
from .visiting import Visit, number_in

SETUP = "/thiet-lap"


async def unit_in_hand(uow: UnitOfWork, visit: Visit) -> Unit:
    """The unit of the address, for whoever holds power there; `NotFound` for everybody else."""
    unit_id = UnitId(number_in(visit.request.path_params["unit"]))
    if unit_id not in await units_of(uow, visit.person, *POWER):
        raise NotFound
    return await uow.places.unit(unit_id)


def path_of(unit: Unit) -> str:
    """Where its set-up stands."""
    return f"{HOME}{SETUP}/{unit.id}"
