"""Surveys, their answers, and what heads of hamlets counted."""

from collections.abc import Mapping, Sequence
from datetime import date

import sqlalchemy as sa

from intake.rules.meetings.meeting import MeetingId
from intake.rules.meetings.survey import Survey, SurveyAnswer, SurveyCount, SurveyId
from intake.rules.people.person import PersonId
from intake.rules.people.unit import UnitId
from storage import tables as t
from storage.lookup import found
from storage.queries.outbox.audience import WANTS_NEWS
from storage.transaction import Transaction

_OPEN = sa.and_(t.surveys.c.sent_at.is_not(None), t.surveys.c.closed_at.is_(None))


class SurveyRows:
    """Surveys and their answers."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def add(self, survey: Survey) -> Survey:
        self._session.add(survey)
        await self._session.flush()
        return survey

    async def get(self, survey_id: SurveyId, *, lock: bool = False) -> Survey:
        row = await self._session.get(Survey, survey_id, with_for_update=lock or None, populate_existing=lock)
        return found(row)

    async def drop(self, survey: Survey) -> None:
        await self._session.delete(survey)
        await self._session.flush()

    async def of_units(self, unit_ids: Sequence[UnitId]) -> Sequence[Survey]:
        rows = sa.select(Survey).join(t.meetings, t.meetings.c.id == t.surveys.c.meeting_id)
        rows = rows.where(t.meetings.c.unit_id.in_(list(unit_ids)))
        return (await self._session.scalars(rows.order_by(t.surveys.c.id.desc()))).all()

    async def of_meetings(self, meeting_ids: Sequence[MeetingId]) -> Sequence[Survey]:
        rows = sa.select(Survey).where(t.surveys.c.meeting_id.in_(list(meeting_ids)))
        return (await self._session.scalars(rows.order_by(t.surveys.c.id.desc()))).all()

    async def going_on(self) -> Sequence[Survey]:
        return (await self._session.scalars(sa.select(Survey).where(_OPEN).order_by(t.surveys.c.id))).all()

    async def to_close(self, on: date) -> Sequence[Survey]:
        rows = sa.select(Survey).where(_OPEN, t.surveys.c.closes_on < on).order_by(t.surveys.c.id)
        return (await self._session.scalars(rows.with_for_update(skip_locked=True))).all()

    async def put(self, answer: SurveyAnswer) -> None:
        await self._session.merge(answer)
        await self._session.flush()

    async def take_back(self, survey_id: SurveyId, person_id: PersonId, question: int) -> None:
        given = t.survey_answers.c
        await self._session.execute(
            sa.delete(t.survey_answers).where(
                given.survey_id == survey_id, given.person_id == person_id, given.question == question
            )
        )

    async def answers_of(self, person_id: PersonId) -> Sequence[tuple[Survey, SurveyAnswer]]:
        given = t.survey_answers.c
        rows = await self._session.execute(
            sa.select(Survey, SurveyAnswer)
            .join(SurveyAnswer, given.survey_id == t.surveys.c.id)
            .where(given.person_id == person_id)
            .order_by(given.survey_id, given.question)
        )
        return [(row[0], row[1]) for row in rows]

    async def counted(self, survey_id: SurveyId) -> Mapping[tuple[UnitId, int, int], int]:
        given = t.survey_answers.c
        which = (t.persons.c.hamlet_id, given.question, given.choice)
        rows = await self._session.execute(
            sa.select(*which, sa.func.count())
            .join(t.persons, t.persons.c.id == given.person_id)
            .where(given.survey_id == survey_id, WANTS_NEWS)
            .group_by(*which)
        )
        return {(row[0], row[1], row[2]): row[3] for row in rows}

    async def answered(self, survey_id: SurveyId) -> Mapping[UnitId, int]:
        given = t.survey_answers.c
        rows = await self._session.execute(
            sa.select(t.persons.c.hamlet_id, sa.func.count(given.person_id.distinct()))
            .join(t.persons, t.persons.c.id == given.person_id)
            .where(given.survey_id == survey_id, WANTS_NEWS)
            .group_by(t.persons.c.hamlet_id)
        )
        return {row[0]: row[1] for row in rows}

    async def put_count(self, count: SurveyCount) -> None:
        await self._session.merge(count)
        await self._session.flush()

    async def counts(self, survey_id: SurveyId) -> Sequence[SurveyCount]:
        rows = sa.select(SurveyCount).where(t.survey_counts.c.survey_id == survey_id)
        return (await self._session.scalars(rows.order_by(t.survey_counts.c.unit_id))).all()

    async def forget_answers(self, survey_id: SurveyId) -> None:
        """Who chose what, and what heads counted, which would tell the rest apart."""
        await self._session.execute(sa.delete(t.survey_answers).where(t.survey_answers.c.survey_id == survey_id))
        await self._session.execute(sa.delete(t.survey_counts).where(t.survey_counts.c.survey_id == survey_id))

    async def forget(self, person_id: PersonId) -> None:
        await self._session.execute(sa.delete(t.survey_answers).where(t.survey_answers.c.person_id == person_id))
