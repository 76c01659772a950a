"""The numbers of references, leases, heartbeats, and what tells the secret key."""

import sqlalchemy as sa

from storage.tables.schema import metadata
from storage.types import Moment

leases = sa.Table(
    "leases",
    metadata,
    sa.Column("name", sa.String(120), primary_key=True),
    sa.Column("holder", sa.String(80), nullable=False),
    sa.Column("epoch", sa.Integer, nullable=False),
    sa.Column("expires_at", Moment, nullable=False),
)
heartbeats = sa.Table(
    "heartbeats",
    metadata,
    sa.Column("name", sa.String(60), primary_key=True),
    sa.Column("beat_at", Moment, nullable=False),
)
counters = sa.Table(
    "counters",
    metadata,
    sa.Column("series", sa.String(20), primary_key=True),
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("units.id"), primary_key=True),
    sa.Column("year", sa.Integer, primary_key=True),
    sa.Column("last", sa.Integer, nullable=False),
)
key_sample = sa.Table(
    "key_sample",
    metadata,
    # one row: what the key of the first start sealed, to try the key of every later one on
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("sealed", sa.Text, nullable=False),
)
