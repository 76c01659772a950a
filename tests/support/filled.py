"""A database of some earlier version with rows in every table, as one that was used for everything has them."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

_ROWS = 2
_FIRST_DAY = date(2024, 3, 1)
_NEWEST_REFERENCE_FIRST = ("alembic_version",)


def fill(connection: sa.Connection, time: int = 0) -> dict[str, int]:
    """Write rows into every table there is, each referring to others wherever it can; how many there are in each.

    Values follow the columns' types; what is unique is counted up. Tables are read from the database itself, since
    those in the code are newer. `time` is how often the database has been filled before: nothing is written twice.
    """
    tables = sa.MetaData()
    tables.reflect(connection)
    filled: dict[str, list[Mapping[str, Any]]] = {}
    later: list[tuple[sa.Table, str, str]] = []
    for table in _in_order(tables):
        first = time * _ROWS + 1
        rows = [_row(table, number, filled, later) for number in range(first, first + _ROWS)]
        connection.execute(table.insert(), rows)
        filled[table.name] = rows
    for table, column, other in later:  # tables that refer to each other
        mine = [of_key == filled[table.name][0][of_key.name] for of_key in table.primary_key]
        connection.execute(table.update().where(*mine).values({column: filled[other][0][_target(table, column)]}))
    return {
        name: connection.scalar(sa.select(sa.func.count()).select_from(tables.tables[name])) or 0 for name in filled
    }


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
