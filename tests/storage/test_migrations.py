"""A database grown by the migrations is the one the code believes in."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from intake.rules.deadlines.due_packing import unpack_due
from storage.engine import open_engine
from storage.migrate import changing_schema, compare, config, migrate, schema_state
from storage.tables import metadata
from storage.unit_of_work import Store
from tests.support.grown import before, grow, migrations_read_once
from tests.support.recorded import deeds
from tests.support.tampering import verified
from tests.support.world import Clock, local, make_store

__all__ = ["migrations_read_once"]

pytestmark = pytest.mark.xdist_group("migrations")  # one worker goes the way from the first version


async def test_what_differs_from_the_code_is_named(store: Store):
    async with store.engine.begin() as connection:
        await connection.run_sync(metadata.tables["heartbeats"].drop)
        differences = await connection.run_sync(compare)
        await connection.rollback()

    assert [(what, table.name) for what, table in differences] == [("add_table", "heartbeats")]


async def test_migrating_what_is_up_to_date_changes_nothing(store: Store):
    async with store.unit() as uow:
        await uow.ledger.beat("sweep")
        await uow.commit()

    await migrate(store.engine)

    assert await schema_state(store.engine) == "current"
    async with store.reading() as uow:
        assert await uow.ledger.last_beat("sweep") is not None


async def test_an_empty_database_lacks_its_migrations(tmp_path):
    engine = open_engine(f"sqlite+aiosqlite:///{tmp_path / 'new.sqlite3'}")
    try:
        assert await schema_state(engine) == "empty"
        await migrate(engine)
        assert await schema_state(engine) == "current"
    finally:
        await engine.dispose()


async def test_a_database_newer_than_the_product_is_noticed(store: Store):
    async with store.engine.begin() as connection:
        await connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))

    assert await schema_state(store.engine) == "newer"


async def test_a_migration_that_fails_leaves_the_database_as_it_was(tmp_path):
    """DDL is transactional on both databases: half a migration never stays."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'half.sqlite3'}"
    engine = create_async_engine(url)
    async with engine.begin() as connection:  # a table of the same name is in the way of the last ones
        await connection.execute(sa.text("CREATE TABLE web_messages (id INTEGER)"))
    await engine.dispose()
    engine = open_engine(url)
    try:
        try:
            await migrate(engine)
        except sa.exc.OperationalError:
            pass
        else:
            raise AssertionError("the migration should have failed")
        async with engine.connect() as connection:
            names = await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names())
        assert names == ["web_messages"]
    finally:
        await engine.dispose()


def test_who_was_registered_before_there_were_seats_keeps_place_and_number(tmp_path):
    """0002: the registration counts for the person's hamlet, in the order it came; one taken back stays so."""
    grow(tmp_path / "old.sqlite3", "0001")
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    with engine.begin() as connection:
        for table, values in (
            ("units", {"id": 7, "code": "VB-dong", "name": "Thôn Đông", "level": "hamlet", "path": "/7/"}),
            ("persons", {"id": 3, "name": "Mai", "hamlet_id": 7, "language": "vi", "language_known": 1}),
            (
                "plans",
                {"id": 1, "code": "p", "unit_id": 7, "title": "", "year": 2026, "profile": "{}", "choices": "{}"},
            ),
            ("meetings", {**_MEETING, "id": 5}),
            ("registrations", {**_REGISTRATION, "id": 11, "reference": "ĐK-1", "state": "withdrawn"}),
            ("registrations", {**_REGISTRATION, "id": 12, "reference": "ĐK-2", "state": "standing"}),
        ):
            columns = ", ".join(values)
            named = ", ".join(f":{name}" for name in values)
            connection.execute(sa.text(f"INSERT INTO {table} ({columns}) VALUES ({named})"), values)  # noqa: S608
    with engine.begin() as connection:
        command.upgrade(config(connection), "head")
        rows = connection.execute(
            sa.text("SELECT reference, state, unit_id, seat, rank, walk_in FROM registrations ORDER BY id")
        ).all()
    engine.dispose()

    assert [tuple(row) for row in rows] == [
        ("ĐK-1", "withdrawn", 7, "resident", 11, 0),
        ("ĐK-2", "standing", 7, "resident", 12, 0),
    ]


_MEETING = {
    "plan_id": 1,
    "unit_id": 7,
    "session_key": "q3",
    "title": "",
    "theme": "",
    "window_from": "2026-07-01",
    "window_to": "2026-09-30",
    "precision": "quarter",
    "venue": "",
    "state": "planned",
}
_REGISTRATION = {
    "meeting_id": 5,
    "person_id": 3,
    "kind": "attend",
    "content": "",
    "registered_at": "2026-07-01 00:00:00",
}


