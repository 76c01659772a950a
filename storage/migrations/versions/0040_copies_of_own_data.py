"""Copies of own data

Which files were made for whom who asked for a copy of their data.

Revision: 0040, after 0039.
"""

import sqlalchemy as sa
from alembic import op


revision = '0040'
down_revision = '0039'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'data_copies',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('document_sha256', sa.String(length=64), nullable=False),
        sa.Column('json_sha256', sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name='fk_data_copies_person_id'),
        sa.PrimaryKeyConstraint('id', name='pk_data_copies'),
    )
    op.create_index('ix_data_copies_person_id', 'data_copies', ['person_id'])


def downgrade() -> None:
    op.drop_table('data_copies')
