"""What `doithoai clock RULE DATE` prints: a due date under the plans and the calendar of this installation.

Where there is no database, nothing is loaded that only one needs.
"""

from collections.abc import Callable
from datetime import date

from bot.console import InputError
from bot.settings import Settings
from intake.rules.deadlines.calendar import WorkCalendar
from intake.rules.deadlines.clock import ClockKind, due
from intake.rules.deadlines.clock_settings import DEFAULTS, RESULTS_SINCE, ClockSettings, rule_for
from intake.rules.plan.window import PlannedWindow, earliest, window_of
from storage.calendar_source import load_calendar
from wording.clocks import sentence

_HALVES = {"sáng": "morning", "chiều": "afternoon"}
_FORMS = "YYYY-MM-DD, YYYY-MM-DD..YYYY-MM-DD, YYYY-MM or YYYY-Q1 to Q4, with “morning” or “afternoon” behind it"


async def clock_lines(
    settings: Settings, kind: ClockKind, typed: str, plan: str, language: str, *, remark: Callable[[str], None]
) -> list[str]:
    """The due date as YYYY-MM-DD, then the sentence that explains it. Raises `InputError` for what makes none.

    `remark` is told where the installation was not asked. Nothing is written: looking a date up migrates no database.
    """
    anchor = _anchor(typed)
    older = not settings.database_missing and await _is_older(settings)
    if older or settings.database_missing:
        limits, calendar = _as_shipped(settings, plan)
    else:
        limits, calendar = await _of_installation(settings, plan)
    if older:
        remark("the database is of an older version and was not asked; the plan and calendar are those shipped")
    if kind is ClockKind.RESULTS and plan:
        _check_results(limits, anchor, plan)
    try:
        computed = due(rule_for(kind, limits), anchor, calendar)
    except (ValueError, OverflowError) as mistake:
        raise InputError(f"no date can be computed from {typed}: {mistake}") from None
    return [computed.due_on.isoformat(), sentence(computed, language)]


def _check_results(limits: ClockSettings, anchor: date | PlannedWindow, plan: str) -> None:
    """The law sets this limit for some plans, and from a day on (LAW C9)."""
    if not limits.results_run:
        raise InputError(f"no law says when the results of {plan} are public: it is a plan of the Party alone")
    if earliest(anchor) < RESULTS_SINCE:
        raise InputError(f"no law says when results of meetings before {RESULTS_SINCE} are public")


def _anchor(typed: str) -> date | PlannedWindow:
    """A day, or a time as a plan writes it; a window of one day is that day."""
    day, _, half = " ".join(typed.split()).replace("..", "/").partition(" ")
    try:
        window = window_of(f"{day} {_HALVES.get(half, half)}".strip())
    except ValueError:
        raise InputError(f"{typed} is not a date; dates are written {_FORMS}") from None
    return window.earliest if window.earliest == window.latest else window


def _as_shipped(settings: Settings, plan: str) -> tuple[ClockSettings, WorkCalendar]:
    from bot.plan_files import plan_settings_of

    return (plan_settings_of(plan) if plan else DEFAULTS), load_calendar(culture_day=settings.culture_day)


async def _is_older(settings: Settings) -> bool:
    """Whether the database has still to be migrated; that one is asked for a date is no reason to do it."""
    from sqlalchemy.exc import DBAPIError

    from storage.engine import open_engine
    from storage.migrate import schema_state

    engine = open_engine(settings.engine_url)
    try:
        return await schema_state(engine) in ("empty", "older")
    except (DBAPIError, OSError) as trouble:
        raise InputError(f"the database cannot be used: {type(trouble).__name__}") from None
    finally:
        await engine.dispose()


async def _of_installation(settings: Settings, plan: str) -> tuple[ClockSettings, WorkCalendar]:
    """The limits of the plan and the calendar as they are in the database; of a plan it has not, as shipped."""
    from bot.plan_files import plan_settings_of, shipped_profiles
    from bot.store import open_store
    from intake.actions.deadlines.clocks import settings_of

    store = await open_store(settings)
    try:
        async with store.reading() as uow:
            loaded = await uow.plans.by_code(plan) if plan else None
            calendar = uow.calendar
    finally:
        await store.close()
    if loaded is not None:
        return settings_of(loaded), calendar
    if plan and plan not in {path.stem for path in shipped_profiles()}:
        codes = ", ".join(path.stem for path in shipped_profiles())
        raise InputError(f"there is no plan {plan}; none is loaded under this code, shipped are {codes}")
    return (plan_settings_of(plan) if plan else DEFAULTS), calendar
