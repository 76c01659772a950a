"""The floor

When a registered speaker had the floor, or was called and was not there.

Revision: 0009, after 0008.
"""

import sqlalchemy as sa
from alembic import op


revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ('called_at', 'spoke_until', 'absent_at'):
        op.add_column('registrations', sa.Column(name, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for name in ('absent_at', 'spoke_until', 'called_at'):
        op.drop_column('registrations', name)
