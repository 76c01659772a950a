"""Blocked people

Until when nothing is taken in from a person; who decided it, and why.

Revision: 0033, after 0032.
"""

import sqlalchemy as sa
from alembic import op


revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('persons', sa.Column('blocked_until', sa.DateTime(timezone=True)))
    op.create_table(
        'blocks',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('blocked_by', sa.Integer(), nullable=False),
        sa.Column('blocked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('until', sa.DateTime(timezone=True), nullable=False),
        sa.Column('ended_by', sa.Integer(), nullable=True),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name='fk_blocks_person_id'),
        sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name='fk_blocks_unit_id'),
        sa.ForeignKeyConstraint(['blocked_by'], ['persons.id'], name='fk_blocks_blocked_by'),
        sa.ForeignKeyConstraint(['ended_by'], ['persons.id'], name='fk_blocks_ended_by'),
        sa.PrimaryKeyConstraint('id', name='pk_blocks'),
    )
    op.create_index('ix_blocks_person_id', 'blocks', ['person_id'])


def downgrade() -> None:
    op.drop_table('blocks')
    with op.batch_alter_table('persons') as batch_op:
        batch_op.drop_column('blocked_until')
