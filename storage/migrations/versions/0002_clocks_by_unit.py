"""Clocks by unit

Every clock says whose it is, so that a sweep takes the clocks of a unit together; what was answered is found by index.

Revision: 0002, after 0001.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

RUNNING: dict[str, Any] = {"sqlite_where": sa.text("state = 'running'"), "postgresql_where": sa.text("state = 'running'")}
ANSWERED: dict[str, Any] = {"sqlite_where": sa.text("state = 'answered'"), "postgresql_where": sa.text("state = 'answered'")}


def upgrade() -> None:
    op.add_column('clocks', sa.Column('unit_id', sa.Integer(), nullable=True))
    op.execute("DELETE FROM clocks WHERE question_id IS NULL AND meeting_id IS NULL")
    op.execute(
        "UPDATE clocks SET unit_id = (SELECT unit_id FROM questions WHERE questions.id = clocks.question_id) "
        "WHERE question_id IS NOT NULL"
    )
    op.execute(
        "UPDATE clocks SET unit_id = (SELECT unit_id FROM meetings WHERE meetings.id = clocks.meeting_id) "
        "WHERE question_id IS NULL"
    )
    with op.batch_alter_table('clocks') as batch_op:
        batch_op.alter_column('unit_id', existing_type=sa.Integer(), nullable=False)
        batch_op.create_foreign_key('fk_clocks_unit_id', 'units', ['unit_id'], ['id'])
        batch_op.drop_index('ix_clocks_running_wake_on')
        batch_op.create_index('ix_clocks_running_wake_on', ['wake_on', 'unit_id', 'id'], **RUNNING)
    op.create_index('ix_questions_answered_at', 'questions', ['answered_at', 'id'], **ANSWERED)


def downgrade() -> None:
    op.drop_index('ix_questions_answered_at', 'questions')
    with op.batch_alter_table('clocks') as batch_op:
        batch_op.drop_index('ix_clocks_running_wake_on')
        batch_op.create_index('ix_clocks_running_wake_on', ['wake_on', 'id'], **RUNNING)
        batch_op.drop_constraint('fk_clocks_unit_id', type_='foreignkey')
        batch_op.drop_column('unit_id')
