"""Delegates of units, waiting lists, check-in, speaking order

Revision: 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

_LIVE = "state IN ('standing', 'waiting')"


def upgrade() -> None:
    op.add_column('meetings', sa.Column('lists_due_on', sa.Date(), nullable=True))
    op.create_table('quotas',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.String(length=32), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_quotas_meeting_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_quotas_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quotas')),
    sa.UniqueConstraint('meeting_id', 'unit_id', 'seat', name=op.f('uq_quotas_meeting_id_unit_id_seat'))
    )
    op.create_table('rosters',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('submitted_by', sa.Integer(), nullable=True),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('late', sa.Boolean(), nullable=False),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['decided_by'], ['persons.id'], name=op.f('fk_rosters_decided_by')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_rosters_meeting_id')),
    sa.ForeignKeyConstraint(['submitted_by'], ['persons.id'], name=op.f('fk_rosters_submitted_by')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_rosters_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rosters')),
    sa.UniqueConstraint('meeting_id', 'unit_id', name=op.f('uq_rosters_meeting_id_unit_id'))
    )
    with op.batch_alter_table('registrations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('unit_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('seat', sa.String(length=32), nullable=False, server_default='resident'))
        batch_op.add_column(sa.Column('rank', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('topic_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('reason', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('moved_to', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('moved_by', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('moved_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('moved_why', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('walk_in', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('present_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('present_by', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_registrations_unit_id'), 'units', ['unit_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_registrations_topic_id'), 'topics', ['topic_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_registrations_moved_by'), 'persons', ['moved_by'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_registrations_present_by'), 'persons', ['present_by'], ['id'])
        batch_op.create_index('ix_registrations_meeting_id_unit_id', ['meeting_id', 'unit_id'], unique=False)
        batch_op.drop_index('uq_registrations_standing')
    # what was registered so far counts for the person's hamlet, in the order it came
    op.execute(
        "UPDATE registrations SET rank = id, "
        "unit_id = (SELECT hamlet_id FROM persons WHERE persons.id = registrations.person_id)"
    )
    with op.batch_alter_table('registrations', schema=None) as batch_op:
        for name in ('seat', 'rank', 'reason', 'moved_why', 'walk_in'):
            batch_op.alter_column(name, server_default=None)
        batch_op.create_index(
            'uq_registrations_live', ['meeting_id', 'person_id'], unique=True,
            sqlite_where=sa.text(_LIVE), postgresql_where=sa.text(_LIVE),
        )


def downgrade() -> None:
    with op.batch_alter_table('registrations', schema=None) as batch_op:
        batch_op.drop_index('uq_registrations_live')
        batch_op.drop_index('ix_registrations_meeting_id_unit_id')
        for name in ('unit_id', 'topic_id', 'moved_by', 'present_by'):
            batch_op.drop_constraint(batch_op.f(f'fk_registrations_{name}'), type_='foreignkey')
        for name in (
            'unit_id', 'seat', 'rank', 'topic_id', 'reason', 'moved_to', 'moved_by', 'moved_at', 'moved_why',
            'walk_in', 'present_at', 'present_by',
        ):
            batch_op.drop_column(name)
    op.execute("UPDATE registrations SET state = 'withdrawn' WHERE state IN ('waiting', 'removed')")
    op.create_index(
        'uq_registrations_standing', 'registrations', ['meeting_id', 'person_id'], unique=True,
        sqlite_where=sa.text("state = 'standing'"), postgresql_where=sa.text("state = 'standing'"),
    )
    op.drop_table('rosters')
    op.drop_table('quotas')
    op.drop_column('meetings', 'lists_due_on')
