"""The catalogues: one gettext domain a file, one folder a language; msgids are names, not sentences.

The `.po` files are read as they are, so that there is no compiled copy to forget.
"""

from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

LANGUAGES = ("vi", "en")
_HERE = Path(__file__).parent


@cache
def catalogue(language: str) -> dict[str, str]:
    """Every msgid of a language with its text, all domains together.

    Raises `ValueError` for a language we do not speak, and for a msgid that two domains define.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no catalogue for {language!r}")
    sentences: dict[str, str] = {}
    for path in sorted((_HERE / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as stream:
            for entry in read_po(stream, locale=language):
                if not entry.id:
                    continue
                if entry.id in sentences:
                    raise ValueError(f"{path.name} defines {entry.id!r}, and so does another domain")
                sentences[str(entry.id)] = str(entry.string)
    return sentences
