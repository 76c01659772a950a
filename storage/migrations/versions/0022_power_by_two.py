"""Power by two

Wishes to take power from somebody that wait for a second person, and suspended roles that keep their number.

Revision: 0022, after 0021.
"""

import sqlalchemy as sa
from alembic import op


revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('ended_grants', sa.Column('grant_id', sa.Integer()))
    op.add_column('ended_grants', sa.Column('settled_at', sa.DateTime(timezone=True)))
    op.create_table(
        'role_requests',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('grant_id', sa.Integer(), nullable=False),
        sa.Column('asked_by', sa.Integer(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('until', sa.Date(), nullable=True),
        sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['asked_by'], ['persons.id'], name='fk_role_requests_asked_by'),
        sa.PrimaryKeyConstraint('id', name='pk_role_requests'),
    )
    connection = op.get_bind()
    for ended in connection.scalars(
        sa.text('SELECT id FROM ended_grants WHERE until IS NOT NULL ORDER BY id')
    ).all():
        number = _next_number(connection)
        connection.execute(
            sa.text('UPDATE ended_grants SET grant_id = :number WHERE id = :ended'), {'number': number, 'ended': ended}
        )


def _next_number(connection: sa.Connection) -> int:
    """A number no role has or will have: nobody remembers which one it had."""
    if connection.dialect.name == 'postgresql':
        return int(connection.scalar(sa.text("SELECT nextval(pg_get_serial_sequence('grants', 'id'))")) or 0)
    raise_it = "UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'grants' RETURNING seq"
    return int(connection.execute(sa.text(raise_it)).scalar_one())


def downgrade() -> None:
    op.drop_table('role_requests')
    with op.batch_alter_table('ended_grants', table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        batch_op.drop_column('settled_at')
        batch_op.drop_column('grant_id')
