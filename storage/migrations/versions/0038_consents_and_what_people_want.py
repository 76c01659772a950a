"""Consents and what people want done with their data

What each person agreed to and when it was withdrawn; whose data are not to be worked with; which right a request uses.

Revision: 0038, after 0037.
"""

import sqlalchemy as sa
from alembic import op


revision = '0038'
down_revision = '0037'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('persons', sa.Column('withdrawn_at', sa.DateTime(timezone=True)))
    op.add_column('persons', sa.Column('restricted_at', sa.DateTime(timezone=True)))
    op.add_column('tasks', sa.Column('right', sa.String(length=32)))
    op.create_table(
        'consents',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('version', sa.String(length=20), nullable=False),
        sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('guardian', sa.String(length=120), nullable=False),
        sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name='fk_consents_person_id'),
        sa.PrimaryKeyConstraint('id', name='pk_consents'),
    )
    op.create_index('ix_consents_person_id', 'consents', ['person_id'])
    op.execute(
        "INSERT INTO consents (person_id, version, given_at, guardian) "
        "SELECT id, consent_version, consent_at, '' FROM persons "
        "WHERE consent_version IS NOT NULL AND consent_at IS NOT NULL ORDER BY id"
    )
    op.execute("UPDATE tasks SET \"right\" = 'other' WHERE kind = 'data-request'")


def downgrade() -> None:
    op.drop_table('consents')
    with op.batch_alter_table('tasks') as batch_op:
        batch_op.drop_column('right')
    with op.batch_alter_table('persons') as batch_op:
        batch_op.drop_column('restricted_at')
        batch_op.drop_column('withdrawn_at')
