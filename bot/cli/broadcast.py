"""`doithoai broadcast …`: messages to everybody under way, for whoever runs the installation."""

import asyncio
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from bot.cli.common import login, with_store
from bot.console import InputError
from intake.actions.outbox.broadcast import change_by_command
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.errors import ChangedMeanwhile, NotFound
from intake.rules.outbox.broadcast import Broadcast, BroadcastId, BroadcastState
from storage.unit_of_work import Store

broadcast_app = typer.Typer(no_args_is_help=True, help="Broadcasts: messages to everybody.")
Number = Annotated[int, typer.Argument(metavar="ID", help="Its number in `doithoai broadcast list`.")]
By = Annotated[str, typer.Option(help="Who does it; by default this login's name.")]
LISTED = 20
LOOK_SECONDS = 1.0
STATES = {"pause": BroadcastState.PAUSED, "resume": BroadcastState.RUNNING, "stop": BroadcastState.STOPPED}


async def list_all(store: Store, console: Console) -> None:
    """Print the newest broadcasts, those under way first: ids, names, counts; nobody's name and no words."""
    table = Table("id", "name", "unit", "begun", "state", "people", "sent", "left", "not delivered")
    async with store.reading() as uow:
        for one in await uow.broadcasts.newest(LISTED):
            progress = await uow.broadcasts.progress(one.id)
            unit = await uow.places.unit(one.unit_id)
            begun = f"{one.started_at.astimezone(LOCAL):%d/%m/%Y %H:%M}"
            counts = (one.people, progress.sent, progress.left, progress.not_delivered)
            table.add_row(str(one.id), one.name, unit.code, begun, one.state.value, *(f"{count:,}" for count in counts))
    console.print(table)


async def change(store: Store, number: int, verb: str, by: str) -> str:
    """Pause, resume or stop one. Raises `InputError` when there is none, or it is over, or stands so already."""
    try:
        async with store.unit() as uow:
            broadcast = await change_by_command(
                uow, by=by or login(), broadcast_id=BroadcastId(number), to=STATES[verb]
            )
            await uow.commit()
    except NotFound:
        raise InputError(f"there is no broadcast {number}; see doithoai broadcast list") from None
    except ChangedMeanwhile:
        raise InputError(f"broadcast {number} is over, or is {STATES[verb].value} already") from None
    return f"broadcast {broadcast.id} ({broadcast.name}): {broadcast.state.value}"


async def watch(store: Store, number: int, console: Console) -> str:
    """Show a bar until a broadcast is over. Returns how it ended."""
    broadcast, done = await _look(store, number)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TaskProgressColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console) as bar:
        task = bar.add_task(broadcast.name, total=broadcast.people)
        while broadcast.ended_at is None:
            bar.update(task, completed=done, description=f"{broadcast.name} {broadcast.state.value}")
            await asyncio.sleep(LOOK_SECONDS)
            broadcast, done = await _look(store, number)
        bar.update(task, completed=done)
    return f"broadcast {broadcast.id} ({broadcast.name}): {broadcast.state.value}"


async def _look(store: Store, number: int) -> tuple[Broadcast, int]:
    async with store.reading() as uow:
        try:
            broadcast = await uow.broadcasts.get(BroadcastId(number))
        except NotFound:
            raise InputError(f"there is no broadcast {number}; see doithoai broadcast list") from None
        progress = await uow.broadcasts.progress(broadcast.id)
        return broadcast, progress.sent + progress.not_delivered


@broadcast_app.command("list")
def broadcast_list() -> None:
    """List the newest broadcasts and their progress, those under way first."""
    with_store(lambda store: list_all(store, Console()))


@broadcast_app.command("watch")
def broadcast_watch(number: Number) -> None:
    """Show a progress bar until the broadcast is over."""

    async def look(store: Store) -> None:
        typer.echo(await watch(store, number, Console(stderr=True)))

    with_store(look)


def _change(number: int, verb: str, by: str) -> None:
    async def work(store: Store) -> None:
        typer.echo(await change(store, number, verb, by))

    with_store(work)


@broadcast_app.command("pause")
def broadcast_pause(number: Number, by: By = "") -> None:
    """Pause a broadcast: nothing more goes out until it is resumed."""
    _change(number, "pause", by)


@broadcast_app.command("resume")
def broadcast_resume(number: Number, by: By = "") -> None:
    """Resume a paused broadcast."""
    _change(number, "resume", by)


@broadcast_app.command("stop")
def broadcast_stop(number: Number, by: By = "") -> None:
    """Stop a broadcast for good: what has not gone out yet never will."""
    _change(number, "stop", by)
