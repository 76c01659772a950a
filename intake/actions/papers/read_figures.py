"""Who may read which figures: asked here, for the chat and the desk alike."""

from intake.ports import UnitOfWork
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.papers.figures import FigureSheet, FigureSplit
from intake.rules.papers.periods import ReportPeriod, period_written
from intake.rules.people.permissions import holds, require
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import Unit, UnitId

from .figures import figure_sheet
from .make import MAKERS

READERS = (*MAKERS, Role.OFFICIAL)
"""Who may read figures of a unit; an official reads the whole, the meetings and the own desk."""


async def figures_for(
    uow: UnitOfWork, *, by: Person, unit_id: UnitId, period: str = "", meeting_id: MeetingId | None = None
) -> FigureSheet:
    """The figures of a meeting of the unit, else of the period as it is written (`2026`, `2026-Q1`).

    `NotFound` for whoever does not work there, for a meeting of another unit and for what is no period.
    """
    unit = await uow.places.unit(unit_id)
    grants = await uow.people.grants_of(by.id)
    require(grants, READERS, unit)
    about = await _about(uow, unit, period, meeting_id)
    if any(holds(grants, role, unit) for role in MAKERS):
        return await figure_sheet(uow, unit, about)
    own = {grant.desk_id for grant in grants if grant.role is Role.OFFICIAL and grant.desk_id is not None}
    return await figure_sheet(uow, unit, about, splits=(FigureSplit.MEETING, FigureSplit.DESK), desks=own)


async def _about(uow: UnitOfWork, unit: Unit, period: str, meeting_id: MeetingId | None) -> ReportPeriod | Meeting:
    if meeting_id is not None:
        meeting = await uow.meetings.get(meeting_id)
        if meeting.unit_id != unit.id:
            raise NotFound
        return meeting
    written = period_written(period)
    if written is None:
        raise NotFound
    return written
