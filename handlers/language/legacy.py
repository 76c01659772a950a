"""Vietnamese in the fonts of before Unicode, as it is pasted from old documents: TCVN3 (ABC, .VnTime) and VNI."""

import re
from typing import Final

from handlers.language.letters import cut_words
from handlers.language.syllables import is_syllable

_TCVN3: Final = str.maketrans(
    "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐĐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢£¤¥¦§",
    "àảãáạăằẳẵắặâầẩẫấậđèẻẽééẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
)
_TCVN3_ONLY: Final = frozenset("µ¶·¸¹¨»¼½¾©®ª«¬\u00ad§¦¥¤£¢¡÷×ßÞþ")
_TONES: Final = dict(zip("øûõùï", range(5), strict=True))
_CIRCUMFLEX: Final = dict(zip("âàåãáä", range(-1, 5), strict=True))
_BREVE: Final = dict(zip("êèúüéë", range(-1, 5), strict=True))
_TONED: Final = {
    "a": "àảãáạ", "ă": "ằẳẵắặ", "â": "ầẩẫấậ", "e": "èẻẽéẹ", "ê": "ềểễếệ", "o": "òỏõóọ", "ô": "ồổỗốộ", "ơ": "ờởỡớợ",
    "u": "ùủũúụ", "ư": "ừửữứự", "y": "ỳỷỹýỵ",
}  # fmt: skip
_HATS: Final = {"a": "â", "e": "ê", "o": "ô"}
_HORNS: Final = {"ô": "ơ", "ö": "ư"}
_ALONE: Final = {"ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư"}
_PAIR: Final = re.compile(r"[aeouyôö][øûõùïâàåãáäêèúüéë]|[ñæóòîôö]", re.IGNORECASE)
_FEWEST_SIGNS: Final = 2
_A_LONGER_LINE: Final = 4
_NEARLY_ALL: Final = 0.8


def from_legacy(text: str) -> str | None:
    """The text in Unicode when it is Vietnamese of TCVN3 or VNI, else None: every word has to become a syllable."""
    if text.isascii() or _syllables(text):
        return None
    candidates = [_PAIR.sub(_vni, text)]
    if not _TCVN3_ONLY.isdisjoint(text):
        candidates.insert(0, text.translate(_TCVN3))
    return next((one for one in candidates if _differs(one, text) and _syllables(one)), None)


def paper_from_legacy(text: str) -> str:
    """A whole paper in Unicode: where most of its longer lines are of one old font, every line is; else as it is.

    A paper's lines hold figures and abbreviations beside words, so they are counted, not required to be all words.
    """
    lines = [line for line in text.split("\n") if len(line.split()) >= _A_LONGER_LINE and not line.isascii()]
    tcvn3 = sum(not _TCVN3_ONLY.isdisjoint(line) and _mostly_words(line.translate(_TCVN3), line) for line in lines)
    vni = sum(_mostly_words(_PAIR.sub(_vni, line), line) for line in lines)
    if max(tcvn3, vni) * 2 <= len(lines):
        return text
    return text.translate(_TCVN3) if tcvn3 >= vni else _PAIR.sub(_vni, text)


def _mostly_words(converted: str, line: str) -> bool:
    """Whether a conversion makes more words than there were, and words of nearly all."""
    after, before = _share(converted), _share(line)
    return after > before and after >= _NEARLY_ALL


def _share(line: str) -> float:
    words = cut_words(line)
    return sum(is_syllable(word.plain) and not word.alien for word in words) / max(len(words), 1)


def _differs(one: str, text: str) -> bool:
    return abs(len(text) - len(one)) + sum(a != b for a, b in zip(one, text, strict=False)) >= _FEWEST_SIGNS


def _syllables(text: str) -> bool:
    """Whether every word is a Vietnamese syllable and no sign of an old font is left."""
    words = cut_words(text)
    left = not _TCVN3_ONLY.isdisjoint(text)
    return bool(words) and not left and all(is_syllable(word.plain) and not word.alien for word in words)


def _vni(found: re.Match[str]) -> str:
    pair = found[0].lower()
    made = _ALONE.get(pair) or _vowel(pair[0], pair[1]) or found[0]
    return made.upper() if found[0][0].isupper() else made


def _vowel(letter: str, mark: str) -> str:
    base = _HORNS.get(letter, letter)
    if mark in _TONES:
        return _TONED[base][_TONES[mark]]
    if mark in _CIRCUMFLEX and letter in _HATS:
        hat = _HATS[letter]
        return hat if _CIRCUMFLEX[mark] < 0 else _TONED[hat][_CIRCUMFLEX[mark]]
    if mark in _BREVE and letter == "a":
        return "ă" if _BREVE[mark] < 0 else _TONED["ă"][_BREVE[mark]]
    return ""
