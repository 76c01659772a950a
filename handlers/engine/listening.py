"""Whether a chat is listened to: not what comes too fast, nor what is more than a day's quota, nor who is blocked."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from intake.ports import Met, UnitOfWork
from intake.rules.people.block import is_blocked
from intake.rules.people.consent import must_agree
from intake.rules.people.flood_guard import OFFICE, RESIDENTS, take
from intake.rules.people.person import Conversation
from intake.rules.people.quota import quota_of, with_message
from intake.rules.text import fold

from .inbound_event import InboundEvent, InboundKind
from .scene import Choice, Command
from .table import COMMAND, Table


class Hearing(StrEnum):
    """What became of an event. `SILENT`: it came too fast, `NOT_TAKEN`: it was too much; both were said before.

    `CLOSED`: there is no consent to take it in.
    """

    HEARD = "heard"
    TOO_FAST = "too_fast"
    SILENT = "silent"
    TOO_MUCH = "too_much"
    NOT_TAKEN = "not_taken"
    BLOCKED = "blocked"
    CLOSED = "closed"


class Listened(NamedTuple):
    """What became of an event, and when the chat was heard from before it."""

    hearing: Hearing
    heard_before: datetime | None


async def listen(uow: UnitOfWork, met: Met, inbound: InboundEvent, table: Table) -> Listened:
    """Whether the event is listened to: only then anything of it is kept.

    What is shown of it in the chat's own history is written here, before whatever is answered to it.
    """
    before = met.conversation.pace_at
    return Listened(await _hearing(uow, met, inbound, table), before)


async def _hearing(uow: UnitOfWork, met: Met, inbound: InboundEvent, table: Table) -> Hearing:
    conversation = met.conversation
    talking = OFFICE if met.grants else RESIDENTS
    pace = take(conversation.pace_left, conversation.pace_at, uow.now, talking)
    conversation.pace_left, conversation.pace_at = pace.left, uow.now
    if not pace.listen:
        return Hearing.TOO_FAST if pace.tell else Hearing.SILENT
    if is_blocked(met.person, uow.now) and not (
        _takes_nothing_in(conversation, inbound, table) or _is_of_right(conversation, inbound, table)
    ):
        return Hearing.BLOCKED
    if must_agree(met.person, has_role=bool(met.grants)) and not _takes_nothing_in(conversation, inbound, table):
        return Hearing.CLOSED
    letters = len(inbound.text) + len(inbound.phone)
    kept = with_message(conversation, uow.today, quota_of(met.person, uow.limits), letters)
    if kept is None:
        # said to whoever has not been told just now; a flood is not answered word for word
        rested = pace.left >= talking.burst / 2
        conversation.pace_left = min(pace.left, 0.0)
        return Hearing.TOO_MUCH if rested else Hearing.NOT_TAKEN
    conversation.kept_on, conversation.kept_letters, conversation.kept_bytes = kept
    if inbound.shown is not None:
        await uow.history.add_own(met.account.id, inbound.event_id, inbound.shown)
    return Hearing.HEARD


def _takes_nothing_in(conversation: Conversation, inbound: InboundEvent, table: Table) -> bool:
    """Whether an event asks for nothing but what everybody may: to read and to erase what is kept about them."""
    rows: tuple[Command | Choice, ...] = (*table.commands.values(), *table.choices.values())
    open_to_all = [one for one in rows if one.though_blocked]
    if conversation.step in {step for one in open_to_all for step in one.leads_to} - {table.closed}:
        return True
    return _wanted(conversation, inbound, table) in open_to_all


def _is_of_right(conversation: Conversation, inbound: InboundEvent, table: Table) -> bool:
    """Whether an event puts right what is kept of whoever speaks, or asks for what the law gives them."""
    asked_for = {table.steps.get(conversation.step), _wanted(conversation, inbound, table)}
    return not table.of_right.isdisjoint(asked_for)


def _wanted(conversation: Conversation, inbound: InboundEvent, table: Table) -> Command | Choice | None:
    """The command or the button that works always for which an event asks; None where it asks for neither."""
    tapped = inbound.choice if inbound.kind is InboundKind.CHOICE else _label_typed(conversation, inbound)
    if tapped:
        verb, _, rest = tapped.partition("~")[0].partition(".")
        return table.commands.get(rest) if verb == COMMAND else table.choices.get(verb)
    typed = inbound.text.strip()
    name = fold(typed.removeprefix("/").partition(" ")[0]) if typed.startswith("/") else ""
    return table.commands.get(name) if name else table.typed.get(fold(typed))


def _label_typed(conversation: Conversation, inbound: InboundEvent) -> str:
    """The code of the button that was offered last whose label was typed instead; nothing for other words."""
    wanted = fold(inbound.text)
    return next((code for code, label in conversation.offered if wanted and fold(label) == wanted), "")
