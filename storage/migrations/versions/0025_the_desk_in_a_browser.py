"""The desk in a browser

Browsers that ask to be let in to the desk, and those in which somebody sits there.

Revision: 0025, after 0024.
"""

import sqlalchemy as sa
from alembic import op


revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'office_entries',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('token_digest', sa.String(length=64), nullable=False),
        sa.Column('code_digest', sa.String(length=64), nullable=False),
        sa.Column('browser', sa.String(length=80), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('claimed_by', sa.Integer(), nullable=True),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['claimed_by'], ['accounts.id'], name=op.f('fk_office_entries_claimed_by')),
        sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_office_entries_person_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_office_entries')),
        sa.UniqueConstraint('token_digest', name=op.f('uq_office_entries_token_digest')),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('office_entries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_office_entries_code_digest'), ['code_digest'], unique=False)
        batch_op.create_index(batch_op.f('ix_office_entries_expires_at'), ['expires_at'], unique=False)

    op.create_table(
        'office_sessions',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('token_digest', sa.String(length=64), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=False),
        sa.Column('browser', sa.String(length=80), nullable=False),
        sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_office_sessions_account_id')),
        sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_office_sessions_person_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_office_sessions')),
        sa.UniqueConstraint('token_digest', name=op.f('uq_office_sessions_token_digest')),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('office_sessions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_office_sessions_person_id'), ['person_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('office_sessions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_office_sessions_person_id'))

    op.drop_table('office_sessions')
    with op.batch_alter_table('office_entries', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_office_entries_expires_at'))
        batch_op.drop_index(batch_op.f('ix_office_entries_code_digest'))

    op.drop_table('office_entries')
