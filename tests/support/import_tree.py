"""The tree as the imports draw it: `python -m tests.support.import_tree`.

Every package is a room, and a room stands one floor above the highest room it imports. Two things are faults: a circle
of modules, and an arrow up, which is an import against the order of `LAYERS`. The command prints the rooms floor by
floor with what each imports, then the faults, and ends with status 1 where there is one.
"""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[2]
LAYERS = (("bot",), ("web", "handlers", "scheduler", "storage", "papers"), ("wording",), ("locales", "intake"))
"""From the entrance down to the rules; the roots of one layer do not import each other."""
STAND_IN = "zalo_sandbox"
"""Started by the command line alone, and free of the product."""

Imports = Mapping[str, set[str]]


def modules() -> dict[str, Path]:
    """Every module of the product by its dotted name."""
    roots = [root for layer in LAYERS for root in layer] + [STAND_IN]
    files = (path for root in roots for path in (ROOT / root).rglob("*.py"))
    return {_name(path): path for path in files if "versions" not in path.parts}


def imports_of(found: Mapping[str, Path]) -> dict[str, set[str]]:
    """What each module imports of the product, wherever in the module it does so."""
    return {name: set(_imported(name, path, found)) - {name} for name, path in found.items()}


def circles(imports: Imports) -> list[str]:
    """A line for the first circle of modules there is; none when there is none."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as circle:
        return ["circle: " + " → ".join(circle.args[1])]
    return []


def arrows_up(imports: Imports) -> list[str]:
    """A line for each import against the order of the layers."""
    level = {root: number for number, layer in enumerate(LAYERS) for root in layer}
    level[STAND_IN] = len(LAYERS)
    found = []
    for name, targets in sorted(imports.items()):
        own = name.split(".")[0]
        for target in sorted(targets):
            root = target.split(".")[0]
            if root != own and level[root] <= level[own]:
                found.append(f"arrow up: {name} → {target}")
    return found


def rooms(imports: Imports) -> dict[str, set[str]]:
    """The same by packages; a module that lies in a root itself belongs to the root's own room."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, targets in imports.items():
        found[_room(name)] |= {_room(target) for target in targets} - {_room(name)}
    return found


def floors(imports: Imports) -> Iterator[tuple[int, str, list[str]]]:
    """Each room with its floor and the rooms it imports, the highest first; rooms that import each other share one."""
    found = rooms(imports)
    height: dict[str, int] = {}

    def climb(room: str, path: tuple[str, ...]) -> int:
        if room in path:
            return 0
        if room not in height:
            height[room] = 1 + max((climb(one, (*path, room)) for one in found[room]), default=0)
        return height[room]

    for room in sorted(found):
        climb(room, ())
    for room in sorted(found, key=lambda one: (-height[one], one)):
        yield height[room], room, sorted(found[room])


def draw(imports: Imports) -> Iterable[str]:
    """The lines of the drawing."""
    last = 0
    for floor, room, below in floors(imports):
        if floor != last:
            yield f"floor {floor}"
            last = floor
        yield f"  {room} → {', '.join(below)}" if below else f"  {room}"


def main() -> int:
    """Print the drawing and the faults. Returns the exit status."""
    imports = imports_of(modules())
    faults = circles(imports) + arrows_up(imports)
    sys.stdout.write("\n".join([*draw(imports), "", *(faults or ["no circle, no arrow up"])]) + "\n")
    return 1 if faults else 0


def _name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _room(module: str) -> str:
    name = module
    while not (ROOT / Path(*name.split("."))).is_dir():
        name = name.rpartition(".")[0]
    return name


def _imported(name: str, path: Path, found: Mapping[str, Path]) -> Iterator[str]:
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in found)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*parts, *([node.module] if node.module else [])])
            inside = [f"{base}.{alias.name}" for alias in node.names]
            yield from (one for one in inside if one in found)
            if base in found and not all(one in found for one in inside):
                yield base


if __name__ == "__main__":
    sys.exit(main())
