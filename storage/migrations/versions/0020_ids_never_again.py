"""Ids never again

On SQLite the id of a row that was deleted was given out again, and an old button acted on what it was not made for.

Revision: 0020, after 0019.
"""

import sqlalchemy as sa
from alembic import op


revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None

_TABLES = ('grants', 'ended_grants', 'account_links', 'letters', 'guests', 'conclusion_items', 'cases')
_LEAP = 1000
"""Nobody knows which ids were given out and deleted before; a leap steps over them, where anybody used it yet."""
_NAMED_ELSEWHERE = {
    'grants': 'SELECT max(replaces) FROM invitations',
    'letters': 'SELECT max(letter_id) FROM web_messages',
}
"""Who else remembers the ids of rows that may be gone."""


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != 'sqlite':
        return
    leap = _LEAP if connection.scalar(sa.text('SELECT max(id) FROM persons')) else 0
    for table in _TABLES:
        with op.batch_alter_table(table, recreate='always', table_kwargs={'sqlite_autoincrement': True}):
            pass
        last = connection.scalar(sa.text(f'SELECT max(id) FROM {table}')) or 0
        named = connection.scalar(sa.text(_NAMED_ELSEWHERE.get(table, 'SELECT 0'))) or 0
        connection.execute(sa.text('DELETE FROM sqlite_sequence WHERE name = :table'), {'table': table})
        connection.execute(
            sa.text('INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last)'),
            {'table': table, 'last': max(last, named) + leap},
        )


def downgrade() -> None:
    if op.get_bind().dialect.name != 'sqlite':
        return
    for table in _TABLES:
        with op.batch_alter_table(table, recreate='always', table_kwargs={'sqlite_autoincrement': False}):
            pass
