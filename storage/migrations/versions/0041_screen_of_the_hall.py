"""Screen of the hall

Which speakers let it show their names, and how long the chair gives each.

Revision: 0041, after 0040.
"""

import sqlalchemy as sa
from alembic import op


revision = '0041'
down_revision = '0040'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('registrations', sa.Column('name_shown', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('meetings', sa.Column('speech_minutes', sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column('meetings', 'speech_minutes')
    op.drop_column('registrations', 'name_shown')
