"""What a database is made of, to compare two: tables, columns, keys, checks, indexes, triggers, functions."""

import re
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

Shape = Mapping[str, Any]

_TRIGGERS = {
    "sqlite": "SELECT name, lower(sql) FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
}
_FUNCTIONS = (
    "SELECT p.proname, pg_get_functiondef(p.oid) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
    "WHERE n.nspname = 'public' AND p.prokind = 'f'"
)
_MADE_BY_SQLITE = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'index')"


def shape_of(connection: sa.Connection) -> Shape:
    """Everything by its name. The order of columns is left out, and what SQLite calls keys that were added later."""
    inspector = sa.inspect(connection)
    dialect = connection.dialect.name
    shape: dict[str, Any] = {}
    for table in inspector.get_table_names():
        for column in inspector.get_columns(table):
            kind = (str(column["type"]), column["nullable"], column["default"], column.get("autoincrement"))
            shape[f"{table}.{column['name']}"] = kind
        shape[f"{table} key"] = inspector.get_pk_constraint(table)["constrained_columns"]
        shape[f"{table} references"] = sorted(
            (key["constrained_columns"], key["referred_table"], key["referred_columns"], sorted(key["options"].items()))
            for key in inspector.get_foreign_keys(table)
        )
        shape[f"{table} unique"] = sorted(one["column_names"] for one in inspector.get_unique_constraints(table))
        shape[f"{table} checks"] = sorted(_plain(one["sqltext"]) for one in inspector.get_check_constraints(table))
        for index in inspector.get_indexes(table):
            where = index.get("dialect_options", {}).get(f"{dialect}_where")
            on = index.get("expressions") or index["column_names"]
            shape[f"index {index['name']}"] = (
                table,
                on,
                bool(index["unique"]),
                None if where is None else _plain(str(where)),
            )
    for name, text in connection.execute(sa.text(_TRIGGERS[dialect])):
        shape[f"trigger {name}"] = _plain(text)
    if dialect == "postgresql":
        for name, text in connection.execute(sa.text(_FUNCTIONS)):
            shape[f"function {name}"] = _plain(text)
    else:  # ids that are never given out again, and indexes of some rows only: the inspector does not tell of them
        for name, text in connection.execute(sa.text(_MADE_BY_SQLITE)):
            shape[f"made {name}"] = ("AUTOINCREMENT" in text, _plain(text.partition(" WHERE ")[2]))
    return shape


def _plain(text: str) -> str:
    return re.sub(r'\s+|"', " ", text).replace("( ", "(").replace(" )", ")").strip()
