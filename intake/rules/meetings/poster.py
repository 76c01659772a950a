"""A poster of a meeting: what stands on it, and the links that its QR codes hold."""

from dataclasses import dataclass

from intake.rules.people.person import Network


@dataclass(frozen=True, slots=True)
class StartLink:
    """An address that opens the chat on one network; `carries_code`: it brings its start code along."""

    network: Network
    url: str
    carries_code: bool = True


@dataclass(frozen=True, slots=True)
class PosterCode:
    """One QR code with the words under it."""

    url: str
    caption: str


@dataclass(frozen=True, slots=True)
class Poster:
    """The words of a poster from top to bottom; every one is put into the language of the notice already."""

    heading: str
    title: str
    lines: tuple[tuple[str, str], ...]
    invitation: str
    codes: tuple[PosterCode, ...]
    footer: str
