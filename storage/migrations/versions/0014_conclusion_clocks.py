"""Clocks of conclusions

An item of a conclusion that is public and has a due date has a clock; those that were made public before get theirs.

Revision: 0014, after 0013.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op


revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('clocks') as batch_op:
        batch_op.add_column(sa.Column('item_id', sa.Integer(), nullable=True))
        batch_op.create_unique_constraint('uq_clocks_item_id', ['item_id'])
        batch_op.create_foreign_key('fk_clocks_item_id', 'conclusion_items', ['item_id'], ['id'])
    connection = op.get_bind()
    items = connection.execute(
        sa.text(
            "SELECT i.id, i.due_on, m.unit_id FROM conclusion_items i JOIN meetings m ON m.id = i.meeting_id "
            "WHERE i.published_at IS NOT NULL AND i.done_at IS NULL AND i.due_on IS NOT NULL ORDER BY i.id"
        ).columns(id=sa.Integer, due_on=sa.Date, unit_id=sa.Integer)
    ).all()
    if items:
        clocks = sa.table(
            'clocks',
            *(sa.column(name, sa.Integer()) for name in ('unit_id', 'item_id')),
            *(sa.column(name, sa.String()) for name in ('kind', 'state')),
            *(sa.column(name, sa.Date()) for name in ('anchor_on', 'due_on', 'wake_on')),
            *(sa.column(name, sa.JSON()) for name in ('due', 'history')),
        )
        connection.execute(clocks.insert(), [_clock(*item) for item in items])


def _clock(item_id: int, due_on: date, unit_id: int) -> dict[str, Any]:
    day = due_on.isoformat()
    due: dict[str, Any] = {
        'kind': 'conclusion',
        'anchor': day,
        'window': None,
        'raw_on': day,
        'due_on': day,
        'practical_on': day,  # whoever computes it anew has the calendar
        'days': 0,
        'unit': 'calendar',
        'direction': 'forward',
        'skipped': [],
        'rolled_from': None,
        'source': 'promise',
        'status': 'library',
    }
    return {
        'kind': 'conclusion',
        'unit_id': unit_id,
        'item_id': item_id,
        'anchor_on': due_on,
        'due_on': due_on,
        'due': due,
        'wake_on': date(2000, 1, 1),  # the next sweep looks at it
        'state': 'running',
        'history': [],
    }


def downgrade() -> None:
    op.execute("DELETE FROM clocks WHERE item_id IS NOT NULL")
    with op.batch_alter_table('clocks') as batch_op:
        batch_op.drop_constraint('fk_clocks_item_id', type_='foreignkey')
        batch_op.drop_constraint('uq_clocks_item_id', type_='unique')
        batch_op.drop_column('item_id')
