"""What Alembic runs: the migrations, on the connection it was handed."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.types import TypeDecorator

from storage.tables import metadata


def plain_type(kind: str, thing: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our own column types as what they are in the database, so that an old migration needs none of our code."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    compare_type=True,
    render_as_batch=context.config.attributes["connection"].dialect.name == "sqlite",
    render_item=plain_type,
)
# the transaction belongs to whoever opened the connection
context.run_migrations()