@asynccontextmanager
async def grown_from(folder: Path, migration: str, statements: str) -> AsyncIterator[AsyncEngine]:
    """A database that had these rows before a migration, and was migrated to the newest shape."""
    file = folder / "old.sqlite3"
    grow(file, before(migration))
    engine = open_engine(f"sqlite+aiosqlite:///{file}")
    try:
        async with engine.begin() as connection:
            for statement in statements.strip().split(";\n"):
                await connection.execute(sa.text(statement.removesuffix(";")))
        await migrate(engine)
        yield engine
    finally:
        await engine.dispose()


_OLD_NOTICES = """
INSERT INTO units (id, code, name, level, path) VALUES (1, 'VB', 'Vĩnh Bảo', 'commune', '/1/');
INSERT INTO persons (id, name, language, language_known) VALUES (1, 'Thư', 'vi', 0);
INSERT INTO plans (id, code, unit_id, title, year, profile, choices) VALUES (1, 'p', 1, 'Kế hoạch', 2024, '{}', '{}');
INSERT INTO meetings (id, plan_id, unit_id, session_key, title, theme, window_from, window_to, precision, venue, state,
                      starts_at)
SELECT column1, 1, 1, 'k', 'Buổi', '', '2024-04-01', '2024-04-30', 'month', 'Hội trường', 'fixed',
       '2024-04-25 01:00:00.000000' FROM (VALUES (1), (2));
INSERT INTO notices (id, meeting_id, text, released_by, released_at)
SELECT id, id, 'Mời', 1, '2024-03-01 01:00:00.000000' FROM meetings;
INSERT INTO clocks (kind, unit_id, meeting_id, anchor_on, due_on, due, wake_on, state, history)
VALUES ('notice', 1, 2, '2024-04-25', '2024-04-20', '{}', '2024-04-20', 'running', '[]');
"""


async def test_an_old_notice_is_current_unless_its_clock_had_to_run_again(tmp_path):
    """A release met the notice clock then; a clock that ran meant that the meeting had been moved since."""
    async with grown_from(tmp_path, "announcing", _OLD_NOTICES) as engine:
        async with engine.connect() as connection:
            rows = await connection.execute(sa.text("SELECT starts_at, venue FROM notices ORDER BY id"))
            current, outdated = rows.all()
        assert tuple(current) == ("2024-04-25 01:00:00.000000", "Hội trường")
        assert tuple(outdated) == (None, "")


_OLD_CONCLUSIONS = """
INSERT INTO units (id, code, name, level, path) VALUES (1, 'VB', 'Vĩnh Bảo', 'commune', '/1/');
INSERT INTO persons (id, name, language, language_known) VALUES (1, 'Thư', 'vi', 0);
INSERT INTO plans (id, code, unit_id, title, year, profile, choices) VALUES (1, 'p', 1, 'Kế hoạch', 2024, '{}', '{}');
INSERT INTO meetings (id, plan_id, unit_id, session_key, title, theme, window_from, window_to, precision, venue, state)
VALUES (1, 1, 1, 'k', 'Buổi', '', '2024-04-01', '2024-04-30', 'month', 'Hội trường', 'held');
INSERT INTO conclusion_items (id, meeting_id, number, text, owner, due_on, written_by, published_at, done_at)
VALUES (1, 1, 1, 'Sửa đường.', 'Xã', '2024-06-30', 1, '2024-05-01 01:00:00.000000', NULL),
       (2, 1, 2, 'Không có hạn.', 'Xã', NULL, 1, '2024-05-01 01:00:00.000000', NULL),
       (3, 1, 3, 'Đã xong.', 'Xã', '2024-06-30', 1, '2024-05-01 01:00:00.000000', '2024-05-02 01:00:00.000000'),
       (4, 1, 4, 'Đang soạn.', 'Xã', '2024-06-30', 1, NULL, NULL);
"""


async def test_an_item_that_was_public_before_there_were_clocks_gets_its_own(tmp_path):
    """And it is swept and explained like any other."""
    async with grown_from(tmp_path, "conclusion_clocks", _OLD_CONCLUSIONS) as engine:
        async with engine.connect() as connection:
            rows = (await connection.execute(sa.select(metadata.tables["clocks"]))).all()
        [clock] = rows
        assert (clock.item_id, clock.unit_id, clock.kind, clock.state) == (1, 1, "conclusion", "running")
        assert clock.wake_on < clock.due_on == date(2024, 6, 30)
        assert unpack_due(clock.due).due_on == date(2024, 6, 30)
        async with changing_schema(engine) as connection:  # and the way back
            await connection.run_sync(lambda sync: command.downgrade(config(sync), before("conclusion_clocks")))
            assert (await connection.execute(sa.text("SELECT count(*) FROM clocks"))).scalar_one() == 0


