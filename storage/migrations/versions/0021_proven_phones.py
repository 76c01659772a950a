"""Proven phones

Whether a phone number is proven to be a person's, and codes by which guests are known. Nothing tells how the numbers
there are came to be known, so they count as typed, and who was taken for a guest because of one is a guest no more,
unless the invitation has gone there already.

Revision: 0021, after 0020.
"""

import sqlalchemy as sa
from alembic import op


revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('persons', sa.Column('phone_proven', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column('guests', sa.Column('code_digest', sa.String(length=64), nullable=True))
    op.create_index('ix_guests_code_digest', 'guests', ['code_digest'])
    # who was added from the office's own people has no number on the list
    op.execute('UPDATE guests SET person_id = NULL WHERE phone_index IS NOT NULL AND invited_at IS NULL')


def downgrade() -> None:
    op.drop_index('ix_guests_code_digest', 'guests')
    op.drop_column('guests', 'code_digest')
    op.drop_column('persons', 'phone_proven')
