"""Roles taken back

Who gave a role, the roles that were taken back or are suspended, and invitations that wait for a second person or bring a
successor.

Revision: 0018, after 0017.
"""

import sqlalchemy as sa
from alembic import op


revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE grants ADD COLUMN given_by INTEGER CONSTRAINT fk_grants_given_by REFERENCES persons (id)")
    op.execute(
        "ALTER TABLE invitations ADD COLUMN approved_by INTEGER "
        "CONSTRAINT fk_invitations_approved_by REFERENCES persons (id)"
    )
    op.add_column('invitations', sa.Column('needs_second', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column('invitations', sa.Column('replaces', sa.Integer()))
    op.create_table(
        'ended_grants',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('role', sa.String(length=32), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('desk_id', sa.Integer(), nullable=True),
        sa.Column('given_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('given_by', sa.Integer(), nullable=True),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('ended_by', sa.Integer(), nullable=True),
        sa.Column('until', sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name='fk_ended_grants_person_id'),
        sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name='fk_ended_grants_unit_id'),
        sa.ForeignKeyConstraint(['desk_id'], ['desks.id'], name='fk_ended_grants_desk_id'),
        sa.ForeignKeyConstraint(['given_by'], ['persons.id'], name='fk_ended_grants_given_by'),
        sa.ForeignKeyConstraint(['ended_by'], ['persons.id'], name='fk_ended_grants_ended_by'),
        sa.PrimaryKeyConstraint('id', name='pk_ended_grants'),
    )
    op.create_index('ix_ended_grants_person_id', 'ended_grants', ['person_id'])
    op.create_index('ix_ended_grants_unit_id', 'ended_grants', ['unit_id'])
    op.create_index('ix_ended_grants_until', 'ended_grants', ['until'])


def downgrade() -> None:
    op.drop_table('ended_grants')
    with op.batch_alter_table('invitations') as batch_op:
        batch_op.drop_column('replaces')
        batch_op.drop_column('needs_second')
        batch_op.drop_column('approved_by')
    with op.batch_alter_table('grants') as batch_op:
        batch_op.drop_column('given_by')