_OLD_LETTERS = """
INSERT INTO units (id, code, name, level, path) VALUES (1, 'VB', 'Vĩnh Bảo', 'commune', '/1/');
INSERT INTO persons (id, name, language, language_known) VALUES (1, 'Thư', 'vi', 0), (2, 'Mai', 'vi', 0);
INSERT INTO plans (id, code, unit_id, title, year, profile, choices) VALUES (1, 'p', 1, 'Kế hoạch', 2024, '{}', '{}');
INSERT INTO meetings (id, plan_id, unit_id, session_key, title, theme, window_from, window_to, precision, venue, state)
VALUES (1, 1, 1, 'k', 'Buổi', '', '2024-04-01', '2024-04-30', 'month', 'Hội trường', 'fixed');
INSERT INTO notices (id, meeting_id, text, released_by, released_at, venue)
VALUES (7, 1, 'Mời', 1, '2024-03-01 01:00:00.000000', 'Hội trường'), (8, 1, 'Mời lại', 1, '2024-03-02 01:00:00', '');
INSERT INTO notice_pushes (notice_id, hamlet_id, pushed_by, pushed_at, recipients)
VALUES (7, 1, 1, '2024-03-01 02:00:00.000000', 2);
INSERT INTO letters (id, person_id, priority, content, created_at, not_before, once, state, attempts)
VALUES (1, 1, 2, '{}', '2024-03-01 02:00:00', '2024-03-01 02:00:00', 'notice:7:1', 'sent', 0),
       (2, 2, 2, '{}', '2024-03-01 02:00:00', '2024-03-01 02:00:00', 'notice:7:2', 'waiting', 0),
       (3, 2, 2, '{}', '2024-03-01 02:00:00', '2024-03-01 02:00:00', NULL, 'waiting', 0),
       (4, 2, 0, '{}', '2024-03-01 02:00:00', '2024-03-01 02:00:00', NULL, 'waiting', 0);
"""


async def test_letters_of_an_old_notice_become_letters_of_a_broadcast_and_what_waits_still_goes_out(tmp_path):
    async with grown_from(tmp_path, "broadcasts", _OLD_LETTERS) as engine:
        async with engine.connect() as connection:
            broadcasts = await connection.execute(sa.text("SELECT id, name, state, people, letters FROM broadcasts"))
            [broadcast] = broadcasts.all()
            letters = await connection.execute(sa.text("SELECT id, priority, broadcast_id FROM letters ORDER BY id"))
        assert tuple(broadcast)[1:] == ("notice:7", "done", 2, 2)
        assert [tuple(letter) for letter in letters] == [
            (1, 2, broadcast.id),
            (2, 1, broadcast.id),
            (3, 1, None),
            (4, 0, None),
        ]
        async with changing_schema(engine) as connection:  # and the way back
            await connection.run_sync(lambda sync: command.downgrade(config(sync), before("broadcasts")))
            assert (await connection.execute(sa.text("SELECT count(*) FROM letters"))).scalar_one() == 4


_OLD_ROLES = """
INSERT INTO units (id, code, name, level, path) VALUES (1, 'VB', 'Vĩnh Bảo', 'commune', '/1/');
INSERT INTO persons (id, name, language, language_known) VALUES (1, 'Thư', 'vi', 0);
INSERT INTO grants (id, person_id, role, unit_id) VALUES (4, 1, 'secretary', 1);
INSERT INTO invitations (id, code_digest, role, unit_id, created_at, expires_at, replaces)
VALUES (1, 'x', 'hamlet_head', 1, '2024-03-01 02:00:00', '2099-03-01 02:00:00', 3000);
"""


async def test_a_role_given_after_the_upgrade_has_an_id_no_button_and_no_code_was_made_for(tmp_path):
    """Ids that were given out and deleted before are stepped over; those a code still names certainly."""
    given = "INSERT INTO grants (person_id, role, unit_id) VALUES (1, 'chair', 1) RETURNING id"
    async with grown_from(tmp_path, "ids_never_again", _OLD_ROLES) as engine:
        async with engine.begin() as connection:
            assert (await connection.execute(sa.text(given))).scalar_one() > 3000
            await connection.execute(sa.text("DELETE FROM grants"))
            again = (await connection.execute(sa.text(given))).scalar_one()
            assert again > 3001
        async with changing_schema(engine) as connection:  # and the way back
            await connection.run_sync(lambda sync: command.downgrade(config(sync), before("ids_never_again")))
            assert (await connection.execute(sa.text("SELECT id FROM grants"))).scalar_one() == again


_OLD_AUDIT = """
INSERT INTO audit_entries (at, act, subject, detail)
VALUES ('2024-03-01 01:00:00.000000', 'cancel_meeting', 'meeting:1', '{"reason": "Bà Lụa ốm", "kept": 2}'),
       ('2024-03-01 02:00:00.000000', 'retry_letters', 'outbox', '{"letters": [1], "by": "thu"}'),
       ('2024-03-01 03:00:00.000000', 'open_meeting', 'meeting:1', '{}');
"""


