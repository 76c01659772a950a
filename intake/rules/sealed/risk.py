"""Whether what somebody writes may be dangerous: to them, to others, or because it accuses somebody who could read it.

A reading decides nothing. It leads to one neutral question, or to the card with the emergency numbers (LAW C4); whoever
writes has the last word. So it asks rather once too often than once too rarely, and takes no word for proof.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise

from intake.rules.text import without_marks

from . import risk_words as words
from .risk_weights import WEIGHTS


class Risk(StrEnum):
    """What a text may be about."""

    ORDINARY = "ordinary"
    CONDUCT = "conduct"
    DENUNCIATION = "denunciation"
    COMPLAINT = "complaint"
    EMERGENCY = "emergency"
    SELF_HARM_OR_VIOLENCE = "self_harm_or_violence"


_GAP = "…"
_WIDTH = 4
"""Words a gap may hold."""
_TONES = "̣̀́̉̃"
_TYPED_SHORT = {
    short: meant
    for meant, typed in (
        ("không", "ko k kh hk hok hông hổng hong hem khum kg hỏng chẳng chả"),
        ("được", "dc đc dk đk"), ("người", "ng"), ("người ta", "ngta"), ("cán bộ", "cb"), ("chủ tịch", "ct"),
        ("phó chủ tịch", "pct"), ("nhân viên", "nv"), ("ủy ban", "ubnd"), ("hồ sơ", "hs"), ("quyết định", "qd qđ"),
        ("khiếu nại", "kn"), ("điện thoại", "dt đt"), ("công an xã", "cax"), ("hợp tác xã", "htx"), ("giáo viên", "gv"),
        ("hóa đơn", "hd"),
        ("biên lai", "bl"), ("triệu", "tr"), ("với", "vs"), ("vào", "vô"), ("rơi", "rớt"), ("ngã", "té"),
        ("gọi", "kêu"),
        ("bọn", "tụi"), ("tôi", "tui tau"), ("mình", "mk"), ("gì", "j chi"), ("rồi", "r oy"),
        ("vậy", "z zậy"), ("như thế nào", "ntn"), ("luôn", "lun"), ("quá", "wá wa"),
    )
    for short in typed.split()
}  # fmt: skip
"""What is typed short, or said so in one region, and what it means."""
_SHORT_IN_TITLES = {short: meant for short, meant in _TYPED_SHORT.items() if short != "chi"}
"""The same, but for "chi": in a title it is a party cell or a branch."""
_WORD = re.compile(r"[^\W_]+")
_THEN = frozenset({"thi", "la", "moi"})
"""What begins the consequence, without marks."""
_ASKING = frozenset({"khong", "chua", "may", "nao"})
"""Last words of a question, without marks."""
_NUMBERS = re.compile(r"\d+|\D+")
_SENTENCE_ENDS = re.compile(r"[.!?;…]+\s+|\n+")
_SHORT = 6
"""Words below which a sentence is weighed together with the next, and a text not at all: too few say nothing."""
_STRETCH = 40
"""Words that are weighed together at most; a letter is weighed piece by piece, so that its rest drowns nothing."""
_DANGEROUS = 25
"""Weight above which what no phrase knows is taken for danger, in tenths (figures in docs/security.md)."""
_RATHER = 30
"""The same, where the only sign of an accusation is that somebody of the office is spoken of."""
_SIGN, _SIGNS = 8, 4
"""The weight of a sign that speaks of danger, and how many have to: a name or a date by itself says nothing."""
_HARMLESS = -20
"""Weight up to which a phrase of an emergency is one of everyday, where nothing happens now ("bình chữa cháy")."""


def _token(word: str) -> str:
    """One word in one form, its tone behind it: `hoà` and `hòa` are the same, wherever the tone is put."""
    apart = unicodedata.normalize("NFD", word)
    tone = "".join(sign for sign in apart if sign in _TONES)
    return unicodedata.normalize("NFC", "".join(sign for sign in apart if sign not in _TONES)) + tone


def _tokens(text: str, short: Mapping[str, str] = _TYPED_SHORT) -> list[str]:
    found: list[str] = []
    for word in _WORD.findall(unicodedata.normalize("NFC", text.casefold().replace("ð", "đ"))):
        for part in _NUMBERS.findall(word):  # "2tr": the number apart from what it counts
            if part == "k" and found and found[-1].isdecimal():  # "200k" is money, "200 k ai" hardly ever
                found.append("nghìn")
                continue
            found += short.get(part, part).split()
    return found


def typed_words(text: str) -> list[str]:
    """The words of a text in small letters, what is typed short written out; numbers apart from what they count."""
    return _tokens(text, _SHORT_IN_TITLES)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """What follows the first word: one of several words, or a gap (None); and whether it weighs less."""

    rest: tuple[frozenset[str] | None, ...]
    weak: bool


_Phrases = Mapping[str, Sequence[_Phrase]]
"""The phrases of a list by their first word."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What was typed, as words of one form, and the phrases of the lists in the same form."""

    words: tuple[str, ...]
    marked: bool

    def spans(self, lines: str) -> list[tuple[int, int, bool]]:
        """Where phrases of a list stand: first word, the one after the last, and whether it weighs less."""
        phrases = _phrases(lines, marked=self.marked)
        return [
            (start, end, phrase.weak)
            for start, word in enumerate(self.words)
            for phrase in phrases.get(word, ())
            if (end := _end(self.words, start + 1, phrase.rest))
        ]

    def has(self, lines: str) -> bool:
        return bool(self.spans(lines))

    def apart(self, lines: str, others: Sequence[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
        """Where phrases of a list stand that share no word with any of these others."""
        return [one for one in self.spans(lines) if not any(at < one[1] and one[0] < end for at, end, _ in others)]


def _said(text: str) -> _Said:
    typed = _tokens(text)
    marked = 4 * sum(not word.isascii() for word in _WORD.findall(text.casefold())) >= len(typed)
    return _Said(tuple(_token(word) if marked else without_marks(word) for word in typed), marked)


def _end(said: Sequence[str], at: int, rest: Sequence[frozenset[str] | None]) -> int:
    """Where the phrase ends whose remaining words begin here; 0 where it is another one."""
    for number, wanted in enumerate(rest):
        if wanted is None:
            ends = (_end(said, later, rest[number + 1 :]) for later in range(at, min(at + _WIDTH, len(said)) + 1))
            return next((end for end in ends if end), 0)
        if at >= len(said) or said[at] not in wanted:
            return 0
        at += 1
    return at


@cache
def _phrases(lines: str, *, marked: bool) -> _Phrases:
    by_first: dict[str, list[_Phrase]] = {}
    for line in lines.split("\n"):
        words = line.lstrip("~*").split()
        if not words or (not marked and ("*" in line or len(words) == 1)):
            continue
        parts = [None if word == _GAP else _ways(word, marked=marked) for word in words]
        for first in parts[0] or ():
            by_first.setdefault(first, []).append(_Phrase(tuple(parts[1:]), line.startswith("~")))
    return by_first


def _ways(word: str, *, marked: bool) -> frozenset[str]:
    ways = (token for one in words.CLASSES.get(word, word).split("|") for token in _tokens(one))
    return frozenset(_token(way) if marked else without_marks(way) for way in ways)


def signs(text: str) -> frozenset[str]:
    """What is weighed of a text: its words and pairs of words without marks, and its words as they were typed."""
    return _signs(_tokens(text))


def _signs(typed: Sequence[str]) -> frozenset[str]:
    plain = [without_marks(word) for word in typed]
    pairs = (f"{one}_{other}" for one, other in pairwise(plain))
    return frozenset([*typed, *plain, *pairs])


@cache
def _weights() -> Mapping[str, tuple[int, int]]:
    rows = (line.split() for line in WEIGHTS.split("\n") if line)
    return {sign: (int(danger), int(rather)) for sign, danger, rather in rows}


def _pieces(text: str) -> list[list[str]]:
    """A text in sentences, short ones with what follows them; a sentence without end in stretches that overlap."""
    pieces: list[list[str]] = [[]]
    for sentence in _SENTENCE_ENDS.split(text):
        if len(pieces[-1]) >= _SHORT:
            pieces.append([])
        pieces[-1] += _tokens(sentence)
    half = _STRETCH // 2
    return [piece[at : at + _STRETCH] for piece in pieces for at in range(0, max(len(piece) - half, 1), half)]


def _weighed(text: str) -> tuple[int, Risk | None]:
    """How much the most dangerous sentence of a text speaks of danger, and of which if enough signs do."""
    known = _weights()
    heaviest: tuple[int, Risk | None] = (0, None)
    for piece in _pieces(text):
        found = [known[sign] for sign in _signs(piece) if sign in known]
        weight = sum(danger for danger, _ in found)
        if len(piece) < _SHORT or (heaviest != (0, None) and weight <= heaviest[0]):
            continue
        rather = Risk.SELF_HARM_OR_VIOLENCE if sum(harm for _, harm in found) > 0 else Risk.EMERGENCY
        enough = sum(danger >= _SIGN for danger, _ in found) >= _SIGNS
        heaviest = (weight, rather if enough else None)
    return heaviest


def risk_of(text: str) -> Risk:
    """What a text may be about. Danger to life goes first, then what its writer says it is, then what it accuses.

    Phrases are looked for, and the words are weighed (decision 0029): what no phrase knows may be danger by its weight,
    and the phrase of an emergency in an everyday text may be none.
    """
    said = _said(text)
    weight, kind = _weighed(text)
    danger = _danger(said)
    if danger is Risk.EMERGENCY and weight <= _HARMLESS and not said.has(words.NOW):
        danger = None
    accusation = _accusation(said)
    enough = {None: _DANGEROUS, Risk.CONDUCT: _RATHER}.get(accusation)
    weighed = kind if enough is not None and weight > enough else None
    return danger or _complaint(said) or weighed or accusation or Risk.ORDINARY


def accuses(text: str, risk: Risk) -> bool:
    """Whether a text that was read as `risk` accuses somebody of the office; in danger from them, it does so too."""
    if risk not in (Risk.EMERGENCY, Risk.SELF_HARM_OR_VIOLENCE):
        return risk in (Risk.CONDUCT, Risk.DENUNCIATION)
    said = _said(text)
    return said.has(words.OFFICIALS) and _accusation(said) is Risk.DENUNCIATION


def _danger(said: _Said) -> Risk | None:
    calm = said.has(words.CALM)
    official = said.has(words.OFFICIALS)
    only_said_so = said.spans(words.HYPERBOLE)
    dangers = [
        one for one in said.spans(words.DANGERS) if not any(start <= one[0] < end for start, end, _ in only_said_so)
    ]
    if any(not weak for *_, weak in dangers) or (dangers and not calm and not official):
        return Risk.SELF_HARM_OR_VIOLENCE
    harmless = said.spans(words.HARMLESS)
    happening = said.apart(words.EMERGENCIES, harmless)
    if any(not weak for *_, weak in happening) and not (calm and not said.has(words.NOW)):
        return Risk.EMERGENCY
    if happening and not calm and not official:
        return Risk.EMERGENCY
    if calm or official or said.has(words.REQUESTS) or not said.has(words.PEOPLE):
        return None
    return Risk.EMERGENCY if said.apart(words.HAZARDS, harmless) else None


def _complaint(said: _Said) -> Risk | None:
    """A decision about somebody, and that they do not accept it; or the word for the paper itself."""
    asks_about_law = said.has(words.CALM)
    if said.has(words.FORMAL) and not asks_about_law:
        return Risk.COMPLAINT
    if said.has(words.DECISIONS) and said.has(words.DISAGREEMENT):
        return Risk.COMPLAINT
    return None


def _accusation(said: _Said) -> Risk | None:
    denied = said.spans(words.NEGATIONS)
    deeds = [one for one in said.spans(words.DEEDS) if not _denied(said, denied, one)]
    manners = [one for one in said.spans(words.MANNERS) if not _follows(denied, one)]
    official = said.has(words.OFFICIALS)
    asks = said.has(words.REQUESTS)
    thanks = said.has(words.PRAISE)
    weight = sum(1 if weak else 2 for *_, weak in deeds) + (1 if official else 0)
    if deeds and weight >= (3 if asks or thanks else 2):
        return Risk.DENUNCIATION
    if manners and (official or any(not weak for *_, weak in manners)):
        return Risk.CONDUCT
    works = said.has(words.WORK) and not said.has(words.MONEY)
    asks = asks or any(without_marks(word) in _ASKING for word in said.words[-1:])
    if official and not (asks or thanks or works):
        return Risk.CONDUCT
    return None


def _follows(denied: Iterable[tuple[int, int, bool]], one: tuple[int, int, bool]) -> bool:
    """Whether a phrase stands right behind a word that denies it: "không ai vòi vĩnh"."""
    return any(end <= one[0] <= end + 1 and start < one[0] for start, end, _ in denied)


def _denied(said: _Said, denied: Iterable[tuple[int, int, bool]], one: tuple[int, int, bool]) -> bool:
    """Whether a deed is denied; "không có phong bì thì chờ" says what happens without it, and denies nothing."""
    behind = said.words[one[1] : one[1] + 2]
    return _follows(denied, one) and not any(without_marks(word) in _THEN for word in behind)
