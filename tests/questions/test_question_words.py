"""The index of words, on both databases: what is found, what is bounded, what an older database gets."""

import pytest
import sqlalchemy as sa
from alembic import command

from intake.rules.questions.question import QuestionState
from intake.rules.questions.search_words import search_words
from storage.migrate import changing_schema, config, migrate
from storage.queries.questions.similar import words_of
from storage.unit_of_work import Store
from tests.storage.test_migrations import before
from tests.support.village import Village, a_question, build


@pytest.fixture
async def village(store: Store) -> Village:
    return await build(store)


async def ask(store: Store, village: Village, number: int, text: str, **more: object) -> int:
    async with store.unit() as uow:
        question = a_question(village, f"VB-2026-{number:04}", uow.now, original_text=text, text=text, **more)
        await uow.questions.add(question)
        await uow.commit()
        return question.id


async def candidates(
    store: Store, village: Village, text: str, *, hidden_but: list[int] | None = None
) -> tuple[list[int], dict[str, int]]:
    async with store.unit() as uow:
        asked = await uow.questions.add(a_question(village, "VB-2026-9999", uow.now, text=text, original_text=text))
        found, frequencies = await uow.similar.candidates(
            asked,
            search_words(text),
            hidden_but=hidden_but,  # type: ignore[arg-type]
        )
        return [one.key for one in found], dict(frequencies.of_word)


async def test_what_shares_words_is_found_newest_first_and_never_itself(store: Store, village: Village) -> None:
    road = await ask(store, village, 1, "Đường xóm Trại hỏng")
    await ask(store, village, 2, "Xin lịch tiêm phòng")
    again = await ask(store, village, 3, "duong xom trai", hamlet_id=village.east.id)

    found, counts = await candidates(store, village, "Đường xóm Trại bao giờ sửa, bao giờ?")
    assert found == [again, road]
    assert counts["trai"] == 3
    async with store.reading() as uow:
        question = await uow.questions.get(again)  # type: ignore[arg-type]
        near, _ = await uow.similar.candidates(question, ["xom"], hidden_but=None)
        assert [one.nearer for one in near] == [False]


async def test_nothing_is_asked_where_nothing_was_said(store: Store, village: Village) -> None:
    await ask(store, village, 1, "Đường xóm Trại hỏng")

    assert await candidates(store, village, "ạ?") == ([], {})
    async with store.unit() as uow:
        asked = await uow.questions.add(a_question(village, "VB-2026-9998", uow.now))
        assert (await uow.similar.candidates(asked, ["chưa"], hidden_but=None))[0] == []


async def test_sensitive_questions_are_left_out_but_those_of_the_own_desk(store: Store, village: Village) -> None:
    own = await ask(store, village, 1, "Cán bộ hách dịch", sensitive=True, desk_id=village.desk.id)
    await ask(store, village, 2, "Cán bộ hách dịch nữa", sensitive=True)
    plain = await ask(store, village, 3, "Cán bộ hách dịch không?", state=QuestionState.CLOSED)

    assert (await candidates(store, village, "hách dịch", hidden_but=[village.desk.id]))[0] == [plain, own]
    assert (await candidates(store, village, "hách dịch", hidden_but=[]))[0] == [plain]
    assert len((await candidates(store, village, "hách dịch"))[0]) == 3


async def test_words_that_are_added_are_found_and_those_there_are_stay(store: Store, village: Village) -> None:
    number = await ask(store, village, 1, "Đường xóm Trại hỏng")
    async with store.unit() as uow:
        question = await uow.questions.get(number)  # type: ignore[arg-type]
        question.text += "\n– gần trạm bơm"
        await uow.similar.index(question)
        await uow.commit()

    assert (await candidates(store, village, "trạm bơm"))[0] == [number]


async def test_an_older_database_gets_the_words_of_what_was_asked(store: Store, village: Village) -> None:
    number = await ask(store, village, 1, "Đường xóm Trại hỏng")
    await ask(store, village, 2, "ạ")
    async with changing_schema(store.engine) as connection:
        before_it = before("before_the_meeting")
        await connection.run_sync(lambda sync: command.downgrade(config(sync), before_it))
    await migrate(store.engine)

    async with store.engine.connect() as connection:
        rows = await connection.execute(
            sa.text("SELECT word FROM question_words WHERE question_id = :id"), {"id": number}
        )
        assert sorted(row.word for row in rows) == sorted(words_of("Đường xóm Trại hỏng"))
    assert (await candidates(store, village, "xóm Trại"))[0] == [number]


async def test_a_long_word_is_kept_short(store: Store, village: Village) -> None:
    number = await ask(store, village, 1, "x" * 90)
    assert (await candidates(store, village, "x" * 90))[0] == [number]
