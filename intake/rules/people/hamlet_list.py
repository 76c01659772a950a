"""A list of hamlets and their heads, as an office keeps it in a sheet: read line by line, with what is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.rules.plan.unit_names import LONGEST_NAME
from intake.rules.text import as_one_name, fold

MOST_LINES = 200
_HEADINGS = ("stt", "tt", "so tt", "ten thon", "thon", "thon to dan pho", "thon/to dan pho", "to dan pho", "hamlet")


@dataclass(frozen=True, slots=True)
class HamletLine:
    """A line of the list: the hamlet, and its head where the line names one; `wrong` is the msgid of what is wrong."""

    number: int
    hamlet: str
    head: str
    wrong: str = ""


def read_hamlets(rows: Sequence[Sequence[str]]) -> tuple[HamletLine, ...]:
    """Read the rows of a sheet: a number perhaps, the hamlet, its head. A line of headings is passed over.

    A line that is wrong says so and costs the others nothing.
    """
    lines: list[HamletLine] = []
    seen: set[str] = set()
    for row in rows:
        cells = [cell.strip() for cell in row]
        if cells and fold(cells[0]) in _HEADINGS:
            continue
        if len(cells) > 1 and cells[0].rstrip(".").isdecimal():
            cells = cells[1:]
        hamlet, head = [*cells, "", ""][:2]
        wrong = ""
        if not any(letter.isalpha() for letter in hamlet) or len(hamlet) > LONGEST_NAME or len(head) > LONGEST_NAME:
            wrong = "hamlets.wrong_name"
        elif as_one_name(hamlet) in seen:
            wrong = "hamlets.wrong_twice"
        elif len(lines) >= MOST_LINES:
            wrong = "hamlets.wrong_many"
        seen.add(as_one_name(hamlet))
        lines.append(HamletLine(len(lines) + 1, hamlet, head, wrong))
    return tuple(lines)
