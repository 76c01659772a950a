"""Lists and drafts of the desk

What is being written about a question at the desk, the lists people keep there, the indexes those lists are read along,
and the text that a search looks through.

Revision: 0036, after 0035.
"""

import sqlalchemy as sa
from alembic import op

from storage.tables.questions import folded

revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None


BATCH = 1000


def upgrade() -> None:
    op.add_column('questions', sa.Column('folded', sa.Text(), nullable=False, server_default=''))
    _fold_texts()
    op.create_table(
        'answer_drafts',
        sa.Column('question_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('person_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['question_id'], ['questions.id'], name='fk_answer_drafts_question_id'),
        sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name='fk_answer_drafts_person_id'),
        sa.PrimaryKeyConstraint('question_id', 'person_id', name='pk_answer_drafts'),
    )
    op.create_index('ix_answer_drafts_person_id', 'answer_drafts', ['person_id'])
    op.create_table(
        'saved_views',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=60), nullable=False),
        sa.Column('query', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name='fk_saved_views_person_id'),
        sa.PrimaryKeyConstraint('id', name='pk_saved_views'),
    )
    op.create_index('ix_saved_views_person_id', 'saved_views', ['person_id'])
    op.drop_index('ix_questions_unit_id_state', 'questions')
    op.create_index('ix_questions_unit_id_state', 'questions', ['unit_id', 'state', 'id'])
    op.create_index('ix_questions_unit_id_id', 'questions', ['unit_id', 'id'])
    naming = sa.text("CAST(named AS TEXT) != '[]'")
    op.create_index(
        'ix_questions_naming', 'questions', ['unit_id', 'id'], sqlite_where=naming, postgresql_where=naming
    )
    running = sa.text("state = 'running'")
    op.create_index(
        'ix_clocks_running_due_on',
        'clocks',
        ['unit_id', 'due_on', 'question_id'],
        sqlite_where=running,
        postgresql_where=running,
    )


def _fold_texts() -> None:
    questions = sa.table('questions', sa.column('id'), sa.column('text'), sa.column('folded'))
    connection = op.get_bind()
    fold_one = sa.update(questions).where(questions.c.id == sa.bindparam('number')).values(folded=sa.bindparam('said'))
    last = 0
    while rows := connection.execute(
        sa.select(questions.c.id, questions.c.text).where(questions.c.id > last).order_by(questions.c.id).limit(BATCH)
    ).all():
        connection.execute(fold_one, [{'number': row.id, 'said': folded(row.text)} for row in rows])
        last = rows[-1].id


def downgrade() -> None:
    op.drop_index('ix_clocks_running_due_on', 'clocks')
    op.drop_index('ix_questions_naming', 'questions')
    op.drop_index('ix_questions_unit_id_id', 'questions')
    op.drop_index('ix_questions_unit_id_state', 'questions')
    op.create_index('ix_questions_unit_id_state', 'questions', ['unit_id', 'state'])
    op.drop_table('saved_views')
    op.drop_table('answer_drafts')
    with op.batch_alter_table('questions') as batch_op:
        batch_op.drop_column('folded')
