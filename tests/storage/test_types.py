"""What goes into the database comes out the same on both kinds: moments, enums, JSON with diacritics."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import StatementError

from intake.rules.deadlines.calendar import LOCAL
from intake.rules.outbox.letter import Letter, LetterState, Priority
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_parse import to_document
from intake.rules.plan.profile_terms import QuestionKind
from intake.rules.plan.window import HalfDay, Precision
from intake.rules.questions.question import Question, QuestionState
from storage import tables as t
from storage.unit_of_work import Store
from tests.support.village import a_letter, a_meeting, a_question, build


async def test_a_question_comes_back_as_it_was_kept(store: Store, new_store, clock):
    village = await build(store)
    at = datetime(2024, 3, 1, 8, 30, 15, 123456, tzinfo=LOCAL)
    async with store.unit() as uow:
        kept = a_question(
            village, "VB-2024-0001", at, state=QuestionState.TAKEN_ON, state_before=QuestionState.RECEIVED, urgent=True
        )
        await uow.questions.add(kept)
        await uow.commit()

    async with new_store().reading() as uow:
        found = await uow.questions.by_reference("vb-2024-0001")

    assert found is not None
    assert found.received_at == at
    assert found.received_at.utcoffset() == timedelta(0), "moments come out in UTC, on SQLite too"
    assert found.state is QuestionState.TAKEN_ON
    assert found.state_before is QuestionState.RECEIVED
    assert found.kind is QuestionKind.PETITION
    assert found.urgent is True
    assert found.sensitive is False
    assert found.text == "Đường vào xóm 3 hỏng"
    assert found.answered_at is None


async def test_windows_ranks_and_json_come_back_too(store: Store, new_store, clock):
    village = await build(store)
    async with store.unit() as uow:
        meeting = await uow.meetings.add(a_meeting(village), [village.east.id])
        letter = a_letter(village.account, uow.now, priority=Priority.BULK)
        await uow.letters.add(letter)
        await uow.commit()

    async with new_store().reading() as uow:
        found = await uow.meetings.get(meeting.id)
        plan = await uow.plans.get(village.plan.id)
        priority = await uow.session.scalar(sa.select(t.letters.c.priority).where(t.letters.c.id == letter.id))

    assert (found.precision, found.half_day) == (Precision.QUARTER, HalfDay.MORNING)
    assert (found.window_from, found.window_to) == (date(2024, 4, 1), date(2024, 6, 30))
    assert plan.profile == village.plan.profile
    assert "Vĩnh Bảo" in str(plan.profile)
    assert priority is Priority.BULK


async def test_the_profile_of_a_plan_is_read_once_and_anew_when_it_was_changed(store: Store, new_store):
    village = await build(store)

    async def stored() -> PlanProfile:
        async with new_store().reading() as uow:
            return (await uow.plans.get(village.plan.id)).profile

    first = await stored()
    assert first == village.plan.profile
    assert await stored() is first

    async with store.unit() as uow:
        plan = await uow.plans.get(village.plan.id, lock=True)
        plan.profile = replace(plan.profile, programme=())
        await uow.commit()
    assert await stored() == replace(first, programme=())


async def test_a_profile_that_was_stored_with_its_defaults_written_out_is_the_same(store: Store, new_store):
    """As versions before this one wrote them."""
    village = await build(store)
    document = to_document(village.plan.profile)
    document["clocks"]["reply"] |= {"count": "calendar", "roll": True}
    async with store.unit() as uow:
        statement = sa.update(t.plans).values(profile=sa.type_coerce(document, sa.JSON))
        await uow.session.execute(statement)
        await uow.commit()

    async with new_store().reading() as uow:
        assert (await uow.plans.get(village.plan.id)).profile == village.plan.profile
        assert await uow.session.scalar(sa.select(sa.cast(t.plans.c.profile, sa.Text))) == json.dumps(document)


async def test_the_values_of_words_are_what_stands_in_the_database(store: Store):
    village = await build(store)
    async with store.unit() as uow:
        await uow.letters.add(a_letter(village.account, uow.now, state=LetterState.IN_PERSON))
        await uow.questions.add(a_question(village, "VB-2024-0001", uow.now))
        await uow.commit()
    async with store.engine.connect() as connection:
        assert await connection.scalar(sa.text("SELECT state FROM letters")) == "in_person"
        assert await connection.scalar(sa.text("SELECT priority FROM letters")) == 1
        assert await connection.scalar(sa.text("SELECT kind FROM questions")) == "petition"


async def test_a_moment_without_a_zone_is_refused(store: Store):
    village = await build(store)
    async with store.unit() as uow:
        with pytest.raises(StatementError, match="a moment without a zone"):
            await uow.questions.add(a_question(village, "VB-2024-0001", datetime(2024, 3, 1)))  # noqa: DTZ001


async def test_any_zone_is_the_same_moment(store: Store):
    village = await build(store)
    odd = datetime(2024, 3, 1, 5, 45, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    async with store.unit() as uow:
        question = await uow.questions.add(a_question(village, "VB-2024-0001", odd))
        await uow.commit()
    async with store.reading() as uow:
        assert (await uow.questions.get(question.id)).received_at == datetime(2024, 3, 1, tzinfo=UTC)


async def test_a_word_nobody_knows_is_refused(store: Store):
    village = await build(store)
    async with store.unit() as uow:
        with pytest.raises(StatementError, match="lost"):
            await uow.questions.add(a_question(village, "VB-2024-0001", uow.now, state="lost"))


async def test_moments_are_compared_as_moments(store: Store, clock):
    """SQLite compares text: both sides have to be written the same way."""
    village = await build(store)
    async with store.unit() as uow:
        await uow.letters.add(a_letter(village.account, uow.now, not_before=uow.now + timedelta(microseconds=1)))
        await uow.commit()
        soon = await uow.session.scalars(sa.select(Letter).where(t.letters.c.not_before <= clock.now()))
        assert soon.all() == []
        later = await uow.session.scalars(
            sa.select(Letter).where(t.letters.c.not_before <= clock.now() + timedelta(microseconds=1))
        )
        assert len(later.all()) == 1


async def test_what_is_not_committed_is_not_there(store: Store):
    village = await build(store)
    async with store.unit() as uow:
        await uow.questions.add(a_question(village, "VB-2024-0001", uow.now))
    async with store.reading() as uow:
        assert await uow.questions.by_reference("VB-2024-0001") is None


async def test_a_savepoint_is_taken_back_alone(store: Store):
    village = await build(store)
    async with store.unit() as uow:
        await uow.questions.add(a_question(village, "VB-2024-0001", uow.now))
        with suppress(ZeroDivisionError):
            async with uow.savepoint():
                await uow.questions.add(a_question(village, "VB-2024-0002", uow.now))
                raise ZeroDivisionError
        await uow.commit()
    async with store.reading() as uow:
        rows = await uow.session.scalars(sa.select(Question.reference))
        assert rows.all() == ["VB-2024-0001"]
