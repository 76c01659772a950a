"""Whom a broadcast is for and how each of them is reached, as the database says it; and the letters that follow."""

from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from intake.rules.outbox.broadcast import Broadcast
from intake.rules.outbox.channel_policy import ChannelPolicy, Way
from intake.rules.outbox.letter import LetterState, Priority
from storage import tables as t
from storage.queries.outbox.letters import CHANNEL
from storage.upsert import insert_for

HAS_PHONE = t.persons.c.shares_phone.is_(False)
"""What everybody is told comes to a household once, to the person whose phone it is."""
WANTS_NEWS = sa.and_(t.persons.c.withdrawn_at.is_(None), t.persons.c.restricted_at.is_(None))
"""Whoever withdrew consent or restricted the use of their data hears nothing but what concerns them (LAW C5)."""


def best_account_id(channel_policy: ChannelPolicy, now: datetime) -> sa.ScalarSelect[Any]:
    """The chat a person is written to; what `best_account` of the channel policy says, for the database."""
    account = t.accounts.alias("own")
    return (
        sa.select(account.c.id)
        .where(account.c.person_id == t.persons.c.id, account.c.unreachable_since.is_(None))
        .order_by(
            sa.case((way_to(channel_policy, now, account).is_(None), 1), else_=0),
            account.c.last_heard_at.desc().nulls_last(),
            account.c.id.desc(),
        )
        .limit(1)
        .correlate(t.persons)
        .scalar_subquery()
    )


def way_to(
    channel_policy: ChannelPolicy, now: datetime, account: sa.FromClause = t.accounts
) -> sa.ColumnElement[str | None]:
    """How a chat carries a letter now; what `open_way` of the channel policy says, for the database."""
    heard = account.c.last_heard_at
    ways: list[tuple[sa.ColumnElement[bool], Any]] = [
        (sa.or_(account.c.id.is_(None), account.c.awaited_since.is_not(None)), sa.null())
    ]
    for network, window in channel_policy.windows.items():
        here = account.c.network == network
        ways.append((sa.and_(here, heard > now - window.free), Way.FREE.value))
        ways.append((sa.and_(here, heard > now - window.whole), Way.BILLED.value))
        ways.append((here, sa.null()))
    return sa.case(*ways, else_=Way.FREE.value)


async def write_letters(
    session: AsyncSession,
    broadcast: Broadcast,
    channel_policy: ChannelPolicy,
    now: datetime,
    *which: sa.ColumnElement[bool],
) -> int:
    """Write the letters of a broadcast for some people, one each, to the chat the policy allows at the moment `now`.

    Returns how many were written: none for whom the broadcast leaves out, or who has the same news already.
    """
    columns = {
        "account_id": t.accounts.c.id,
        "channel": CHANNEL,
        "person_id": t.persons.c.id,
        "broadcast_id": sa.literal(broadcast.id, sa.Integer),
        "priority": sa.literal(Priority.BULK, t.letters.c.priority.type),
        "created_at": sa.literal(broadcast.started_at, t.letters.c.created_at.type),
        "not_before": sa.literal(broadcast.not_before, t.letters.c.not_before.type),
        "state": sa.case((t.accounts.c.id.is_(None), LetterState.IN_PERSON.value), else_=LetterState.WAITING.value),
        "attempts": sa.literal(0, sa.Integer),
    }
    chosen = (
        sa.select(*columns.values())
        .select_from(t.persons.outerjoin(t.accounts, t.accounts.c.id == best_account_id(channel_policy, now)))
        .where(*which, t.persons.c.erased_at.is_(None), HAS_PHONE, WANTS_NEWS, *await _not_told(session, broadcast))
        .order_by(t.persons.c.id)
    )
    written = await session.execute(
        insert_for(session, t.letters).from_select(list(columns), chosen).on_conflict_do_nothing()
    )
    return cast("sa.CursorResult[Any]", written).rowcount


async def _not_told(session: AsyncSession, broadcast: Broadcast) -> list[sa.ColumnElement[bool]]:
    """Who hears it some other way, or had the same news from an earlier broadcast (who moved house meanwhile)."""
    left_out = t.broadcast_left_out.c
    some = sa.select(left_out.person_id).where(left_out.broadcast_id == broadcast.id)
    conditions: list[sa.ColumnElement[bool]] = [t.persons.c.id.not_in(some)]
    same_news = sa.select(t.broadcasts.c.id).where(
        t.broadcasts.c.name == broadcast.name, t.broadcasts.c.id != broadcast.id
    )
    earlier = (await session.scalars(same_news)).all()
    if earlier:
        told = sa.exists().where(t.letters.c.person_id == t.persons.c.id, t.letters.c.broadcast_id.in_(earlier))
        conditions.append(~told)
    return conditions
