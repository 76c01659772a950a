"""Message recalls

Messages that are to be deleted where they were sent, while the network lets us.

Revision: 0064, after 0062.
"""

from alembic import op
import sqlalchemy as sa


revision = '0064'
down_revision = '0062'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'message_recalls',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('network', sa.String(length=32), nullable=False),
        sa.Column('channel', sa.String(length=100), nullable=False),
        sa.Column('address', sa.String(length=200), nullable=False),
        sa.Column('message', sa.String(length=80), nullable=False),
        sa.Column('until', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('id', name='pk_message_recalls'),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table('message_recalls')
