"""Places in words

What people call the hamlet they live in, where the plan names none and they belong to the unit itself.

Revision: 0017, after 0016.
"""

import sqlalchemy as sa
from alembic import op


revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('persons', sa.Column('place', sa.String(length=80), nullable=False, server_default=''))


def downgrade() -> None:
    op.drop_column('persons', 'place')
