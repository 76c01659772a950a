"""Add urgent flags, nudges and tasks; a clock may run for a task

Revision: 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('tasks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('accepted_by', sa.Integer(), nullable=True),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_by', sa.Integer(), nullable=True),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['accepted_by'], ['persons.id'], name=op.f('fk_tasks_accepted_by')),
    sa.ForeignKeyConstraint(['done_by'], ['persons.id'], name=op.f('fk_tasks_done_by')),
    sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_tasks_person_id')),
    sa.ForeignKeyConstraint(['plan_id'], ['plans.id'], name=op.f('fk_tasks_plan_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_tasks_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tasks')),
    sa.UniqueConstraint('key', name=op.f('uq_tasks_key'))
    )
    with op.batch_alter_table('tasks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tasks_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_tasks_unit_id_done_at', ['unit_id', 'done_at'], unique=False)

    op.create_table('nudges',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('agency', sa.String(length=200), nullable=False),
    sa.Column('promised_on', sa.Date(), nullable=False),
    sa.Column('nudged_by', sa.Integer(), nullable=False),
    sa.Column('nudged_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['nudged_by'], ['persons.id'], name=op.f('fk_nudges_nudged_by')),
    sa.ForeignKeyConstraint(['question_id'], ['questions.id'], name=op.f('fk_nudges_question_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_nudges'))
    )
    with op.batch_alter_table('nudges', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_nudges_question_id'), ['question_id'], unique=False)

    op.create_table('urgent_flags',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('set_by', sa.Integer(), nullable=False),
    sa.Column('set_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('taken_back_by', sa.Integer(), nullable=True),
    sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_back_reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['question_id'], ['questions.id'], name=op.f('fk_urgent_flags_question_id')),
    sa.ForeignKeyConstraint(['set_by'], ['persons.id'], name=op.f('fk_urgent_flags_set_by')),
    sa.ForeignKeyConstraint(['taken_back_by'], ['persons.id'], name=op.f('fk_urgent_flags_taken_back_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_urgent_flags'))
    )
    with op.batch_alter_table('urgent_flags', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_urgent_flags_question_id'), ['question_id'], unique=False)

    with op.batch_alter_table('clocks', schema=None) as batch_op:
        batch_op.add_column(sa.Column('task_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_clocks_task_id'), ['task_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_clocks_task_id'), 'tasks', ['task_id'], ['id'])



def downgrade() -> None:
    with op.batch_alter_table('clocks', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_clocks_task_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_clocks_task_id'))
        batch_op.drop_column('task_id')

    with op.batch_alter_table('urgent_flags', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_urgent_flags_question_id'))

    op.drop_table('urgent_flags')
    with op.batch_alter_table('nudges', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_nudges_question_id'))

    op.drop_table('nudges')
    with op.batch_alter_table('tasks', schema=None) as batch_op:
        batch_op.drop_index('ix_tasks_unit_id_done_at')
        batch_op.drop_index(batch_op.f('ix_tasks_person_id'))

    op.drop_table('tasks')
