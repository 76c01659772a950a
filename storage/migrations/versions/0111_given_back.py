"""Given back

Which desk gave a question back and why, kept apart from what is asked back meanwhile.

Revision: 0111, after 0110.
"""

import sqlalchemy as sa
from alembic import op


revision = '0111'
down_revision = '0110'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('questions', sa.Column('given_back', sa.Text(), server_default='', nullable=False))
    op.execute("UPDATE questions SET given_back = reason, reason = '' WHERE state = 'received' AND reason != ''")


def downgrade() -> None:
    op.execute("UPDATE questions SET reason = given_back WHERE state = 'received' AND given_back != ''")
    op.drop_column('questions', 'given_back')
