"""Take over an office's list of hamlets and heads: hamlets that are not there yet, a code for each head to come in."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.actions.people.invite import make_invitation
from intake.actions.people.roles import may_lend
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import RuleBroken
from intake.rules.people.hamlet_list import HamletLine
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import Level, Unit, UnitId
from intake.rules.plan.unit_names import free_code
from intake.rules.text import as_one_name


@dataclass(frozen=True, slots=True)
class HeadCode:
    """The code by which the head of a hamlet comes in, to be handed over; shown once.

    `head` and `phone` are as the list has them; the number is shown beside the code and kept nowhere.
    """

    hamlet: str
    head: str
    code: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class HamletsTaken:
    """The hamlets that are new, and the codes for heads of hamlets that had none."""

    added: tuple[Unit, ...]
    codes: tuple[HeadCode, ...]


async def take_hamlets(uow: UnitOfWork, *, by: Person, unit_id: UnitId, lines: Sequence[HamletLine]) -> HamletsTaken:
    """Add the hamlets of a list and make the codes; a hamlet that is there, or has a head, keeps what it has.

    Whoever holds power in the unit does; `NotFound` for everybody else. Nobody is put down as a head by this: the head
    comes in with the code and agrees. Raises `RuleBroken` where no line is sound.
    """
    unit = await uow.places.unit(unit_id)
    await may_lend(uow, by, unit)
    sound = [line for line in lines if not line.wrong]
    if not sound:
        raise RuleBroken("refusal.sheet_empty")
    known = {as_one_name(hamlet.name): hamlet for hamlet in await uow.places.hamlets(unit.id)}
    taken = {hamlet.code for hamlet in known.values()}
    added: list[Unit] = []
    codes: list[HeadCode] = []
    for line in sound:
        hamlet = known.get(as_one_name(line.hamlet))
        if hamlet is None:
            code = free_code(line.hamlet, unit.code, taken)
            taken.add(code)
            hamlet = await uow.places.add_unit(Unit(code, line.hamlet, Level.HAMLET), unit)
            added.append(hamlet)
            await uow.ledger.write(AuditEntry(uow.now, by.id, "add_hamlet", f"unit:{hamlet.id}"))
        heads = await uow.people.holders(Role.HAMLET_HEAD, hamlet)
        if line.head and not heads:
            code = await make_invitation(uow, Role.HAMLET_HEAD, hamlet, by=by)
            codes.append(HeadCode(hamlet.name, line.head, code, line.phone))
    return HamletsTaken(tuple(added), tuple(codes))
