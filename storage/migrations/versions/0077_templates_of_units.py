"""Templates of units

The file a unit uses for a kind of document in place of the built-in layout.

Revision: 0077, after 0076.
"""

import sqlalchemy as sa
from alembic import op


revision = '0077'
down_revision = '0076'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'unit_templates',
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=32), nullable=False),
        sa.Column('sha256', sa.String(length=64), nullable=False),
        sa.Column('kept_by', sa.Integer(), nullable=False),
        sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_unit_templates_unit_id')),
        sa.ForeignKeyConstraint(['kept_by'], ['persons.id'], name=op.f('fk_unit_templates_kept_by')),
        sa.PrimaryKeyConstraint('unit_id', 'kind', name=op.f('pk_unit_templates')),
    )


def downgrade() -> None:
    op.drop_table('unit_templates')
