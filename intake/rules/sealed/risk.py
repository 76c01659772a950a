"""Whether what somebody writes may be dangerous: to them, to others, or because it accuses somebody who could read it.

A reading decides nothing. It leads to one neutral question, or to the card with the emergency numbers (LAW C4); whoever
writes has the last word. So it asks rather once too often than once too rarely, and takes no word for proof.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache, partial
from hashlib import blake2b
from itertools import pairwise
from math import inf

from intake.rules.text import without_marks

from . import risk_words as words
from .risk_subjects import SUBJECTS
from .risk_weighing import signs, sums


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
        ("bọn", "tụi"), ("tôi", "tui tau"), ("mình", "mk"), ("gì", "j chi"), ("rồi", "r oy"), ("em", "e"),
        ("chồng", "ck"), ("vợ", "vk"), ("nước", "nc nác"), ("trước", "trc"), ("mới", "ms"), ("làm", "lm mần"),
        ("bác sĩ", "bs"), ("gia đình", "gđ gd"), ("số điện thoại", "sđt sdt"), ("ủy ban", "ub"), ("muốn", "mún"),
        ("không", "nỏ"), ("vậy", "rứa dzậy"), ("đó", "nớ"), ("này", "ni"), ("biết", "bít"), ("yêu cầu", "yc"),
        ("vậy", "z zậy"), ("như thế nào", "ntn"), ("luôn", "lun"), ("quá", "wá wa"),
    )
    for short in typed.split()
}  # fmt: skip
"""What is typed short, or said so in one region, and what it means."""
_SHORT_IN_TITLES = {short: meant for short, meant in _TYPED_SHORT.items() if short not in ("chi", "e", "ni")}
"""The same, but for "chi", a party cell or a branch in a title, and what may be part of a name."""
_WORD = re.compile(r"[^\W_]+")
_THEN = frozenset({"thi", "la", "moi"})
"""What begins the consequence, without marks."""
_NUMBERS = re.compile(r"\d+|\D+")
_SENTENCE_ENDS = re.compile(r"[.!?;…]+\s+|\n+")
_CLAUSE_ENDS = re.compile(r"[,:;]\s+")
_SHORT = 6
"""Words below which a sentence is weighed together with the next: too few say nothing."""
_STRETCH = 40
"""Words that are weighed together at most; a letter is weighed piece by piece, so that its rest drowns nothing."""
_SAYS_LITTLE = 4
"""Different words below which only phrases accuse: of a name, a subject or "alo alo alo alo" nothing is known."""
_NEARLY, _HARDLY = -17.0, -26.0
"""By how much danger may fall short of everything else and be taken for one: without a phrase of anything, and with one
of danger. Where a phrase accuses, it has to outweigh everything else. In a few words without a phrase it may fall short
by half as much, for a greeting or the caption of a picture ("ảnh sáng nay") is soon nearly anything."""
_DOUBTFUL, _EVERYDAY = -12.0, -20.0
"""The same for what is asked about; the figures are in docs/security.md."""
_PIECE = 5.0
"""By how much a sentence of a letter counts less than a text of its own: of many, one soon misleads."""
_ASKED_POLITELY = 30.0
"""By how much danger has to outweigh everything else in one clause of a request: the formulas around it are everyday
ones ("Kính mong xã xem xét giúp đỡ, …") and would drown it."""
_FAR_FROM_EVERYDAY = 25.0
"""By how much danger has to outweigh the ordinary to be one though an accusation outweighs it: both are answered."""
_CRIES = frozenset({"cháy", "chay", "cứu", "cuu", "cíu", "ciu", "sos", "help"})
"""What cries for help where it is all that is written; beside other words it may mean anything."""
_LATELY = 512
"""Texts of which it is known what they were read as."""
_read_lately: dict[bytes, Risk] = {}
_DANGER = (Risk.EMERGENCY, Risk.SELF_HARM_OR_VIOLENCE)
_ACCUSES = (Risk.CONDUCT, Risk.DENUNCIATION)
_ASKED = (*_ACCUSES, Risk.COMPLAINT)


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
    """What it belongs to; what follows its first word: some words, or a gap (None); and whether it weighs less."""

    belongs: str
    rest: tuple[tuple[str, ...] | None, ...]
    weak: bool


@dataclass(frozen=True, slots=True)
class _Beginning:
    """Phrases that begin with one word.

    Kept by the word behind it, but for those that end there or have a gap. Nearly every word of a text begins some
    phrase, hardly any two of them do.
    """

    by_second: dict[str, list[_Phrase]] = field(default_factory=dict)
    others: list[_Phrase] = field(default_factory=list)

    def add(self, phrase: _Phrase) -> None:
        """Keep a phrase under every word that may stand second in it."""
        seconds = phrase.rest[0] if phrase.rest else None
        for second in seconds or ():
            self.by_second.setdefault(second, []).append(phrase)
        if seconds is None:
            self.others.append(phrase)

    def before(self, second: str) -> Sequence[_Phrase]:
        """What may stand where this word is the second."""
        return [*self.by_second.get(second, ()), *self.others]


_Phrases = Mapping[str, _Beginning]
"""Phrases by their first word."""
_NONE = _Beginning()


@dataclass(frozen=True, slots=True)
class _Said:
    """What was typed, as words of one form, and where phrases stand in it: by list, and of which subject."""

    words: tuple[str, ...]
    found: Mapping[str, Sequence[tuple[int, int, bool]]]
    about: Sequence[tuple[int, int, str]]

    def spans(self, lines: str) -> Sequence[tuple[int, int, bool]]:
        """Where phrases of a list stand: first word, the one after the last, and whether it weighs less."""
        return self.found.get(lines, ())

    def subjects(self, part: range) -> frozenset[str]:
        """The subjects of which a whole phrase stands in a part."""
        return frozenset(subject for start, end, subject in self.about if part.start <= start and end <= part.stop)

    def has(self, lines: str) -> bool:
        return bool(self.spans(lines))

    def apart(self, lines: str, others: Sequence[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
        """Where phrases of a list stand that share no word with any of these others."""
        return [one for one in self.spans(lines) if not any(at < one[1] and one[0] < end for at, end, _ in others)]


def _is_marked(text: str) -> bool:
    """Whether a text is typed with marks: at least one of four words has some, as they were typed."""
    typed = _WORD.findall(text.casefold())
    return 4 * sum(not word.isascii() for word in typed) >= len(typed)


def _said(typed: Sequence[str], *, marked: bool) -> _Said:
    said = tuple(_token(word) if marked else without_marks(word) for word in typed)
    lists, subjects = _lists(marked=marked), _subjects(marked=marked)
    found: dict[str, list[tuple[int, int, bool]]] = {}
    about: list[tuple[int, int, str]] = []
    for start, (word, second) in enumerate(pairwise((*said, ""))):
        for phrase in lists.get(word, _NONE).before(second):
            if end := _end(said, start + 1, phrase.rest):
                found.setdefault(phrase.belongs, []).append((start, end, phrase.weak))
        about += [
            (start, end, phrase.belongs)
            for phrase in subjects.get(word, _NONE).before(second)
            if (end := _end(said, start + 1, phrase.rest))
        ]
    return _Said(said, found, about)


def _end(said: Sequence[str], at: int, rest: Sequence[tuple[str, ...] | None]) -> int:
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
def _lists(*, marked: bool) -> _Phrases:
    """The phrases of all lists; each belongs to the list it stands in."""
    return _by_first_word({lines: lines for lines in _LISTS.values()}, marked=marked)


@cache
def _subjects(*, marked: bool) -> _Phrases:
    """The phrases of all subjects; each belongs to the subject it stands under."""
    listed = {
        subject: "\n".join(" ".join(phrase.split()) for phrase in phrases.split(","))
        for subject, phrases in SUBJECTS.items()
    }
    return _by_first_word(listed, marked=marked)


def _by_first_word(listed: Mapping[str, str], *, marked: bool) -> _Phrases:
    ways_of = cache(partial(_ways, marked=marked))  # a word stands in many phrases: taken apart once, kept once
    by_first: dict[str, _Beginning] = {}
    for belongs, lines in listed.items():
        for line in lines.split("\n"):
            words = line.lstrip("~*").split()
            if not words or (not marked and ("*" in line or len(words) == 1)):
                continue
            first, *rest = (None if word == _GAP else ways_of(word) for word in words)
            phrase = _Phrase(belongs, tuple(rest), line.startswith("~"))
            for one in first or ():
                by_first.setdefault(one, _Beginning()).add(phrase)
    return by_first


def _ways(word: str, *, marked: bool) -> tuple[str, ...]:
    """How one word of a phrase may stand there; they are few, and a set of them takes four times the memory."""
    ways = (token for one in words.CLASSES.get(word, word).split("|") for token in _tokens(one))
    return tuple(dict.fromkeys(_token(way) if marked else without_marks(way) for way in ways))


_LISTS: Mapping[str, str] = {
    name: getattr(words, name)
    for name in (
        *("OFFICIALS", "DEEDS", "MANNERS", "DANGERS", "EMERGENCIES", "HAZARDS", "PEOPLE", "CALM", "REQUESTS", "PRAISE"),
        *("NEGATIONS", "NOW", "DECISIONS", "DISAGREEMENT", "FORMAL", "MONEY", "WORK", "HARMLESS", "HYPERBOLE"),
    )
}
"""The lists whose phrases are signs too, by what they are called among the weights."""
_OF_THINGS_TOO = frozenset({"EMERGENCIES", "HAZARDS"})
"""Those of them whose phrases are no sign where they share a word with what is harmless: "trâu đi lạc"."""


def signs_of(text: str) -> frozenset[str]:
    """What is weighed of a text (see `risk_weighing.signs`)."""
    typed = _tokens(text)
    return _signs_of(typed, _said(typed, marked=_is_marked(text)), range(len(typed)), asks="?" in text)


def _signs_of(typed: Sequence[str], said: _Said, part: range, *, asks: bool) -> frozenset[str]:
    """The signs of a part of a text: its words, the lists and the subjects of which a whole phrase stands in it."""
    harmless = said.spans(words.HARMLESS)
    found = {
        f"~{name}" if weak else name
        for name, lines in _LISTS.items()
        for start, end, weak in (said.apart(lines, harmless) if name in _OF_THINGS_TOO else said.spans(lines))
        if part.start <= start and end <= part.stop
    }
    return signs(typed[part.start : part.stop], found, said.subjects(part), asks=asks)


def _pieces(text: str, typed: Sequence[str]) -> list[range]:
    """The sentences of a text by its words, short ones with what follows them; long ones in stretches that overlap."""
    sentences = _SENTENCE_ENDS.split(text)
    if len(sentences) == 1 and len(typed) <= _STRETCH:
        return [range(len(typed))]
    ends = [0]
    for sentence in sentences:
        end = ends[-1] + len(_tokens(sentence))
        if len(ends) > 1 and ends[-1] - ends[-2] < _SHORT:
            ends[-1] = end
        else:
            ends.append(end)
    half = _STRETCH // 2
    return [
        range(at, min(at + _STRETCH, end))
        for start, end in pairwise(ends)
        for at in range(start, max(end - half, start + 1), half)
    ]


def _clauses(text: str) -> list[range]:
    """What stands between the commas of a text, by its words; of a few words nothing is known."""
    ends = [0]
    for clause in _CLAUSE_ENDS.split(text):
        ends.append(ends[-1] + len(_tokens(clause)))
    return [range(start, end) for start, end in pairwise(ends) if end - start >= _SAYS_LITTLE]


@dataclass(frozen=True, slots=True)
class _Weighed:
    """By how much danger outweighs everything else, what is asked about the ordinary, and which kind that is.

    `befalls` is by how much danger outweighs the ordinary alone.
    """

    danger: float
    befalls: float
    danger_kind: Risk
    asked: float
    asked_kind: Risk

    def together(self, other: "_Weighed", *, less: float) -> "_Weighed":
        """The text with one of its pieces, which counts where it weighs more by so much."""
        more, rather = other.danger - less > self.danger, other.asked - less > self.asked
        return _Weighed(
            other.danger - less if more else self.danger,
            max(other.befalls - less, self.befalls),
            other.danger_kind if more else self.danger_kind,
            other.asked - less if rather else self.asked,
            other.asked_kind if rather else self.asked_kind,
        )


def _weighed(found: frozenset[str]) -> _Weighed:
    weight = sums(found)
    danger, accused = max(_DANGER, key=weight.__getitem__), max(_ASKED, key=weight.__getitem__)
    return _Weighed(
        weight[danger] - max(weight[Risk.ORDINARY], weight[accused]),
        weight[danger] - weight[Risk.ORDINARY],
        danger,
        weight[accused] - weight[Risk.ORDINARY],
        accused,
    )


def _weigh(text: str, typed: Sequence[str], said: _Said) -> _Weighed:
    """A whole text, each of its pieces where it has several, and of a request each clause, for danger alone."""
    weighed = _weighed(_signs_of(typed, said, range(len(typed)), asks="?" in text))
    pieces = [piece for piece in _pieces(text, typed) if len(piece) >= _SHORT]
    if len(pieces) > 1:
        for piece in pieces:
            weighed = weighed.together(_weighed(_signs_of(typed, said, piece, asks=False)), less=_PIECE)
    if said.has(words.REQUESTS):
        for clause in _clauses(text):
            alone = replace(_weighed(_signs_of(typed, said, clause, asks=False)), asked=-inf)
            weighed = weighed.together(alone, less=_ASKED_POLITELY)
    return weighed


def risk_of(text: str) -> Risk:
    """What a text may be about. Danger to life goes first, then what its writer says it is, then what it accuses.

    A question is read when it is said, and again when it is sent: what was read lately is known by its digest. The text
    itself is not kept.
    """
    digest = blake2b(text.encode(), digest_size=16).digest()
    risk = _read_lately.get(digest)
    if risk is None:
        risk = _read_lately[digest] = _read(text)
        if len(_read_lately) > _LATELY:
            del _read_lately[next(iter(_read_lately))]
    return risk


def _read(text: str) -> Risk:
    """What `risk_of` says of a text it has not read lately.

    Phrases are looked for, and everything is weighed (decision 0026): phrases find what is said outright, weights
    what is told in another way, and where a phrase hit upon an everyday text.
    """
    typed = _tokens(text)
    if not typed:
        return Risk.ORDINARY
    said = _said(typed, marked=_is_marked(text))
    danger, complaint, accusation = _danger(said), _complaint(said), _accusation(said)
    phrase = complaint or accusation
    different = len(set(typed))
    if different == 1:
        return danger or phrase or (Risk.EMERGENCY if typed[0] in _CRIES else Risk.ORDINARY)
    weighed = _weigh(text, typed, said)
    short_of = _short_of(said, danger, phrase, different)
    if weighed.danger > short_of or _is_beside_an_accusation(weighed, danger, phrase):
        return weighed.danger_kind if danger is None or weighed.danger > 0 else danger
    if different < _SAYS_LITTLE:
        return phrase or Risk.ORDINARY
    if weighed.asked > (_DOUBTFUL if phrase is None else _EVERYDAY):
        return weighed.asked_kind if phrase is None or weighed.asked > 0 else phrase
    return Risk.ORDINARY


def _short_of(said: _Said, danger: Risk | None, phrase: Risk | None, different: int) -> float:
    """By how much danger may fall short of everything else in a text of so many different words, at most 0."""
    if danger is not None:
        return _HARDLY
    if not _may_be_danger(said, phrase):
        return 0.0
    return _NEARLY / 2 if different < _SHORT else _NEARLY


def _may_be_danger(said: _Said, phrase: Risk | None) -> bool:
    """Whether a text without a phrase of danger is one where danger falls short by little.

    Not where something is accused outright, nor where it tells of things in words of emergencies (an animal strayed,
    a pump burnt out): of a few such words the rest of the text says too little.
    """
    return phrase is None and not said.has(words.HARMLESS)


def _is_beside_an_accusation(weighed: _Weighed, danger: Risk | None, phrase: Risk | None) -> bool:
    """Whether danger stays one though what is accused outweighs it.

    Violence that is said outright does; else what is far from the ordinary, where nothing is accused outright.
    """
    if danger is Risk.SELF_HARM_OR_VIOLENCE:
        return weighed.befalls > 0
    return phrase is None and weighed.asked_kind in _ACCUSES and weighed.befalls > _FAR_FROM_EVERYDAY


def accuses(text: str, risk: Risk) -> bool:
    """Whether a text that was read as `risk` accuses somebody of the office; in danger from them, it does so too."""
    if risk not in _DANGER:
        return risk in _ACCUSES
    typed = _tokens(text)
    said = _said(typed, marked=_is_marked(text))
    official = said.has(words.OFFICIALS)
    if official and _accusation(said) is Risk.DENUNCIATION:
        return True
    weighed = _weigh(text, typed, said)
    return weighed.asked_kind in _ACCUSES and weighed.asked > (0 if official else weighed.befalls)


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
    return None


def _follows(denied: Iterable[tuple[int, int, bool]], one: tuple[int, int, bool]) -> bool:
    """Whether a phrase stands right behind a word that denies it: "không ai vòi vĩnh"."""
    return any(end <= one[0] <= end + 1 and start < one[0] for start, end, _ in denied)


def _denied(said: _Said, denied: Iterable[tuple[int, int, bool]], one: tuple[int, int, bool]) -> bool:
    """Whether a deed is denied; "không có phong bì thì chờ" says what happens without it, and denies nothing."""
    behind = said.words[one[1] : one[1] + 2]
    return _follows(denied, one) and not any(without_marks(word) in _THEN for word in behind)
