"""Tell those who run the office that a network does not bring in what people write."""

from collections.abc import Mapping

from intake.actions.outbox.tell import tell
from intake.ports import UnitOfWork
from intake.rules.message import Message, Param, Term
from intake.rules.people.person import Network, Role


async def tell_of_deafness(
    uow: UnitOfWork, network: Network, why: str, params: Mapping[str, Param] | None = None, *, once: str = ""
) -> None:
    """Tell admins and secretaries, by another network where one reaches them; once a day for each reason.

    `why` ends the msgid `deaf.<network>_<why>`, in which `params` stand. `once` names what is told of but once, however
    long it lasts.
    """
    units = await uow.places.roots()
    held = await uow.people.holding([Role.ADMIN, Role.SECRETARY], units)
    people = dict.fromkeys(person_id for holders in held.values() for person_id in holders)
    message = Message("deaf.told", {"why": Term(f"deaf.{network.value}_{why}", dict(params or {}))})
    await tell(uow, people, message, once=f"deaf:{network.value}:{why}:{once or uow.today}", past=network)
