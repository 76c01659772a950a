"""Papers of requests

The paper that moves a meeting waits with the request for its day.

Revision: 0097, after 0094.
"""

import sqlalchemy as sa
from alembic import op


revision = '0097'
down_revision = '0094'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('meeting_requests') as table:
        table.add_column(sa.Column('paper', sa.JSON(none_as_null=True)))


def downgrade() -> None:
    with op.batch_alter_table('meeting_requests') as table:
        table.drop_column('paper')
