"""Files of tasks

Files that show what was done for a task.

Revision: 0091, after 0081.
"""

import sqlalchemy as sa
from alembic import op


revision = '0091'
down_revision = '0081'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'task_files',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('task_id', sa.Integer(), nullable=False),
        sa.Column('by', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('sha256', sa.String(length=64), nullable=False),
        sa.Column('media_type', sa.String(length=80), nullable=False),
        sa.Column('size', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(['by'], ['persons.id'], name='fk_task_files_by'),
        sa.ForeignKeyConstraint(['task_id'], ['tasks.id'], name='fk_task_files_task_id'),
        sa.PrimaryKeyConstraint('id', name='pk_task_files'),
    )
    op.create_index('ix_task_files_task_id', 'task_files', ['task_id'])


def downgrade() -> None:
    op.drop_index('ix_task_files_task_id', 'task_files')
    op.drop_table('task_files')
