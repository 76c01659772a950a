"""Pages and counts of questions, drafts and kept lists: the same on both databases."""

from datetime import timedelta

import pytest

from intake.rules.deadlines.clock import ClockKind
from intake.rules.people.person import PersonId
from intake.rules.people.unit import UnitId
from intake.rules.questions.answer_draft import AnswerDraft
from intake.rules.questions.question import Question, QuestionId, QuestionState
from intake.rules.questions.question_list import DueWhen, ListScope, QuestionFilter, QuestionOrder
from intake.rules.questions.saved_view import SavedView
from intake.rules.sealed.named import Named, NamedKind
from storage.unit_of_work import SqlUnitOfWork, Store
from tests.support.village import Village, a_clock, a_question, build
from tests.support.world import Clock

EVERYTHING = QuestionFilter()


@pytest.fixture
async def village(store: Store) -> Village:
    return await build(store)


async def asked(uow: SqlUnitOfWork, village: Village, number: int, **more: object) -> Question:
    return await uow.questions.add(a_question(village, f"VB-2024-{number:04}", uow.now, **more))


async def listed(uow: SqlUnitOfWork, scope: ListScope, wanted: QuestionFilter, order: QuestionOrder) -> list[str]:
    lines = await uow.question_lists.page(scope, wanted, order, uow.today, skip=0, most=50)
    return [line.reference[-1] for line in lines]


async def test_pages_follow_each_other_in_every_order(store: Store, village: Village, clock: Clock) -> None:
    day = clock.now().date()
    async with store.unit() as uow:
        made = [await asked(uow, village, number) for number in range(1, 7)]
        for question, days in ((made[0], 9), (made[1], 3), (made[2], 3), (made[3], -2)):
            await uow.clocks.add(a_clock(question, day + timedelta(days=days), unit_id=village.commune.id))
        await uow.clocks.add(a_clock(made[0], day + timedelta(days=1), kind=ClockKind.PROMISE))
        await uow.clocks.add(a_clock(made[5], day + timedelta(days=1), kind=ClockKind.INTERNAL_TARGET))
        scope = ListScope((village.commune.id,), ())
        assert await listed(uow, scope, EVERYTHING, QuestionOrder.NEWEST) == list("654321")
        assert await listed(uow, scope, EVERYTHING, QuestionOrder.OLDEST) == list("123456")
        assert await listed(uow, scope, EVERYTHING, QuestionOrder.DUE) == list("412356"), "a target owes nobody"
        pages = []
        for skip in range(0, 10, 2):
            lines = await uow.question_lists.page(scope, EVERYTHING, QuestionOrder.DUE, uow.today, skip=skip, most=2)
            pages.append("".join(line.reference[-1] for line in lines))
        assert pages == ["41", "23", "56", "", ""]
        first = (await uow.question_lists.page(scope, EVERYTHING, QuestionOrder.OLDEST, uow.today, skip=0, most=1))[0]
        assert first.due_on == day + timedelta(days=1), "the soonest of its days"
        for due, found in ((DueWhen.LATE, "4"), (DueWhen.WEEK, "123"), (DueWhen.LATER, ""), (DueWhen.NOT_YET, "65")):
            assert "".join(await listed(uow, scope, QuestionFilter(due=due), QuestionOrder.NEWEST)) == found, due


