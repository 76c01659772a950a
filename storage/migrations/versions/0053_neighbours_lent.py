"""Neighbours lent while a head's role is suspended

Who spoke for somebody before the own role was suspended, and does again once it counts again.

Revision: 0053, after 0052.
"""

import sqlalchemy as sa
from alembic import op


revision = '0053'
down_revision = '0052'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('persons') as batch_op:
        batch_op.add_column(sa.Column('lent_by', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_persons_lent_by'), ['lent_by'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_persons_lent_by'), 'persons', ['lent_by'], ['id'])


def downgrade() -> None:
    with op.batch_alter_table('persons') as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_persons_lent_by'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_persons_lent_by'))
        batch_op.drop_column('lent_by')
