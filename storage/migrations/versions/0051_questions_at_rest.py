"""Questions whose askers want nothing done with them

That somebody has restricted the use of their data stands on each question they asked, where every list and document looks.

Revision: 0051, after 0050.
"""

import sqlalchemy as sa
from alembic import op


revision = '0051'
down_revision = '0050'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('questions', sa.Column('restricted', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute(
        'UPDATE questions SET restricted = (1 = 1)'
        ' WHERE asker_id IN (SELECT id FROM persons WHERE restricted_at IS NOT NULL)'
    )


def downgrade() -> None:
    with op.batch_alter_table('questions') as batch_op:
        batch_op.drop_column('restricted')
