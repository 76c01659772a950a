"""The conversation as one table: every command, every step, every button that always works."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from intake.rules.message import Message
from intake.rules.text import fold

from .inbound_event import InboundEvent
from .scene import Choice, Command, Scene, Step, Turn

_NO_REST: Mapping[str, Callable[[str], bool]] = {}
COMMAND = "cmd"
"""The verb of a button that stands for a command: `cmd.hoi`."""


@dataclass(frozen=True, slots=True)
class ConversationModule:
    """What one module of a role's package adds to the table.

    Commands and steps `of_right` put right what is kept of whoever speaks, or ask for what the law gives them: a block
    does not take that away (LAW C5).
    """

    commands: tuple[Command, ...] = ()
    steps: tuple[Step, ...] = ()
    choices: tuple[Choice, ...] = ()
    of_right: bool = False


async def _nothing(_scene: Scene, _text: str) -> Turn | None:
    return None


async def _no_danger(_scene: Scene, _text: str) -> tuple[Message, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Table:
    """The table, put together and checked.

    `typed` finds a command by what people type instead of it; `typed_with_rest` those that take something behind it,
    with what tells that from the rest of an ordinary sentence.
    `stranger` turns somebody we do not know yet to the consent card, keeping what they wanted; `unprompted` deals
    with what is said while nothing was asked. `anywhere` gives the turn of a text that means itself whatever was asked;
    nothing for all others. `outlived` gives what is said of a draft that has lain too long to go on
    with whatever is typed now; nothing: it goes on. `danger` is what a text that speaks of danger is answered even
    where nothing of it is taken. `closed` is the step of whoever has to agree before anything is taken in; `of_right`
    is what whoever is blocked may do all the same.
    """

    commands: dict[str, Command]
    steps: dict[str, Step]
    choices: dict[str, Choice]
    typed: dict[str, Command]
    typed_with_rest: dict[str, tuple[Command, Callable[[str], bool]]]
    stranger: Callable[[Scene, str], Awaitable[Turn]]
    unprompted: Callable[[Scene, InboundEvent], Awaitable[Turn]]
    anywhere: Callable[[Scene, str], Awaitable[Turn | None]]
    outlived: Callable[[Scene], tuple[Message, ...] | None]
    danger: Callable[[Scene, str], Awaitable[tuple[Message, ...]]]
    closed: str
    of_right: frozenset[Command | Step]


def put_together(
    parts: Iterable[ConversationModule],
    *,
    stranger: Callable[[Scene, str], Awaitable[Turn]],
    unprompted: Callable[[Scene, InboundEvent], Awaitable[Turn]],
    anywhere: Callable[[Scene, str], Awaitable[Turn | None]] = _nothing,
    outlived: Callable[[Scene], tuple[Message, ...] | None] = lambda _scene: None,
    danger: Callable[[Scene, str], Awaitable[tuple[Message, ...]]] = _no_danger,
    closed: str = "",
    takes_rest: Mapping[str, Callable[[str], bool]] = _NO_REST,
) -> Table:
    """Join the parts. Raises `ValueError` when two define the same thing or a step leads nowhere."""
    all_parts = tuple(parts)
    commands = _unique("command", ((one.name, one) for part in all_parts for one in part.commands))
    steps = _unique("step", ((one.name, one) for part in all_parts for one in part.steps))
    choices = _unique("choice", ((one.verb, one) for part in all_parts for one in part.choices))
    for row in (*commands.values(), *steps.values(), *choices.values()):
        for target in row.leads_to:
            if target not in steps:
                raise ValueError(f"{row} leads to {target}, which is no step")
    typed = _unique("typed word", ((fold(word), one) for one in commands.values() for word in _words(one)))
    with_rest = {
        fold(word): (commands[name], is_meant)
        for name, is_meant in takes_rest.items()
        for word in _words(commands[name])
    }
    rows_of_right = [part.commands + part.steps for part in all_parts if part.of_right]
    of_right: frozenset[Command | Step] = frozenset(chain.from_iterable(rows_of_right))
    return Table(
        commands, steps, choices, typed, with_rest, stranger, unprompted, anywhere, outlived, danger, closed, of_right
    )


def _words(command: Command) -> list[str]:
    """What people may type for it; spellings that fold to the same word count once."""
    return list({fold(word): word for word in (*command.aliases, command.name)}.values())


def _unique(what: str, rows: Iterable[tuple[str, object]]) -> dict:  # type: ignore[type-arg]
    found: dict[str, object] = {}
    for name, row in rows:
        if name in found:
            raise ValueError(f"two rows for the {what} {name!r}")
        found[name] = row
    return found
