"""Somebody installs a newer version over what the older one left, or the older one over the newer."""

import shutil
import sqlite3
import stat
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command

from storage.migrate import config
from tests.support.command_line import Command, refused


@cache
def _of_version(version: str) -> bytes:
    """A database of an older version, made once: each test has a file of its own with it."""
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    with engine.begin() as connection:
        command.upgrade(config(connection), version)
        connection.execute(sa.text("INSERT INTO units (code, name, level, path) VALUES ('VB', 'VB', 'commune', '/1/')"))
    with closing(engine.raw_connection()) as opened:
        content: bytes = opened.driver_connection.serialize()
    engine.dispose()
    return content


def _left_by(version: str, data: Path) -> Path:
    data.mkdir()
    database = data / "doithoai.sqlite3"
    database.write_bytes(_of_version(version))
    return database


def _revision(database: Path) -> str:
    with closing(sqlite3.connect(database)) as opened:
        return str(opened.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def test_the_database_is_copied_before_it_is_migrated_and_it_is_said_where(doithoai: Command, tmp_path: Path):
    database = _left_by("0010", tmp_path / "data")

    status, out, err = doithoai("migrate")

    assert (status, out) == (0, "the database is up to date\n")
    [copy] = (tmp_path / "data" / "before-migration").iterdir()
    assert err == f"the database was copied to {copy} before it was migrated\n"
    assert _revision(copy) == "0010" < _revision(database)
    assert (stat.S_IMODE(copy.stat().st_mode), stat.S_IMODE(copy.parent.stat().st_mode)) == (0o600, 0o700)

    status, out, err = doithoai("migrate")
    assert (status, out, err) == (0, "the database is up to date\n", "")
    assert [copy] == list((tmp_path / "data" / "before-migration").iterdir())

    shutil.copy(copy, database)  # the way back, and forward again
    assert doithoai("migrate")[0] == 0


def test_the_three_newest_copies_stay(doithoai: Command, tmp_path: Path):
    database = _left_by("0010", tmp_path / "data")
    older = tmp_path / "data" / "before-migration"
    older.mkdir()
    for year in (2023, 2021, 2024, 2022):
        (older / f"{year}-01-01-080000.sqlite3").touch()

    assert doithoai("migrate")[0] == 0

    names = sorted(copy.name for copy in older.iterdir())
    assert names[:2] == ["2023-01-01-080000.sqlite3", "2024-01-01-080000.sqlite3"]
    assert len(names) == 3
    assert _revision(database) > "0010"


def test_where_no_copy_can_be_made_nothing_is_migrated(doithoai: Command, tmp_path: Path):
    database = _left_by("0010", tmp_path / "data")
    (tmp_path / "data" / "before-migration").write_text("a file where the folder should be")

    refused(doithoai("migrate"), "before-migration")

    assert _revision(database) == "0010"


@pytest.mark.parametrize("words", [("migrate",), ("sweep",)])
def test_a_database_of_a_newer_version_is_left_alone_in_one_sentence(
    words: tuple[str, ...], doithoai: Command, tmp_path: Path
):
    database = _left_by("0010", tmp_path / "data")
    with closing(sqlite3.connect(database)) as opened, opened:
        opened.execute("UPDATE alembic_version SET version_num = '9999'")

    refused(doithoai(*words), "made by a newer version of doithoai (its revision is 9999")

    assert _revision(database) == "9999"
    status, out, _ = doithoai("doctor")
    assert status == 1
    assert "SQLite was made by a newer version of doithoai" in out


def test_a_database_whose_rows_would_refer_to_nothing_stays_as_it_was(doithoai: Command, tmp_path: Path):
    database = _left_by("0010", tmp_path / "data")
    with closing(sqlite3.connect(database)) as opened, opened:  # what only a repair by hand leaves behind
        opened.execute("INSERT INTO desks (unit_id, code, name, position) VALUES (77, 'DC', 'DC', 1)")

    status, _, err = doithoai("migrate")

    assert status == 2
    assert "rows would refer to what is not there (1, the first in desks to units); nothing was changed" in err
    assert _revision(database) == "0010"


def test_looking_a_date_up_leaves_an_older_database_as_it_is(doithoai: Command, tmp_path: Path):
    database = _left_by("0010", tmp_path / "data")

    status, out, err = doithoai("clock", "reply", "2024-04-25", "--plan", "di-lang-2024")

    assert (status, out.splitlines()[0]) == (0, "2024-05-27")
    assert err == (
        "doithoai: the database is of an older version and was not asked; the plan and calendar are those shipped\n"
    )
    assert _revision(database) == "0010"
    assert not (tmp_path / "data" / "before-migration").exists(), "nothing to copy: nothing is migrated"
    refused(doithoai("clock", "reply", "2024-04-25", "--plan", "atlantis-2024"), "there is no plan atlantis-2024")
