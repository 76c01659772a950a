"""On which line of a TOML file something stands; the standard library reads such files, but does not say where.

Only for files that `tomllib` has read, so that nothing has to be said of what is no TOML.
"""

import re
from collections.abc import Mapping

_GAP = re.compile(r"(?:[ \t\r\n,]|#[^\n]*)*")
_KEY = re.compile(r"""[ \t]*("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)[ \t]*(\.?)""")
_TEXT = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}' r"|'''.*?'{3,5}" r'|"(?:[^"\\\n]|\\.)*"' r"|'[^'\n]*'",
    re.DOTALL,
)
_BARE = re.compile(r"[^,\]}#\n]*")


def lines_of(text: str) -> Mapping[str, int]:
    """The line, from 1 on, of every table, key and entry of a list, by path: `plan.title`, `topics[2].keywords[3]`."""
    return _Scan(text).lines


def line_of(path: str, lines: Mapping[str, int]) -> int:
    """The line of a path; where it is not in the file, that of the table it is missing from, and at worst line 1."""
    while path and path not in lines:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return lines.get(path, 1)


class _Scan:
    """One pass over a file, from key to key."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.lines: dict[str, int] = {}
        self._counts: dict[str, int] = {}
        table = ""
        while sign := self._next():
            if sign == "[":
                table = self._header()
            else:
                self._pair(table)

    def _next(self) -> str:
        """The sign that stands after blanks, commas and remarks; empty at the end."""
        self.at = self._match(_GAP).end()
        return self.text[self.at : self.at + 1]

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str]:
        found = pattern.match(self.text, self.at)
        if found is None:
            raise ValueError(f"no TOML at character {self.at}")
        return found

    def _mark(self, path: str) -> None:
        self.lines.setdefault(path, self.text.count("\n", 0, self.at) + 1)

    def _header(self) -> str:
        brackets = "[[" if self.text.startswith("[[", self.at) else "["
        start, self.at = self.at, self.at + len(brackets)
        *above, last = self._key()
        self.at, after = start, self.text.index("]", self.at)
        path = ""
        for part in above:
            path = _join(path, part)
            self._mark(path)
            path = self._last_of(path)
        path = _join(path, last)
        self._mark(path)
        if brackets == "[[":
            self._counts[path] = self._counts.get(path, 0) + 1
            path = self._last_of(path)
            self._mark(path)
        self.at = after + len(brackets)
        return path

    def _last_of(self, path: str) -> str:
        """The entry that is being filled, where the path is that of a list of tables."""
        return f"{path}[{self._counts[path]}]" if path in self._counts else path

    def _key(self) -> list[str]:
        parts = []
        dot = "."
        while dot:
            found = self._match(_KEY)
            self.at, dot = found.end(), found[2]
            parts.append(found[1].strip("\"'"))
        return parts

    def _pair(self, table: str) -> None:
        start = self.at
        path = table
        for part in self._key():
            path = _join(path, part)
        self.at, after = start, self.text.index("=", self.at)
        self._mark(path)
        self.at = after + 1
        self._next()
        self._value(path)

    def _value(self, path: str) -> None:
        match self.text[self.at]:
            case "[":
                self._within("]", path, 0)
            case "{":
                self._within("}", path, None)
            case '"' | "'":
                self.at = self._match(_TEXT).end()
            case _:
                self.at = self._match(_BARE).end()

    def _within(self, closing: str, path: str, count: int | None) -> None:
        """The entries of a list, which are counted, or the pairs of a table in one line."""
        self.at += 1
        while self._next() != closing:
            if count is None:
                self._pair(path)
            else:
                count += 1
                self._mark(f"{path}[{count}]")
                self._value(f"{path}[{count}]")
        self.at += 1


def _join(path: str, part: str) -> str:
    return f"{path}.{part}" if path else part
