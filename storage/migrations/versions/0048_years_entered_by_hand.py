"""Years entered by hand

What the office enters of the years before the product was there.

Revision: 0048, after 0047.
"""

import sqlalchemy as sa
from alembic import op


revision = '0048'
down_revision = '0047'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('years_by_hand',
    sa.Column('unit_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('received', sa.Integer(), nullable=False),
    sa.Column('there', sa.Integer(), nullable=False),
    sa.Column('later', sa.Integer(), nullable=False),
    sa.Column('forwarded', sa.Integer(), nullable=False),
    sa.Column('declined', sa.Integer(), nullable=False),
    sa.Column('open', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('entered_by', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['entered_by'], ['persons.id'], name=op.f('fk_years_by_hand_entered_by')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_years_by_hand_unit_id')),
    sa.PrimaryKeyConstraint('unit_id', 'year', name=op.f('pk_years_by_hand'))
    )


def downgrade() -> None:
    op.drop_table('years_by_hand')
