"""Where the person speaking holds a role."""

from intake.rules.permissions import holds
from intake.rules.person import Role
from intake.rules.unit import Level, Unit

from .scene import Scene


async def units_as(scene: Scene, *roles: Role) -> list[Unit]:
    """The units with a plan in which the person holds one of the roles, by name."""
    roots = await scene.uow.places.roots()
    return [unit for unit in roots if any(holds(scene.grants, role, unit) for role in roles)]


async def own_hamlets(scene: Scene) -> list[Unit]:
    """The hamlets the person is the head of, in the order the roles were given."""
    ids = dict.fromkeys(grant.unit_id for grant in scene.grants_as(Role.HAMLET_HEAD))
    units = [await scene.uow.places.unit(unit_id) for unit_id in ids]
    return [unit for unit in units if unit.level is Level.HAMLET]
