"""Ordered papers

Documents asked for in chats, until they are laid out.

Revision: 0094, after 0092.
"""

import sqlalchemy as sa
from alembic import op


revision = '0094'
down_revision = '0092'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'paper_orders',
        sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
        sa.Column('plan_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=32), nullable=False),
        sa.Column('about', sa.String(length=40), nullable=False),
        sa.Column('form', sa.String(length=32), nullable=True),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=False),
        sa.Column('content', sa.JSON(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('document_id', sa.Integer(), nullable=True),
        sa.Column('tries', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['plan_id'], ['plans.id'], name=op.f('fk_paper_orders_plan_id')),
        sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_paper_orders_person_id')),
        sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_paper_orders_account_id')),
        sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_paper_orders_document_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_orders')),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_paper_orders_person_id'), 'paper_orders', ['person_id'])


def downgrade() -> None:
    op.drop_table('paper_orders')
