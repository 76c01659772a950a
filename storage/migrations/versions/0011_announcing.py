"""Announcing

What waits for a second person about a meeting; proofs that a notice was read out or hung up; and what moment and place a
notice announces, by which one that a change has put out of date is known.

Revision: 0011, after 0010.
"""

import sqlalchemy as sa
from alembic import op


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'meeting_requests',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('meeting_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=32), nullable=False),
        sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('venue', sa.Text(), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('asked_by', sa.Integer(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('beyond_plan', sa.Boolean(), nullable=False),
        sa.Column('recipients', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(length=32), nullable=False),
        sa.Column('decided_by', sa.Integer(), nullable=True),
        sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('note', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['asked_by'], ['persons.id'], name='fk_meeting_requests_asked_by'),
        sa.ForeignKeyConstraint(['decided_by'], ['persons.id'], name='fk_meeting_requests_decided_by'),
        sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name='fk_meeting_requests_meeting_id'),
        sa.PrimaryKeyConstraint('id', name='pk_meeting_requests'),
    )
    op.create_index('ix_meeting_requests_meeting_id', 'meeting_requests', ['meeting_id'])
    op.create_index('ix_meeting_requests_state', 'meeting_requests', ['state'])
    op.create_table(
        'notice_proofs',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('notice_id', sa.Integer(), nullable=False),
        sa.Column('place_id', sa.Integer(), nullable=False),
        sa.Column('means', sa.String(length=32), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('confirmed_by', sa.Integer(), nullable=False),
        sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['confirmed_by'], ['persons.id'], name='fk_notice_proofs_confirmed_by'),
        sa.ForeignKeyConstraint(['notice_id'], ['notices.id'], name='fk_notice_proofs_notice_id'),
        sa.ForeignKeyConstraint(['place_id'], ['units.id'], name='fk_notice_proofs_place_id'),
        sa.PrimaryKeyConstraint('id', name='pk_notice_proofs'),
        sa.UniqueConstraint('notice_id', 'place_id', 'means', 'at', name='uq_notice_proofs_notice_id_place_id_means_at'),
    )
    with op.batch_alter_table('notices') as batch_op:
        batch_op.add_column(sa.Column('starts_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('venue', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('composed_by', sa.Integer(), nullable=True))
        batch_op.create_foreign_key('fk_notices_composed_by', 'persons', ['composed_by'], ['id'])
    # until now a release met the clock, and a clock that ran again meant that the notice was out of date
    op.execute(
        "UPDATE notices SET starts_at = (SELECT starts_at FROM meetings WHERE meetings.id = notices.meeting_id), "
        "venue = (SELECT venue FROM meetings WHERE meetings.id = notices.meeting_id) "
        "WHERE NOT EXISTS (SELECT 1 FROM clocks WHERE clocks.meeting_id = notices.meeting_id "
        "AND clocks.question_id IS NULL AND clocks.kind = 'notice' AND clocks.state = 'running')"
    )
    with op.batch_alter_table('notices') as batch_op:
        batch_op.alter_column('venue', existing_type=sa.Text(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('notices') as batch_op:
        batch_op.drop_constraint('fk_notices_composed_by', type_='foreignkey')
        batch_op.drop_column('composed_by')
        batch_op.drop_column('venue')
        batch_op.drop_column('starts_at')
    op.drop_table('notice_proofs')
    op.drop_index('ix_meeting_requests_state', 'meeting_requests')
    op.drop_index('ix_meeting_requests_meeting_id', 'meeting_requests')
    op.drop_table('meeting_requests')
