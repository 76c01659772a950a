"""`doithoai outbox …`: look at the letters that do not go out, and do something about them."""

import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated

import typer

from bot.cli.common import login, with_store
from bot.console import InputError, counted, one_of
from intake.actions.outbox.set_aside import discard_letters, discardable, retriable, retry_letters
from intake.rules.audit import AuditEntry
from intake.rules.outbox.letter import DISCARDABLE, LetterFilter, LetterId, LetterLine, LetterState, Priority
from intake.rules.people.person import Network
from storage.unit_of_work import Store

outbox_app = typer.Typer(no_args_is_help=True, help="Letters that are waiting, have failed or were put aside.")

_WIDTH = 120
_STATES = ", ".join(state.value for state in DISCARDABLE)
_PRIORITIES = ", ".join(one.name.lower() for one in Priority)
Ids = Annotated[list[int] | None, typer.Argument(metavar="[ID]…", min=1, help="Letters by their ids.")]
State = Annotated[str, typer.Option(help=f"Only of this state: {_STATES}.")]
OfNetwork = Annotated[str, typer.Option("--network", help="Only to this network.")]
OfPriority = Annotated[str, typer.Option("--priority", help=f"Only of this priority: {_PRIORITIES}.")]
Failed = Annotated[bool, typer.Option("--failed", help="Of those that wait, only the ones that have failed before.")]
OlderThan = Annotated[int, typer.Option(min=0, metavar="HOURS", help="Only letters written longer ago than this.")]
By = Annotated[str, typer.Option(help="Who does it; by default this login's name.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


@outbox_app.command("list")
def outbox_list(
    state: State = "",
    network: OfNetwork = "",
    priority: OfPriority = "",
    older_than: OlderThan = 0,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most this many lines.")] = 50,
    *,
    failed: Failed = False,
) -> None:
    """List letters, the oldest first, without their words or their readers."""

    async def look(store: Store) -> None:
        async with store.reading() as uow:
            wanted = _filter(uow.now, state, network, priority, older_than, failed=failed)
            lines = await uow.keeping.find(wanted, limit, LetterId(0))
            count = await uow.keeping.count(wanted)
        _print_table(lines, uow.now)
        typer.echo(f"{len(lines)} of {counted(count, 'letter')}")

    with_store(look)


@outbox_app.command("show")
def outbox_show(letter_id: Annotated[int, typer.Argument(metavar="ID", min=1)], by: By = "") -> None:
    """Show one letter, with its words and its reader; looking at it is recorded in the audit trail."""
    by = by or login()

    async def look(store: Store) -> None:
        async with store.unit() as uow:
            found = await uow.keeping.whole(LetterId(letter_id))
            if found is None:
                raise InputError(f"there is no letter {letter_id}")
            seen = AuditEntry(uow.now, None, "show_letter", f"letter:{letter_id}")
            await uow.ledger.write(seen, words={"by": by})
            await uow.commit()
        letter, account, person = found
        typer.echo(f"letter {letter.id}: {letter.state.value}, {letter.priority.name.lower()}")
        typer.echo(f"written {letter.created_at:%Y-%m-%d %H:%M} UTC, not before {letter.not_before:%Y-%m-%d %H:%M} UTC")
        typer.echo(f"tried {counted(letter.attempts, 'time')}" + (f"; {letter.failure}" if letter.failure else ""))
        typer.echo(f"for {'somebody unknown' if person is None else person.name}")
        if account is not None:
            typer.echo(f"to {account.network.value} {account.channel}, chat {account.address}")
        if letter.state in (LetterState.SENT, LetterState.DISCARDED):
            typer.echo("its words are not kept")
        else:
            typer.echo(_words(letter.content, "vi" if person is None else person.language))

    with_store(look)


@outbox_app.command("retry")
def outbox_retry(
    letter_ids: Ids = None,
    state: State = "",
    network: OfNetwork = "",
    priority: OfPriority = "",
    older_than: OlderThan = 0,
    by: By = "",
    *,
    yes: Yes = False,
) -> None:
    """Send letters again: those a network refused, and those waiting for their next attempt."""
    _ask_for_some(letter_ids, state, network, priority, older_than)
    by = by or login()

    async def retry(store: Store) -> None:
        async with store.reading() as uow:
            wanted = _filter(uow.now, state, network, priority, older_than, ids=letter_ids)
            count = await uow.keeping.count(retriable(wanted))
        _confirm(count, letter_ids, "will go out again", yes=yes)
        changed, after = 0, LetterId(0)
        while True:
            async with store.unit() as uow:
                done = await retry_letters(uow, wanted, by=by, after=after)
                await uow.commit()
            if done is None:
                break
            after, changed = done[0], changed + done[1]
        typer.echo(f"{counted(changed, 'letter')} will go out again")

    with_store(retry)


@outbox_app.command("discard")
def outbox_discard(
    reason: Annotated[str, typer.Option(help="Why; it is kept in the audit trail.")],
    letter_ids: Ids = None,
    state: State = "",
    network: OfNetwork = "",
    priority: OfPriority = "",
    older_than: OlderThan = 0,
    by: By = "",
    *,
    failed: Failed = False,
    yes: Yes = False,
) -> None:
    """Discard letters for good: they are never sent, and their words are erased."""
    _ask_for_some(letter_ids, state, network, priority, older_than, failed=failed)
    by = by or login()

    async def discard(store: Store) -> None:
        async with store.reading() as uow:
            wanted = _filter(uow.now, state, network, priority, older_than, failed=failed, ids=letter_ids)
            count = await uow.keeping.count(discardable(wanted))
        _confirm(count, letter_ids, "will be discarded for good", yes=yes)
        changed, after = 0, LetterId(0)
        while True:
            async with store.unit() as uow:
                done = await discard_letters(uow, wanted, reason=reason, by=by, after=after)
                await uow.commit()
            if done is None:
                break
            after, changed = done[0], changed + done[1]
        typer.echo(f"discarded {counted(changed, 'letter')}")

    with_store(discard)


def _filter(
    now: datetime,
    state: str,
    network: str,
    priority: str,
    older_than: int,
    *,
    failed: bool = False,
    ids: Sequence[int] | None = None,
) -> LetterFilter:
    """What the options mean. Raises `InputError` for a word that is none of the choices."""
    states: tuple[LetterState, ...] = DISCARDABLE
    of_priority: Priority | None = None
    if state:
        states = (one_of(LetterState, state, "state"),)
        if states[0] not in DISCARDABLE:
            raise InputError(f"{state} letters are done with; choose one of {_STATES}")
    if priority:
        named = {one.name.lower(): one for one in Priority}
        if priority not in named:
            raise InputError(f"{priority} is not a priority; choose one of {_PRIORITIES}")
        of_priority = named[priority]
    return LetterFilter(
        states=states,
        network=one_of(Network, network, "network") if network else None,
        priority=of_priority,
        written_before=now - timedelta(hours=older_than) if older_than else None,
        failed=failed,
        ids=tuple(LetterId(one) for one in ids or ()),
    )


def _ask_for_some(
    ids: Sequence[int] | None, state: str, network: str, priority: str, older_than: int, *, failed: bool = False
) -> None:
    if not (ids or state or network or priority or older_than or failed):
        raise InputError("say which letters: by id, or with --state, --network, --priority, --older-than")


def _confirm(count: int, ids: Sequence[int] | None, what: str, *, yes: bool) -> None:
    """Ask whether it is to be done. Raises `InputError` when it can be done to none, or not to each that was named."""
    if count < len(set(ids or (0,))):
        raise InputError("not all of these letters can be; see `doithoai outbox list`" if ids else "no letters")
    if not yes:
        typer.confirm(f"{counted(count, 'letter')} {what}. Go on?", abort=True, err=True)


def _print_table(lines: Sequence[LetterLine], now: datetime) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("id", "age", "priority", "state", "tried", "network", "failure")
    for line in lines:
        table.add_row(
            str(line.id),
            _age(now - line.created_at),
            line.priority.name.lower(),
            line.state.value,
            str(line.attempts),
            "–" if line.network is None else line.network.value,
            # what a network said besides may repeat the letter
            (line.failure or "").partition(":")[0],
        )
    Console(file=sys.stdout, width=None if sys.stdout.isatty() else _WIDTH).print(table)


def _age(age: timedelta) -> str:
    """`3 d 4 h`, `4 h 12 min`, `12 min`; `0 min` for what was written while the clock was ahead."""
    minutes = max(int(age.total_seconds()) // 60, 0)
    days, hours = divmod(minutes // 60, 24)
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes % 60} min" if hours else f"{minutes} min"


def _words(content: dict[str, object] | None, language: str) -> str:
    """What a letter says, as its reader would read it."""
    from intake.rules.message import unpack_message
    from wording.texts import render

    if not content:
        return "its words are not stored in the letter itself"
    try:
        return render(unpack_message(content), language).text
    except (LookupError, ValueError, TypeError, AttributeError) as defect:
        return f"it cannot be put into words: {type(defect).__name__}"
