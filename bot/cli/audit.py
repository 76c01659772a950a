"""`doithoai audit …`: verify the chain of the audit trail, show what was done, hand it to somebody else."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import day_of, login, with_store
from bot.console import InputError, counted
from intake.actions.audit.verify import verify
from intake.rules.audit import AuditEntry, Recorded
from intake.rules.audit_chain import SHORT_HEAD, AuditFlaw, Found, short_head
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.people.person import PersonId
from storage.unit_of_work import SqlUnitOfWork, Store

audit_app = typer.Typer(no_args_is_help=True, help="The audit trail: verify its chain, show it, export it.")
By = Annotated[str, typer.Option(help="Who does it; by default this login's name.")]

_SAID = {
    AuditFlaw.CHANGED: "entry {} was changed after it was sealed",
    AuditFlaw.DELETED: "entry {} is gone",
    AuditFlaw.INSERTED: "entry {} was put in afterwards",
    AuditFlaw.SEAL_CHANGED: "seal {} was changed",
    AuditFlaw.SEAL_MISSING: "seal {} is missing: it was taken out, or an older copy was put in its place",
    AuditFlaw.OTHER_HISTORY: "seal {} has another head than the one you noted: what it holds was written anew",
}


@audit_app.command("verify")
def audit_verify(
    head: Annotated[
        str, typer.Option(help="A head somebody kept, as the weekly letter has it: NUMBER:HEX. It has to hold still.")
    ] = "",
) -> None:
    """Go through the whole chain: one line and exit status 0 when it holds, else a line for each flaw and 1."""
    sound = True

    async def look(store: Store) -> None:
        nonlocal sound
        async with store.reading() as uow:
            count = await uow.audit.count()
            with _progress(count) as on_entries:
                try:
                    done = await verify(uow, noted=head, on_entries=on_entries)
                except ValueError:
                    raise InputError(
                        f"{head} is no head; they look like 56:{'0123456789abcdef'[:SHORT_HEAD]}"
                    ) from None
        sound = not (done.found or done.words_changed)
        for one in done.found:
            typer.echo(_sentence(one))
        for subject in done.words_changed:
            typer.echo(f"words kept beside an entry about {subject} were changed")
        newest = "nothing is sealed yet" if done.head is None else f"head {short_head(done.head)}"
        waits = f", {done.waiting} of them not sealed yet" if done.waiting else ""
        verdict = "the chain holds" if sound else "THE CHAIN IS BROKEN"
        typer.echo(f"{verdict}: {counted_entries(done.entries)}{waits}, {counted(done.seals, 'seal')}, {newest}")

    with_store(look)
    if not sound:
        raise typer.Exit(1)


def counted_entries(number: int) -> str:
    """`1 entry`, `1,204 entries`."""
    return "1 entry" if number == 1 else f"{number:,} entries"


@audit_app.command("show")
def audit_show(
    person: Annotated[int | None, typer.Option(metavar="ID", help="By this person, or about them.")] = None,
    thing: Annotated[str, typer.Option(metavar="KIND:ID", help="About this thing, as `question:12`.")] = "",
    day: Annotated[str, typer.Option(help="Of this local day (YYYY-MM-DD).")] = "",
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="At most this many, the newest.")] = 50,
    by: By = "",
) -> None:
    """Show what was done: when, by whom, what, to what. Looking is recorded itself."""
    on = day_of(day) if day else None
    by = by or login()

    async def look(store: Store) -> None:
        async with store.unit() as uow:
            found = await uow.audit.find(
                person_id=None if person is None else PersonId(person),
                subject=thing,
                since=on,
                until=on,
                limit=limit,
            )
            await _note(uow, "show_audit", by)
        for one in found:
            typer.echo(_line(one))
        typer.echo(counted_entries(len(found)), err=True)

    with_store(look)


@audit_app.command("export")
def audit_export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file.")],
    by: By = "",
) -> None:
    """Write the chain to a file that can be verified without this programme: each entry and each seal as it was hashed.

    One line each: `entry` and the text that is hashed, then `seal` and its parts. No names and no words are in it.
    """
    by = by or login()

    async def write(store: Store) -> None:
        async with store.unit() as uow:
            await _note(uow, "export_audit", by)
        async with store.reading() as uow:
            try:
                descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except OSError as trouble:
                raise InputError(f"{file} cannot be written: {trouble.strerror}") from None
            entries = 0
            with (
                os.fdopen(descriptor, "w", encoding="utf-8") as stream,
                _progress(await uow.audit.count()) as on_entries,
            ):
                async for lines in uow.audit.lines():
                    stream.writelines(f"entry {text}\n" for _, text in lines)
                    on_entries(len(lines))
                    entries += len(lines)
                seals = await uow.audit.seals()
                stream.writelines(
                    f"seal {one.number} {one.at.isoformat()} {one.ids} {one.root} {one.head}\n" for one in seals
                )
        typer.echo(f"{file}: {counted_entries(entries)}, {counted(len(seals), 'seal')}")

    with_store(write)


async def _note(uow: SqlUnitOfWork, act: str, by: str) -> None:
    await uow.ledger.write(AuditEntry(uow.now, None, act, "audit"), words={"by": by})
    await uow.commit()


def _sentence(found: Found) -> str:
    return _SAID[found.flaw].format(found.number)


def _line(one: Recorded) -> str:
    entry = one.entry
    who = "the system" if entry.actor_id is None else f"person:{entry.actor_id} {one.actor or '(erased)'}"
    more = [f"{what} {value}" for what, value in entry.detail.items() if what != "words"]
    more += [f"{what} “{text}”" if text else f"{what} erased" for what, text in one.words.items()]
    moment = f"{entry.at.astimezone(LOCAL):%Y-%m-%d %H:%M:%S}"
    return "  ".join([f"{entry.id}", moment, who, entry.act, entry.subject, ", ".join(more)]).rstrip()


@contextmanager
def _progress(count: int) -> Iterator[Callable[[int], None]]:
    """A bar where somebody is watching."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=count)
        yield lambda done: progress.advance(task, done)
