"""Records of hamlets' meetings

What hamlets' own meetings before a dialogue said.

Revision: 0081, after 0080.
"""

import sqlalchemy as sa
from alembic import op


revision = '0081'
down_revision = '0080'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'hamlet_records',
        sa.Column('meeting_id', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('held_on', sa.Date(), nullable=False),
        sa.Column('came', sa.Integer(), nullable=False),
        sa.Column('opinions', sa.JSON(), nullable=False),
        sa.Column('entered_by', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name='fk_hamlet_records_meeting_id'),
        sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name='fk_hamlet_records_unit_id'),
        sa.ForeignKeyConstraint(['entered_by'], ['persons.id'], name='fk_hamlet_records_entered_by'),
        sa.PrimaryKeyConstraint('meeting_id', 'unit_id', name='pk_hamlet_records'),
    )


def downgrade() -> None:
    op.drop_table('hamlet_records')
