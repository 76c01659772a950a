"""Notices of results

A notice says that a meeting comes, or what came of one.

Revision: 0046, after 0045.
"""

import sqlalchemy as sa
from alembic import op


revision = '0046'
down_revision = '0045'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('notices', sa.Column('kind', sa.String(length=32), server_default='meeting', nullable=False))


def downgrade() -> None:
    op.drop_column('notices', 'kind')
