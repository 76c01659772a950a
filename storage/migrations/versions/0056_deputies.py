"""Deputies

Who approves in a chair's place while the chair is away.

Revision: 0056, after 0055.
"""

import sqlalchemy as sa
from alembic import op


revision = '0056'
down_revision = '0055'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'deputies',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('chair_id', sa.Integer(), nullable=False),
        sa.Column('deputy_id', sa.Integer(), nullable=False),
        sa.Column('first_on', sa.Date(), nullable=False),
        sa.Column('last_on', sa.Date(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('agreed_by', sa.Integer(), nullable=True),
        sa.Column('agreed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('ended_by', sa.Integer(), nullable=True),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name='fk_deputies_unit_id'),
        sa.ForeignKeyConstraint(['chair_id'], ['persons.id'], name='fk_deputies_chair_id'),
        sa.ForeignKeyConstraint(['deputy_id'], ['persons.id'], name='fk_deputies_deputy_id'),
        sa.ForeignKeyConstraint(['agreed_by'], ['persons.id'], name='fk_deputies_agreed_by'),
        sa.ForeignKeyConstraint(['ended_by'], ['persons.id'], name='fk_deputies_ended_by'),
        sa.PrimaryKeyConstraint('id', name='pk_deputies'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_deputies_unit_id', 'deputies', ['unit_id'])
    op.create_index('ix_deputies_deputy_id', 'deputies', ['deputy_id'])


def downgrade() -> None:
    op.drop_table('deputies')
