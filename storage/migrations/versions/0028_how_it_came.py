"""How it came

How a question reached the office: in a chat, spoken, by letter, by telephone.

Revision: 0028, after 0027.
"""

import sqlalchemy as sa
from alembic import op


revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('questions', sa.Column('came_by', sa.String(length=32), nullable=False, server_default='chat'))


def downgrade() -> None:
    op.drop_column('questions', 'came_by')
