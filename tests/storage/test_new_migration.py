"""`make migration`: what it writes has the next number, and it writes nothing that says nothing."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.migrate import known_revisions, make
from tests.support.new_migration import main, write_next


def test_the_next_migration_has_the_next_number_and_what_differs(tmp_path: Path):
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    with engine.begin() as connection:
        make(connection)
        connection.exec_driver_sql("DROP TABLE heartbeats")
        (tmp_path / "versions").mkdir()
        written = write_next(connection, "Add the hearts' beats", tmp_path / "versions")
    engine.dispose()

    number = f"{int(max(known_revisions())) + 1:04d}"
    assert written is not None
    assert written.name == f"{number}_add_the_hearts_beats.py"
    text = written.read_text("utf-8")
    assert f"revision = '{number}'" in text
    assert "create_table('heartbeats'" in text


def test_where_nothing_differs_nothing_is_written(tmp_path: Path):
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    with engine.begin() as connection:
        make(connection)
        assert write_next(connection, "Nothing", tmp_path) is None
    engine.dispose()

    assert not list(tmp_path.glob("*.py"))


def test_a_migration_has_a_name():
    with pytest.raises(SystemExit, match='make migration NAME="Add …"'):
        main("")
