"""A network refuses a letter: the person hears some other way, and the office hears that it happens, once a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from intake.actions.outbox.tell import tell
from intake.actions.people.link_accounts import network_words
from intake.actions.people.office import secretaries_of
from intake.ports import UnitOfWork
from intake.rules.message import Button, Message
from intake.rules.outbox.channel_policy import best_account, open_way
from intake.rules.outbox.letter import Letter, LetterId, LetterState, Priority
from intake.rules.people.person import Account, Network
from intake.rules.people.unit import Unit, UnitId

MOST_REFUSED = 200
"""How many replies are looked through for a list: more than that is a network that refuses everything."""


@dataclass(frozen=True, slots=True)
class RefusedReplies:
    """How many replies a network has refused, and when the last of them was written."""

    network: Network
    count: int
    last_at: datetime


async def refused_replies(uow: UnitOfWork, unit_ids: Collection[UnitId]) -> list[RefusedReplies]:
    """The replies that were refused and lie aside, by network: those to people of these units and to nobody known.

    Neither words nor names: a reply is of its moment, and whoever misses one asks.
    """
    found: dict[Network, list[datetime]] = {}
    for letter, network in await uow.keeping.refused_replies(MOST_REFUSED):
        unit = await _unit_of(uow, letter)
        if unit is None or unit.id in unit_ids:
            found.setdefault(network, []).append(letter.created_at)
    return [RefusedReplies(network, len(at), max(at)) for network, at in found.items()]


async def note_refused(uow: UnitOfWork, letter_id: LetterId) -> None:
    """Find another way for a letter that a network has just refused and that was put aside for it.

    A chat of the person on another network is tried, once; where there is none, the letter stands on the list of those
    to be told in person. The reply to what somebody just did is neither: it is of that moment. Either way the
    secretaries of the unit hear of it, once a day, since many are refused when one is.
    """
    letter = await uow.letters.get(letter_id)
    if letter is None or letter.state is not LetterState.QUARANTINED:
        return
    if letter.priority is Priority.REPLY:
        await _tell_of_reply(uow, letter)
        return
    if letter.attempts == 1 and letter.broadcast_id is None:
        other = await _on_another_network(uow, letter)
        if other is not None:
            letter.account_id, letter.state, letter.not_before = other.id, LetterState.WAITING, uow.now
    unit = await _unit_of(uow, letter)
    if unit is not None:
        opens = ((Button(f"unreached.{unit.id}", "lists.unreached_button"),),)
        message = Message("reach.refused", {"unit": unit.name}, opens)
        await tell(uow, await secretaries_of(uow, unit), message, once=f"refused:{unit.id}:{uow.today.isoformat()}")


async def _tell_of_reply(uow: UnitOfWork, letter: Letter) -> None:
    """Somebody writes and hears nothing. Of who is nobody's yet, every office of the installation hears."""
    account = None if letter.account_id is None else await uow.accounts.get(letter.account_id)
    if account is None:
        return
    network = account.network
    unit = await _unit_of(uow, letter)
    units = await uow.places.roots() if unit is None else [unit]
    message = Message("reach.refused_reply", {"network": network_words(network)})
    for one in units:
        once = f"refused-reply:{network.value}:{one.id}:{uow.today.isoformat()}"
        await tell(uow, await secretaries_of(uow, one), message, once=once, past=network)


async def _on_another_network(uow: UnitOfWork, letter: Letter) -> Account | None:
    if letter.account_id is None:
        return None
    refusing, *others = await uow.accounts.beside(letter.account_id)
    elsewhere = [one for one in others if one.network is not refusing.network]
    best = best_account(uow.channel_policy, elsewhere, uow.now)
    if best is None:
        return None
    way = open_way(uow.channel_policy, best.network, best.last_heard_at, best.awaited_since, uow.now)
    return None if way is None else best


async def _unit_of(uow: UnitOfWork, letter: Letter) -> Unit | None:
    """Whose office hears of it: the question's unit, else that of the person's home."""
    if letter.question_id is not None:
        return await uow.places.unit((await uow.questions.get(letter.question_id)).unit_id)
    person = None if letter.person_id is None else await uow.people.get(letter.person_id)
    if person is None or person.hamlet_id is None:
        return None
    return await uow.places.home(await uow.places.unit(person.hamlet_id))
