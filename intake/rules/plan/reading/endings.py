"""How a paper ends: who receives it and what for (R190), and who signs it for whom (R204)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from intake.rules.plan.reading.paper_text import PaperText
from intake.rules.plan.reading.vocabulary import CAPITALS, loose

_RECEIVED = re.compile(r"^[ \t]*noi\s+(?:nhan|gui)(?=[ \t]*(?:[:;.\n+•–-]|\Z)| {3}|\t)[ \t]*:?", re.MULTILINE)
_ITEM = re.compile(r"[ \t]*[-–•+][ \t]*(?P<item>(?:\d{1,2} )?[^\W\d_](?:(?! {3}|\t)[^\n])*)")
_SECOND_COLUMN = re.compile(r"(?: {3,}|\t)[ \t]*(?P<words>\S[^\n]*)")
_PURPOSES = (
    ("report", loose(r"[({] ?(?:de )?(?:b/c|bao cao)")),
    ("coordinate", loose(r"[({] ?(?:de )?(?:p/h|phoi hop)")),
    ("carry_out", loose(r"[({] ?(?:de )?(?:t/h|thuc hien)")),
    ("file", loose(r"luu\b")),
)
_FOR = re.compile(r"\s*[({}].*$", re.DOTALL)
_ENDS = 2500
"""So many letters at the end of a paper are looked at for a signature."""
_AUTHORITY = re.compile(r"(?:T/M|TM\.?|T/L|TL\.?|TUQ\.?|K/T|KT\.?|Q\.)\s+\S[^\n]{3,60}")
_TITLE = re.compile(
    r"(?:PHÓ |QUYỀN )?(?:CHỦ TỊCH|BÍ THƯ|CHÁNH VĂN PHÒNG|TRƯỞNG BAN|TRƯỞNG PHÒNG)(?: THƯỜNG TRỰC)?"
    r"|BÍ THƯ ĐẢNG ỦY|CHỦ TỊCH UBND(?: XÃ| PHƯỜNG)?"
)
_NAME = re.compile(rf"[{CAPITALS}][^\W\d_]+(?: [{CAPITALS}][^\W\d_]*){{1,4}}")
_NO_NAME = re.compile(r"Nơi |Như |Các |Ủy |Đảng |Thường ")


@dataclass(frozen=True, slots=True)
class PaperRecipient:
    """Somebody who receives the paper; `purpose` as in the block "Nơi nhận", `unstated` where it says none."""

    who: str
    purpose: str
    phrase: str


@dataclass(frozen=True, slots=True)
class PaperSignature:
    """Who signs, and for whom; `authority` is None where a head signs in person."""

    title: str
    name: str
    authority: str | None
    phrase: str


def read_recipients(text: PaperText) -> list[PaperRecipient]:
    """The entries behind the last "Nơi nhận", up to a line that is none; a second column beside them is left out.

    A brace says what its line and those above it receive the paper for, up to one that has a purpose of its own.
    """
    heads = list(_RECEIVED.finditer(text.folded))
    if not heads:
        return []
    found: list[PaperRecipient] = []
    for start, end in _lines(text, heads[-1].end()):
        item = _ITEM.match(text.flat, start, end)
        if item is not None:
            found += _recipient(text, *item.span("item"))
            if found and "}" in item["item"]:
                found = _shared(found)
        elif found and not text.flat[start:end].startswith("   "):
            break
    return found


def _shared(found: list[PaperRecipient]) -> list[PaperRecipient]:
    """With the purpose of the last one given to those right above it that have none."""
    purpose = found[-1].purpose
    stated = [place for place, one in enumerate(found[:-1]) if one.purpose != "unstated"]
    first = stated[-1] + 1 if stated else 0
    return [*found[:first], *(replace(one, purpose=purpose) for one in found[first:])]


def _recipient(text: PaperText, start: int, end: int) -> Iterator[PaperRecipient]:
    purpose = next((name for name, says in _PURPOSES if says.search(text.folded, start, end)), "unstated")
    if purpose == "file" and not text.folded.startswith("luu", start):
        purpose = "unstated"
    who = _FOR.sub("", text.words(start, end)).strip(" ;,.}")
    if len(who) > 1:
        yield PaperRecipient(who, purpose, text.phrase(start, end).strip(" ;,."))


def read_signature(text: PaperText) -> PaperSignature | None:
    """The post in capitals at the end with the name below it, and for whom that person signs; None without a name."""
    column = list(_signing(text))
    for place in range(len(column) - 1, -1, -1):
        title = _TITLE.fullmatch(column[place][0])
        below = column[place + 1 :]
        if title is None:
            continue
        name = next((one for one in below if _NAME.fullmatch(one[0]) and not _NO_NAME.match(one[0])), None)
        if name is None:
            return None
        for_whom = [one for one in column[:place] if _AUTHORITY.fullmatch(one[0])]
        whole = text.phrase(column[place][1][0], name[1][1])
        phrase = whole if whole == f"{title[0]} {name[0]}" else text.phrase(*name[1])
        authority = " ".join(words for words, _ in for_whom) or None
        return PaperSignature(title[0], name[0], authority, phrase)
    return None


def _signing(text: PaperText) -> Iterator[tuple[str, tuple[int, int]]]:
    """The lines of the end of a paper, without the recipients in a column beside them, each with where it stands."""
    for start, end in _lines(text, max(0, len(text.flat) - _ENDS)):
        item = _ITEM.match(text.flat, start, end)
        begins = start if item is None else item.end()
        beside = _SECOND_COLUMN.search(text.flat, begins, end)
        if item is not None and beside is None:
            continue
        if beside is not None:
            begins = beside.start("words")
        yield text.words(begins, end), (begins, end)


def _lines(text: PaperText, start: int) -> Iterator[tuple[int, int]]:
    for found in re.finditer(r"[^\n]*\S[^\n]*", text.flat[start:]):
        yield start + found.start(), start + found.end()
