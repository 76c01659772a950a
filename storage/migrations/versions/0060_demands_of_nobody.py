"""Demands of nobody

The key of the task that reminds the office of a demand bore the number of whoever asked, which erasing left there.

Revision: 0060, after 0057.
"""

from alembic import op


revision = '0060'
down_revision = '0057'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE tasks SET key = 'demand:' || id WHERE kind = 'demand'")


def downgrade() -> None:
    pass  # what was taken away is not known any more; keys are only compared
