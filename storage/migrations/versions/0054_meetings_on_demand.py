"""Meetings on demand

What people want a meeting about, and who joined.

Revision: 0054, after 0053.
"""

import sqlalchemy as sa
from alembic import op


revision = '0054'
down_revision = '0053'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('meeting_demands',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('asked_by', sa.Integer(), nullable=True),
        sa.Column('state', sa.String(length=32), nullable=False),
        sa.Column('public_text', sa.Text(), nullable=False),
        sa.Column('on_paper', sa.Integer(), nullable=False),
        sa.Column('voters', sa.Integer(), nullable=True),
        sa.Column('reached_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('task_id', sa.Integer(), nullable=False),
        sa.Column('decided_by', sa.Integer(), nullable=True),
        sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('meeting_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['asked_by'], ['persons.id'], name='fk_meeting_demands_asked_by'),
        sa.ForeignKeyConstraint(['decided_by'], ['persons.id'], name='fk_meeting_demands_decided_by'),
        sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name='fk_meeting_demands_meeting_id'),
        sa.ForeignKeyConstraint(['task_id'], ['tasks.id'], name='fk_meeting_demands_task_id'),
        sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name='fk_meeting_demands_unit_id'),
        sa.PrimaryKeyConstraint('id', name='pk_meeting_demands'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_meeting_demands_asked_by', 'meeting_demands', ['asked_by'])
    op.create_index('ix_meeting_demands_unit_id', 'meeting_demands', ['unit_id'])

    op.create_table('demand_voices',
        sa.Column('demand_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['demand_id'], ['meeting_demands.id'], name='fk_demand_voices_demand_id'),
        sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name='fk_demand_voices_person_id'),
        sa.PrimaryKeyConstraint('demand_id', 'person_id', name='pk_demand_voices')
    )
    op.create_index('ix_demand_voices_person_id', 'demand_voices', ['person_id'])


def downgrade() -> None:
    op.drop_table('demand_voices')
    op.drop_table('meeting_demands')
