"""Before the meeting

Words that questions are found by, groups of like questions, repeated matters. The questions there are, are indexed.

Revision: 0010, after 0009.
"""

import sqlalchemy as sa
from alembic import op

from storage.queries.questions.similar import words_of


revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

BATCH = 500


def upgrade() -> None:
    op.create_table(
        'question_words',
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('word', sa.String(length=40), nullable=False),
        sa.Column('question_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['question_id'], ['questions.id'], name='fk_question_words_question_id'),
        sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name='fk_question_words_unit_id'),
        sa.PrimaryKeyConstraint('unit_id', 'word', 'question_id', name='pk_question_words'),
        sqlite_with_rowid=False,
    )
    op.create_table(
        'group_members',
        sa.Column('question_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('lead_id', sa.Integer(), nullable=False),
        sa.Column('joined_by', sa.Integer(), nullable=False),
        sa.Column('joined_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['joined_by'], ['persons.id'], name='fk_group_members_joined_by'),
        sa.ForeignKeyConstraint(['lead_id'], ['questions.id'], name='fk_group_members_lead_id'),
        sa.ForeignKeyConstraint(['question_id'], ['questions.id'], name='fk_group_members_question_id'),
        sa.PrimaryKeyConstraint('question_id', name='pk_group_members'),
    )
    op.create_index('ix_group_members_lead_id', 'group_members', ['lead_id'])
    op.create_table(
        'cases',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('year', sa.Integer(), nullable=False),
        sa.Column('opened_by', sa.Integer(), nullable=False),
        sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('direction', sa.Text(), nullable=False),
        sa.Column('direction_by', sa.Integer(), nullable=True),
        sa.Column('direction_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['direction_by'], ['persons.id'], name='fk_cases_direction_by'),
        sa.ForeignKeyConstraint(['opened_by'], ['persons.id'], name='fk_cases_opened_by'),
        sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name='fk_cases_unit_id'),
        sa.PrimaryKeyConstraint('id', name='pk_cases'),
        sa.UniqueConstraint('unit_id', 'year', 'number', name='uq_cases_unit_id_year_number'),
    )
    op.create_table(
        'case_questions',
        sa.Column('question_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('case_id', sa.Integer(), nullable=False),
        sa.Column('linked_by', sa.Integer(), nullable=False),
        sa.Column('linked_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name='fk_case_questions_case_id'),
        sa.ForeignKeyConstraint(['linked_by'], ['persons.id'], name='fk_case_questions_linked_by'),
        sa.ForeignKeyConstraint(['question_id'], ['questions.id'], name='fk_case_questions_question_id'),
        sa.PrimaryKeyConstraint('question_id', name='pk_case_questions'),
    )
    op.create_index('ix_case_questions_case_id', 'case_questions', ['case_id'])
    index_what_is_there()


def index_what_is_there() -> None:
    """The words of every stored question. The rule that finds them may change: an index is made anew at any time."""
    words = sa.table('question_words', sa.column('unit_id'), sa.column('word'), sa.column('question_id'))
    bind = op.get_bind()
    last = 0
    while True:
        rows = bind.execute(
            sa.text("SELECT id, unit_id, text FROM questions WHERE id > :last ORDER BY id LIMIT :batch"),
            {"last": last, "batch": BATCH},
        ).all()
        if not rows:
            return
        last = rows[-1].id
        found = [
            {"unit_id": row.unit_id, "word": word, "question_id": row.id} for row in rows for word in words_of(row.text)
        ]
        if found:
            bind.execute(words.insert(), found)


def downgrade() -> None:
    op.drop_index('ix_case_questions_case_id', 'case_questions')
    op.drop_table('case_questions')
    op.drop_table('cases')
    op.drop_index('ix_group_members_lead_id', 'group_members')
    op.drop_table('group_members')
    op.drop_table('question_words')
