"""The settings of nginx and Caddy as a tree of directives: enough of their two languages to read our own files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_NGINX = re.compile(r"\s+|#[^\n]*|(\"[^\"]*\"|[{};]|[^\s{};\"]+)")
_END, _OPEN, _CLOSE = ";", "{", "}"


class Unreadable(Exception):
    """What stands there is not the language; the words say where."""


@dataclass(frozen=True)
class Directive:
    """A word, what it is given, and what stands between its braces."""

    name: str
    arguments: tuple[str, ...] = ()
    inner: tuple["Directive", ...] = field(default=())

    def all(self, name: str) -> list["Directive"]:
        """Those of this name directly inside."""
        return [one for one in self.inner if one.name == name]

    def value(self, name: str) -> str | None:
        """What the one directive of this name inside is given; None without one."""
        found = self.all(name)
        if len(found) > 1:
            raise Unreadable(f"{name} stands twice in {self.name}")
        return " ".join(found[0].arguments) if found else None


def read_nginx(text: str) -> Directive:
    """The whole file as one directive without a name. Raises `Unreadable`."""
    words, place = [], 0
    while place < len(text):
        match = _NGINX.match(text, place)
        if match is None:
            raise Unreadable(text[place : place + 40])
        if match[1]:
            words.append(match[1])
        place = match.end()
    return _whole(words)


def read_caddy(text: str) -> Directive:
    """The same for a Caddyfile, in which the line's end ends a directive and a brace stands at the end of its line."""
    words: list[str] = []
    for line in text.splitlines():
        said = re.sub(r"(^|\s)#.*", "", line).split()
        words += said
        if said and said[-1] not in (_OPEN, _CLOSE):
            words.append(_END)
    return _whole(words)


def _whole(words: list[str]) -> Directive:
    stream = iter(words)
    whole = Directive("", inner=tuple(_inner(stream, top=True)))
    left = list(stream)
    if left:
        raise Unreadable(f"a brace too many before {left[:3]}")
    return whole


def _inner(stream: Iterator[str], *, top: bool = False) -> Iterator[Directive]:
    said: list[str] = []
    for word in stream:
        if word not in (_END, _OPEN, _CLOSE):
            said.append(word)
            continue
        if word == _CLOSE:
            if said or top:
                raise Unreadable(f"a closing brace after {said}")
            return
        if not said and not (top and word == _OPEN):  # Caddy's own options stand in braces with nothing before them
            raise Unreadable(f"nothing before {word}")
        inner = tuple(_inner(stream)) if word == _OPEN else ()
        yield Directive("".join(said[:1]), tuple(said[1:]), inner)
        said = []
    if said or not top:
        raise Unreadable(f"the file ends within {said or 'a block'}")
