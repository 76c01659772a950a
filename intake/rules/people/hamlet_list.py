"""A list of hamlets and their heads, as an office keeps it in a sheet: read line by line, with what is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.rules.people.phone import phone_typed
from intake.rules.plan.unit_names import LONGEST_NAME
from intake.rules.text import as_one_name, fold

MOST_LINES = 200
_COLUMNS = {
    "hamlet": (
        "ten thon", "thon", "thon to dan pho", "thon/to dan pho", "thon, to dan pho", "to dan pho", "hamlet", "don vi",
        "ten don vi", "ap", "khu pho", "xom", "ban", "khom", "to", "ten thon/to dan pho", "ten thon, to dan pho",
    ),
    "head": (
        "truong thon", "ho ten", "ho va ten", "truong thon/to truong", "to truong", "head", "ho ten truong thon",
        "ho va ten truong thon", "truong ap", "truong khu pho", "truong ban", "truong xom", "truong khom",
    ),
    "phone": ("dien thoai", "so dien thoai", "sdt", "so dt", "dt", "di dong", "phone", "dien thoai lien he"),
    "number": ("stt", "tt", "so tt", "so thu tu"),
}  # fmt: skip
"""What the columns of such a list are called, folded."""


@dataclass(frozen=True, slots=True)
class HamletLine:
    """A line of the list: the hamlet, its head and that person's phone where it names them, as they are written.

    `wrong` is the msgid of what is wrong with the line, `doubt` of what is left out of it.
    """

    number: int
    hamlet: str
    head: str
    phone: str = ""
    wrong: str = ""
    doubt: str = ""


def read_hamlets(rows: Sequence[Sequence[str]]) -> tuple[HamletLine, ...]:
    """Read the rows of a sheet: by its line of heads, else a number perhaps, the hamlet, its head, a phone.

    Lines above the heads, a title of the list, are passed over with them. A line that is wrong says so and costs the
    others nothing; a number that is no phone is left out and said.
    """
    lines: list[HamletLine] = []
    seen: set[str] = set()
    table = [[cell.strip() for cell in row] for row in rows]
    at = next((place for place, cells in enumerate(table) if "hamlet" in _heads(cells)), None)
    heads = {} if at is None else _heads(table[at])
    for cells in table if at is None else table[at + 1 :]:
        told = "head" in heads and len(cells) > heads["hamlet"]
        hamlet, head, phone = _by_heads(cells, heads) if told else _in_order(cells)
        wrong = ""
        if not any(letter.isalpha() for letter in hamlet) or len(hamlet) > LONGEST_NAME or len(head) > LONGEST_NAME:
            wrong = "hamlets.wrong_name"
        elif as_one_name(hamlet) in seen:
            wrong = "hamlets.wrong_twice"
        elif len(lines) >= MOST_LINES:
            wrong = "hamlets.wrong_many"
        seen.add(as_one_name(hamlet))
        sound = phone if phone_typed(phone) else ""
        doubt = "hamlets.no_phone" if phone and not sound else ""
        lines.append(HamletLine(len(lines) + 1, hamlet, head, sound, wrong, doubt))
    return tuple(lines)


def _heads(cells: Sequence[str]) -> dict[str, int]:
    """Which column of a line of heads is which; the first of a kind."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        kind = next((kind for kind, names in _COLUMNS.items() if fold(cell) in names), None)
        if kind is not None:
            found.setdefault(kind, place)
    return found


def _by_heads(cells: Sequence[str], heads: dict[str, int]) -> tuple[str, str, str]:
    hamlet, head, phone = (
        cells[heads[kind]] if kind in heads and heads[kind] < len(cells) else "" for kind in ("hamlet", "head", "phone")
    )
    return hamlet, head, phone


def _in_order(cells: Sequence[str]) -> tuple[str, str, str]:
    """Hamlet, head, and the first cell behind the hamlet that is a phone number."""
    if len(cells) > 1 and cells[0].rstrip(".").isdecimal():
        cells = cells[1:]
    hamlet, *rest = cells
    phone = next((cell for cell in rest if phone_typed(cell)), "")
    return hamlet, next(iter(cell for cell in rest[:1] if cell != phone), ""), phone
