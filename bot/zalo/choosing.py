"""Words that are a choice: a press, which comes as the text `#=code`, and the number of an option.

Both can be typed by anybody, so a code counts only when it was offered in this very chat; then it is a tap like any
other, and the conversation checks it as it checks every tap. A code that was not offered is a button that has had its
day; whatever else was typed stays the person's words.
"""

import re
from collections.abc import Callable

from bot.outbox.splitting import utf16_units
from handlers.engine.converse import LONG_GONE
from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.engine.table import Table
from intake.actions.people.note_activity import note_activity
from intake.rules.message import Message, literal, pack_message
from intake.rules.outbox.letter import Letter, Priority
from intake.rules.people.person import Network
from storage.queries.zalo.chats import ZaloChat
from storage.unit_of_work import SqlUnitOfWork, Store

from .limits import LIMITS
from .menus import MenuOption, chosen, number_in

PRESS = "#="
"""What a button's payload begins with; numbers with a stroke (`#3`) and codes of links (`#h-…`) begin otherwise."""
_PRESSED = re.compile(re.escape(PRESS) + r"[\w.~-]+")


def takes_words(table: Table, step: str) -> bool:
    """Whether a digit typed in this step is the person's own words."""
    row = table.steps.get(step)
    return row is not None and row.free_text and not row.digits_choose


class Choosing:
    """Tells words from choices in the chats of one channel.

    Args:
        store: what was offered is there.
        table: which steps take words.
        network: the network of the channel.
        channel: the account or bot.
        on_letters: called when there are new letters.
    """

    def __init__(
        self, store: Store, table: Table, network: Network, channel: str, on_letters: Callable[[], None]
    ) -> None:
        self._store = store
        self._table = table
        self._network = network
        self._channel = channel
        self._on_letters = on_letters

    async def read(self, address: str, event_id: str, typed: str) -> InboundEvent | None:
        """What somebody typed, as it is meant; None when it asked for the rest of a menu and was answered."""
        length = utf16_units(typed)
        cut, full = length > LIMITS.text_units // 2, length >= LIMITS.text_units
        plain = InboundEvent(
            self._network, self._channel, address, event_id, InboundKind.TEXT, text=typed, cut=cut, full=full
        )
        number, is_press = number_in(typed), _PRESSED.fullmatch(typed) is not None
        if number is None and not is_press:
            return plain
        async with self._store.reading() as uow:
            chat = await uow.zalo_chats.get(self._network, self._channel, address)
            option = None
            if chat is not None and number is not None:
                words = takes_words(self._table, chat.step)
                option = chosen(chat, number[0], stroke=number[1], takes_words=words, now=uow.now)
            elif chat is not None:
                code = typed.removeprefix(PRESS)
                option = MenuOption(code if await self._was_offered(uow, chat, code) else LONG_GONE, "")
        if chat is None or option is None:
            return plain
        if option.rest:
            await self._say_rest(chat, address, event_id, option)
            return None
        return InboundEvent(self._network, self._channel, address, event_id, InboundKind.CHOICE, choice=option.code)

    async def _was_offered(self, uow: SqlUnitOfWork, chat: ZaloChat, code: str) -> bool:
        """Whether a button with this code stands in the chat, as far as anybody can know."""
        choice = self._table.choices.get(code.partition(".")[0])
        is_untraced = choice is not None and choice.untraced
        return is_untraced or code in chat.offered or await uow.zalo_chats.was_offered(chat.account_id, code)

    async def _say_rest(self, chat: ZaloChat, address: str, event_id: str, option: MenuOption) -> None:
        """Say the options that did not fit; the numbers said before keep standing for theirs."""
        rows = tuple((literal(label, code),) for code, label in option.rest)
        async with self._store.unit() as uow:
            if not await uow.inbox.record(self._network, self._channel, address, event_id):
                return
            account, _, person, _ = await uow.accounts.meet(self._network, self._channel, address)
            await note_activity(uow, [account])
            content = pack_message(Message("zalo.rest", {}, rows))
            await uow.letters.add(
                Letter(
                    account_id=account.id,
                    person_id=None if person is None else person.id,
                    priority=Priority.REPLY,
                    content=content,
                    created_at=uow.now,
                    not_before=uow.now,
                )
            )
            if chat.menu_at is not None:
                await uow.zalo_chats.show_menu(
                    account.id, chat.menu, step=chat.menu_step, heard_at=uow.now, at=chat.menu_at
                )
            await uow.commit()
        self._on_letters()
