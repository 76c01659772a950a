"""The names of units a plan does not list (A7), as one text that keeps each name's code: `VB-dong|Thôn Đông` a line.

A unit keeps its code for good, since people, questions and lists hang on it; its name may be corrected.
"""

import re
from collections.abc import Sequence

from intake.rules.errors import RuleBroken
from intake.rules.text import as_one_name, fold

MOST_UNITS = 200
LONGEST_NAME = 80
_BETWEEN = re.compile(r"[\n;,]+")


def names_in(value: str) -> tuple[tuple[str, str], ...]:
    """The units of an answer, code and name, in its order."""
    return tuple((code, name) for code, _, name in (line.partition("|") for line in value.splitlines()))


def names_typed(typed: str, before: str, parent: str) -> str:
    """The answer that typed names make, one a line or with commas between; `before` is the answer until now.

    A name in the place of one that is gone is its correction; another spelling ("Hoà", "Hòa") is the same name. Raises
    `RuleBroken` for no name, a name that is too long or comes twice, too many, and for fewer than before: a unit people
    may live in already is not dropped.
    """
    names = [" ".join(name.split()) for name in _BETWEEN.split(typed)]
    names = [name for name in names if fold(name)]
    if not names or len(names) > MOST_UNITS or any(len(name) > LONGEST_NAME for name in names):
        raise RuleBroken("refusal.unit_names", {"most": MOST_UNITS})
    typed_as = [as_one_name(name) for name in names]
    if len(set(typed_as)) < len(names):
        raise RuleBroken("refusal.unit_names_twice")
    known = names_in(before)
    codes = {as_one_name(name): code for code, name in known}
    gone = [place for place, (_, name) in enumerate(known) if as_one_name(name) not in typed_as]
    for place in gone:
        if place >= len(names) or typed_as[place] in codes:
            raise RuleBroken("refusal.unit_names_dropped", {"name": known[place][1]})
        codes[typed_as[place]] = known[place][0]
    taken = set(codes.values())
    lines = []
    for name, one in zip(names, typed_as, strict=True):
        code = codes.get(one) or free_code(name, parent, taken)
        taken.add(code)
        lines.append(f"{code}|{name}")
    return "\n".join(lines)


def free_code(name: str, parent: str, taken: Sequence[str] | set[str]) -> str:
    """A code for a unit of this name below the one with the code `parent`, which no other has."""
    wanted = f"{parent}-{fold(name).replace(' ', '-')}"
    number, code = 1, wanted
    while code in taken:
        number += 1
        code = f"{wanted}-{number}"
    return code
