"""Corrections

What was put right about a person, with what it was before, sealed.

Revision: 0023, after 0022.
"""

import sqlalchemy as sa
from alembic import op


revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'corrections',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('what', sa.String(length=32), nullable=False),
        sa.Column('was_sealed', sa.Text(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['by'], ['persons.id'], name='fk_corrections_by'),
        sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name='fk_corrections_person_id'),
        sa.PrimaryKeyConstraint('id', name='pk_corrections'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_corrections_person_id', 'corrections', ['person_id'])


def downgrade() -> None:
    op.drop_index('ix_corrections_person_id', 'corrections')
    op.drop_table('corrections')
