"""Turns of one dialogue: "Đợt 1", "Cụm 2", "Cuộc thứ hai", under headings of their own or named in every section.

A paper that has its times in one section, its people in another and its places in a third says by the same words which
belong together: "Kỳ 1: trung tuần tháng 3", and elsewhere "Kỳ 1: Nhân dân tổ dân phố Toàn Mỹ".
"""

from dataclasses import dataclass

from intake.rules.plan.reading.paper_text import PaperText, Paragraph
from intake.rules.plan.reading.vocabulary import loose

_NUMBERS = {"nhat": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_TURN = r"\b(?P<kind>dot|cum|buoi|lan|hoi nghi|cuoc|ky|phien|dien) (?:thu )?"
_NAMED = loose(_TURN, rf"(?P<n>\d{{1,2}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})\b")
_ONE_OF_MANY = loose(r"\b(?:dot|cum|buoi|lan|hoi nghi|cuoc) (?:thu )?(?:\d|nhat|hai|mot|i)")
_ONLY_PLACE = loose(r"\bdia diem\b|^noi to chuc")


@dataclass(frozen=True, slots=True)
class Turns:
    """Of the headings of a paper: where each says its place, and which have, by label, what another beside them has."""

    places: dict[int, Paragraph]
    alike: set[tuple[int, str]]


def turns_of(text: PaperText) -> Turns:
    """Look at every heading of a paper once."""
    places: dict[int, Paragraph] = {}
    beside: dict[tuple[str, int, tuple[int, ...]], set[int]] = {}
    for paragraph in text.paragraphs:
        if not paragraph.label or not paragraph.above:
            continue
        turn = text.paragraphs[paragraph.above[-1]]
        beside.setdefault((paragraph.label, turn.level, turn.above), set()).add(paragraph.above[-1])
        if only_place(paragraph):
            places.setdefault(paragraph.above[-1], paragraph)
    alike = {(turn, label) for (label, _, _), turns in beside.items() if len(turns) > 1 for turn in turns}
    return Turns(places, alike)


def only_place(paragraph: Paragraph) -> bool:
    """Whether it is labelled as the place ("Địa điểm: …")."""
    return _ONLY_PLACE.search(paragraph.label) is not None


def names_a_turn(words: str) -> bool:
    """Whether folded words name a turn, "đợt 1"."""
    return _ONE_OF_MANY.search(words) is not None


def is_one_of_many(text: PaperText, paragraph: Paragraph, turns: Turns) -> bool:
    """Whether it stands under a turn: "Cụm 1", or a heading with its own "Thời gian" beside another that has one."""
    turn = text.paragraphs[paragraph.above[-1]] if paragraph.above else paragraph
    named = names_a_turn(text.folded[turn.body : turn.end])
    return named or (bool(paragraph.above) and (paragraph.above[-1], paragraph.label) in turns.alike)


def same_turn(text: PaperText, at: int, start: int, end: int) -> list[Paragraph]:
    """The other paragraphs between two places that begin with the name of the turn whose paragraph has place `at`."""
    own = next((one for one in text.paragraphs if one.start <= at < one.end), None)
    name = _name(text, own) if own else None
    if own is None or name is None:
        return []
    return [one for one in text.paragraphs if start <= one.start < end and one is not own and _name(text, one) == name]


def _name(text: PaperText, paragraph: Paragraph) -> tuple[str, int] | None:
    found = _NAMED.match(text.folded, paragraph.body, paragraph.end)
    return (found["kind"], _NUMBERS.get(found["n"]) or int(found["n"])) if found else None
