"""What the tables of every subject are made with: one catalogue, names of constraints, ids and references."""

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import deferred, registry

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
mapped = registry(metadata=metadata)
"""The nouns that are mapped; none before `map_nouns`."""
_laid: dict[type, sa.Table] = {}
_made: dict[type, tuple[str, Callable[[Any], None]]] = {}
NEVER_AGAIN = True
"""The `sqlite_autoincrement` of tables whose rows are deleted and whose ids stand in buttons, codes and open pages.

SQLite would give the id of the last row that was deleted out again: an old button would act on something it was not
made for. PostgreSQL never does that.
"""


def own_id() -> sa.Column[int]:
    """The id of a row, given out by the database."""
    return sa.Column("id", sa.Integer, primary_key=True)


def refer_to(table: str, name: str, *, null: bool = False, index: bool = False) -> sa.Column[int]:
    """A column that holds the id of a row of another table, by that table's name."""
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{table}.id"), nullable=null, index=index)


def lay(nouns: Mapping[type, sa.Table]) -> None:
    """Say which noun of `intake.rules` lies in which table."""
    _laid.update(nouns)


def make_column(noun: type, name: str, make: Callable[[Any], None]) -> None:
    """Say that a column is made from a noun by `make` before it is written, and read by queries alone."""
    _made[noun] = (name, make)


def map_nouns() -> None:
    """Map the nouns to their tables; once per process, whoever asks first.

    All but `Conversation`, which changes with every message: `AccountRows` reads and keeps it with plain statements.
    """
    if mapped.mappers:
        return
    for noun, table in _laid.items():
        if noun not in _made:
            mapped.map_imperatively(noun, table)
            continue
        name, make = _made[noun]
        mapped.map_imperatively(noun, table, properties={name: deferred(table.c[name])})
        for moment in ("before_insert", "before_update"):
            sa.event.listen(noun, moment, _making(make))


def _making(make: Callable[[Any], None]) -> Callable[[object, object, Any], None]:
    def before(_mapper: object, _connection: object, noun: Any) -> None:
        make(noun)

    return before
