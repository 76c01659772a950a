"""In which language the bot talks with somebody: what they chose, else what they clearly write in, else Vietnamese.

English is for people who clearly write English or another language of abroad. Every language of Việt Nam's own people
is answered in Vietnamese, which they share; so is whatever leaves a doubt.
"""

import re
from collections.abc import Sequence
from typing import Final

from handlers.engine.scene import Scene
from intake.rules.message import Message

from . import detect, foreign
from .letters import TextWord, cut_words
from .scripts import detect_by_script
from .syllables import is_syllable
from .words import as_words

_OWN: Final = frozenset({"vi", "hmn", "km", "lo"})
_MACHINE: Final = re.compile(r"(?s:^\s*[{\[].*[}\]]\s*$)|\S*(?:://|www\.|[{}\[\]]|\"\s*:)\S*")
_FEWEST_WORDS, _FEWEST_TELLING, _FEWEST_SIGNS = 3, 2, 4
_SHARE: Final = 0.6
_SHARE_OF_LISTED: Final = 0.35
_LISTED: Final = {
    "fr": foreign.FRENCH,
    "de": foreign.GERMAN,
    "es": foreign.SPANISH,
    "it": as_words(
        "il la lo le gli di che per non una uno un sono è e vorrei dove quando come quale posso prossima grazie buongiorno si"  # noqa: E501
        " mi alla"
        " della del nel con ho perché anche questo questa ufficio"
    ),
    "pt": as_words(
        "o a os as um uma de do da em para não"
        " com que quando onde como por favor eu gostaria qual próxima obrigado bom"
        " dia é no na"
        " se meu minha está esta este"
    ),
    "nl": as_words(
        "de het een en van ik is niet wanneer waar hoe wat op te voor met dat kan mijn volgende graag dank"
        " u wil deze bij naar er zijn"
    ),
    "id": foreign.INDONESIAN,
}
_NO_OTHER: Final = as_words("what when where who why how the this that there")
_CLEAR: Final = {"id": 0.6}
"""Jarai, Ê Đê and Chăm are kin of Indonesian: there a few words prove nothing."""


def language_of_text(text: str, stored: str) -> str:
    """The language to answer a text in: "vi", "en" where it is clearly written in one of abroad, else the stored one.

    Links, keys of machines, coordinates, two foreign words decide nothing.
    """
    if text.startswith("/"):
        return stored
    said = _MACHINE.sub(" ", text)
    found = detect(said, stored=None)
    if found is None:
        return stored
    if found in _OWN:
        return "vi"
    return "en" if _is_clear(found, said) else stored


def _is_clear(found: str, text: str) -> bool:
    if detect_by_script(text) == found:
        return sum(map(str.isalpha, text)) >= _FEWEST_SIGNS
    words = cut_words(text)
    if len(words) < _FEWEST_WORDS:
        return False
    if found == "en":
        listed = [word for word in words if word.lower in foreign.ENGLISH]
        telling = [word for word in listed if not is_syllable(word.plain) or word.lower in _NO_OTHER]
        return len(listed) >= max(_FEWEST_WORDS, _SHARE * _unnamed(words)) and len(telling) >= _FEWEST_TELLING
    return any(_is_listed(words, code) for code in _LISTED if (code == "id") == (found == "id"))


def _is_listed(words: Sequence[TextWord], code: str) -> bool:
    listed = [word.lower for word in words if word.lower in _LISTED[code]]
    share = _CLEAR.get(code, _SHARE_OF_LISTED)
    return len(set(listed)) >= _FEWEST_WORDS and len(listed) >= share * _unnamed(words)


def _unnamed(words: Sequence[TextWord]) -> int:
    """How many of the words count: names of places and people are of no language."""
    return sum(not (word.name or word.exclusive) for word in words)


def learn_language(scene: Scene, text: str) -> tuple[Message, ...]:
    """Take the language from what somebody writes, until it is settled; returns what is to be said about it.

    Vietnamese is settled by a clearly Vietnamese text, and by `/ngonngu` either. English that was only guessed gives
    way to such a text, with a word to the person.
    """
    person = scene.person
    if person is None or person.language_known:
        return ()
    before = person.language
    person.language = scene.language = language_of_text(text, before)
    person.language_known = is_settled(text)
    return (Message("talk.language_back"),) if before != "vi" == person.language else ()


def is_settled(text: str) -> bool:
    """Whether a text is so clearly Vietnamese that no later one is asked about the language again."""
    return not text.startswith("/") and len(cut_words(text)) >= _FEWEST_WORDS and detect(text) == "vi"
