"""A role once

Whoever took a second code for a role they held, held it twice: taken back once, it still counted. The first stays.

Revision: 0061, after 0060.
"""

from alembic import op


revision = '0061'
down_revision = '0060'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "DELETE FROM grants WHERE id NOT IN ("
        "SELECT min(id) FROM grants GROUP BY person_id, role, unit_id, coalesce(desk_id, 0))"
    )


def downgrade() -> None:
    pass  # what was held twice is held once
