"""No suspended role of nobody

Whoever was suspended and erased left a role that somebody with power could let count again.

Revision: 0062, after 0061.
"""

from alembic import op


revision = '0062'
down_revision = '0061'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "UPDATE ended_grants SET until = NULL WHERE until IS NOT NULL "
        "AND person_id IN (SELECT id FROM persons WHERE erased_at IS NOT NULL)"
    )


def downgrade() -> None:
    pass  # nobody is left to hold it
