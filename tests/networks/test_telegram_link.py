"""The link that QR codes carry: Telegram is asked for the bot's name until it answers."""

from bot.telegram.link import learn_link
from bot.telegram.receive import make_bot
from tests.support.telegram_fakes import API, TOKEN, FakeSession, FakeTelegram, refused


async def test_codes_lead_to_the_bot_once_telegram_has_said_its_name() -> None:
    server = FakeTelegram()
    server.answers.append(refused(502, "Bad Gateway"))
    told: list[str] = []
    waited: list[float] = []

    async def pause(seconds: float) -> None:
        waited.append(seconds)

    await learn_link(make_bot(TOKEN, API, FakeSession(server)), told.append, pause)

    assert told == ["https://t.me/doithoai_bot?start="]
    assert waited == [1.0]
