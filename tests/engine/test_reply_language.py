"""In which language somebody is answered: Vietnamese for all of Việt Nam's own people, and in doubt."""

from pathlib import Path

from handlers.language.choice import language_of_text
from tests.support.world import World

TABLE = Path(__file__).parent / "typed" / "reply_language.tsv"


def test_english_is_for_those_who_clearly_write_in_a_language_of_abroad() -> None:
    cases = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines()]
    assert [text for text, wanted in cases if language_of_text(text, "vi") != wanted] == []


def test_what_decides_nothing_leaves_the_language_there_is() -> None:
    assert language_of_text("ok thanks", "en") == "en"
    assert language_of_text("/start DL", "en") == "en"
    assert language_of_text("Đường vào xóm hỏng", "en") == "vi"


async def test_a_guessed_english_gives_way_to_a_vietnamese_text_with_a_word(plain_world: World) -> None:
    person = await plain_world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await person.says("When is the street light in front of my house repaired?")
    assert "Send" in person.hears()
    await person.presses("Edit")
    await person.says("Đèn đường trước nhà tôi hỏng đã hai tuần")
    assert "Từ nay tôi trả lời bằng tiếng Việt" in person.hears()
    await person.presses("Huỷ")
    await person.says("When is the street light in front of my house repaired?")
    assert "Gửi" in person.hears()
