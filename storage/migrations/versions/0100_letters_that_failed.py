"""Letters that failed

An index of the few letters that failed and are tried again, so that nobody looks through all letters of a chat for them.

Revision: 0100, after 0097.
"""

import sqlalchemy as sa
from alembic import op


revision = '0100'
down_revision = '0097'
branch_labels = None
depends_on = None

_WHICH = sa.text("state = 'waiting' AND attempts > 0")


def upgrade() -> None:
    with op.batch_alter_table('letters', schema=None) as batch_op:
        batch_op.create_index(
            'ix_letters_failed',
            ['account_id', 'not_before'],
            unique=False,
            sqlite_where=_WHICH,
            postgresql_where=_WHICH,
        )


def downgrade() -> None:
    with op.batch_alter_table('letters', schema=None) as batch_op:
        batch_op.drop_index('ix_letters_failed', sqlite_where=_WHICH, postgresql_where=_WHICH)
