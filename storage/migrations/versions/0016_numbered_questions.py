"""Numbered questions

How often a chat was asked something; the number stands in the codes of a question's buttons.

Revision: 0016, after 0015.
"""

import sqlalchemy as sa
from alembic import op


revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('conversations', sa.Column('asked', sa.Integer(), nullable=False, server_default='0'))


def downgrade() -> None:
    op.drop_column('conversations', 'asked')
