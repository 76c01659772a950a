"""Letters that wait for the return, message counts, account links

Revision: 0007, after 0006.
"""

import sqlalchemy as sa
from alembic import op


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('message_counts',
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('way', sa.String(length=32), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_message_counts_unit_id')),
    sa.PrimaryKeyConstraint('unit_id', 'month', 'way', name=op.f('pk_message_counts'))
    )
    op.create_table('account_links',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code_digest', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('asked_in', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('claimed_by', sa.Integer(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['asked_in'], ['accounts.id'], name=op.f('fk_account_links_asked_in')),
    sa.ForeignKeyConstraint(['claimed_by'], ['accounts.id'], name=op.f('fk_account_links_claimed_by')),
    sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_account_links_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account_links')),
    sa.UniqueConstraint('code_digest', name=op.f('uq_account_links_code_digest'))
    )
    op.create_index(op.f('ix_account_links_person_id'), 'account_links', ['person_id'], unique=False)

    op.add_column('accounts', sa.Column('awaited_since', sa.DateTime(timezone=True), nullable=True))
    op.add_column('accounts', sa.Column('rung_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('accounts', sa.Column('wrong_codes', sa.Integer(), server_default='0', nullable=False))
    op.add_column('accounts', sa.Column('wrong_code_at', sa.DateTime(timezone=True), nullable=True))

    op.add_column('letters', sa.Column('waits_since', sa.DateTime(timezone=True), nullable=True))
    op.add_column('letters', sa.Column('ring_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('letters', sa.Column('rung_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('letters', sa.Column('told_at', sa.DateTime(timezone=True), nullable=True))
    # with its constraint in one statement: SQLite would otherwise make the whole table anew, without its partial index
    op.execute("ALTER TABLE letters ADD COLUMN told_by INTEGER CONSTRAINT fk_letters_told_by REFERENCES persons (id)")
    op.create_index('ix_letters_ring_at', 'letters', ['ring_at'], unique=False, sqlite_where=sa.text('ring_at IS NOT NULL'), postgresql_where=sa.text('ring_at IS NOT NULL'))


def downgrade() -> None:
    op.drop_index('ix_letters_ring_at', table_name='letters')
    with op.batch_alter_table('letters', schema=None) as batch_op:
        batch_op.drop_column('told_by')
        batch_op.drop_column('told_at')
        batch_op.drop_column('rung_at')
        batch_op.drop_column('ring_at')
        batch_op.drop_column('waits_since')

    with op.batch_alter_table('accounts', schema=None) as batch_op:
        batch_op.drop_column('wrong_code_at')
        batch_op.drop_column('wrong_codes')
        batch_op.drop_column('rung_at')
        batch_op.drop_column('awaited_since')

    op.drop_index(op.f('ix_account_links_person_id'), table_name='account_links')
    op.drop_table('account_links')
    op.drop_table('message_counts')
