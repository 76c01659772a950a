"""Draw the conversation from its table into `docs/conversation.md`: `python -m tests.support.diagram`."""

import importlib
import pkgutil
from collections.abc import Iterable
from pathlib import Path

import handlers
from handlers.engine.scene import Command
from handlers.engine.table import ConversationModule
from handlers.wiring import MODULES, TAKES_REST

DIAGRAM = Path(__file__).parents[2] / "docs" / "conversation.md"
COMMAND = "python -m tests.support.diagram"
_HEAD = f"""# The conversation

Drawn from the table in `handlers/wiring.py`; do not edit, run `{COMMAND}`.

One picture and one list for each module. A rounded box is a command, a box with corners a step, a hexagon a button that
works whenever it is tapped (its code begins with that verb); a dashed box is a step of another module. An arrow says
"can lead to". What the pictures leave out because it holds everywhere: a step may ask again, and it may end; `/huy` and
`/menu` leave any step; what is said while nothing was asked is taken as the start of a question.
"""


def modules() -> list[tuple[str, ConversationModule]]:
    """Every part of the table with the module it is written in, in the order of the table.

    Raises `ValueError` for a part that no module holds, so that nothing is missing from the pictures.
    """
    found: dict[int, str] = {}
    for info in pkgutil.walk_packages(handlers.__path__, "handlers."):
        module = importlib.import_module(info.name)
        for value in vars(module).values():
            if isinstance(value, ConversationModule):
                found.setdefault(id(value), info.name.removeprefix("handlers."))
    homeless = [part for part in MODULES if id(part) not in found]
    if homeless:
        raise ValueError(f"no module holds {homeless}")
    return [(found[id(part)], part) for part in MODULES]


def document() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *(_section(name, part) for name, part in modules())])


def _section(name: str, part: ConversationModule) -> str:
    return "\n".join([f"## `{name}`", "", *_picture(part), *_commands(part.commands), *_others(part)])


def _picture(part: ConversationModule) -> list[str]:
    own = [step.name for step in part.steps]
    arrows: list[tuple[str, str]] = []
    lines = ["```mermaid", "flowchart LR"]
    for command in part.commands:
        lines.append(f'    {_id("c", command.name)}(["/{command.name}"])')
        arrows += [(_id("c", command.name), step) for step in command.leads_to]
    for choice in part.choices:
        lines.append(f'    {_id("b", choice.verb)}{{{{"{choice.verb}.…"}}}}')
        arrows += [(_id("b", choice.verb), step) for step in choice.leads_to]
    for step in part.steps:
        lines.append(f'    {_id("s", step.name)}["{step.name}"]')
        arrows += [(_id("s", step.name), target) for target in step.leads_to]
    foreign = sorted({target for _, target in arrows} - set(own))
    lines += [f'    {_id("s", target)}["{target}"]:::elsewhere' for target in foreign]
    lines += [f"    {start} --> {_id('s', target)}" for start, target in arrows]
    if foreign:
        lines.append("    classDef elsewhere stroke-dasharray: 4")
    return [*lines, "```", ""]


def _commands(commands: Iterable[Command]) -> list[str]:
    rows = []
    for command in commands:
        behind = " …" if command.name in TAKES_REST else ""
        who = ", ".join(f"`{role.value}`" for role in command.roles) or ("known people" if command.knows_me else "all")
        rows.append(f"| `/{command.name}{behind}` | {', '.join(command.aliases) or '–'} | {who} |")
    return ["| command | also typed | who |", "|---|---|---|", *rows, ""] if rows else []


def _others(part: ConversationModule) -> list[str]:
    free = [f"`{step.name}`" for step in part.steps if step.free_text]
    bound = [f"`{step.name}` (`{step.role.value}`)" for step in part.steps if step.role is not None]
    lines = []
    if free:
        lines += [f"Steps that take the person's own words: {', '.join(free)}.", ""]
    if bound:
        lines += [f"Steps that need a role: {', '.join(bound)}.", ""]
    return lines


def _id(kind: str, name: str) -> str:
    return f"{kind}_{''.join(letter if letter.isalnum() else '_' for letter in name)}"


if __name__ == "__main__":
    DIAGRAM.write_text(document().rstrip("\n") + "\n", "utf-8")
