"""Rows of several tables, written with as few turns to the server as there can be.

PostgreSQL is told all of them in one statement, whatever their number: each column goes as one array, so that the
statement is the same for one row and for thousands and stays prepared. SQLite has no way to go, and is told each row.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from storage.inline_sqlite import InlineSQLite
from storage.upsert import insert_into, insert_once_into

KEY = "of"
"""What a row bears the key of the row under that it changes."""


@dataclass(frozen=True, slots=True)
class RowWrite:
    """How rows of a table are written, each with a value for every one of `columns`.

    Args:
        table: where.
        columns: the names of what a row says.
        once: what stands there already is left out, by any unique key.
        key: the rows are changed, not inserted: the column that says which; a row bears its value under `KEY`.
        latest: the columns of a unique key: what stands there under it is changed, and of several rows under one key
            the last is written.
    """

    table: sa.Table
    columns: tuple[str, ...]
    once: bool = False
    key: str = ""
    latest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _OneRow:
    """A statement for one row as the driver takes it: its text; and of each value it binds the name and what stores it.

    That is None where the driver stores the value as it is.
    """

    text: str
    bound: tuple[tuple[str, Callable[[Any], Any] | None], ...]

    def values(self, row: Mapping[str, Any]) -> tuple[Any, ...]:
        """What is bound of a row."""
        return tuple(row[name] if store is None else store(row[name]) for name, store in self.bound)


def write_singly(connection: sa.Connection, write: RowWrite, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows, each by a statement of its own. For SQLite.

    Every message writes such rows, and their statements are the same for ever: each is compiled once, and said to the
    driver. To find that out anew each time takes SQLAlchemy twice as long as all the rest.
    """
    one = _one_row(write)
    connection.exec_driver_sql(one.text, [one.values(row) for row in rows])


@cache
def _one_row(write: RowWrite) -> _OneRow:
    dialect = InlineSQLite()
    compiled: Any = _statement(write).compile(dialect=dialect)
    types = {name: compiled.binds[name].type.dialect_impl(dialect) for name in compiled.positiontup}
    return _OneRow(compiled.string, tuple((name, types[name].bind_processor(dialect)) for name in compiled.positiontup))


def _statement(write: RowWrite) -> Any:
    values = {name: _bound(write, name, name) for name in write.columns}
    if write.key:
        return sa.update(write.table).where(write.table.c[write.key] == sa.bindparam(KEY)).values(values)
    return _insert("sqlite", write).inline().values(values)


def _insert(dialect: str, write: RowWrite) -> Any:
    if write.once:
        return insert_once_into(dialect, write.table)
    insert = insert_into(dialect, write.table)
    if not write.latest:
        return insert
    changed = {name: insert.excluded[name] for name in write.columns if name not in write.latest}
    return insert.on_conflict_do_update(index_elements=list(write.latest), set_=changed)


def written_together(rows: Mapping[RowWrite, Sequence[Mapping[str, Any]]]) -> tuple[Any, dict[str, list[Any]]]:
    """One statement for rows of several tables, and what is bound in it. For PostgreSQL.

    No part of it sees what another writes: none may change a row that another one inserts or changes.
    """
    writes = tuple(rows)
    arrays = {
        f"{name}_{place}": [row[name] for row in rows[write]]
        for place, write in enumerate(writes)
        for name in _said(write)
    }
    return _together(writes), arrays


@cache
def _together(writes: tuple[RowWrite, ...]) -> Any:
    *others, last = (_from_arrays(write, place) for place, write in enumerate(writes))
    for place, other in enumerate(others):
        last = last.add_cte(other.cte(f"write_{place}"))
    return last


def _from_arrays(write: RowWrite, place: int) -> Any:
    said = _said(write)
    types = {name: write.table.c[write.key if name == KEY else name].type for name in said}
    # no value bears the name of a column, or SQLAlchemy sets that column as well
    arrays = [sa.bindparam(f"{name}_{place}", type_=postgresql.ARRAY(types[name], dimensions=1)) for name in said]
    row = sa.func.unnest(*arrays).table_valued(*said, name=f"rows_{place}").render_derived()
    if write.key:
        changes = sa.update(write.table).where(write.table.c[write.key] == row.c[KEY])
        return changes.values({name: row.c[name] for name in write.columns})
    return _insert("postgresql", write).from_select(list(said), sa.select(*row.c))


def _said(write: RowWrite) -> tuple[str, ...]:
    return (KEY, *write.columns) if write.key else write.columns


def _bound(write: RowWrite, name: str, column: str) -> sa.BindParameter[Any]:
    return sa.bindparam(name, type_=write.table.c[column].type)
