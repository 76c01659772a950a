"""A database of some earlier version with rows in every table, as one that was used for everything has them."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

_ROWS = 2
_FIRST_DAY = date(2024, 3, 1)
_NEWEST_REFERENCE_FIRST = ("alembic_version",)


_MADE = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
    "postgresql": """
        SELECT relname, concat(
            (SELECT string_agg(concat_ws(' ', attname, format_type(atttypid, atttypmod), attnotnull), ','
                               ORDER BY attnum)
             FROM pg_attribute WHERE attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped),
            (SELECT string_agg(pg_get_constraintdef(oid), ', ' ORDER BY oid)
             FROM pg_constraint WHERE conrelid = pg_class.oid))
        FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    """,
}
"""Every table, and what it is made of: its columns, keys and references."""


class Filler:
    """Writes rows into every table of one database, again and again while it is migrated.

    Tables are read from the database itself, since those in the code are newer; a table that is made as it was the time
    before, and so is whatever it refers to, is not read again.
    """

    def __init__(self) -> None:
        self._tables = sa.MetaData()
        self._made: dict[str, str] = {}
        self._times = 0

    def fill(self, connection: sa.Connection) -> dict[str, int]:
        """Write rows into every table there is, each referring to others wherever it can; how many there are in each.

        Values follow the columns' types; what is unique is counted up, so that nothing is written twice.
        """
        self._read(connection)
        filled: dict[str, list[Mapping[str, Any]]] = {}
        later: list[tuple[sa.Table, str, str]] = []
        first = self._times * _ROWS + 1
        self._times += 1
        for table in _in_order(self._tables):
            rows = [_row(table, number, filled, later) for number in range(first, first + _ROWS)]
            connection.execute(table.insert(), rows)
            filled[table.name] = rows
        for table, column, other in later:  # tables that refer to each other
            mine = [of_key == filled[table.name][0][of_key.name] for of_key in table.primary_key]
            connection.execute(table.update().where(*mine).values({column: filled[other][0][_target(table, column)]}))
        return counts(connection)

    def _read(self, connection: sa.Connection) -> None:
        made = _made(connection)
        changed = {name for name in self._made.keys() | made.keys() if self._made.get(name) != made.get(name)}
        while referring := {
            table.name
            for table in self._tables.tables.values()
            if table.name not in changed and changed & {key.target_fullname.split(".")[0] for key in table.foreign_keys}
        }:
            changed |= referring
        for name in changed & self._made.keys():
            self._tables.remove(self._tables.tables[name])
        self._tables.reflect(connection, only=sorted(changed & made.keys()))
        self._made = made


def counts(connection: sa.Connection) -> dict[str, int]:
    """How many rows there are in each table."""
    each = (f"SELECT '{name}', count(*) FROM {name}" for name in _made(connection))  # noqa: S608 - ours
    return dict(connection.execute(sa.text(" UNION ALL ".join(each))).all())


def _made(connection: sa.Connection) -> dict[str, str]:
    return dict(connection.execute(sa.text(_MADE[connection.dialect.name])).all())


def _in_order(tables: sa.MetaData) -> Iterable[sa.Table]:
    with_cycles = sa.schema.sort_tables_and_constraints(tables.tables.values())
    return [table for table, _ in with_cycles if table is not None and table.name not in _NEWEST_REFERENCE_FIRST]


def _row(
    table: sa.Table,
    number: int,
    filled: Mapping[str, list[Mapping[str, Any]]],
    later: list[tuple[sa.Table, str, str]],
) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column in table.columns:
        reference = next(iter(column.foreign_keys), None)
        if reference is not None:
            other = reference.column.table.name
            if other in filled:
                row[column.name] = filled[other][(number - 1) % len(filled[other])][reference.column.name]
                continue
            if number % _ROWS == 1 and other != table.name:
                later.append((table, column.name, other))
            assert column.nullable or other == table.name, f"{table.name}.{column.name} needs {other} first"
            row[column.name] = None if column.nullable else number
            continue
        row[column.name] = _value(table, column, number)
    return row


def _value(table: sa.Table, column: sa.Column[Any], number: int) -> Any:
    made: dict[type[sa.types.TypeEngine[Any]], Any] = {
        sa.Boolean: number % 2 == 0,
        sa.DateTime: datetime(2024, 3, 1, 1, tzinfo=UTC) + timedelta(days=number),
        sa.Date: _FIRST_DAY + timedelta(days=number),
        sa.Integer: number,
        sa.Float: float(number),
        sa.LargeBinary: b"\x01" * number,
        sa.JSON: {},
    }
    for kind, value in made.items():
        if isinstance(column.type, kind):
            return value
    if column.name in _HOLD_JSON:
        return "{}"
    text = f"{table.name} {number} Đường vào xóm hỏng"
    return text[-(getattr(column.type, "length", None) or len(text)) :]


_HOLD_JSON = {"profile", "choices", "history", "due", "content", "heard", "data", "draft", "params"}


def _target(table: sa.Table, column: str) -> str:
    return next(iter(table.c[column].foreign_keys)).column.name
