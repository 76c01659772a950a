"""Saying options as numbers and remembering what they stand for: the writing side of `menus`."""

from collections.abc import Sequence

from bot.outbox.splitting import split_text, utf16_units
from handlers.engine.table import Table
from storage.queries.zalo.chats import ZaloChat
from storage.unit_of_work import Store
from wording.texts import Tap

from .choosing import takes_words
from .limits import LIMITS
from .menus import Menu, MenuOption, menu_of, standing


class Numbering:
    """The numbered menus of a channel's chats.

    Args:
        store: where it is remembered what the numbers stand for.
        table: the conversation; it knows in which steps digits are words.
    """

    def __init__(self, store: Store, table: Table) -> None:
        self._store = store
        self._table = table

    def menu(self, chat: ZaloChat, taps: Sequence[Tap]) -> Menu:
        """The options of a letter, with numbers that continue from those already on the screen."""
        return menu_of(taps, standing(chat), chat.language, stroke=takes_words(self._table, chat.step))

    async def was_said(self, chat: ZaloChat, menu: Menu) -> None:
        """Remember what the numbers stand for, now that the person has them."""
        if len(menu.options) > len(standing(chat)):
            await self._keep(chat, menu.options)
        else:
            await self.nothing_said(chat)

    async def nothing_said(self, chat: ZaloChat) -> None:
        """A letter without numbers went out: numbers from before the person's last message no longer mean anything."""
        if chat.menu and not standing(chat):
            await self._keep(chat, ())

    async def _keep(self, chat: ZaloChat, options: Sequence[MenuOption]) -> None:
        async with self._store.unit() as uow:
            await uow.zalo_chats.show_menu(
                chat.account_id,
                [option.packed() for option in options],
                step=chat.step,
                heard_at=chat.heard_at,
                at=uow.now,
            )
            await uow.commit()


def parts_with(text: str, menu: Menu) -> list[str]:
    """The text and the menu's lines as messages: in one where they fit, else the menu on its own."""
    parts = split_text(text, LIMITS.text_units)
    lines = "\n".join(menu.lines)
    if not lines:
        return parts
    whole = f"{parts[-1]}\n\n{lines}"
    if utf16_units(whole) <= LIMITS.text_units:
        return [*parts[:-1], whole]
    return [*parts, *split_text(lines, LIMITS.text_units)]
