"""Add what Zalo needs

Revision: 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('zalo_events',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('channel', sa.String(length=80), nullable=False),
    sa.Column('event_key', sa.String(length=120), nullable=False),
    sa.Column('address', sa.String(length=120), nullable=False),
    sa.Column('sent_at_ms', sa.BigInteger(), nullable=False),
    sa.Column('body', sa.Text(), nullable=True),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_zalo_events')),
    sa.UniqueConstraint('channel', 'event_key', name=op.f('uq_zalo_events_channel_event_key'))
    )
    with op.batch_alter_table('zalo_events', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_zalo_events_received_at'), ['received_at'], unique=False)
        batch_op.create_index('ix_zalo_events_waiting', ['channel', 'sent_at_ms', 'id'], unique=False, sqlite_where=sa.text('body IS NOT NULL'), postgresql_where=sa.text('body IS NOT NULL'))

    op.create_table('zalo_tokens',
    sa.Column('oa_id', sa.String(length=80), nullable=False),
    sa.Column('access_sealed', sa.Text(), nullable=True),
    sa.Column('refresh_sealed', sa.Text(), nullable=True),
    sa.Column('renew_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('refresh_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tried', sa.JSON(), nullable=False),
    sa.Column('refreshing_by', sa.String(length=80), nullable=True),
    sa.Column('refreshing_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('refused_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('buttons_refused_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('oa_id', name=op.f('pk_zalo_tokens'))
    )
    op.create_table('zalo_chats',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('menu', sa.JSON(), nullable=False),
    sa.Column('menu_step', sa.String(length=60), nullable=False),
    sa.Column('menu_heard_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('menu_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('paused_until', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_zalo_chats_account_id')),
    sa.PrimaryKeyConstraint('account_id', name=op.f('pk_zalo_chats'))
    )


def downgrade() -> None:
    op.drop_table('zalo_chats')
    op.drop_table('zalo_tokens')
    with op.batch_alter_table('zalo_events', schema=None) as batch_op:
        batch_op.drop_index('ix_zalo_events_waiting', sqlite_where=sa.text('body IS NOT NULL'), postgresql_where=sa.text('body IS NOT NULL'))
        batch_op.drop_index(batch_op.f('ix_zalo_events_received_at'))

    op.drop_table('zalo_events')
