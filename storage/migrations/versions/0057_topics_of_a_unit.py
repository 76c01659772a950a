"""Topics of a unit

A unit says itself which desk gets a topic, and adds topics its plan does not name.

Revision: 0057, after 0056.
"""

import sqlalchemy as sa
from alembic import op


revision = '0057'
down_revision = '0056'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('topics', sa.Column('own', sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column('topics', 'own')
