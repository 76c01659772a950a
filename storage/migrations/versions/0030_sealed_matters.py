"""Sealed matters

For whom denunciations are sealed, their ciphertexts, and what is confirmed anew in the chat.

Revision: 0030, after 0029.
"""

import sqlalchemy as sa
from alembic import op


revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'sealed_matters',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('code_digest', sa.String(length=64), nullable=False),
        sa.Column('received_on', sa.Date(), nullable=False),
        sa.Column('state', sa.String(length=32), nullable=False),
        sa.Column('waits', sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_sealed_matters_unit_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_sealed_matters')),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('sealed_matters', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sealed_matters_code_digest'), ['code_digest'], unique=False)
        batch_op.create_index(batch_op.f('ix_sealed_matters_unit_id'), ['unit_id'], unique=False)

    op.create_table(
        'sealed_keys',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('recovery', sa.String(length=80), nullable=False),
        sa.Column('named_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('recipient', sa.String(length=80), nullable=False),
        sa.Column('wrapped', sa.Text(), nullable=False),
        sa.Column('wrong', sa.Integer(), nullable=False),
        sa.Column('wrong_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_sealed_keys_person_id')),
        sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_sealed_keys_unit_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_sealed_keys')),
    )
    with op.batch_alter_table('sealed_keys', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sealed_keys_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sealed_keys_unit_id'), ['unit_id'], unique=False)

    op.create_table(
        'sealed_parts',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('matter_id', sa.Integer(), nullable=False),
        sa.Column('key_id', sa.Integer(), nullable=True),
        sa.Column('kind', sa.String(length=32), nullable=False),
        sa.Column('received_on', sa.Date(), nullable=False),
        sa.Column('ciphertext', sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(['key_id'], ['sealed_keys.id'], name=op.f('fk_sealed_parts_key_id')),
        sa.ForeignKeyConstraint(['matter_id'], ['sealed_matters.id'], name=op.f('fk_sealed_parts_matter_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_sealed_parts')),
    )
    with op.batch_alter_table('sealed_parts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sealed_parts_key_id'), ['key_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sealed_parts_matter_id'), ['matter_id'], unique=False)

    op.create_table(
        'office_confirmations',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('session_id', sa.Integer(), nullable=False),
        sa.Column('act', sa.String(length=32), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('agreed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['session_id'], ['office_sessions.id'], name=op.f('fk_office_confirmations_session_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_office_confirmations')),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('office_confirmations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_office_confirmations_session_id'), ['session_id'], unique=False)

    op.create_table(
        'sealed_files',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('part_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(['part_id'], ['sealed_parts.id'], name=op.f('fk_sealed_files_part_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_sealed_files')),
        sa.UniqueConstraint('name', name=op.f('uq_sealed_files_name')),
    )
    with op.batch_alter_table('sealed_files', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sealed_files_part_id'), ['part_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('sealed_files', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sealed_files_part_id'))

    op.drop_table('sealed_files')
    with op.batch_alter_table('office_confirmations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_office_confirmations_session_id'))

    op.drop_table('office_confirmations')
    with op.batch_alter_table('sealed_parts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sealed_parts_matter_id'))
        batch_op.drop_index(batch_op.f('ix_sealed_parts_key_id'))

    op.drop_table('sealed_parts')
    with op.batch_alter_table('sealed_keys', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sealed_keys_unit_id'))
        batch_op.drop_index(batch_op.f('ix_sealed_keys_person_id'))

    op.drop_table('sealed_keys')
    with op.batch_alter_table('sealed_matters', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sealed_matters_unit_id'))
        batch_op.drop_index(batch_op.f('ix_sealed_matters_code_digest'))

    op.drop_table('sealed_matters')
