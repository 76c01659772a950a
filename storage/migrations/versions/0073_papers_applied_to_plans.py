"""Papers applied to plans

Whether a plan is in force, and the papers that it and its meetings go back to.

Revision: 0073, after 0072.
"""

import sqlalchemy as sa
from alembic import op


revision = '0073'
down_revision = '0072'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('plans', sa.Column('status', sa.String(length=32), nullable=False, server_default='in_force'))
    op.create_table(
        'applied_papers',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('meeting_id', sa.Integer(), nullable=True),
        sa.Column('effect', sa.String(length=32), nullable=False),
        sa.Column('title', sa.Text(), nullable=False),
        sa.Column('number', sa.String(length=60), nullable=False),
        sa.Column('issued_on', sa.Date(), nullable=True),
        sa.Column('changes', sa.String(length=60), nullable=False),
        sa.Column('applied_by', sa.Integer(), nullable=True),
        sa.Column('applied_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['plan_id'], ['plans.id'], name='fk_applied_papers_plan_id'),
        sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name='fk_applied_papers_meeting_id'),
        sa.ForeignKeyConstraint(['applied_by'], ['persons.id'], name='fk_applied_papers_applied_by'),
        sa.PrimaryKeyConstraint('id', name='pk_applied_papers'),
    )
    op.create_index('ix_applied_papers_plan_id', 'applied_papers', ['plan_id'])


def downgrade() -> None:
    op.drop_table('applied_papers')
    op.drop_column('plans', 'status')
