"""Guests

Those invited to a meeting besides the residents, with their replies and whether they came.

Revision: 0015, after 0014.
"""

import sqlalchemy as sa
from alembic import op


revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'guests',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('meeting_id', sa.Integer(), nullable=False),
        sa.Column('group', sa.Text(), nullable=False),
        sa.Column('party', sa.Boolean(), nullable=False),
        sa.Column('name', sa.String(length=80), nullable=False),
        sa.Column('office', sa.String(length=200), nullable=False),
        sa.Column('added_by', sa.Integer(), nullable=False),
        sa.Column('phone_sealed', sa.Text(), nullable=True),
        sa.Column('phone_index', sa.String(length=64), nullable=True),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('invited_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('reply', sa.String(length=32), nullable=False),
        sa.Column('replied_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('replied_by', sa.Integer(), nullable=True),
        sa.Column('stand_in', sa.String(length=200), nullable=False),
        sa.Column('present_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('present_by', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['added_by'], ['persons.id'], name='fk_guests_added_by'),
        sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name='fk_guests_meeting_id'),
        sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name='fk_guests_person_id'),
        sa.ForeignKeyConstraint(['present_by'], ['persons.id'], name='fk_guests_present_by'),
        sa.ForeignKeyConstraint(['replied_by'], ['persons.id'], name='fk_guests_replied_by'),
        sa.PrimaryKeyConstraint('id', name='pk_guests'),
    )
    op.create_index('ix_guests_meeting_id', 'guests', ['meeting_id'])
    op.create_index('ix_guests_person_id', 'guests', ['person_id'])


def downgrade() -> None:
    op.drop_index('ix_guests_person_id', 'guests')
    op.drop_index('ix_guests_meeting_id', 'guests')
    op.drop_table('guests')
