"""Sample of the secret key

What the key of the first start sealed, to try the key of every later one on.

Revision: 0105, after 0100.
"""

import sqlalchemy as sa
from alembic import op


revision = '0105'
down_revision = '0100'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'key_sample',
        sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('sealed', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('id', name='pk_key_sample'),
    )


def downgrade() -> None:
    op.drop_table('key_sample')
