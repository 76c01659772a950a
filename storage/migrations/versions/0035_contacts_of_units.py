"""Contacts of units

Where the people of a unit go instead of the chat: its reception, its hotline, who looks into its leaders.

Revision: 0035, after 0034.
"""

import sqlalchemy as sa
from alembic import op


revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'contacts',
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=32), nullable=False),
        sa.Column('text', sa.String(length=200), nullable=False),
        sa.Column('set_by', sa.Integer(), nullable=True),
        sa.Column('set_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name='fk_contacts_unit_id'),
        sa.ForeignKeyConstraint(['set_by'], ['persons.id'], name='fk_contacts_set_by'),
        sa.PrimaryKeyConstraint('unit_id', 'kind', name='pk_contacts'),
    )


def downgrade() -> None:
    op.drop_table('contacts')
