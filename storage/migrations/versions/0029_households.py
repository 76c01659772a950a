"""Households

Who shares somebody else's phone, and how many share it.

Revision: 0029, after 0028.
"""

import sqlalchemy as sa
from alembic import op


revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('persons', sa.Column('shares_phone', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column('persons', sa.Column('members', sa.Integer(), nullable=False, server_default='0'))


def downgrade() -> None:
    op.drop_column('persons', 'members')
    op.drop_column('persons', 'shares_phone')
