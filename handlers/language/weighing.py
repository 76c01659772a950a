"""Layer 3: what the words say together; Vietnamese by the grammar of its syllables, the others by lists.

The weights are steps for what a sign proves, not fitted to texts: 4 a letter nobody else has, 2 to 2.5 a
listed word, about 1 a well-formed syllable, -2 a word the language cannot have.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

from handlers.language import foreign, words
from handlers.language.letters import TextWord
from handlers.language.syllables import hmong_shape, is_syllable, is_teen_syllable

_Rules = tuple[tuple[Callable[[TextWord], bool], float], ...]

_ENGLISH_ENDINGS: Final = ("ing", "ed", "tion", "tions", "ment", "ness", "ful", "ship", "ght", "ly", "ck")
_ENGLISH_TAILS: Final = ("'s", "'t", "'m", "'re", "'ve", "'ll", "'d")
_FRENCH_ELISION: Final = re.compile(r"(?:[ldjcsnmt]|(?:jus)?qu)'[aeiouyhàâéèêîôû]")
_STOPS: Final = ("c", "ch", "p", "t")
_TONES: Final = frozenset("áàãéèíìóòõúùý")
_LONG_WORD: Final = 5
_TWO_SYLLABLES: Final = 6
_ENOUGH: Final = 1.0
_MARGIN: Final = 0.5


def weigh_words(message: Sequence[TextWord]) -> str | None:
    """Return the language most words of `message` speak for; None when that is too little or too close."""
    if message and all(word.plain in words.BORROWED_GREETINGS for word in message):
        return "en"
    if all(map(_is_of_no_language, message)):
        return None
    totals = dict(zip(_SCALES, map(sum, zip(*map(_weigh, message), strict=True)), strict=True))
    best, second, *_ = sorted(totals, key=lambda code: totals[code], reverse=True)
    if totals[best] < _ENOUGH:
        return None
    if totals[best] - totals[second] >= _MARGIN:
        return best
    # Short words shared with French or English ("toi", "so do") are Vietnamese here: residents type those.
    if totals[best] - totals["vi"] < _MARGIN and all(_weigh_vietnamese(word) >= 0 for word in message):
        return "vi"
    return "en" if best == "en" else None


def pick_telling(message: Sequence[TextWord]) -> str:
    """Return what statistics may judge: no abbreviations, no borrowed words, no names of Vietnamese shape."""
    return " ".join(
        word.lower for word in message if not (_is_of_no_language(word) or (word.name and is_syllable(word.plain)))
    )


def _is_of_no_language(word: TextWord) -> bool:
    """Say whether `word` alone is no sign: "PDF", "UBND", "wifi"; but English words are, though borrowed."""
    if word.plain in words.BORROWED:
        return word.plain not in foreign.ENGLISH
    return word.plain in words.ABBREVIATIONS or (word.initials and word.lower not in words.TEENCODE)


def _is_run_together(word: TextWord) -> bool:
    """Say whether two everyday syllables are typed as one word: "khongbiet"."""
    plain = word.plain
    return len(plain) >= _TWO_SYLLABLES and any(
        plain[:cut] in words.VIETNAMESE and plain[cut:] in words.VIETNAMESE for cut in range(2, len(plain) - 1)
    )


def _lacks_tone(word: TextWord) -> bool:
    """Say whether a syllable closed by a stop has a mark but no tone: "tốt" is Vietnamese, "tôt" hardly."""
    return word.plain.endswith(_STOPS) and _TONES.isdisjoint(word.lower)


# The first line that holds gives the weight.
_VIETNAMESE_RULES: Final[_Rules] = (
    (lambda word: word.exclusive, 4.0),
    (lambda word: word.alien, -2.0),
    (lambda word: word.lower in words.TEENCODE, 2.0),
    (lambda word: word.shared and not is_syllable(word.plain), -2.0),
    (lambda word: word.shared and _lacks_tone(word), 0.5),
    (lambda word: word.shared, 2.5),
    (lambda word: word.plain in words.ABBREVIATIONS, 0.5),
    (lambda word: word.plain in words.VIETNAMESE, 2.0),
    (lambda word: word.plain in words.BORROWED or word.plain in words.BORROWED_GREETINGS, 0.0),
    (lambda word: is_syllable(word.plain), 1.2),
    (lambda word: word.plain not in foreign.ENGLISH and _is_run_together(word), 1.0),
    (lambda word: word.plain not in foreign.ENGLISH and is_teen_syllable(word.plain), 0.5),
    (lambda word: word.initials, 0.0),
    (lambda word: word.name, -1.0),
    (lambda _: True, -2.0),
)
_ENGLISH_RULES: Final[_Rules] = (
    (lambda word: not word.lower.isascii() and word.name, 0.0),
    (lambda word: not word.lower.isascii(), -2.0),
    (lambda word: word.lower in foreign.ENGLISH and word.lower in words.VIETNAMESE, 2.0),
    (lambda word: word.lower in foreign.ENGLISH, 2.5),
    (lambda word: word.lower in words.BORROWED, 0.4),
    (lambda word: word.initials or word.name, 0.0),
    (lambda word: word.lower.endswith(_ENGLISH_TAILS), 1.5),
    (lambda word: is_syllable(word.lower) or word.lower in words.TEENCODE, -1.0),
    (lambda word: len(word.lower) >= _LONG_WORD and word.lower.endswith(_ENGLISH_ENDINGS), 1.0),
    (lambda _: True, 0.0),
)
_HMONG_RULES: Final[_Rules] = (
    (lambda word: not word.lower.isascii(), -2.0),
    (lambda word: word.lower in foreign.HMONG, 2.4),
    (lambda word: word.lower in foreign.ENGLISH or word.initials, 0.0),
    (lambda word: hmong_shape(word.lower) > 1, 1.5),
    (lambda word: hmong_shape(word.lower) > 0, 0.2),
    (lambda _: True, -2.0),
)


def _weigh_by(rules: _Rules, word: TextWord) -> float:
    return next(weight for holds, weight in rules if holds(word))


def _weigh_vietnamese(word: TextWord) -> float:
    """Weigh for Vietnamese; a name counts half: all languages write Vietnamese names here."""
    weight = _weigh_by(_VIETNAMESE_RULES, word)
    return weight / 2 if word.name and weight > 0 else weight


def _weigh_english(word: TextWord) -> float:
    return _weigh_by(_ENGLISH_RULES, word)


def _weigh_hmong(word: TextWord) -> float:
    return _weigh_by(_HMONG_RULES, word)


def _weigh_listed(
    known: frozenset[str], letters: str, elision: re.Pattern[str] | None = None
) -> Callable[[TextWord], float]:
    """Make the scale of a language known by a list of words, by `letters` it uses and by its elisions."""
    own = frozenset(letters)
    rules: _Rules = (
        (lambda word: word.exclusive, -2.0),
        (lambda word: word.lower in known, 2.3),
        (lambda word: elision is not None and elision.match(word.lower) is not None, 2.0),
        (lambda word: word.alien and not own.isdisjoint(word.lower), 2.0),
        (lambda word: word.name or word.initials, 0.0),
        (lambda word: not own.isdisjoint(word.lower), 0.8),
        (lambda _: True, -0.5),
    )
    return lambda word: _weigh_by(rules, word)


_SCALES: Final[dict[str, Callable[[TextWord], float]]] = {
    "vi": _weigh_vietnamese,
    "en": _weigh_english,
    "fr": _weigh_listed(foreign.FRENCH, "çœàâéèêëîïôûù", _FRENCH_ELISION),
    "de": _weigh_listed(foreign.GERMAN, "äöüß"),
    "es": _weigh_listed(foreign.SPANISH, "ñáéíóú"),
    "id": _weigh_listed(foreign.INDONESIAN, ""),
    "hmn": _weigh_hmong,
}


@lru_cache(maxsize=4096)
def _weigh(word: TextWord) -> tuple[float, ...]:
    """Weigh one word for every language, in the order of the scales; everyday words come again and again."""
    return tuple(weigh(word) for weigh in _SCALES.values())
