"""In which language the bot talks with somebody: what they chose, else what they write in, else Vietnamese."""

from handlers.engine.scene import Scene
from locales import LANGUAGES

from . import detect


def language_of_text(text: str, stored: str) -> str:
    """The language to answer a text in: its own if we speak it; English for other languages; else the stored one."""
    if text.startswith("/"):
        return stored
    found = detect(text, stored=stored)
    if found is None:
        return stored
    return found if found in LANGUAGES else "en"


def learn_language(scene: Scene, text: str) -> None:
    """Take the language from a person's first free text; afterwards only `/ngonngu` changes it."""
    person = scene.person
    if person is None or person.language_known:
        return
    person.language = language_of_text(text, person.language)
    person.language_known = True
    scene.language = person.language
