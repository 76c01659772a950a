"""Numbered menus: options said as numbers in a text, for chats without buttons and for more options than buttons.

The numbers go on over all letters said in one go, so that every option on the screen has a number of its own. They
hold until the person was answered the next time, until the step changes, or for a day. In a step that takes the
person's own words (or a number) a digit alone stays what was typed: there the numbers are written, and typed back,
with a stroke: `#3`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handlers.language.courtesy import without_politeness
from intake.rules.text import fold
from storage.queries.zalo.chats import ZaloChat
from wording.texts import Tap, words

from .limits import LIMITS, MENU_LASTS

BACK = 0
_LONGEST_SAID = 40
"""Letters in which somebody says a number and nothing else."""
_TYPED = re.compile(r"(#?)\s*\(?\s*([0-9]{1,3})\s*[.)]?")
_SAID = re.compile(
    r"(?:(?:em|toi|tui|con|chau|minh) )?(?:(?:xin )?(?:chon|bam|an|nhan|lay) )?(?:so |muc )?([0-9]{1,3})"
)
"""The same in words, folded and without politeness."""


@dataclass(frozen=True, slots=True)
class MenuOption:
    """What a number stands for: the code that was offered, or the options that did not fit."""

    code: str
    label: str
    rest: tuple[tuple[str, str], ...] = ()

    def packed(self) -> dict[str, Any]:
        """For the chat's row."""
        return {"code": self.code, "label": self.label, "rest": [list(one) for one in self.rest]}


@dataclass(frozen=True, slots=True)
class Menu:
    """Lines to say under a text, and the options in the order of their numbers, those said before first."""

    lines: tuple[str, ...]
    options: tuple[MenuOption, ...]


def unpacked(menu: Sequence[dict[str, Any]]) -> tuple[MenuOption, ...]:
    """The options of a chat's row."""
    return tuple(
        MenuOption(one["code"], one["label"], tuple((code, label) for code, label in one["rest"])) for one in menu
    )


def menu_of(taps: Sequence[Tap], before: Sequence[MenuOption], language: str, *, stroke: bool) -> Menu:
    """Number the options of a letter, going on after those said before; links are written out.

    With more options than fit a page the last number brings the others.
    """
    links = [f"{tap.label}: {tap.url}" for tap in taps if tap.url]
    coded = [(tap.code, tap.label) for tap in taps if not tap.url]
    shown = [MenuOption(code, label) for code, label in coded]
    if len(coded) > LIMITS.page:
        shown = shown[: LIMITS.page - 1]
        shown.append(MenuOption("", words(language, "zalo.more"), tuple(coded[LIMITS.page - 1 :])))
    options = (*before, *shown)
    mark = "#{} {}" if stroke else "({}) {}"  # lists in texts are numbered `1.`
    lines = [mark.format(number, one.label) for number, one in enumerate(shown, len(before) + 1)]
    if shown:
        hint = "zalo.type_stroke" if stroke else "zalo.type_number"
        lines.append(words(language, hint, {"number": len(before) + 1}))
    return Menu((*links, *lines), options)


def standing(chat: ZaloChat) -> tuple[MenuOption, ...]:
    """The options that were said since the person last did something: the next letter's numbers go on after them."""
    same = chat.menu_step == chat.step and chat.menu_heard_at == chat.heard_at
    return unpacked(chat.menu) if same else ()


def number_in(text: str) -> tuple[int, bool] | None:
    """The number somebody typed (`3`, `3.`, `(3)`, `#3`, `số 3 ạ`), and whether with a stroke; None for all else."""
    if found := _TYPED.fullmatch(text.strip()):
        return int(found[2]), bool(found[1])
    if len(text) > _LONGEST_SAID or not any(sign.isalpha() for sign in text):
        return None
    said = _SAID.fullmatch(without_politeness(text))
    return None if said is None else (int(said[1]), False)


def chosen(chat: ZaloChat, number: int, *, stroke: bool, takes_words: bool, now: datetime) -> MenuOption | None:
    """The option a typed number stands for in this chat now; None when it stands for none. Zero leads back, always."""
    if takes_words and not stroke:
        return None
    if number == BACK:
        return MenuOption("cancel" if chat.step else "cmd.menu", "")
    if chat.menu_at is None or chat.menu_step != chat.step or now - chat.menu_at > MENU_LASTS:
        return None
    options = unpacked(chat.menu)
    return options[number - 1] if number <= len(options) else None


def is_menu_word(text: str) -> bool:
    """Whether somebody asks for the menu in words."""
    return fold(text) == "menu"
