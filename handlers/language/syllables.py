"""The shape of words: which letter sequences can be a Vietnamese syllable, and which a Hmong one.

Vietnamese is checked without its diacritics, because that is how many residents type: onset and rime are
tables of what the spelling allows. Hmong is the romanised alphabet (RPA), whose last consonant letter marks
the tone.
"""

from functools import lru_cache
from typing import Final

from handlers.language.words import as_words

_FRONT: Final = frozenset("eiy")
_ONSETS: Final = as_words("b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x") | {""}
_RIMES: Final = as_words(
    """
    a ac ach ai am an ang anh ao ap at au ay
    e ec ech em en eng enh eo ep et eu
    i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu
    o oa oac oach oai oan oang oanh oao oat oay oc oe oen oeo oet oi om on ong ooc oong op ot
    u ua uan uat uay uc ue uech uenh ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu
    uy uya uych uyen uyet uynh uyt uyu
    y yem yen yet yeu
    """
)
# After "qu" the u belongs to the onset, the rest is looked up: "quoc" is qu + oc, "quynh" qu + ynh.
_AFTER_QU: Final = _RIMES | {"ynh", "yt", "ych"}
_TEEN: Final = (("f", "ph"), ("w", "qu"), ("z", "d"), ("dz", "d"), ("j", "gi"))

_HMONG_ONSETS: Final = as_words(
    """
    p ph np nph pl plh npl nplh t th nt nth d dh r rh nr nrh ts tsh nts ntsh tx txh ntx ntxh c ch nc nch
    k kh nk nkh q qh nq nqh m hm n hn ny hny ml hml l hl f v s z x xy y h
    """
)
_HMONG_VOWELS: Final = as_words("a ai au aw e ee i ia o oo u ua w")
_HMONG_TONES: Final = frozenset("bjvsgmd")
# Clusters and vowels that English, French and Vietnamese words do not have in this place.
_HMONG_CLUSTERS: Final = as_words(
    """
    np nph plh npl nplh nt nth dh rh nr nrh ts tsh nts ntsh tx txh ntx ntxh nc nch nk nkh nq nqh hm hn ny hny
    ml hml hl xy q qh
    """
)


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Say whether `word` (lower case, no diacritics) can be spelt as one Vietnamese syllable."""
    return any(_fits(word[:cut], word[cut:]) for cut in range(min(4, len(word))))


@lru_cache(maxsize=2048)
def is_teen_syllable(word: str) -> bool:
    """Say whether `word` is a syllable once f, w, z, j of chat spelling are put back: "fai" is "phai"."""
    return any(is_syllable(usual + word.removeprefix(chat)) for chat, usual in _TEEN if word.startswith(chat))


def _fits(onset: str, rime: str) -> bool:
    """Tie the onset to the vowel behind it: k, gh, ngh stand before e, i, y; c, g, ng before the others."""
    if onset not in _ONSETS or rime not in (_AFTER_QU if onset == "qu" else _RIMES):
        return False
    front = rime[0] in _FRONT
    if onset in {"gh", "ngh", "k"}:
        return front
    return not (front and (onset in {"c", "ng"} or (onset == "g" and rime[0] != "i")))


@lru_cache(maxsize=2048)
def hmong_shape(word: str) -> int:
    """Rate `word` (lower case) as romanised Hmong: 0 impossible, 1 possible, 2 unlike any other language."""
    tone = word[-1:] if word[-1:] in _HMONG_TONES else ""
    body = word.removesuffix(tone)
    for cut in range(min(4, len(body)), -1, -1):
        onset, vowel = body[:cut], body[cut:]
        if vowel in _HMONG_VOWELS and (not onset or onset in _HMONG_ONSETS):
            telling = onset in _HMONG_CLUSTERS or vowel in {"aw", "w"} or (vowel in {"ee", "oo"} and tone)
            return 2 if telling or tone in {"j", "v"} else 1
    return 0
