"""What is older than it may be, by kind: which rows, and what is taken out of them where they stay."""

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from intake.rules.deadlines.task import TaskKind
from intake.rules.people.retention import OldTrace
from storage import tables as t


class OldRows(NamedTuple):
    """Rows of a table that are too old; emptied of `values`, or deleted where there are none."""

    key: sa.Column[Any]
    where: sa.ColumnElement[bool]
    values: dict[str, Any] | None = None


def old_rows(kind: OldTrace, before: datetime) -> OldRows:
    """The rows of one kind that were done with before a moment."""
    match kind:
        case OldTrace.CHAT_LINES:
            return OldRows(t.web_messages.c.id, t.web_messages.c.at < before)
        case OldTrace.DRAFTS:
            drafts = t.conversations.c
            typed = sa.cast(drafts.draft, sa.Text) != "{}"
            return OldRows(
                drafts.account_id,
                sa.and_(drafts.pace_at < before, sa.or_(typed, drafts.step != "")),
                {"draft": {}, "step": "", "offered": []},
            )
        case OldTrace.REQUEST_WORDS:
            tasks = t.tasks.c
            said = sa.or_(tasks.text != "", tasks.outcome != "")
            done = sa.and_(tasks.kind == TaskKind.DATA_REQUEST, tasks.done_at < before)
            return OldRows(tasks.id, sa.and_(done, said), {"text": "", "outcome": ""})
        case OldTrace.BLOCKS:
            return OldRows(t.blocks.c.id, t.blocks.c.until < before)
        case OldTrace.COPIES:
            return OldRows(t.data_copies.c.id, t.data_copies.c.made_at < before)
        case OldTrace.RECALLS:
            return OldRows(t.message_recalls.c.id, t.message_recalls.c.until < before)
