"""`doithoai roles …`: who holds what, and how it is taken back when nobody in the unit can or may."""

from collections.abc import Callable, Coroutine
from datetime import date
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.common import day_of, print_from_store, record_command, unit_of, with_store
from bot.console import InputError
from intake.actions.people.invite import VALID_FOR, make_invitation
from intake.actions.people.roles import role_numbered
from intake.actions.people.take_back import resume, suspend, take_back
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.people.lending import number_of
from intake.rules.people.person import EndedGrant, Grant, Person
from storage.unit_of_work import SqlUnitOfWork, Store
from wording.texts import words

roles_app = typer.Typer(no_args_is_help=True, help="Roles: who holds what, take back, suspend, resume, replace.")
Number = Annotated[int, typer.Argument(metavar="ID", help="Its number in `doithoai roles list`.")]


async def list_roles(store: Store, console: Console, unit_code: str) -> None:
    """Print who holds what, unit by unit: since when, from whom, last active; and who is suspended until when."""
    table = Table("id", "role", "place", "name", "since", "from", "last active")
    async with store.reading() as uow:
        units = [await unit_of(uow, unit_code)] if unit_code else list(await uow.places.roots())
        for unit in units:
            for grant, person, heard_at in await uow.people.grants_in(unit):
                active = "never" if heard_at is None else f"{heard_at.astimezone(LOCAL):%d/%m/%Y}"
                table.add_row(*await _row(uow, grant, person), active)
            for ended in await uow.people.suspended(unit):
                named = await uow.people.get(ended.person_id)
                table.add_row(*await _row(uow, ended, named), f"suspended until {ended.until:%d/%m/%Y}")
    console.print(table)


async def _row(uow: SqlUnitOfWork, held: Grant | EndedGrant, person: Person | None) -> tuple[str, ...]:
    place = await uow.places.unit(held.unit_id)
    where = place.code if held.desk_id is None else f"{place.code} {(await uow.places.desk(held.desk_id)).code}"
    since = "" if held.given_at is None else f"{held.given_at.astimezone(LOCAL):%d/%m/%Y}"
    giver = None if held.given_by is None else await uow.people.get(held.given_by)
    name, given_by = ("" if one is None else one.name for one in (person, giver))
    return (str(number_of(held)), held.role.value, where, name, since, given_by or "command line")


async def change(
    store: Store, command: str, number: int, act: Callable[[SqlUnitOfWork], Coroutine[Any, Any, str]]
) -> list[str]:
    """Do one thing to one role; who ran the command is kept.

    Raises `InputError` where nobody holds it, and for what the rules refuse.
    """
    try:
        async with store.unit() as uow:
            said = await act(uow)
            await record_command(uow, command)
            await uow.commit()
    except NotFound:
        raise InputError(f"nobody holds a role {number}; see doithoai roles list") from None
    except RuleBroken as refusal:
        raise InputError(words("en", refusal.message.key, refusal.message.params)) from None
    return [said]


@roles_app.command("list")
def list_(
    unit: Annotated[str, typer.Option(help="Code of a unit; by default every unit with a plan.")] = "",
) -> None:
    """Show who holds what, since when, when they were last active, and who is suspended."""

    async def show(store: Store) -> None:
        await list_roles(store, Console(), unit)

    with_store(show)


@roles_app.command()
def revoke(number: Number) -> None:
    """Take a role back, held or suspended; it ends at once, in every chat. Those with power in the unit are told."""

    async def act(uow: SqlUnitOfWork) -> str:
        await take_back(uow, by=None, grant_id=number)
        return f"role {number} is taken back"

    print_from_store(lambda store: change(store, "roles revoke", number, act))


@roles_app.command("suspend")
def suspend_(
    number: Number, until: Annotated[str, typer.Option(help="First day it counts again (YYYY-MM-DD).")]
) -> None:
    """Suspend a role until a day."""
    day: date = day_of(until)

    async def act(uow: SqlUnitOfWork) -> str:
        await suspend(uow, by=None, grant_id=number, until=day)
        return f"role {number} is suspended until {day.isoformat()}"

    print_from_store(lambda store: change(store, "roles suspend", number, act))


@roles_app.command("resume")
def resume_(number: Number) -> None:
    """Let a suspended role count again before its day."""

    async def act(uow: SqlUnitOfWork) -> str:
        grant = await resume(uow, by=None, grant_id=number)
        return f"role {number} ({grant.role.value}) counts again"

    print_from_store(lambda store: change(store, "roles resume", number, act))


@roles_app.command()
def replace(number: Number) -> None:
    """Make a code for a successor, who inherits queue, neighbours, lists and open invitations; the role before ends."""

    async def act(uow: SqlUnitOfWork) -> str:
        grant = await role_numbered(uow, number)
        if grant is None:
            raise NotFound
        unit = await uow.places.unit(grant.unit_id)
        desk = None if grant.desk_id is None else await uow.places.desk(grant.desk_id)
        code = await make_invitation(uow, grant.role, unit, desk=desk, replaces=grant)
        typer.echo(f"valid once, for {VALID_FOR.days} days", err=True)
        return f"/start i-{code}"

    print_from_store(lambda store: change(store, "roles replace", number, act))
