"""The audit trail, the numbers of references, leases and heartbeats."""

import sqlalchemy as sa

from intake.rules import audit
from storage.tables.schema import lay, metadata, own_id, refer_to
from storage.types import Moment

audit_entries = sa.Table(
    "audit_entries",
    metadata,
    own_id(),
    sa.Column("at", Moment, nullable=False),
    refer_to("persons", "actor_id", null=True),
    sa.Column("act", sa.String(60), nullable=False),
    sa.Column("subject", sa.String(60), nullable=False, index=True),
    sa.Column("detail", sa.JSON, nullable=False),
)
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

lay({audit.AuditEntry: audit_entries})
