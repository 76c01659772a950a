"""Whether a word can be written so in Vietnamese: which letters follow each other, and where the tone stands.

It knows no dictionary; it finds slips of the hand ("đươc", "ngừơi", "kihến"), not a wrong word that exists.
"""

import re
import unicodedata

from handlers.language.words import as_words

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_ACUTE, _DOT = "\u0301", "\u0323"
_ONSETS = as_words("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x") | {""}
_RIMES = as_words(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oan oang oanh oao oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut
    uy uya uych uyên uyêt uynh uyt uyu
    ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y yêm yên yêng yêt yêu
    """
)
_AFTER_QU = _RIMES | {"ynh", "yt", "ych", "yên", "yêt"}
_SHUT = ("c", "ch", "p", "t")
_WORD = re.compile(r"[^\W\d_]+")


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, without placeholders, commands and codes."""
    return _WORD.findall(re.sub(r"\{\w*\}|/\w+|#\S+|\d+h\d*", " ", text).casefold())


def is_spelt(word: str) -> bool:
    """Whether `word`, in small composed letters, is spelt as a Vietnamese syllable can be."""
    toneless, tones = "", []
    for letter in word:
        base, tone = _split(letter)
        if tone:
            tones.append((len(toneless), tone))
        toneless += base
    if len(tones) > 1 or not any(_fits(onset, toneless) for onset in _ONSETS):
        return False
    if toneless.endswith(_SHUT) and (not tones or tones[0][1] not in {_ACUTE, _DOT}):
        return False
    shaped = [place for place, letter in enumerate(toneless) if letter in "ăâêôơư"]
    # the tone stands on the vowel that has a sign of its own already, on the last of two ("ươ")
    return not (tones and shaped) or tones[0][0] == shaped[-1]


def _split(letter: str) -> tuple[str, str]:
    """A letter without its tone, and the tone."""
    marks = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in marks if mark in _TONES), "")
    return unicodedata.normalize("NFC", marks.replace(tone, "")) if tone else letter, tone


def _fits(onset: str, word: str) -> bool:
    if not word.startswith(onset):
        return False
    rime = word.removeprefix(onset)
    if rime not in (_AFTER_QU if onset == "qu" else _RIMES):
        return False
    front = rime[0] in "eêiy"
    if onset in {"gh", "ngh", "k"}:
        return front
    return not (front and (onset in {"c", "ng"} or (onset == "g" and rime[0] != "i")))
