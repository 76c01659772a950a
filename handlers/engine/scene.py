"""What a handler is handed, and what it gives back."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from intake.ports import UnitOfWork
from intake.rules.errors import NotFound
from intake.rules.message import Message
from intake.rules.people.permissions import holds
from intake.rules.people.person import Account, Grant, Person, Role
from intake.rules.people.unit import Level, Unit

from .inbound_event import InboundEvent

IDLE = ""


@dataclass(slots=True)
class Scene:
    """The chat at this moment: the open unit of work, who speaks, where the conversation stands.

    `draft` is what was typed so far in this conversation; a handler hands the next one back in its `Turn`.
    `heard_before` is when the chat was heard from the last time before this. `begun` says that there is something to
    cancel: a step, or a `Huỷ` that was offered without one; `kept` that its step has kept all that was said in it.
    """

    uow: UnitOfWork
    account: Account
    person: Person | None
    grants: tuple[Grant, ...]
    language: str
    step: str
    draft: dict[str, Any]
    heard_before: datetime | None = None
    begun: bool = False
    kept: bool = False

    @property
    def me(self) -> Person:
        """The person speaking; `NotFound` for somebody who has not agreed to be known."""
        if self.person is None:
            raise NotFound
        return self.person

    def grants_as(self, role: Role) -> tuple[Grant, ...]:
        """The grants of this role."""
        return tuple(grant for grant in self.grants if grant.role is role)


@dataclass(frozen=True, slots=True)
class Turn:
    """The bot's turn: what it says first, then the step it asks next (`IDLE`: none), with the draft to keep."""

    to: str = IDLE
    say: tuple[Message, ...] = ()
    draft: dict[str, Any] = field(default_factory=dict)


CHANGED = Message("talk.changed_since")
"""What is said in the place of an act whose button stood under something that has changed since; it is shown anew."""

Ask = Callable[[Scene], Awaitable[Message]]
Hear = Callable[[Scene, InboundEvent], Awaitable[Turn]]
Act = Callable[[Scene, str], Awaitable[Turn]]


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the conversation's table: what the step asks, how it hears the reply, where it can lead.

    A step may always stay, or end (`IDLE`); `leads_to` names the others. `role` is needed to be in it.
    `free_text` says that the reply is the person's own words, so that no typed command but `huỷ` and `menu` counts.
    `names` says that it may be somebody's name: `Huy` without its mark is one then, and cancels nothing.
    `keeps` says that whatever is said in it is kept each time: whoever cancels leaves, and has sent what was sent.
    `digits_choose` says that a lone number is no words of theirs even so: where options are numbered it picks one.
    """

    name: str
    ask: Ask
    hear: Hear
    leads_to: tuple[str, ...] = ()
    role: Role | None = None
    free_text: bool = False
    names: bool = False
    digits_choose: bool = False
    keeps: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """`/name`, what people type instead, who may use it (no roles: everybody), and the steps it can lead to.

    `also` are roles of which some people may use it, by a decision of their unit: no list offers it to them.
    `knows_me` is False for the few commands that work before a person has agreed to be known. `though_blocked` are
    those that take nothing in: whoever is blocked may use them, and the steps they lead to.
    """

    name: str
    act: Act
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    leads_to: tuple[str, ...] = ()
    also: tuple[Role, ...] = ()
    knows_me: bool = True
    though_blocked: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A button that works whenever it is tapped, in a pushed letter for instance: its code is `verb.rest`.

    The rest is guessable; `act` checks it against the person. An `untraced` one stands under messages of which nothing
    is kept once they were told, so nobody can look up where it was offered: whoever presses it is believed.
    """

    verb: str
    act: Act
    leads_to: tuple[str, ...] = ()
    though_blocked: bool = False
    untraced: bool = False


async def units_as(scene: Scene, *roles: Role) -> list[Unit]:
    """The units with a plan in which the person holds one of the roles, by name."""
    roots = await scene.uow.places.roots()
    return [unit for unit in roots if any(holds(scene.grants, role, unit) for role in roles)]


async def own_hamlets(scene: Scene) -> list[Unit]:
    """The hamlets the person is the head of, in the order the roles were given."""
    ids = dict.fromkeys(grant.unit_id for grant in scene.grants_as(Role.HAMLET_HEAD))
    units = [await scene.uow.places.unit(unit_id) for unit_id in ids]
    return [unit for unit in units if unit.level is Level.HAMLET]
