"""Register of documents

Drafts with their versions, numbers that are given once, who signed, who got them.

Revision: 0043, after 0042.
"""

import sqlalchemy as sa
from alembic import op


revision = '0043'
down_revision = '0042'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('documents',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('about', sa.String(length=40), nullable=False),
    sa.Column('series', sa.String(length=4), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('series_year', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('dated_on', sa.Date(), nullable=True),
    sa.Column('registered_by', sa.Integer(), nullable=True),
    sa.Column('registered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('signed_on', sa.Date(), nullable=True),
    sa.Column('signed_noted_by', sa.Integer(), nullable=True),
    sa.Column('final_sha256', sa.String(length=64), nullable=True),
    sa.Column('scan_sha256', sa.String(length=64), nullable=True),
    sa.Column('sent', sa.JSON(), server_default=sa.text("'[]'"), nullable=False),
    sa.ForeignKeyConstraint(['made_by'], ['persons.id'], name=op.f('fk_documents_made_by')),
    sa.ForeignKeyConstraint(['plan_id'], ['plans.id'], name=op.f('fk_documents_plan_id')),
    sa.ForeignKeyConstraint(['registered_by'], ['persons.id'], name=op.f('fk_documents_registered_by')),
    sa.ForeignKeyConstraint(['signed_noted_by'], ['persons.id'], name=op.f('fk_documents_signed_noted_by')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_documents_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_documents')),
    sa.UniqueConstraint('unit_id', 'series', 'series_year', 'number', name=op.f('uq_documents_unit_id_series_series_year_number'))
    )
    with op.batch_alter_table('documents') as batch_op:
        batch_op.create_index(batch_op.f('ix_documents_plan_id'), ['plan_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_documents_unit_id'), ['unit_id'], unique=False)



def downgrade() -> None:
    op.drop_table('documents')
