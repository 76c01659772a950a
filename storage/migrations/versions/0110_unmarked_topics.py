"""Unmarked topics of speakers

Whether the office found that what somebody registered to speak about accuses nobody.

Revision: 0110, after 0105.
"""

import sqlalchemy as sa
from alembic import op


revision = '0110'
down_revision = '0105'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('registrations', sa.Column('unmarked', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column('registrations', 'unmarked')
