"""Add overrides of the calendar, and who chose the reading of a plan, when and why

Revision: 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('calendar_overrides',
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('day_off', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.Column('entered_by', sa.String(length=120), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('on', name=op.f('pk_calendar_overrides'))
    )
    op.create_table('calendar_state',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('culture_day', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_state'))
    )
    op.create_table('calendar_years',
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('entered_by', sa.String(length=120), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('year', name=op.f('pk_calendar_years'))
    )
    op.create_table('recomputations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('days_from', sa.Date(), nullable=True),
    sa.Column('days_to', sa.Date(), nullable=True),
    sa.Column('plan_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.JSON(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['plan_id'], ['plans.id'], name=op.f('fk_recomputations_plan_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recomputations'))
    )
    # a column with a default is added in place on both databases; the table is not copied
    op.add_column('plans', sa.Column('chosen', sa.JSON(), server_default=sa.text("'{}'"), nullable=False))


def downgrade() -> None:
    op.drop_column('plans', 'chosen')
    op.drop_table('recomputations')
    op.drop_table('calendar_years')
    op.drop_table('calendar_state')
    op.drop_table('calendar_overrides')
