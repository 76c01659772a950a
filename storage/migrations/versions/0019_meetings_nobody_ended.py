"""Meetings nobody ended

Replies that count provisionally from the planned end of a meeting, and a clock for every meeting that is to come by which
somebody has to say whether it took place.

Revision: 0019, after 0018.
"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op


revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('clocks', sa.Column('provisional', sa.Boolean(), nullable=False, server_default=sa.false()))
    connection = op.get_bind()
    meetings = connection.execute(
        sa.text(
            "SELECT id, unit_id, starts_at FROM meetings WHERE state IN ('fixed', 'open') AND starts_at IS NOT NULL "
            "ORDER BY id"
        ).columns(id=sa.Integer, unit_id=sa.Integer, starts_at=sa.DateTime(timezone=True))
    ).all()
    if meetings:
        clocks = sa.table(
            'clocks',
            *(sa.column(name, sa.Integer()) for name in ('unit_id', 'meeting_id')),
            *(sa.column(name, sa.String()) for name in ('kind', 'state')),
            *(sa.column(name, sa.Date()) for name in ('anchor_on', 'due_on', 'wake_on')),
            *(sa.column(name, sa.JSON()) for name in ('due', 'history')),
        )
        connection.execute(clocks.insert(), [_clock(*meeting) for meeting in meetings])


def _clock(meeting_id: int, unit_id: int, starts_at: datetime) -> dict[str, Any]:
    # SQLite keeps moments in UTC without saying so
    aware = starts_at if starts_at.tzinfo is not None else starts_at.replace(tzinfo=ZoneInfo('UTC'))
    held_on = aware.astimezone(ZoneInfo('Asia/Ho_Chi_Minh')).date()
    day = held_on.isoformat()
    due: dict[str, Any] = {
        'kind': 'held',
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
        'source': 'default',
        'status': 'library',
    }
    return {
        'kind': 'held',
        'unit_id': unit_id,
        'meeting_id': meeting_id,
        'anchor_on': held_on,
        'due_on': held_on,
        'due': due,
        'wake_on': date(2000, 1, 1),  # the next sweep looks at it
        'state': 'running',
        'history': [],
    }


def downgrade() -> None:
    op.execute("DELETE FROM clocks WHERE kind = 'held'")
    op.drop_column('clocks', 'provisional')
