"""What is new to people of the office, and whether they know."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from intake.rules.people.person import PersonId
from intake.rules.questions.news import QuestionNews
from storage import tables as t
from storage.many_rows import RowWrite
from storage.transaction import Transaction

_N = t.question_news.c
_NEWS = RowWrite(t.question_news, tuple(field.name for field in fields(QuestionNews) if field.init))


@cache
def _newest() -> sa.Select[Any]:
    """Asked for with every page of the desk, so it is built once."""
    wanted = _N.person_id.in_(sa.bindparam("people", expanding=True))
    return sa.select(_N.person_id, sa.func.max(_N.id)).where(wanted).group_by(_N.person_id)


class NewsRows:
    """News of questions, by person."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session
        self._deferred = transaction.deferred

    async def add_many(self, news: Sequence[QuestionNews]) -> None:
        self._deferred.add(_NEWS, [{name: getattr(one, name) for name in _NEWS.columns} for one in news])

    async def to_wait(self, person_ids: Sequence[PersonId], since: datetime) -> set[PersonId]:
        lately = sa.or_(_N.told_at > since, _N.told_at.is_(None))
        rows = sa.select(_N.person_id).where(_N.person_id.in_(person_ids), lately).distinct()
        return set(await self._session.scalars(rows))

    async def held(self, told_before: datetime) -> Sequence[QuestionNews]:
        lately = t.question_news.alias("lately")
        told = sa.exists().where(lately.c.person_id == _N.person_id, lately.c.told_at > told_before)
        rows = (
            sa.select(QuestionNews)
            .where(_N.told_at.is_(None), ~told)
            .order_by(_N.id)
            .with_for_update(skip_locked=True, of=t.question_news)
        )
        return (await self._session.scalars(rows)).all()

    async def newest(self, person_ids: Iterable[PersonId]) -> Mapping[PersonId, int]:
        rows = await self._session.execute(_newest(), {"people": list(person_ids)})
        return {row[0]: row[1] for row in rows}

    async def count_after(self, person_id: PersonId, news_id: int) -> int:
        counted = sa.select(sa.func.count()).where(_N.person_id == person_id, _N.id > news_id)
        return int(await self._session.scalar(counted) or 0)

    async def forget(self, before: datetime) -> None:
        await self._session.execute(sa.delete(t.question_news).where(_N.told_at < before))
