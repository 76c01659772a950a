"""`doithoai breach …`: the register of breaches of personal data, with the 72 hours in which each is to be reported."""

from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Annotated, Any

import typer

from bot.cli.common import login, print_from_store, unit_of
from bot.console import InputError, spoken
from intake.actions.people.breaches import close_breach, note_breach, report_breach
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.people.breach import Breach, BreachId
from storage.unit_of_work import SqlUnitOfWork, Store
from wording.texts import words

breach_app = typer.Typer(no_args_is_help=True, help="Breaches of personal data: the register and its 72 hours.")
Number = Annotated[int, typer.Argument(metavar="ID", help="Its number in `doithoai breach list`.")]
By = Annotated[str, typer.Option(help="Who enters it; by default this login's name.")]
At = Annotated[str, typer.Option(metavar='"YYYY-MM-DD HH:MM"', help="When, in Việt Nam's time; by default now.")]


@breach_app.command("note")
def breach_note(
    what: Annotated[str, typer.Argument(help="What happened, without anybody's name.")],
    unit: Annotated[str, typer.Option(help="Code of the unit whose people it concerns.")],
    noticed: At = "",
    people: Annotated[int | None, typer.Option(min=0, help="How many people it concerns, if that is known.")] = None,
    by: By = "",
) -> None:
    """Enter a breach; the unit's secretaries and admins are told at once, and again on the last day."""
    at = _moment(noticed)

    async def act(uow: SqlUnitOfWork) -> Breach:
        place = await unit_of(uow, unit)
        return await note_breach(uow, unit=place, noticed_at=at or uow.now, what=what, people=people, by=by or login())

    print_from_store(lambda store: _change(store, act))


@breach_app.command("report")
def breach_report(number: Number, at: At = "", by: By = "") -> None:
    """Note that the body in charge of personal data was told; the reminders stop."""
    when = _moment(at)

    async def act(uow: SqlUnitOfWork) -> Breach:
        return await report_breach(uow, breach_id=BreachId(number), at=when or uow.now, by=by or login())

    print_from_store(lambda store: _change(store, act))


@breach_app.command("close")
def breach_close(
    number: Number,
    measures: Annotated[str, typer.Option(help="What was done about it, without anybody's name.")],
    by: By = "",
) -> None:
    """Close a breach with what was done about it."""

    async def act(uow: SqlUnitOfWork) -> Breach:
        return await close_breach(uow, breach_id=BreachId(number), measures=measures, by=by or login())

    print_from_store(lambda store: _change(store, act))


@breach_app.command("list")
def breach_list() -> None:
    """Show the register, the newest first."""

    async def look(store: Store) -> list[str]:
        async with store.reading() as uow:
            return [_line(breach, uow.now) for breach in await uow.breaches.all()] or ["no breach was entered"]

    print_from_store(look)


async def _change(store: Store, act: Callable[[SqlUnitOfWork], Coroutine[Any, Any, Breach]]) -> list[str]:
    try:
        async with store.unit() as uow:
            breach = await act(uow)
            await uow.commit()
    except NotFound:
        raise InputError("there is no such breach; see doithoai breach list") from None
    except ChangedMeanwhile:
        raise InputError("that was noted before, or the breach is closed; see doithoai breach list") from None
    except RuleBroken as refusal:
        raise InputError(words("en", refusal.message.key, refusal.message.params)) from None
    return [_line(breach, uow.now)]


def _line(breach: Breach, now: datetime) -> str:
    state = f"report it by {_spoken(breach.due_at)}, {spoken(breach.due_at - now)} left"
    if breach.due_at <= now:
        state = f"LATE: it was to be reported by {_spoken(breach.due_at)}"
    if breach.reported_at is not None:
        state = f"reported {_spoken(breach.reported_at)}"
    if breach.closed_at is not None:
        state += f", closed {_spoken(breach.closed_at)}: {breach.measures}"
    people = "" if breach.people is None else f" ({breach.people} people)"
    return f"{breach.id}  noticed {_spoken(breach.noticed_at)}  {breach.what}{people}  {state}"


def _spoken(at: datetime) -> str:
    return f"{at.astimezone(LOCAL):%Y-%m-%d %H:%M}"


def _moment(typed: str) -> datetime | None:
    if not typed:
        return None
    try:
        return datetime.strptime(typed, "%Y-%m-%d %H:%M").replace(tzinfo=LOCAL)
    except ValueError:
        raise InputError(f"{typed} is no moment; moments are written YYYY-MM-DD HH:MM") from None
