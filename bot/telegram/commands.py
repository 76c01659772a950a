"""The list of commands Telegram shows behind `/`: everybody's for everybody, their own for people with a role."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

import structlog
from telegram import Bot, BotCommand, BotCommandScopeChat, BotCommandScopeDefault
from telegram.error import TelegramError

from handlers.engine.scene import Command
from handlers.engine.table import Table
from handlers.menu import offered
from intake.rules.people.person import Network, Role
from locales import LANGUAGES
from storage.unit_of_work import Store
from wording.texts import words

LOOK_AGAIN = 60.0
log = structlog.get_logger()


def commands_of(table: Table, roles: Iterable[Role], language: str) -> list[BotCommand]:
    """What somebody with these roles (none: a resident) is shown, in a language."""
    held = frozenset(roles)
    return [
        BotCommand(one.name, words(language, f"command.{one.name}"))
        for one in offered(table.commands.values())
        if _is_for(one, held)
    ]


def _is_for(command: Command, held: frozenset[Role]) -> bool:
    return not command.roles or not held.isdisjoint(command.roles)


async def register_commands(bot: Bot, table: Table) -> None:
    """Tell Telegram everybody's commands. Raises `TelegramError`.

    Vietnamese for whom no other language fits, and each language by its code for phones set to it.
    """
    scope = BotCommandScopeDefault()
    await bot.set_my_commands(commands_of(table, (), LANGUAGES[0]), scope=scope)
    for language in LANGUAGES:
        await bot.set_my_commands(commands_of(table, (), language), scope=scope, language_code=language)


class CommandMenus:
    """Keeps the lists right: everybody's once, those of staff whenever roles or languages have changed.

    It looks at the roles of the channel's chats once a minute instead of being told: a role may be given or taken in
    any process or on the console, and no message ever waits for it.
    """

    def __init__(self, bot: Bot, store: Store, table: Table) -> None:
        self._bot = bot
        self._store = store
        self._table = table
        self._registered = False
        self._shown: dict[str, tuple[str, frozenset[Role]]] = {}

    async def run(self, pause: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        """Keep them right until cancelled. Lists are a courtesy: a failure is logged and made up for in a minute."""
        while True:
            try:
                await self.refresh()
            except TelegramError as trouble:
                log.warning("commands_not_registered", error=type(trouble).__name__)
            await pause(LOOK_AGAIN)

    async def refresh(self) -> None:
        """Tell Telegram what has changed since the last time. Raises `TelegramError`; what was told stays told."""
        if not self._registered:
            await register_commands(self._bot, self._table)
            self._registered = True
        async with self._store.reading() as uow:
            staff = await uow.accounts.staff(Network.TELEGRAM, self._bot.token.partition(":")[0])
        now = {address: (language, roles) for address, language, roles in staff}
        for address in self._shown.keys() - now.keys():
            await self._bot.delete_my_commands(scope=BotCommandScopeChat(address))
            del self._shown[address]
        for address, shown in now.items():
            if self._shown.get(address) != shown:
                language, roles = shown
                commands = commands_of(self._table, roles, language)
                await self._bot.set_my_commands(commands, scope=BotCommandScopeChat(address))
                self._shown[address] = shown
