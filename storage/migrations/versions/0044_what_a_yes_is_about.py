"""What a yes is about

Which notice, and whose role, the person agreed to in the chat: a yes to one is none to another.

Revision: 0044, after 0043.
"""

import sqlalchemy as sa
from alembic import op


revision = '0044'
down_revision = '0043'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('office_confirmations', sa.Column('about', sa.String(length=64), server_default='', nullable=False))


def downgrade() -> None:
    op.drop_column('office_confirmations', 'about')
