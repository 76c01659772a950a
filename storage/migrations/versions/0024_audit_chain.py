"""Audit chain

The audit trail can only be added to: triggers refuse changes and deletions. Its entries are sealed in batches. Reasons and
names that stood in entries are kept beside them from now on, where they can be erased.

Revision: 0024, after 0023.
"""

import json
import secrets
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from alembic import op


revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None

_FIXED = ('audit_entries', 'audit_seals')
_WORDS = ('by', 'reason')
_AT_ONCE = 1000


def upgrade() -> None:
    postgresql = op.get_bind().dialect.name == 'postgresql'
    op.create_table(
        'audit_seals',
        sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('ids', sa.Text(), nullable=False),
        sa.Column('highest', sa.Integer(), nullable=False),
        sa.Column('count', sa.Integer(), nullable=False),
        sa.Column('root', sa.String(length=64), nullable=False),
        sa.Column('head', sa.String(length=64), nullable=False),
        sa.Column('leaves', sa.LargeBinary(), nullable=False),
        sa.Column('bound', sa.BigInteger(), nullable=False),
        sa.Column('cluster', sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint('number', name='pk_audit_seals'),
    )
    op.create_index('ix_audit_seals_highest', 'audit_seals', ['highest'])
    op.create_table(
        'audit_words',
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.Column('subject', sa.String(length=60), nullable=False),
        sa.Column('salt', sa.String(length=32), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('digest', name='pk_audit_words'),
    )
    op.create_index('ix_audit_words_subject', 'audit_words', ['subject'])
    _move_words(op.get_bind())
    written = '(pg_current_xact_id()::text::bigint)' if postgresql else '0'
    op.execute(f'ALTER TABLE audit_entries ADD COLUMN txid BIGINT NOT NULL DEFAULT {written}')
    op.create_index('ix_audit_entries_txid', 'audit_entries', ['txid'])
    if postgresql:
        op.execute(_REFUSE_ON_POSTGRESQL)
    for table in _FIXED:
        for statement in _on_postgresql(table) if postgresql else _on_sqlite(table):
            op.execute(statement)


_REFUSE_ON_POSTGRESQL = """
CREATE FUNCTION refuse_to_change_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is only ever added to' USING ERRCODE = 'restrict_violation';
END
$$
"""


def _on_postgresql(table: str) -> list[str]:
    refuse = 'FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_audit()'
    return [
        f'CREATE TRIGGER {table}_stay BEFORE UPDATE OR DELETE ON {table} {refuse}',
        # a row trigger sees nothing of it
        f'CREATE TRIGGER {table}_stay_whole BEFORE TRUNCATE ON {table} {refuse}',
    ]


def _on_sqlite(table: str) -> list[str]:
    refuse = "BEGIN SELECT RAISE(ABORT, 'the audit trail is only ever added to'); END"
    return [
        f'CREATE TRIGGER {table}_stay_{what.lower()} BEFORE {what} ON {table} {refuse}' for what in ('UPDATE', 'DELETE')
    ]


def _move_words(connection: sa.Connection) -> None:
    entries = sa.table(
        'audit_entries', sa.column('id', sa.Integer()), sa.column('subject', sa.String()), sa.column('detail', sa.JSON())
    )
    words = sa.table('audit_words', *(sa.column(name, sa.String()) for name in ('digest', 'subject', 'salt', 'text')))
    as_text = sa.cast(entries.c.detail, sa.Text)
    having = sa.or_(*(as_text.like(f'%"{name}"%') for name in _WORDS))
    after = 0
    while True:
        rows = connection.execute(
            sa.select(entries).where(entries.c.id > after, having).order_by(entries.c.id).limit(_AT_ONCE)
        ).all()
        if not rows:
            return
        for row in rows:
            after = row.id
            moved, kept = _parted(row.subject, row.detail)
            if moved:
                connection.execute(words.insert(), moved)
                connection.execute(entries.update().where(entries.c.id == row.id).values(detail=kept))


def _parted(subject: str, detail: dict[str, Any]) -> tuple[list[dict[str, str]], dict[str, Any]]:
    """The words of an entry, and what stays in it: their digests."""
    moved, digests = [], {}
    for name in _WORDS:
        text = detail.get(name)
        if isinstance(text, str):
            salt = secrets.token_hex(16)
            digests[name] = sha256(f'{salt}\n{text}'.encode()).hexdigest()
            moved.append({'digest': digests[name], 'subject': subject, 'salt': salt, 'text': text})
    return moved, {**{key: value for key, value in detail.items() if key not in digests}, 'words': digests}


def downgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == 'postgresql':
        for table in _FIXED:
            for name in ('stay', 'stay_whole'):
                op.execute(f'DROP TRIGGER {table}_{name} ON {table}')
        op.execute('DROP FUNCTION refuse_to_change_audit()')
    else:
        for table in _FIXED:
            for name in ('update', 'delete'):
                op.execute(f'DROP TRIGGER {table}_stay_{name}')
    _move_back(connection)
    op.drop_index('ix_audit_entries_txid', 'audit_entries')
    op.drop_column('audit_entries', 'txid')
    op.drop_table('audit_words')
    op.drop_table('audit_seals')


def _move_back(connection: sa.Connection) -> None:
    kept = {row.digest: row.text for row in connection.execute(sa.text('SELECT digest, text FROM audit_words'))}
    rows = connection.execute(
        sa.text("SELECT id, CAST(detail AS TEXT) AS detail FROM audit_entries WHERE CAST(detail AS TEXT) LIKE '%\"words\"%'")
    ).all()
    update = sa.text('UPDATE audit_entries SET detail = :detail WHERE id = :id').bindparams(
        sa.bindparam('detail', type_=sa.JSON())
    )
    for row in rows:
        detail = json.loads(row.detail)
        for name, digest in detail.pop('words', {}).items():
            if digest in kept:
                detail[name] = kept[digest]
        connection.execute(update, {'id': row.id, 'detail': detail})
