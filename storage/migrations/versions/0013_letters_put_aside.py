"""Letters put aside

An index of the letters that somebody may have to look at: few among the many that were sent.

Revision: 0013, after 0012.
"""

import sqlalchemy as sa
from alembic import op


revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        'ix_letters_put_aside',
        'letters',
        ['state', 'id'],
        unique=False,
        sqlite_where=sa.text("state NOT IN ('waiting', 'sent')"),
        postgresql_where=sa.text("state NOT IN ('waiting', 'sent')"),
    )


def downgrade() -> None:
    op.drop_index('ix_letters_put_aside', 'letters')
