"""Files made of documents

Which file was made of which document, so that names and words that are to go are found in it.

Revision: 0052, after 0051.
"""

import sqlalchemy as sa
from alembic import op


revision = '0052'
down_revision = '0051'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('made_papers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('about', sa.String(length=40), nullable=False),
    sa.Column('content_name', sa.String(length=64), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['plan_id'], ['plans.id'], name=op.f('fk_made_papers_plan_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_made_papers'))
    )
    with op.batch_alter_table('made_papers') as batch_op:
        batch_op.create_index(batch_op.f('ix_made_papers_about'), ['about'], unique=False)


def downgrade() -> None:
    op.drop_table('made_papers')
