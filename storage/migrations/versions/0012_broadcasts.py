"""Broadcasts

A message to everybody in some hamlets is a thing of its own; its letters hold no words, only whom they are for. Letters of
notices that were pushed before become letters of a broadcast each; other letters that were of a broadcast and still wait
go out like any other news.

Revision: 0012, after 0011.
"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

_LOOKED_UP = {'account_id': 'accounts', 'person_id': 'persons', 'question_id': 'questions'}
"""Foreign keys that letters had: to look them up took half of the time a broadcast is written in."""
_OPEN = sa.text('ended_at IS NULL')
_DIRECT = sa.text("state = 'waiting' AND priority < 2")
_WAITING = sa.text("state = 'waiting'")
_NAMED = sa.text('once IS NOT NULL')
_OF_BROADCAST = sa.text('broadcast_id IS NOT NULL')


def upgrade() -> None:
    op.create_table(
        'broadcasts',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=80), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('content', sa.JSON(), nullable=False),
        sa.Column('started_by', sa.Integer(), nullable=True),
        sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('not_before', sa.DateTime(timezone=True), nullable=False),
        sa.Column('people', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(length=32), nullable=False),
        sa.Column('through', sa.Integer(), nullable=False),
        sa.Column('up_to', sa.Integer(), nullable=False),
        sa.Column('spread_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('letters', sa.Integer(), nullable=False),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['started_by'], ['persons.id'], name='fk_broadcasts_started_by'),
        sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name='fk_broadcasts_unit_id'),
        sa.PrimaryKeyConstraint('id', name='pk_broadcasts'),
    )
    op.create_index('ix_broadcasts_name', 'broadcasts', ['name'])
    op.create_index('ix_broadcasts_open', 'broadcasts', ['id'], sqlite_where=_OPEN, postgresql_where=_OPEN)
    for table, column, to in (
        ('broadcast_hamlets', 'hamlet_id', 'units.id'),
        ('broadcast_left_out', 'person_id', 'persons.id'),
    ):
        op.create_table(
            table,
            sa.Column('broadcast_id', sa.Integer(), nullable=False),
            sa.Column(column, sa.Integer(), nullable=False),
            sa.ForeignKeyConstraint(['broadcast_id'], ['broadcasts.id'], name=f'fk_{table}_broadcast_id'),
            sa.ForeignKeyConstraint([column], [to], name=f'fk_{table}_{column}'),
            sa.PrimaryKeyConstraint('broadcast_id', column, name=f'pk_{table}'),
        )
    op.drop_index('ix_letters_person_id', 'letters')
    op.drop_index('ix_letters_waiting', 'letters')
    with op.batch_alter_table('letters') as batch_op:
        batch_op.add_column(sa.Column('broadcast_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('channel', sa.String(length=100), nullable=True))
        batch_op.alter_column('content', existing_type=sa.JSON(), nullable=True)
        for column in _LOOKED_UP:
            batch_op.drop_constraint(f'fk_letters_{column}', type_='foreignkey')
        batch_op.drop_constraint('uq_letters_once', type_='unique')
    _move_old_letters()
    op.create_index(
        'ix_letters_broadcast_id',
        'letters',
        ['broadcast_id', 'state', 'channel', 'id'],
        sqlite_where=_OF_BROADCAST,
        postgresql_where=_OF_BROADCAST,
    )
    op.create_index('ix_letters_direct', 'letters', ['priority', 'id'], sqlite_where=_DIRECT, postgresql_where=_DIRECT)
    op.create_index(
        'uq_letters_once', 'letters', ['once'], unique=True, sqlite_where=_NAMED, postgresql_where=_NAMED
    )
    op.create_index('uq_letters_person_id_broadcast_id', 'letters', ['person_id', 'broadcast_id'], unique=True)


def _move_old_letters() -> None:
    op.execute(
        "INSERT INTO broadcasts (name, unit_id, content, started_by, started_at, not_before, people, state, "
        "through, up_to, spread_at, letters, ended_at) "
        "SELECT 'notice:' || notices.id, meetings.unit_id, '{}', notices.released_by, notices.released_at, "
        "notices.released_at, 0, 'done', 0, 0, notices.released_at, 0, notices.released_at "
        "FROM notices JOIN meetings ON meetings.id = notices.meeting_id "
        "WHERE EXISTS (SELECT 1 FROM notice_pushes WHERE notice_pushes.notice_id = notices.id)"
    )
    op.execute(
        "UPDATE letters SET broadcast_id = (SELECT broadcasts.id FROM broadcasts "
        "WHERE letters.once = broadcasts.name || ':' || letters.person_id) "
        "WHERE letters.once LIKE 'notice:%' AND letters.person_id IS NOT NULL"
    )
    op.execute(
        "UPDATE broadcasts SET letters = (SELECT count(*) FROM letters WHERE letters.broadcast_id = broadcasts.id)"
    )
    op.execute("UPDATE broadcasts SET people = letters")
    op.execute("UPDATE letters SET priority = 1 WHERE priority = 2 AND state IN ('waiting', 'on_return')")


def downgrade() -> None:
    # a letter whose words stand in its broadcast cannot be sent by what knows no broadcasts
    op.execute("DELETE FROM letters WHERE content IS NULL AND state <> 'sent'")
    op.execute("UPDATE letters SET content = '{}' WHERE content IS NULL")
    for index in ('uq_letters_once', 'uq_letters_person_id_broadcast_id', 'ix_letters_direct', 'ix_letters_broadcast_id'):
        op.drop_index(index, 'letters')
    with op.batch_alter_table('letters') as batch_op:
        for column, table in _LOOKED_UP.items():
            batch_op.create_foreign_key(f'fk_letters_{column}', table, [column], ['id'])
        batch_op.create_unique_constraint('uq_letters_once', ['once'])
        batch_op.alter_column('content', existing_type=sa.JSON(), nullable=False)
        batch_op.drop_column('channel')
        batch_op.drop_column('broadcast_id')
    op.create_index('ix_letters_person_id', 'letters', ['person_id'])
    op.create_index(
        'ix_letters_waiting', 'letters', ['priority', 'id'], sqlite_where=_WAITING, postgresql_where=_WAITING
    )
    for table in ('broadcast_left_out', 'broadcast_hamlets', 'broadcasts'):
        op.drop_table(table)
