"""Progress for everybody

A word on how an item of a conclusion gets on, as everybody reads it.

Revision: 0070, after 0069.
"""

import sqlalchemy as sa
from alembic import op


revision = '0070'
down_revision = '0069'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('conclusion_progress', sa.Column('public_text', sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column('conclusion_progress', 'public_text')
