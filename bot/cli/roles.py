"""`doithoai roles …`: who holds what, and how it is taken back when nobody in the unit can or may."""

from collections.abc import Callable, Coroutine
from datetime import date
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.common import day_of, print_from_store, unit_of, with_store
from bot.console import InputError
from intake.actions.people.invite import VALID_FOR, make_invitation
from intake.actions.people.roles import suspend, take_back
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.errors import NotFound, RuleBroken
from storage.unit_of_work import SqlUnitOfWork, Store
from wording.texts import words

roles_app = typer.Typer(no_args_is_help=True, help="Roles: who holds what, take back, suspend, replace.")
Number = Annotated[int, typer.Argument(metavar="ID", help="Its number in `doithoai roles list`.")]


async def list_roles(store: Store, console: Console, unit_code: str) -> None:
    """Print who holds what, unit by unit: names, since when, last active; and who is suspended until when."""
    table = Table("id", "role", "unit", "desk", "name", "since", "last active", "suspended until")
    async with store.reading() as uow:
        units = [await unit_of(uow, unit_code)] if unit_code else list(await uow.places.roots())
        for unit in units:
            for grant, person, heard_at in await uow.people.grants_in(unit):
                place = await uow.places.unit(grant.unit_id)
                desk = "" if grant.desk_id is None else (await uow.places.desk(grant.desk_id)).code
                since = "" if grant.given_at is None else f"{grant.given_at.astimezone(LOCAL):%d/%m/%Y}"
                active = "never" if heard_at is None else f"{heard_at.astimezone(LOCAL):%d/%m/%Y}"
                table.add_row(str(grant.id), grant.role.value, place.code, desk, person.name, since, active, "")
            for ended in await uow.people.suspended(unit):
                place = await uow.places.unit(ended.unit_id)
                named = await uow.people.get(ended.person_id)
                name = "" if named is None else named.name
                table.add_row("", ended.role.value, place.code, "", name, "", "", f"{ended.until:%d/%m/%Y}")
    console.print(table)


async def change(store: Store, number: int, act: Callable[[SqlUnitOfWork], Coroutine[Any, Any, str]]) -> list[str]:
    """Do one thing to one role. Raises `InputError` where nobody holds it, and for what the rules refuse."""
    try:
        async with store.unit() as uow:
            said = await act(uow)
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
    """Take a role back; it counts at once, in every chat and process. Those who hold power in the unit are told."""

    async def act(uow: SqlUnitOfWork) -> str:
        ended = await take_back(uow, by=None, grant_id=number)
        return f"role {number} ({ended.role.value}) is taken back"

    print_from_store(lambda store: change(store, number, act))


@roles_app.command("suspend")
def suspend_(
    number: Number, until: Annotated[str, typer.Option(help="First day it counts again (YYYY-MM-DD).")]
) -> None:
    """Suspend a role until a day."""
    day: date = day_of(until)

    async def act(uow: SqlUnitOfWork) -> str:
        ended = await suspend(uow, by=None, grant_id=number, until=day)
        return f"role {number} ({ended.role.value}) is suspended until {day.isoformat()}"

    print_from_store(lambda store: change(store, number, act))


@roles_app.command()
def replace(number: Number) -> None:
    """Make a code for a successor, who inherits queue, neighbours, lists and open invitations; the role before ends."""

    async def act(uow: SqlUnitOfWork) -> str:
        grant = await uow.people.grant(number)
        if grant is None:
            raise NotFound
        unit = await uow.places.unit(grant.unit_id)
        desk = None if grant.desk_id is None else await uow.places.desk(grant.desk_id)
        code = await make_invitation(uow, grant.role, unit, desk=desk, replaces=grant)
        typer.echo(f"valid once, for {VALID_FOR.days} days", err=True)
        return f"/start i-{code}"

    print_from_store(lambda store: change(store, number, act))
