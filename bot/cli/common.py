"""What the commands have in common: the installation's database, and words that are one of a few."""

import asyncio
import getpass
import sys
from collections.abc import Callable, Coroutine, Iterable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import typer

from bot.console import InputError
from bot.ops.logs import set_up_logs
from bot.ops.machine import unwritten
from bot.settings import Settings, read_settings
from intake.rules.people.unit import Unit
from storage.unit_of_work import SqlUnitOfWork, Store

Thing = TypeVar("Thing")


def print_from_store(work: Callable[[Store], Coroutine[Any, Any, list[str]]]) -> None:
    """Do work on the installation's database and print its lines."""

    async def do(store: Store) -> None:
        for line in await work(store):
            typer.echo(line)

    with_store(do)


def with_store(work: Callable[[Store], Coroutine[Any, Any, None]]) -> None:
    """Open the installation's database, migrate it, and do the work."""
    from bot.store import open_store

    settings = read_settings()
    set_up_logs(quiet=True)

    async def do() -> None:
        store = await open_store(settings, on_copy=_say_copy)
        try:
            await work(store)
        finally:
            await store.close()

    asyncio.run(do())


def _say_copy(file: Path) -> None:
    typer.echo(f"the database was copied to {file} before it was migrated", err=True)


async def unit_of(uow: SqlUnitOfWork, code: str) -> Unit:
    """The unit with a code. Raises `InputError` where there is none."""
    unit = await uow.places.unit_by_code(code)
    if unit is None:
        raise InputError(f"there is no unit with the code {code}; load its plan first")
    return unit


async def new_unit(uow: SqlUnitOfWork, code: str, name: str) -> Unit:
    """A commune that has no plan yet; one that is there under this name is taken as it is.

    Raises `InputError` for a code that is none, and one that belongs to another unit.
    """
    from intake.rules.people.unit import Level, Unit
    from intake.rules.plan.drafting.draft import level_of
    from intake.rules.plan.profile_checks import UNIT_CODE
    from intake.rules.text import same_name

    known = await uow.places.unit_by_code(code)
    if known is not None:
        if not same_name(known.name, name):
            raise InputError(f"{code} is the code of {known.name}, not of {name}")
        return known
    if not UNIT_CODE.fullmatch(code):
        raise InputError(f"{code} is no code of a commune; it has 2 to 4 capital letters")
    level = level_of(name, Level.COMMUNE)
    return await uow.places.add_unit(Unit(code, " ".join(name.split()), level), None)


def day_of(typed: str) -> date:
    """The day that was typed. Raises `InputError` for anything else."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise InputError(f"{typed} is not a date; dates are written YYYY-MM-DD") from None


def login() -> str:
    """The login name of whoever runs the command. Raises `InputError` if there is none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without a name for its user
        raise InputError("this login has no name; say who enters it with --by") from None


def _login_if_named() -> dict[str, str]:
    try:
        return {"by": login()}
    except InputError:  # a container: the entry is written all the same
        return {}


async def record_command(uow: SqlUnitOfWork, command: str) -> None:
    """Write into the audit trail who runs a command, in the transaction of what it does."""
    from intake.rules.audit import AuditEntry

    entry = AuditEntry(uow.now, None, "run_command", "command", {"command": command})
    await uow.ledger.write(entry, words=_login_if_named())


def note_command(settings: Settings, act: str, by: str, **detail: bool) -> None:
    """Write into the audit trail what a command did to the installation as a whole.

    A database of another version than this programme is left as it is: nothing is migrated for a line about a copy.
    """
    words = {"by": by} if by else _login_if_named()

    async def note() -> None:
        from bot.store import open_store
        from intake.rules.audit import AuditEntry
        from storage.engine import open_engine
        from storage.migrate import schema_state

        engine = open_engine(settings.engine_url)
        try:
            if await schema_state(engine) != "current":
                return
        finally:
            await engine.dispose()
        store = await open_store(settings)
        try:
            async with store.unit() as uow:
                await uow.ledger.write(AuditEntry(uow.now, None, act, "installation", dict(detail)), words=words)
                await uow.commit()
        finally:
            await store.close()

    from sqlalchemy.exc import DBAPIError

    set_up_logs(quiet=True)
    try:
        asyncio.run(note())
    except DBAPIError as trouble:
        reason = unwritten(trouble) or "the database is busy"
        typer.echo(f"{reason}: this is not noted in the audit trail", err=True)


def with_progress(things: list[Thing]) -> Iterable[Thing]:
    """The same things one by one, with a progress bar where somebody is watching."""
    if not sys.stderr.isatty():
        yield from things
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(things, description="", console=Console(stderr=True), transient=True)
