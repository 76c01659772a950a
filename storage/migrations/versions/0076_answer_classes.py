"""Answer classes

What an answer was said to be. What was only made clear in the room is known of every question; of all other answers
nobody said it.

Revision: 0076, after 0073.
"""

import sqlalchemy as sa
from alembic import op


revision = '0076'
down_revision = '0073'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('questions', sa.Column('answer_class', sa.String(length=32), nullable=True))
    op.add_column('proposals', sa.Column('answer_class', sa.String(length=32), nullable=True))
    op.execute(
        "UPDATE questions SET answer_class = 'explanation' "
        "WHERE room_outcome = 'clarified' AND state IN ('answered', 'closed')"
    )


def downgrade() -> None:
    op.drop_column('proposals', 'answer_class')
    op.drop_column('questions', 'answer_class')
