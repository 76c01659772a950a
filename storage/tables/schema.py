"""What the tables of every subject are made with: one catalogue, names of constraints, ids and references."""

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
Nouns = tuple[tuple[type, sa.Table], ...]
"""Which noun of `intake.rules` lies in which table."""


def own_id() -> sa.Column[int]:
    """The id of a row, given out by the database."""
    return sa.Column("id", sa.Integer, primary_key=True)


def refer_to(table: str, name: str, *, null: bool = False, index: bool = False) -> sa.Column[int]:
    """A column that holds the id of a row of another table, by that table's name."""
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{table}.id"), nullable=null, index=index)
