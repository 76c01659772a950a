"""Turns of one dialogue: "Đợt 1", "Cụm 2", "Cuộc thứ hai", under headings of their own or named in every section.

A paper that has its times in one section, its people in another and its places in a third says by the same words which
belong together: "Kỳ 1: trung tuần tháng 3", and elsewhere "Kỳ 1: Nhân dân tổ dân phố Toàn Mỹ".
"""

import re
from dataclasses import dataclass

from intake.rules.plan.reading.paper_text import PaperText, Paragraph
from intake.rules.plan.reading.vocabulary import HAMLETS, loose, one_of

_NUMBERS = {"nhat": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_TURN = r"\b(?P<kind>dot|cum|diem|buoi|lan|hoi nghi|cuoc|ky|phien|dien|quy) (?:thu )?"
_NUMBER = rf"(?P<n>\d{{1,2}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})\b"
_NAMED = loose(_TURN, _NUMBER)
_HALF_DAY = loose(r"(?P<kind>buoi|vao buoi) (?P<n>sang|chieu|toi)\b")
_IN_BRACKETS = loose(r"\( ?", _TURN, _NUMBER, r" ?\)[\s.]*$")
_CALLED = loose(
    rf"(?P<kind>diem(?: doi thoai| cau)?|cum(?: dan cu)?|lien (?:thon|ap|ban|khu|xom)|{one_of(*HAMLETS)})",
    r" (?P<n>[^:;,.()\n]{1,40}?) ?(?=:|\(|\bgom\b|[-–] )",
)
"""A turn that is called by the place: "Điểm Hà Lâm gồm thôn 1, thôn 2"."""
_PIECES = re.compile(rf"(?:[^;.]|\.(?!\s+{_TURN.replace(' ', chr(92) + 's+')}))+")
_ONE_OF_MANY = loose(r"\b(?:dot|cum|buoi|lan|hoi nghi|cuoc) (?:thu )?(?:\d|nhat|hai|mot|i)")
_PEOPLE = loose(
    rf"doi tuong|thanh phan|dai bieu|nhan dan|(?:(?:cac|gom|gom cac) )?{one_of(*HAMLETS)}(?: (?:tham du|tham gia|du))?$"
)
_ONLY_PLACE = loose(r"\bdia diem\b|^noi to chuc")


_MOST_SECTIONS = 8
"""No paper says of a turn in more places than that what belongs to it."""


@dataclass(frozen=True, slots=True)
class TurnWords:
    """A clause about one turn, by kind and number; `words` is where it stands what is said of it."""

    start: int
    end: int
    name: tuple[str, str]
    words: tuple[int, int]
    paragraph: Paragraph


@dataclass(frozen=True, slots=True)
class Turns:
    """Of the headings of a paper: where each says its place and its people, and which say what others say, by label."""

    places: dict[int, Paragraph]
    people: dict[int, Paragraph]
    alike: set[tuple[int, str]]


def turns_of(text: PaperText) -> Turns:
    """Look at every heading of a paper once."""
    places: dict[int, Paragraph] = {}
    people: dict[int, Paragraph] = {}
    beside: dict[tuple[str, int, tuple[int, ...]], set[int]] = {}
    for paragraph in text.paragraphs:
        if not paragraph.label or not paragraph.above:
            continue
        turn = text.paragraphs[paragraph.above[-1]]
        beside.setdefault((paragraph.label, turn.level, turn.above), set()).add(paragraph.above[-1])
        if only_place(paragraph):
            places.setdefault(paragraph.above[-1], paragraph)
        elif _PEOPLE.match(paragraph.label):
            people.setdefault(paragraph.above[-1], paragraph)
    alike = {(turn, label) for (label, _, _), turns in beside.items() if len(turns) > 1 for turn in turns}
    return Turns(places, people, alike)


def only_place(paragraph: Paragraph) -> bool:
    """Whether it is labelled as the place ("Địa điểm: …")."""
    return _ONLY_PLACE.search(paragraph.label) is not None


def names_a_turn(words: str) -> bool:
    """Whether folded words name a turn, "đợt 1"."""
    return _ONE_OF_MANY.search(words) is not None


def is_one_of_many(text: PaperText, paragraph: Paragraph, turns: Turns) -> bool:
    """Whether it stands under a turn: "Cụm 1", or a heading with its own "Thời gian" beside another that has one."""
    turn = text.paragraphs[paragraph.above[-1]] if paragraph.above else paragraph
    return names_a_turn(text.folded[turn.body : turn.end]) or is_a_turns_own(paragraph, turns)


def is_a_turns_own(paragraph: Paragraph, turns: Turns) -> bool:
    """Whether its heading stands beside others under which the same is said, so that it is not said of all."""
    return bool(paragraph.above) and (paragraph.above[-1], paragraph.label) in turns.alike


def turns_told(text: PaperText, start: int, end: int) -> dict[tuple[str, str], list[TurnWords]]:
    """What is said between two places of each turn, by its kind and number, in the order of the paper."""
    told: dict[tuple[str, str], list[TurnWords]] = {}
    for paragraph in text.paragraphs:
        if start <= paragraph.start < end:
            for one in _told(text, paragraph):
                told.setdefault(one.name, []).append(one)
    return told


def same_turn(told: dict[tuple[str, str], list[TurnWords]], at: int) -> list[TurnWords]:
    """What else is said of the turn in whose words the place `at` stands.

    Nothing where it is named so often that its name tells no turn from another.
    """
    for found in told.values():
        own = next((one for one in found if one.start <= at < one.end), None) if len(found) <= _MOST_SECTIONS else None
        if own is not None:
            return [one for one in found if one is not own]
    return []


def _told(text: PaperText, paragraph: Paragraph) -> list[TurnWords]:
    """The clauses of a paragraph that are about one turn: "Đợt 1 …; đợt 2 …", "hộ dân thôn Đông (đợt 1)"."""
    found: list[TurnWords] = []
    of_a_turn = (
        _NAMED.match(paragraph.label) or _HALF_DAY.match(paragraph.label) or _CALLED.match(f"{paragraph.label}:")
    )
    begin = paragraph.after_label if paragraph.label and not of_a_turn else paragraph.body
    for piece in _PIECES.finditer(text.folded[begin : paragraph.end]):
        start, end = begin + piece.start(), begin + piece.end()
        said = start + len(piece[0]) - len(piece[0].lstrip(" .\n"))
        first = _NAMED.match(text.folded, said, end) or _HALF_DAY.match(text.folded, said, end)
        last = None if first else _IN_BRACKETS.search(text.folded, start, end)
        first = first or (None if last else _CALLED.match(text.folded, said, end))
        name = first or last
        if name:
            behind = text.folded[name.end() : end]
            words = (end - len(behind.lstrip(" :,-–\n")), end) if first else (start, name.start())
            called = " ".join(name["n"].split())
            number = str(_NUMBERS.get(called, called)).lstrip("0")
            found.append(TurnWords(start, end, (name["kind"], number), words, paragraph))
    return found
