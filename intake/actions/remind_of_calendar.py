"""Every year from 1 November: ask for next year's calendar while nobody has entered or confirmed it (LAW C7)."""

from datetime import date

from intake.actions.tell import News, tell_each
from intake.ports import UnitOfWork
from intake.rules.calendar import DayStatus
from intake.rules.deadline import Alert
from intake.rules.delivery import LOCAL
from intake.rules.message import Message
from intake.rules.person import Role
from intake.rules.reminders import MORNING

FROM_MONTH = 11
_UNSURE = (DayStatus.ESTIMATED, DayStatus.MISSING)


async def remind_of_calendar(uow: UnitOfWork) -> int:
    """Tell admins and secretaries of the units with a plan, each once for a year. Returns how many are told now.

    On working mornings only: where 1 November is a Sunday, on Monday. Whoever takes the role up later is told then.
    """
    local = uow.now.astimezone(LOCAL)
    year = local.year + 1
    if local.month < FROM_MONTH or local.time() < MORNING or not uow.calendar.is_working_day(local.date()):
        return 0
    status = uow.calendar.years.get(year, DayStatus.MISSING)
    if status not in _UNSURE:
        return 0
    holders = await uow.people.holding((Role.ADMIN, Role.SECRETARY), await uow.places.roots())
    people = sorted({person_id for held in holders.values() for person_id in held})
    needed_by = date(year - 1, 12, 31)
    alerts = [Alert(f"calendar:{year}", person_id, "calendar_year", needed_by) for person_id in people]
    raised = await uow.clocks.raise_each_once(alerts)
    message = Message(f"calendar.year_{status}", {"year": year})
    return await tell_each(uow, [News(one.recipient_id, message) for one in alerts if one in raised])
