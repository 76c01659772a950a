"""The bot's own user name, which links to it need and only Telegram knows."""

import asyncio

from aiogram import Bot

from bot.links import Links

from .patience import Pause, until_done


async def learn_name(bot: Bot, links: Links, pause: Pause = asyncio.sleep) -> None:
    """Ask Telegram for the bot's user name until it answers, and keep it for the links."""

    async def ask() -> None:
        links.telegram = (await bot.me()).username or ""

    await until_done("getMe", ask, pause)
