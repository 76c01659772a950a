"""The bot's own name: asked of Telegram until it answers, kept for the links on posters."""

from bot.media.links import ChatLinks
from bot.telegram.receive import make_bot
from bot.telegram.startup import learn_name
from tests.support.telegram_fakes import API, TOKEN, FakeSession, FakeTelegram, refused

ME = (200, {"ok": True, "result": {"id": 4242, "is_bot": True, "first_name": "Đối thoại", "username": "di_lang_bot"}})


async def test_the_name_is_asked_for_again_until_telegram_answers() -> None:
    telegram = FakeTelegram(answers=[refused(502, "Bad Gateway"), OSError("no network"), ME])
    links, pauses = ChatLinks(), []

    async def pause(seconds: float) -> None:
        assert links.telegram == ""
        pauses.append(seconds)

    await learn_name(make_bot(TOKEN, API, FakeSession(telegram)), links, pause)

    assert links.telegram == "di_lang_bot"
    assert pauses == [1.0, 2.0]
