"""The room and the conclusion

What became of each question in the room, when a meeting was opened, the programme ticked, the items of conclusions.

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('meetings', sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('questions', sa.Column('room_outcome', sa.String(length=32), nullable=True))
    op.add_column('questions', sa.Column('room_reason', sa.Text(), server_default='', nullable=False))
    op.create_table(
        'programme_ticks',
        sa.Column('meeting_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('ticked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('ticked_by', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_programme_ticks_meeting_id')),
        sa.ForeignKeyConstraint(['ticked_by'], ['persons.id'], name=op.f('fk_programme_ticks_ticked_by')),
        sa.PrimaryKeyConstraint('meeting_id', 'position', name=op.f('pk_programme_ticks')),
    )
    op.create_table(
        'conclusion_items',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('meeting_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('desk_id', sa.Integer(), nullable=True),
        sa.Column('owner', sa.String(length=200), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=True),
        sa.Column('written_by', sa.Integer(), nullable=False),
        sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['desk_id'], ['desks.id'], name=op.f('fk_conclusion_items_desk_id')),
        sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_conclusion_items_meeting_id')),
        sa.ForeignKeyConstraint(['written_by'], ['persons.id'], name=op.f('fk_conclusion_items_written_by')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_conclusion_items')),
        sa.UniqueConstraint('meeting_id', 'number', name=op.f('uq_conclusion_items_meeting_id_number')),
    )
    op.create_table(
        'conclusion_links',
        sa.Column('item_id', sa.Integer(), nullable=False),
        sa.Column('question_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['item_id'], ['conclusion_items.id'], name=op.f('fk_conclusion_links_item_id')),
        sa.ForeignKeyConstraint(['question_id'], ['questions.id'], name=op.f('fk_conclusion_links_question_id')),
        sa.PrimaryKeyConstraint('item_id', 'question_id', name=op.f('pk_conclusion_links')),
    )
    op.create_index(op.f('ix_conclusion_links_question_id'), 'conclusion_links', ['question_id'])
    op.create_table(
        'conclusion_progress',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('item_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by', sa.Integer(), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['by'], ['persons.id'], name=op.f('fk_conclusion_progress_by')),
        sa.ForeignKeyConstraint(['item_id'], ['conclusion_items.id'], name=op.f('fk_conclusion_progress_item_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_conclusion_progress')),
    )
    op.create_index(op.f('ix_conclusion_progress_item_id'), 'conclusion_progress', ['item_id'])


def downgrade() -> None:
    op.drop_table('conclusion_progress')
    op.drop_table('conclusion_links')
    op.drop_table('conclusion_items')
    op.drop_table('programme_ticks')
    op.drop_column('questions', 'room_reason')
    op.drop_column('questions', 'room_outcome')
    op.drop_column('meetings', 'opened_at')
