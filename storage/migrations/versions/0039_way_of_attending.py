"""Way of attending

How people come to a meeting, and how often what they have in their calendars changed.

Revision: 0039, after 0038.
"""

import sqlalchemy as sa
from alembic import op


revision = '0039'
down_revision = '0038'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('meetings', sa.Column('form', sa.String(length=32), server_default='in_person', nullable=False))
    op.add_column('meetings', sa.Column('online_at', sa.Text(), server_default='', nullable=False))
    op.add_column('meetings', sa.Column('revision', sa.Integer(), server_default='0', nullable=False))
    op.add_column('meetings', sa.Column('revised_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column('meetings', 'revised_at')
    op.drop_column('meetings', 'revision')
    op.drop_column('meetings', 'online_at')
    op.drop_column('meetings', 'form')
