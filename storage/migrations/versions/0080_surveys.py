"""Surveys

Surveys before meetings, who chose what while they are open, and what heads of hamlets counted.

Revision: 0080, after 0077.
"""

import sqlalchemy as sa
from alembic import op


revision = '0080'
down_revision = '0077'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'surveys',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('meeting_id', sa.Integer(), nullable=False),
        sa.Column('title', sa.Text(), nullable=False),
        sa.Column('questions', sa.JSON(), nullable=False),
        sa.Column('hamlets', sa.JSON(), nullable=False),
        sa.Column('closes_on', sa.Date(), nullable=False),
        sa.Column('made_by', sa.Integer(), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('sent_by', sa.Integer(), nullable=True),
        sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('asked', sa.JSON(), nullable=False),
        sa.Column('result', sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name='fk_surveys_meeting_id'),
        sa.ForeignKeyConstraint(['made_by'], ['persons.id'], name='fk_surveys_made_by'),
        sa.ForeignKeyConstraint(['sent_by'], ['persons.id'], name='fk_surveys_sent_by'),
        sa.PrimaryKeyConstraint('id', name='pk_surveys'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_surveys_meeting_id', 'surveys', ['meeting_id'])
    op.create_table(
        'survey_answers',
        sa.Column('survey_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('question', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('choice', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['survey_id'], ['surveys.id'], name='fk_survey_answers_survey_id'),
        sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name='fk_survey_answers_person_id'),
        sa.PrimaryKeyConstraint('survey_id', 'person_id', 'question', name='pk_survey_answers'),
    )
    op.create_index('ix_survey_answers_person_id', 'survey_answers', ['person_id'])
    op.create_table(
        'survey_counts',
        sa.Column('survey_id', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('people', sa.Integer(), nullable=False),
        sa.Column('counts', sa.JSON(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['survey_id'], ['surveys.id'], name='fk_survey_counts_survey_id'),
        sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name='fk_survey_counts_unit_id'),
        sa.PrimaryKeyConstraint('survey_id', 'unit_id', name='pk_survey_counts'),
    )


def downgrade() -> None:
    op.drop_table('survey_counts')
    op.drop_table('survey_answers')
    op.drop_table('surveys')
