"""Tasks of bodies

The bodies of a plan that answer no questions but have tasks, and what a task of one is.

Revision: 0037, after 0036.
"""

import sqlalchemy as sa
from alembic import op


revision = '0037'
down_revision = '0036'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('desks') as batch_op:
        batch_op.add_column(sa.Column('answers', sa.Boolean(), server_default=sa.true(), nullable=False))
    with op.batch_alter_table('tasks') as batch_op:
        batch_op.add_column(sa.Column('what', sa.String(length=60), server_default='', nullable=False))
        batch_op.add_column(sa.Column('phrase', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('meeting_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('desk_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('others', sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.add_column(sa.Column('recipients', sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.add_column(sa.Column('given_by', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('seen_by', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f('ix_tasks_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_tasks_desk_id'), 'desks', ['desk_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_tasks_given_by'), 'persons', ['given_by'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_tasks_meeting_id'), 'meetings', ['meeting_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_tasks_seen_by'), 'persons', ['seen_by'], ['id'])



def downgrade() -> None:
    with op.batch_alter_table('tasks') as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_tasks_seen_by'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_tasks_meeting_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_tasks_given_by'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_tasks_desk_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_tasks_meeting_id'))
        batch_op.drop_column('seen_at')
        batch_op.drop_column('seen_by')
        batch_op.drop_column('given_by')
        batch_op.drop_column('recipients')
        batch_op.drop_column('others')
        batch_op.drop_column('desk_id')
        batch_op.drop_column('meeting_id')
        batch_op.drop_column('phrase')
        batch_op.drop_column('what')

    with op.batch_alter_table('desks') as batch_op:
        batch_op.drop_column('answers')
