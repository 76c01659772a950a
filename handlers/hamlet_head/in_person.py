"""Who no chat reaches, so that somebody has to call at the door (R099)."""

from collections import Counter
from collections.abc import Iterable

from intake.rules.errors import NotFound
from intake.rules.message import Message, Param, Term
from intake.rules.unit import UnitId

from ..codes import id_in
from ..own_units import own_hamlets
from ..scene import Choice, Scene, Turn, button
from ..table import Part

MOST_NAMES = 60


def names_to_visit(names: Iterable[str]) -> tuple[Param, ...]:
    """The names, one a line; of a very long list the first ones and how many more there are."""
    listed: list[Param] = [f"– {name}" for name in names]
    if len(listed) > MOST_NAMES:
        return (*listed[:MOST_NAMES], Term("notice.more_names", {"more": len(listed) - MOST_NAMES}))
    return tuple(listed)


async def show_unreached(scene: Scene, rest: str) -> Turn:
    """`unreached.<hamlet id>`: who of the hamlet was not reached, by name and number of messages; for its head."""
    hamlet = next((one for one in await own_hamlets(scene) if one.id == UnitId(id_in(rest))), None)
    if hamlet is None:
        raise NotFound
    counted = Counter((person.id, person.name) for _, person in await scene.uow.letters.in_person(hamlet.id))
    row = (button("menu.list", "cmd.danhsach"), button("button.menu", "cmd.menu"))
    if not counted:
        return Turn(say=(Message("lists.all_reached", {"hamlet": hamlet.name}, (row,)),))
    names = names_to_visit(f"{name} ({count})" for (_, name), count in counted.items())
    params: dict[str, Param] = {"hamlet": hamlet.name, "people": len(counted), "names": names}
    return Turn(say=(Message("lists.unreached", params, (row,)),))


PART = Part(choices=(Choice("unreached", show_unreached),))
