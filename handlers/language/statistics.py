"""Layer 4: n-gram statistics (langdetect) over a few languages, for words not in our lists or grammar."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from handlers.language.letters import strip_marks

_SEED: Final = 2026
_PLAIN: Final = "vi-plain"
_PROFILES: Final = ("vi", "en", "fr", "de", "es", "it", "pt", "id", "nl")
_SURE: Final = 0.9
_MANY_WORDS: Final = 2
_MANY_LETTERS: Final = 12


def detect_by_statistics(text: str) -> str | None:
    """Return the language of `text` where langdetect is at least 0.9 sure and the text is long enough to say.

    The n-grams of one odd word look certain whatever it is ("asdfgh" is English to 0.99), so a single word or
    fewer than twelve letters give None. The same text always gives the same answer: the sampling is seeded.
    """
    if len(text.split()) < _MANY_WORDS or sum(map(str.isalpha, text)) < _MANY_LETTERS:
        return None
    from langdetect.lang_detect_exception import LangDetectException

    detector = _load_factory().create()
    # The profiles count words in capitals as noise.
    detector.append(text.lower())
    try:
        ranked = detector.get_probabilities()
    except LangDetectException:
        return None
    shares: dict[str, float] = {}
    for entry in ranked:
        code = "vi" if entry.lang == _PLAIN else str(entry.lang)
        shares[code] = shares.get(code, 0.0) + float(entry.prob)
    best = max(shares, key=lambda code: shares[code], default=None)
    return best if best is not None and shares[best] >= _SURE else None


@lru_cache(maxsize=1)
def _load_factory() -> Any:
    """Build a factory of our own: the library's global one holds 55 languages and shares its seed."""
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    profiles = [json.loads(Path(PROFILES_DIRECTORY, name).read_text(encoding="utf-8")) for name in _PROFILES]
    profiles.append(_strip_profile(profiles[0]))
    factory = DetectorFactory()
    factory.set_seed(_SEED)
    factory.load_json_profile([json.dumps(profile) for profile in profiles])
    return factory


def _strip_profile(profile: dict[str, Any]) -> dict[str, Any]:
    """Return the Vietnamese profile as if its texts had been typed without diacritics."""
    counts: dict[str, int] = {}
    for gram, count in profile["freq"].items():
        plain = strip_marks(gram)
        counts[plain] = counts.get(plain, 0) + count
    return {"name": _PLAIN, "freq": counts, "n_words": profile["n_words"]}
