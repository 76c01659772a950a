"""Results made public

By which means the results of a meeting were made public. Notices that run are computed anew once: where the administration
holds the dialogue and its plan names no days, the law's seven count from now on, not our five.

Revision: 0032, after 0031.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op


revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('meetings', sa.Column('results_public', sa.JSON(), nullable=False, server_default=sa.text("'{}'")))
    connection = op.get_bind()
    if connection.scalar(sa.text("SELECT 1 FROM clocks WHERE kind IN ('notice', 'preparation') AND state = 'running' LIMIT 1")) is None:
        return
    owed = sa.table(
        'recomputations',
        sa.column('reason', sa.JSON()),
        sa.column('asked_at', sa.DateTime(timezone=True)),
    )
    reason = {'$term': 'moved.law', 'params': {}}
    connection.execute(owed.insert(), [{'reason': reason, 'asked_at': datetime(2000, 1, 1, tzinfo=UTC)}])


def downgrade() -> None:
    op.drop_column('meetings', 'results_public')
