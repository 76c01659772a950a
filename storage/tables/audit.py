"""The audit trail, its seals, and the words kept beside it.

Triggers refuse every change and deletion of entries and seals (the migration `audit_chain`).
"""

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.elements import ColumnElement

from intake.rules import audit, audit_chain
from storage.tables.schema import lay, metadata, own_id, refer_to
from storage.types import CanonicalJson, Moment


class _OwnTransaction(ColumnElement[int]):
    """The number of the transaction that writes, where the database has such numbers."""

    inherit_cache = True


@compiles(_OwnTransaction, "postgresql")
def _number(*_: object, **__: object) -> str:
    return "(pg_current_xact_id()::text::bigint)"


@compiles(_OwnTransaction, "sqlite")
def _none(*_: object, **__: object) -> str:
    return "0"


audit_entries = sa.Table(
    "audit_entries",
    metadata,
    own_id(),
    sa.Column("at", Moment, nullable=False),
    refer_to("persons", "actor_id", null=True),
    sa.Column("act", sa.String(60), nullable=False),
    sa.Column("subject", sa.String(60), nullable=False, index=True),
    sa.Column("detail", CanonicalJson, nullable=False),
    # the transaction that wrote it, on PostgreSQL: ids are given out before it is known who commits first
    sa.Column("txid", sa.BigInteger, nullable=False, index=True, server_default=_OwnTransaction()),
    sa.Index("ix_audit_entries_at", "at", "id"),
)
audit_seals = sa.Table(
    "audit_seals",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("ids", sa.Text, nullable=False),
    sa.Column("highest", sa.Integer, nullable=False, index=True),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("root", sa.String(64), nullable=False),
    sa.Column("head", sa.String(64), nullable=False),
    sa.Column("leaves", sa.LargeBinary, nullable=False),
    sa.Column("bound", sa.BigInteger, nullable=False),
    sa.Column("cluster", sa.String(40), nullable=False),
)
audit_words = sa.Table(
    "audit_words",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("subject", sa.String(60), nullable=False, index=True),
    sa.Column("salt", sa.String(32), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)

_REFUSED = "the audit trail is only ever added to"
_TRIGGERS = {
    "sqlite": [
        f"CREATE TRIGGER %(table)s_stay_{what} BEFORE {what} ON %(table)s BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
        for what in ("update", "delete")
    ],
    "postgresql": [
        (
            "CREATE OR REPLACE FUNCTION refuse_to_change_audit() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'restrict_violation'; END $$"
        ),
        *(
            f"CREATE TRIGGER %(table)s_{name} BEFORE {what} ON %(table)s "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_audit()"
            for name, what in (("stay", "UPDATE OR DELETE"), ("stay_whole", "TRUNCATE"))
        ),
    ],
}
for _table in (audit_entries, audit_seals):
    for _dialect, _statements in _TRIGGERS.items():
        for _statement in _statements:
            sa.event.listen(_table, "after_create", sa.DDL(_statement).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]

lay({audit.AuditEntry: audit_entries, audit_chain.AuditSeal: audit_seals})
