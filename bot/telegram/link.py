"""The link to our bot, which QR codes carry: its name is Telegram's to say."""

import asyncio
from collections.abc import Callable

from aiogram import Bot

from .patience import Pause, until_done


async def learn_link(bot: Bot, tell: Callable[[str], None], pause: Pause = asyncio.sleep) -> None:
    """Ask until Telegram has said the bot's name; `tell` is handed what stands in front of a start code."""

    async def ask() -> None:
        me = await bot.get_me()
        tell(f"https://t.me/{me.username}?start=")

    await until_done("getMe", ask, pause)
