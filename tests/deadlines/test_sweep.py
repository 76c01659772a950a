"""The sweep on each kind of database: found by index, shared by processes, killed, and in the way of nobody."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from intake.actions.deadlines.sweep import sweep
from intake.rules.deadlines.deadline import Alert
from intake.rules.message import unpack_message
from intake.rules.outbox.letter import Letter
from intake.rules.people.person import Grant, Person, Role
from intake.rules.questions.question import QuestionId, QuestionState
from scheduler.enforcement import run_sweep
from storage.engine import open_engine
from storage.unit_of_work import Store
from tests.support.processes import PATIENCE
from tests.support.village import Village, a_clock, a_meeting, a_question, build
from tests.support.world import Clock, local, make_store
from wording.texts import render

DUE = date(2024, 4, 1)


@dataclass(frozen=True, slots=True)
class Overdue:
    """Overdue questions at a desk of one official, under one secretary and one chair."""

    village: Village
    questions: list[QuestionId]


async def overdue(store: Store, count: int = 7) -> Overdue:
    village = await build(store)
    async with store.unit() as uow:
        for role, desk_id in ((Role.OFFICIAL, village.desk.id), (Role.SECRETARY, None), (Role.CHAIR, None)):
            person = await uow.people.add(Person(role.value, created_at=uow.now))
            await uow.people.give(Grant(person.id, role, village.commune.id, desk_id))
        questions = []
        for number in range(count):
            question = await uow.questions.add(
                a_question(
                    village,
                    f"VB-2024-{number:04}",
                    uow.now,
                    desk_id=village.desk.id,
                    state=QuestionState.TAKEN_ON,
                )
            )
            await uow.clocks.add(a_clock(question, DUE))
            questions.append(question.id)
        await uow.commit()
    return Overdue(village, questions)


async def told(store: Store) -> list[tuple[str, int]]:
    """(reference, person) of everything the letters say."""
    async with store.reading() as uow:
        letters = await uow.session.scalars(sa.select(Letter))
        return sorted(
            (reference, letter.person_id or 0)
            for letter in letters
            for reference in re.findall(r"VB-2024-\d{4}", render(unpack_message(letter.content), "vi").text)
        )


def everybody_once(told: list[tuple[str, int]], about: Overdue) -> bool:
    return all(
        len(people) == len(set(people)) == 4
        for number in range(len(about.questions))
        for people in [[person for reference, person in told if reference == f"VB-2024-{number:04}"]]
    )


async def test_any_number_of_processes_tell_everybody_once(
    store: Store, new_store: Callable[[], Store], clock: Clock
) -> None:
    about = await overdue(store)
    clock.move_to(local(2024, 4, 2))
    others = [new_store() for _ in range(3)]
    totals = await asyncio.gather(*(run_sweep(one.unit, limit=2) for one in (store, *others, store, *others)))
    await run_sweep(store.unit)  # what a process left to another one that was just looking at it

    assert sum(total.alerts for total in totals) <= 4 * len(about.questions)
    letters = await told(store)
    assert everybody_once(letters, about)
    assert len(letters) == 4 * len(about.questions)


async def test_batches_go_on_until_nothing_is_left(store: Store, clock: Clock) -> None:
    about = await overdue(store)
    clock.move_to(local(2024, 4, 2))
    looked: list[int] = []
    total = await run_sweep(store.unit, limit=3, on_batch=looked.append)
    assert looked == [3, 6, 7]
    # 7 askers, each of their own question; the official, the secretary and the chair of one batch's after the other's
    assert (total.looked_at, total.alerts, total.letters, total.more) == (7, 28, 7 + 3 * 3, False)
    assert everybody_once(await told(store), about)


async def test_killed_between_batches_the_rest_follows(store: Store, clock: Clock) -> None:
    about = await overdue(store)
    clock.move_to(local(2024, 4, 2))
    async with store.unit() as uow:
        await sweep(uow, limit=3)
        await uow.commit()
    async with store.unit() as uow:
        await sweep(uow, limit=3)  # killed: never committed
    assert len(await told(store)) == 12
    await run_sweep(store.unit)
    assert everybody_once(await told(store), about)


async def test_the_heartbeat_is_left_by_the_last_batch_only(store: Store, clock: Clock) -> None:
    await overdue(store, 2)
    clock.move_to(local(2024, 4, 2))
    async with store.unit() as uow:
        assert (await sweep(uow, limit=2)).more
        assert await uow.ledger.last_beat("sweep") is None
        assert not (await sweep(uow, limit=2)).more
        assert await uow.ledger.last_beat("sweep") == clock.now()


async def test_a_batch_of_any_size_costs_the_same_few_statements(store: Store, clock: Clock) -> None:
    await overdue(store, 40)
    clock.move_to(local(2024, 4, 2))
    asked: list[str] = []
    listen = (store.engine.sync_engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    async with store.unit() as uow:
        sa.event.listen(*listen)
        try:
            assert (await sweep(uow)).alerts == 160
        finally:
            sa.event.remove(*listen)
    assert len(asked) <= 16, asked


async def test_a_question_somebody_is_changing_is_left_to_the_next_sweep(postgresql_url: str, clock: Clock) -> None:
    # SQLite has one writer at a time: nobody changes anything while a sweep runs
    first, second = (make_store(open_engine(postgresql_url), clock) for _ in range(2))
    about = await overdue(first, 2)
    clock.move_to(local(2024, 4, 2))
    async with first.unit() as uow:
        question = await uow.questions.get(about.questions[0], lock=True)
        # does not wait for the question, and does not go round in circles
        await asyncio.wait_for(run_sweep(second.unit, limit=1), PATIENCE)
        question.state = QuestionState.ANSWERED
        (running,) = await uow.clocks.running_for(question.id)
        running.ended_at = uow.now
        await uow.commit()
    await run_sweep(second.unit)
    assert {reference for reference, _ in await told(first)} == {"VB-2024-0001"}
    await first.close()
    await second.close()


async def test_an_alert_is_new_once_for_its_subject_recipient_kind_and_date(store: Store) -> None:
    village = await build(store)

    def alert(subject: str = "question:1", kind: str = "due_7", due_on: date = DUE) -> Alert:
        return Alert(subject, village.resident.id, kind, due_on)

    async with store.unit() as uow:
        assert await uow.clocks.raise_each_once([]) == set()
        assert len(await uow.clocks.raise_each_once([alert()])) == 1
        again = [alert(), alert("question:2"), alert(kind="due_3"), alert(due_on=DUE + timedelta(days=1))]
        assert await uow.clocks.raise_each_once(again) == {
            ("question:2", village.resident.id, "due_7", DUE),
            ("question:1", village.resident.id, "due_3", DUE),
            ("question:1", village.resident.id, "due_7", DUE + timedelta(days=1)),
        }


async def test_several_things_are_found_at_once(store: Store) -> None:
    about = await overdue(store, 1)
    village = about.village
    async with store.unit() as uow:
        meeting = await uow.meetings.add(a_meeting(village), ())
        above = await uow.people.add(Person("Chủ tịch tỉnh", created_at=uow.now))
        erased = await uow.people.add(Person("", created_at=uow.now, erased_at=uow.now))
        for person, unit in ((above, village.province), (above, village.commune), (erased, village.commune)):
            await uow.people.give(Grant(person.id, Role.CHAIR, unit.id))

        assert set(await uow.meetings.many([meeting.id])) == {meeting.id}
        assert set(await uow.places.units([village.east.id, village.west.id])) == {village.east.id, village.west.id}
        assert set(await uow.places.desks_by_id([village.desk.id])) == {village.desk.id}
        assert [len(people) for people in (await uow.people.at_desks([village.desk.id])).values()] == [1]
        held = await uow.people.holding([Role.CHAIR, Role.SUPERVISOR], [village.commune, village.province])
        assert {key: len(people) for key, people in held.items()} == {
            (Role.CHAIR, village.commune.id): 2,  # the one from above holds it here too, and counts once
            (Role.CHAIR, village.province.id): 1,
        }


async def test_the_clocks_to_look_at_are_found_by_the_partial_index(sqlite_url: str, clock: Clock) -> None:
    store = make_store(open_engine(sqlite_url), clock)
    asked: list[tuple[str, object]] = []
    listen = (store.engine.sync_engine, "before_cursor_execute", lambda *args: asked.append((args[2], args[3])))
    async with store.reading() as uow:
        connection = await uow.session.connection()
        sa.event.listen(*listen)
        await uow.clocks.awake(DUE, 500)
        sa.event.remove(*listen)
        ((statement, values),) = asked  # as it is really sent, its values bound
        plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        steps = [row.detail for row in plan]
    # what is sorted are the due ones alone
    assert steps == ["SEARCH clocks USING INDEX ix_clocks_running_wake_on (wake_on<?)", "USE TEMP B-TREE FOR ORDER BY"]
    await store.close()
