"""Which language a message is written in, decided in layers from the surest sign to the least sure one.

Script of the letters, letters only Vietnamese has, words and Vietnamese syllables, n-gram statistics, and
last the language the person chose before.
"""

import unicodedata
from typing import Final

from handlers.language.letters import cut_words, detect_by_letters
from handlers.language.scripts import detect_by_script
from handlers.language.statistics import detect_by_statistics
from handlers.language.weighing import pick_telling, weigh_words

__all__ = ["detect"]

_ENOUGH_TEXT: Final = 1000


def detect(text: str, *, stored: str | None = None) -> str | None:
    """Return the language code of `text` ("vi", "en", "zh-cn", …), else `stored`; None where undecided.

    In: any text as received and the person's stored language, if known. Codes are langdetect's, with "hmn",
    "km", "lo" and "my" added. Numbers, codes, addresses, emoji and "ok" belong to no language. Never raises.
    """
    composed = unicodedata.normalize("NFKC", text[:_ENOUGH_TEXT])
    if by_script := detect_by_script(composed):
        return by_script
    words = cut_words(composed)
    return detect_by_letters(words) or weigh_words(words) or detect_by_statistics(pick_telling(words)) or stored
