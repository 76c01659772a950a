"""Kept from those it names

Whom a question names and must not reach, whether its asker sent it sealed, and what people did to protect whoever asked.
Of what is sensitive already nobody knows who wished it: it counts as the asker's wish, which only the asker undoes.

Revision: 0034, after 0033.
"""

import sqlalchemy as sa
from alembic import op


revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('questions', sa.Column('sealed_by_asker', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column('questions', sa.Column('named', sa.JSON(), nullable=False, server_default='[]'))
    op.execute('UPDATE questions SET sealed_by_asker = sensitive')
    op.create_table(
        'protections',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('question_id', sa.Integer(), nullable=False),
        sa.Column('act', sa.String(length=32), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('by', sa.Integer(), nullable=True),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('named', sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(['question_id'], ['questions.id'], name='fk_protections_question_id'),
        sa.ForeignKeyConstraint(['by'], ['persons.id'], name='fk_protections_by'),
        sa.PrimaryKeyConstraint('id', name='pk_protections'),
    )
    op.create_index('ix_protections_question_id', 'protections', ['question_id'])


def downgrade() -> None:
    op.drop_table('protections')
    with op.batch_alter_table('questions') as batch_op:
        batch_op.drop_column('named')
        batch_op.drop_column('sealed_by_asker')
