"""A list that is filtered, sorted and turned page by page: its address says all of it and can be kept and sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

PAGE = 50
"""Lines of a page."""
_LAST_PAGE = 2000
"""Nobody turns so many pages; a number beyond them is a slip or a machine's."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `sort` is what the address calls its order, if it has one, `direction` as ARIA says it."""

    label: str
    sort: str = ""
    direction: str = "ascending"


@dataclass(frozen=True, slots=True)
class Listing:
    """Where a list stands: the path, what the address asks for, the page, whether there are more."""

    path: str
    asked: Mapping[str, str]
    page: int
    sort: str = ""
    more: bool = False

    def address(self, **changed: str | int | None) -> str:
        """The address of the same list with some of it changed; None takes something out."""
        merged: dict[str, str | int | None] = {**self.asked, **changed}
        query = urlencode([(name, value) for name, value in merged.items() if value not in (None, "")])
        return f"{self.path}?{query}" if query else self.path

    @property
    def start(self) -> int:
        """How many lines stand on the pages before."""
        return (self.page - 1) * PAGE


def page_asked(typed: str) -> int:
    """The number of a page in an address; the first where it is none."""
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < len(str(_LAST_PAGE)) + 1 else 1
    return min(max(number, 1), _LAST_PAGE)


def asked_of(query: Mapping[str, str], names: Sequence[str], longest: int = 200) -> dict[str, str]:
    """What an address asks for, of the names that are known; what is empty is not asked for."""
    return {name: query[name].strip()[:longest] for name in names if query.get(name, "").strip()}
