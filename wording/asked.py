"""What a plan leaves open, said in the language of whoever reads it.

A plan is a paper of the office: what it asks is written in Vietnamese and may be written otherwise by hand. Where it is
a sentence of the catalogue still, that sentence is said in the reader's language; the office's own words stay.
"""

import re
from functools import cache
from string import Formatter

from intake.rules.message import Term
from locales import catalogue

_OFFICE = "vi"
_OURS = ("asked.", "reading.gap_")


def said(text: str) -> str | Term:
    """The sentence of the catalogue that a text of a plan is, with what goes into it; else the text."""
    for key, sentence in _sentences():
        found = sentence.fullmatch(text)
        if found:
            return Term(key, {name: said(value) for name, value in found.groupdict().items()})
    return text


@cache
def _sentences() -> "tuple[tuple[str, re.Pattern[str]], ...]":
    """Patterns of our sentences by msgid, those with the most words of their own first."""
    ours = {key: str(sentence) for key, sentence in catalogue(_OFFICE).items() if key.startswith(_OURS)}
    ranked = sorted(ours, key=lambda key: -sum(len(words) for words, *_ in Formatter().parse(ours[key])))
    return tuple((key, _pattern(ours[key])) for key in ranked)


def _pattern(sentence: str) -> "re.Pattern[str]":
    """A pattern for a sentence whose placeholders are groups; one that comes again is the same words again."""
    pattern, named = "", set[str]()
    for words, name, _, _ in Formatter().parse(sentence):
        pattern += re.escape(words)
        if name:
            pattern += f"(?P={name})" if name in named else f"(?P<{name}>.+?)"
            named.add(name)
    return re.compile(pattern, re.DOTALL)
