"""Namesakes

What tells people of one name apart.

Revision: 0027, after 0026.
"""

import sqlalchemy as sa
from alembic import op


revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('persons', sa.Column('known_as', sa.String(length=40), nullable=False, server_default=''))


def downgrade() -> None:
    op.drop_column('persons', 'known_as')
