"""Reply templates

A unit's own words for answers it gives again and again.

Revision: 0050, after 0049.
"""

import sqlalchemy as sa
from alembic import op


revision = '0050'
down_revision = '0049'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'reply_templates',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=60), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name='fk_reply_templates_unit_id'),
        sa.PrimaryKeyConstraint('id', name='pk_reply_templates'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_reply_templates_unit_id', 'reply_templates', ['unit_id'])


def downgrade() -> None:
    op.drop_table('reply_templates')
