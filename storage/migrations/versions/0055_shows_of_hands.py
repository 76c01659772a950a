"""Shows of hands

Questions put to a hall, and whose hands are up.

Revision: 0055, after 0054.
"""

import sqlalchemy as sa
from alembic import op


revision = '0055'
down_revision = '0054'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'shows_of_hands',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('meeting_id', sa.Integer(), nullable=False),
        sa.Column('question', sa.Text(), nullable=False),
        sa.Column('answers', sa.JSON(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('counted_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('result', sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name='fk_shows_of_hands_meeting_id'),
        sa.PrimaryKeyConstraint('id', name='pk_shows_of_hands'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_shows_of_hands_meeting_id', 'shows_of_hands', ['meeting_id'])
    op.create_table(
        'hands',
        sa.Column('hands_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('answer', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['hands_id'], ['shows_of_hands.id'], name='fk_hands_hands_id'),
        sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name='fk_hands_person_id'),
        sa.PrimaryKeyConstraint('hands_id', 'person_id', name='pk_hands'),
    )
    op.create_index('ix_hands_person_id', 'hands', ['person_id'])


def downgrade() -> None:
    op.drop_table('hands')
    op.drop_table('shows_of_hands')
