"""The audit trail in words: what was done, and to what."""

from locales import catalogue

from .texts import words


def deed_words(language: str, act: str, role: str = "") -> str:
    """What an act is called, and which role it gave or ended.

    One that has no name yet (it was done by a version to come) is shown as it is stored.
    """
    key = f"deed.{act}"
    deed = words(language, key) if key in catalogue(language) else act
    return f"{deed}: {words(language, f'role.{role}')}" if role else deed


def thing_words(language: str, kind: str, number: str) -> str:
    """A thing that has no name of its own: its kind and number."""
    key = f"thing.{kind}"
    called = words(language, key) if key in catalogue(language) else kind
    return f"{called} {number}".rstrip()
