"""The desk's list and what it counts go along indexes on both databases, however many questions there are."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from intake.rules.questions.question_list import LISTED_STATES, ListScope, QuestionFilter, QuestionOrder
from storage.unit_of_work import SqlUnitOfWork, Store
from tests.support.village import build

Asks = Callable[[SqlUnitOfWork, ListScope], Awaitable[object]]


async def counts(uow: SqlUnitOfWork, scope: ListScope) -> object:
    return await uow.question_lists.counts(scope, 1001)


async def naming(uow: SqlUnitOfWork, scope: ListScope) -> object:
    return await uow.question_lists.naming(scope)


async def newest(uow: SqlUnitOfWork, scope: ListScope) -> object:
    wanted = QuestionFilter(states=LISTED_STATES)
    return await uow.question_lists.page(scope, wanted, QuestionOrder.NEWEST, uow.today, skip=0, most=51)


async def due(uow: SqlUnitOfWork, scope: ListScope) -> object:
    wanted = QuestionFilter(states=LISTED_STATES)
    return await uow.question_lists.page(scope, wanted, QuestionOrder.DUE, uow.today, skip=0, most=51)


async def searched(uow: SqlUnitOfWork, scope: ListScope) -> object:
    wanted = QuestionFilter(states=LISTED_STATES, words=("duong",), searched=True)
    return await uow.question_lists.page(scope, wanted, QuestionOrder.NEWEST, uow.today, skip=0, most=51)


@contextmanager
def heard(connection: Any) -> Iterator[list[tuple[str, Any]]]:
    """What a connection is asked meanwhile, as it is really sent."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, *_rest: object) -> None:
        asked.append((statement, values))

    sa.event.listen(connection, "before_cursor_execute", note)
    yield asked
    sa.event.remove(connection, "before_cursor_execute", note)


async def scans(store: Store, asks: Asks, scope: ListScope) -> list[str]:
    """The steps in which the database would read every question, or every clock."""
    async with store.reading() as uow:
        connection = await uow.session.connection()
        on_sqlite = connection.dialect.name == "sqlite"
        if not on_sqlite:  # of the few rows of a test it would read all, which tells nothing
            await connection.exec_driver_sql("SET enable_seqscan = off")
        with heard(connection.sync_connection) as asked:
            await asks(uow, scope)
        explain = "EXPLAIN QUERY PLAN" if on_sqlite else "EXPLAIN"
        steps = []
        for statement, values in asked:
            plan = await connection.exec_driver_sql(f"{explain} {statement}", values)
            steps += [str(row[-1]) for row in plan]
    assert steps
    bad = ("SCAN questions", "SCAN clocks") if on_sqlite else ("Seq Scan on questions", "Seq Scan on clocks")
    return [step for step in steps if step.strip().removeprefix("->").strip().startswith(bad)]


@pytest.mark.parametrize("asks", [counts, naming, newest, due, searched], ids=lambda asks: asks.__name__)
@pytest.mark.parametrize("sits", ["in the office", "at a desk", "both"])
async def test_no_list_reads_every_question(store: Store, asks: Asks, sits: str) -> None:
    village = await build(store)
    units = (village.commune.id,) if sits != "at a desk" else ()
    desks = (village.desk.id,) if sits != "in the office" else ()
    scope = ListScope(units, desks, (village.commune.id,), led_units=units)
    assert await scans(store, asks, scope) == []
