"""What is new to the office

Questions that are new to somebody: counted by open desks, and told of in one letter instead of one each.

Revision: 0049, after 0048.
"""

import sqlalchemy as sa
from alembic import op


revision = '0049'
down_revision = '0048'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'question_news',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('question_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=32), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name='fk_question_news_person_id'),
        sa.ForeignKeyConstraint(['question_id'], ['questions.id'], name='fk_question_news_question_id'),
        sa.PrimaryKeyConstraint('id', name='pk_question_news'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_question_news_person_id_id', 'question_news', ['person_id', 'id'])
    op.create_index('ix_question_news_question_id', 'question_news', ['question_id'])
    op.create_index('ix_question_news_told_at', 'question_news', ['told_at'])


def downgrade() -> None:
    op.drop_table('question_news')