async def test_words_that_stood_in_the_audit_trail_are_moved_beside_it_and_back(tmp_path):
    kept = sa.text("SELECT CAST(detail AS TEXT) FROM audit_entries ORDER BY id")
    async with grown_from(tmp_path, "audit_chain", _OLD_AUDIT) as engine:
        store = make_store(engine, Clock(local(2024, 3, 2)))
        async with store.reading() as uow:
            entries = "".join(await uow.session.scalars(kept))
            told = [(deed.act, deed.detail) for deed in await deeds(uow)]
        assert "Lụa" not in entries
        assert "thu" not in entries
        assert told == [
            ("cancel_meeting", {"kept": 2, "reason": "Bà Lụa ốm"}),
            ("retry_letters", {"letters": [1], "by": "thu"}),
            ("open_meeting", {}),
        ]
        assert (await verified(store)).words_changed == ()
        async with changing_schema(engine) as connection:  # and the way back
            await connection.run_sync(lambda sync: command.downgrade(config(sync), before("audit_chain")))
            back = [json.loads(detail) for detail in (await connection.execute(kept)).scalars()]
        assert back == [{"kept": 2, "reason": "Bà Lụa ốm"}, {"letters": [1], "by": "thu"}, {}]


_OLD_DEMANDS = """
INSERT INTO units (id, code, name, level, path) VALUES (1, 'VB', 'Vĩnh Bảo', 'commune', '/1/');
INSERT INTO tasks (id, unit_id, kind, key, title, text, outcome, opened_at)
VALUES (3, 1, 'demand', 'demand:1:17:2024-03-01T01:00:00+00:00', '1', '', '', '2024-03-01 01:00:00.000000'),
       (4, 1, 'quarterly-report', 'report:1:2024-q1', 'Quý I', '', '', '2024-03-01 01:00:00.000000');
"""


async def test_the_task_of_a_demand_names_nobody_any_more(tmp_path):
    async with grown_from(tmp_path, "demands_of_nobody", _OLD_DEMANDS) as engine, changing_schema(engine) as connection:
        keys = (await connection.execute(sa.text("SELECT key FROM tasks ORDER BY id"))).scalars().all()
        assert keys == ["demand:3", "report:1:2024-q1"]
        await connection.run_sync(lambda sync: command.downgrade(config(sync), before("demands_of_nobody")))


_HELD_TWICE = """
INSERT INTO units (id, code, name, level, path) VALUES (1, 'VB', 'Vĩnh Bảo', 'commune', '/1/');
INSERT INTO desks (id, unit_id, code, name, position) VALUES (1, 1, 'a', 'Một', 1), (2, 1, 'b', 'Hai', 2);
INSERT INTO persons (id, name, language, language_known) VALUES (1, 'Hoa', 'vi', 0), (2, 'Dân', 'vi', 0);
INSERT INTO grants (id, person_id, role, unit_id, desk_id)
VALUES (1, 1, 'official', 1, 1), (2, 1, 'official', 1, 1), (3, 1, 'official', 1, 2), (4, 2, 'official', 1, 1),
       (5, 1, 'secretary', 1, NULL), (6, 1, 'secretary', 1, NULL);
"""


async def test_a_role_that_was_held_twice_is_held_once_so_that_taken_back_it_is_gone(tmp_path):
    async with grown_from(tmp_path, "a_role_once", _HELD_TWICE) as engine, engine.connect() as connection:
        held = (await connection.execute(sa.text("SELECT id FROM grants ORDER BY id"))).scalars().all()
    assert held == [1, 3, 4, 5]


_SUSPENDED_AND_ERASED = """
INSERT INTO units (id, code, name, level, path) VALUES (1, 'VB', 'Vĩnh Bảo', 'commune', '/1/');
INSERT INTO persons (id, name, language, language_known, erased_at)
VALUES (1, '', 'vi', 0, '2024-03-02 01:00:00.000000'), (2, 'Dân', 'vi', 0, NULL);
INSERT INTO ended_grants (id, grant_id, person_id, role, unit_id, ended_at, until)
VALUES (1, 1, 1, 'secretary', 1, '2024-03-01 01:00:00.000000', '2024-03-09'),
       (2, 2, 2, 'secretary', 1, '2024-03-01 01:00:00.000000', '2024-03-09');
"""


async def test_nobody_lets_the_suspended_role_of_somebody_erased_count_again(tmp_path):
    wanted = sa.text("SELECT id FROM ended_grants WHERE until IS NOT NULL")
    grown = grown_from(tmp_path, "no_suspended_role_of_nobody", _SUSPENDED_AND_ERASED)
    async with grown as engine, engine.connect() as connection:
        assert (await connection.execute(wanted)).scalars().all() == [2]
