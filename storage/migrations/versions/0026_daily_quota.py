"""Daily quota

How much a chat has left with us today: letters of what was typed, bytes of files.

Revision: 0026, after 0025.
"""

import sqlalchemy as sa
from alembic import op


revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('conversations', sa.Column('kept_on', sa.Date()))
    op.add_column('conversations', sa.Column('kept_letters', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('conversations', sa.Column('kept_bytes', sa.BigInteger(), nullable=False, server_default='0'))


def downgrade() -> None:
    with op.batch_alter_table('conversations') as batch_op:
        batch_op.drop_column('kept_bytes')
        batch_op.drop_column('kept_letters')
        batch_op.drop_column('kept_on')
