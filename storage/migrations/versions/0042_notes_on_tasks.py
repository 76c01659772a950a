"""Notes on tasks

What bodies found or did for a task before it is reported: hamlet meetings, surveys, what people say.

Revision: 0042, after 0041.
"""

import sqlalchemy as sa
from alembic import op


revision = '0042'
down_revision = '0041'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'task_notes',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('task_id', sa.Integer(), nullable=False),
        sa.Column('by', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['task_id'], ['tasks.id'], name='fk_task_notes_task_id'),
        sa.ForeignKeyConstraint(['by'], ['persons.id'], name='fk_task_notes_by'),
        sa.PrimaryKeyConstraint('id', name='pk_task_notes'),
    )
    op.create_index('ix_task_notes_task_id', 'task_notes', ['task_id'])


def downgrade() -> None:
    op.drop_table('task_notes')