async def test_a_scope_is_units_desks_or_both_and_leaves_out_what_is_hidden(store: Store, village: Village) -> None:
    async with store.unit() as uow:
        await asked(uow, village, 1)
        mine = await asked(uow, village, 2, desk_id=village.desk.id, state=QuestionState.TAKEN_ON)
        await asked(uow, village, 3, state=QuestionState.SEALED)
        named = (Named(NamedKind.PERSON, village.resident.id, confirmed=True),)
        naming = await asked(uow, village, 4, named=named, desk_id=village.desk.id)
        unit, desk = village.commune.id, village.desk.id
        order = QuestionOrder.NEWEST
        assert await listed(uow, ListScope((unit,), ()), EVERYTHING, order) == list("421")
        assert await listed(uow, ListScope((), (desk,), (unit,)), EVERYTHING, order) == list("42")
        assert await listed(uow, ListScope((unit,), (desk,), (unit,)), EVERYTHING, order) == list("421")
        assert await listed(uow, ListScope((UnitId(9999),), ()), EVERYTHING, order) == []
        assert await listed(uow, ListScope((unit,), (), hidden=(naming.id,)), EVERYTHING, order) == list("21")
        for scope in (ListScope((unit,), ()), ListScope((), (desk,)), ListScope((unit,), (desk,))):
            assert [line.id for line in await uow.question_lists.naming(scope)] == [naming.id]
        counts = await uow.question_lists.counts(ListScope((unit,), (desk,)), 100)
        assert counts == {QuestionState.RECEIVED: 2, QuestionState.TAKEN_ON: 1}
        assert (await uow.question_lists.counts(ListScope((unit,), ()), 1))[QuestionState.RECEIVED] == 1, (
            "up to a bound"
        )
        assert await uow.question_lists.counts(ListScope((), (desk,)), 9) == {
            QuestionState.RECEIVED: 1,
            QuestionState.TAKEN_ON: 1,
        }
        assert await listed(uow, ListScope((unit,), ()), QuestionFilter(only=(mine.id,)), order) == ["2"]


async def test_search_follows_the_text_and_never_looks_into_what_is_sensitive(store: Store, village: Village) -> None:
    async with store.unit() as uow:
        question = await asked(uow, village, 1)
        await asked(uow, village, 2, sensitive=True)
        scope = ListScope((village.commune.id,), ())
        road, water = QuestionFilter(words=("duong", "hon")), QuestionFilter(words=("nuoc",))
        assert await listed(uow, scope, road, QuestionOrder.NEWEST) == ["1"]
        question.text = "Nước máy đục"
        await uow.flush()
        assert await listed(uow, scope, road, QuestionOrder.NEWEST) == []
        assert await listed(uow, scope, water, QuestionOrder.NEWEST) == ["1"]
        question.urgent = True
        await uow.flush()
        assert await listed(uow, scope, water, QuestionOrder.NEWEST) == ["1"]
        sealed = QuestionFilter(asker_id=village.resident.id, sensitive=True)
        assert await listed(uow, scope, sealed, QuestionOrder.NEWEST) == []
        led = ListScope((village.commune.id,), (), led_units=(village.commune.id,))
        assert await listed(uow, led, sealed, QuestionOrder.NEWEST) == ["2"]


async def test_units_with_a_plan_are_found_below_what_somebody_oversees(store: Store, village: Village) -> None:
    async with store.unit() as uow:
        for above in (village.province, village.commune):
            assert [unit.code for unit in await uow.places.roots_under([above.id, above.id])] == ["VB"]
        assert await uow.places.roots_under([village.east.id]) == []
        assert await uow.places.roots_under([]) == []


async def test_a_draft_is_replaced_and_removed_by_question_or_person(store: Store, village: Village) -> None:
    async with store.unit() as uow:
        question = await asked(uow, village, 1)
        mine = village.resident.id
        for text in ("Xã", "Xã sửa"):
            await uow.drafts.keep(AnswerDraft(question.id, mine, text, uow.now))
        (draft,) = await uow.drafts.of_question(question.id)
        assert (draft.text, draft.is_here(uow.now), draft.is_here(uow.now + timedelta(minutes=3))) == (
            "Xã sửa",
            True,
            False,
        )
        await uow.drafts.drop(question.id, PersonId(mine + 1))
        assert len(await uow.drafts.of_question(question.id)) == 1
        await uow.drafts.drop(QuestionId(question.id))
        assert await uow.drafts.of_question(question.id) == []
        await uow.drafts.keep(AnswerDraft(question.id, mine, "", uow.now))
        await uow.drafts.forget(mine)
        assert await uow.drafts.of_question(question.id) == []


async def test_kept_lists_are_a_persons_own(store: Store, village: Village) -> None:
    async with store.unit() as uow:
        one = await uow.saved_views.add(SavedView(village.resident.id, "Quá hạn", "han=qua"))
        await uow.saved_views.add(SavedView(village.resident.id, "Gấp", "gap=1"))
        await uow.saved_views.remove(one.id)
        assert [view.name for view in await uow.saved_views.of_person(village.resident.id)] == ["Gấp"]
        await uow.saved_views.forget(village.resident.id)
        assert await uow.saved_views.of_person(village.resident.id) == []
