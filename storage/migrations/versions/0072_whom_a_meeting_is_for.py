"""Whom a meeting is for

What kinds of people a meeting is for, and how many places it has.

Revision: 0072, after 0070.
"""

import sqlalchemy as sa
from alembic import op


revision = '0072'
down_revision = '0070'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('meetings', sa.Column('audience', sa.String(length=200), nullable=False, server_default=''))
    op.add_column('meetings', sa.Column('places', sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column('meetings', 'places')
    op.drop_column('meetings', 'audience')
