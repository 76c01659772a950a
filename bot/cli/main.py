"""The command line: `doithoai …`. How it is entered, and what becomes of bad input, is in `bot.cli.entrance`."""

import asyncio
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.attachments import attachments_app
from bot.cli.audit import audit_app
from bot.cli.breach import breach_app
from bot.cli.broadcast import broadcast_app
from bot.cli.common import day_of, new_unit, print_from_store, record_command, unit_of, with_store
from bot.cli.contacts import contacts_app
from bot.cli.documents import documents_app
from bot.cli.named import named_app
from bot.cli.outbox import outbox_app
from bot.cli.plans import plans_app
from bot.cli.quick import clock, language
from bot.cli.readers import try_app
from bot.cli.roles import roles_app
from bot.cli.sealed import sealed_app
from bot.console import InputError, one_of
from bot.data_folder import refuse_demo_beside_network, refuse_real_run_on_demo
from bot.ops.logs import set_up_logs
from bot.ops.shutdown import last_resort
from bot.settings import read_settings, unknown_settings
from intake.rules.people.person import Role
from storage.unit_of_work import Store

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Đối Thoại")
app.command()(clock)
app.command()(language)
app.add_typer(plans_app, name="plans")
calendar_app = typer.Typer(no_args_is_help=True, help="Days off, days worked instead, and confirmed years.")
app.add_typer(calendar_app, name="calendar")
app.add_typer(attachments_app, name="attachments")
app.add_typer(audit_app, name="audit")
app.add_typer(breach_app, name="breach")
app.add_typer(broadcast_app, name="broadcast")
app.add_typer(outbox_app, name="outbox")
app.add_typer(roles_app, name="roles")
app.add_typer(sealed_app, name="sealed")
app.add_typer(named_app, name="named")
app.add_typer(contacts_app, name="contacts")
app.add_typer(documents_app, name="documents")
app.add_typer(try_app, name="try")
Source = Annotated[str, typer.Option(help="Number and date of the decision.")]
By = Annotated[str, typer.Option(help="Who enters it; by default this login's name.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")]


def _tell_version(asked: bool) -> None:  # noqa: FBT001 - as typer calls it
    if asked:
        typer.echo(f"doithoai {version('doithoai')}")
        raise typer.Exit


@app.callback()
def options(
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Đối Thoại."""
    for name in unknown_settings():
        typer.echo(f"doithoai: there is no setting {name}; it is not used", err=True)


@app.command()
def run(
    *,
    demo: Annotated[bool, typer.Option("--demo", help="Five plans, invented people, a clock to move.")] = False,
    roles: Annotated[
        str, typer.Option(help="What this process does: web,network,send,clock.")
    ] = "web,network,send,clock",
) -> None:
    """Serve the bot: the web chat always, Telegram and Zalo when they are set up."""
    from bot.app import ROLES, serve

    chosen = frozenset(part.strip() for part in roles.split(",") if part.strip())
    if not chosen or chosen - ROLES:
        raise InputError(f"--roles takes some of {','.join(sorted(ROLES))}")
    settings = read_settings()
    if demo:
        refuse_demo_beside_network(settings)
    else:
        refuse_real_run_on_demo(settings)
    set_up_logs()
    with last_resort() as on_stop:
        asyncio.run(serve(settings, demo=demo, roles=chosen, on_stop=on_stop))


@app.command()
def invite(
    role: Annotated[str, typer.Argument(help=", ".join(one.value for one in Role if one is not Role.RESIDENT))],
    unit: Annotated[str, typer.Option(help="Code of the commune; of the hamlet for a hamlet head or its broadcaster.")],
    desk: Annotated[str, typer.Option(help="Code of the desk, for an official.")] = "",
    name: Annotated[str, typer.Option(help="Name of a commune that is not there yet; its plan is loaded later.")] = "",
) -> None:
    """Make an invitation code for a role; whoever sends it to the bot first holds the role."""
    wanted = one_of(Role, role, "role")

    async def make(store: Store) -> None:
        from intake.actions.people.invite import VALID_FOR, make_invitation

        async with store.unit() as uow:
            place = await (new_unit(uow, unit, name) if name else unit_of(uow, unit))
            desks = {one.code: one for one in await uow.places.bodies(place.id)}
            if wanted is Role.OFFICIAL and not desk:
                raise InputError(f"say the desk with --desk; {unit} has {', '.join(desks) or 'none'}")
            if desk and desk not in desks:
                raise InputError(f"{unit} has no desk {desk}; it has {', '.join(desks) or 'none'}")
            code = await make_invitation(uow, wanted, place, desk=desks.get(desk))
            await record_command(uow, "invite")
            await uow.commit()
        typer.echo(f"/start i-{code}")
        typer.echo(f"valid once, for {VALID_FOR.days} days", err=True)

    with_store(make)


@app.command()
def sweep(
    as_of: Annotated[str, typer.Option(help="Pretend it is 07:30 on this day (YYYY-MM-DD).")] = "",
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be told.")] = False,
) -> None:
    """Enforce the deadlines once: reminders, escalations, what is overdue."""
    day = day_of(as_of) if as_of else None

    async def enforce(store: Store) -> None:
        from bot.cli.sweep import sweep_report

        lines = await sweep_report(store, as_of=day, dry_run=dry_run)
        if not dry_run:
            async with store.unit() as uow:
                await record_command(uow, "sweep")
                await uow.commit()
        for line in lines:
            typer.echo(line)

    with_store(enforce)


@calendar_app.command("list")
def calendar_list(year: Annotated[str, typer.Argument(help="By default this year.")] = "") -> None:
    """The days that differ from the plain week, with status and source."""
    from bot.cli.calendar import list_calendar, year_of

    wanted = year_of(year) if year else None
    print_from_store(lambda store: list_calendar(store, wanted))


@calendar_app.command("add")
def calendar_add(
    day: Annotated[str, typer.Argument(metavar="DATE", help="YYYY-MM-DD.")],
    what: Annotated[str, typer.Argument(metavar="off|working", help="A day off, or a day that is worked.")],
    reason: Annotated[str, typer.Option(help="What people read: “Nghỉ bù Quốc khánh”.")],
    source: Source,
    by: By = "",
    *,
    estimated: Annotated[bool, typer.Option("--estimated", help="The decision has not been seen yet.")] = False,
    dry_run: DryRun = False,
) -> None:
    """Enter a day off or a day that is worked; it wins over the shipped calendar, and due dates follow at once."""
    from bot.cli.calendar import change
    from intake.rules.deadlines.calendar import Override

    if what not in ("off", "working"):
        raise InputError(f"{what} is neither off nor working")
    entered = Override(day_of(day), what == "off", reason, source, not estimated)
    off = read_settings().culture_day
    print_from_store(lambda store: change(store, culture_day=off, by=by, put=[entered], dry_run=dry_run))


@calendar_app.command("remove")
def calendar_remove(
    day: Annotated[str, typer.Argument(metavar="DATE", help="YYYY-MM-DD.")], by: By = "", *, dry_run: DryRun = False
) -> None:
    """Take back what was entered for a day; the shipped calendar holds again."""
    from bot.cli.calendar import change

    on = day_of(day)
    off = read_settings().culture_day
    print_from_store(lambda store: change(store, culture_day=off, by=by, take_back=[on], dry_run=dry_run))


@calendar_app.command("confirm")
def calendar_confirm(year: str, source: Source, by: By = "") -> None:
    """Confirm that a year was checked against the official schedule; the reminders about it stop."""
    from bot.cli.calendar import change, year_of
    from intake.rules.deadlines.calendar import ConfirmedYear

    confirmed = ConfirmedYear(year_of(year), source)
    off = read_settings().culture_day
    print_from_store(lambda store: change(store, culture_day=off, by=by, confirm=[confirmed]))


@calendar_app.command("export")
def calendar_export(file: Path) -> None:
    """Write what was entered to a CSV file."""
    from bot.cli.calendar import export_calendar

    print_from_store(lambda store: export_calendar(store, file))


@calendar_app.command("import")
def calendar_import(file: Path, by: By = "", *, dry_run: DryRun = False) -> None:
    """Enter every row of a CSV file (day,what,reason,source,status), or none at all."""
    from bot.cli.calendar import change, read_file

    table = read_file(file)
    off = read_settings().culture_day
    print_from_store(
        lambda store: change(store, culture_day=off, by=by, put=table.overrides, confirm=table.years, dry_run=dry_run)
    )


@app.command()
def retention(
    *, dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how much would be forgotten.")] = False
) -> None:
    """Forget what is kept of people longer than it is needed, as every night."""
    kept_for = read_settings().kept_for

    async def forget(store: Store) -> None:
        from bot.cli.retention import retention_report

        lines = await retention_report(store, kept_for, dry_run=dry_run)
        if not dry_run:
            async with store.unit() as uow:
                await record_command(uow, "retention")
                await uow.commit()
        for line in lines:
            typer.echo(line)

    with_store(forget)


@app.command()
def migrate() -> None:
    """Migrate the database to the current schema."""

    async def nothing_more(_store: Store) -> None:
        typer.echo("the database is up to date")

    with_store(nothing_more)


@app.command("forget-key")
def forget_key(
    *, yes: Annotated[bool, typer.Option("--yes", help="The key is lost for good, and so are these numbers.")] = False
) -> None:
    """After the secret key was lost for good: take out what nobody can read, so that a new one may be made."""
    from bot.cli.lost_key import forget

    if not yes:
        raise InputError("takes out phone numbers and Zalo's tokens; say --yes if the key cannot be restored")
    typer.echo(asyncio.run(forget(read_settings())))


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file.")],
    to: Annotated[str, typer.Option(help="Seal it for this public key of age, `age1…`.")] = "",
    by: By = "",
) -> None:
    """Back up a whole installation to one file, while it runs."""
    from bot.cli.common import note_command, with_progress
    from bot.ops.backup import back_up

    settings = read_settings()
    lines = back_up(settings, file, with_progress, to=to)
    for line in lines:
        typer.echo(line)
    note_command(settings, "back_up", by, sealed=bool(to))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `doithoai backup` wrote.")],
    identity: Annotated[
        Path | None, typer.Option(help="The file with the private key (AGE-SECRET-KEY-1…), for a sealed one.")
    ] = None,
    by: By = "",
) -> None:
    """Bring an installation back from a backup, into an empty data folder (and an empty database)."""
    from bot.cli.common import note_command
    from bot.ops.restore import restore as bring_back

    settings = read_settings()
    lines = bring_back(settings, file, identity)
    for line in lines:
        typer.echo(line)
    note_command(settings, "restore", by)


@app.command()
def doctor() -> None:
    """Check settings, database, networks, clock and the heartbeat of the sweep; exit status 1 for trouble."""
    from bot.ops.doctor import examine

    settings = read_settings()
    set_up_logs(quiet=True)
    findings = asyncio.run(examine(settings))
    for finding in findings:
        typer.echo(f"{'ok  ' if finding.fine else 'BAD '} {finding.what}: {finding.sentence}")
    if not all(finding.fine for finding in findings):
        raise typer.Exit(1)


@app.command("zalo-sandbox")
def zalo_sandbox(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where it listens, on this machine only.")] = 8090,
    webhook: Annotated[str, typer.Option(help="Where the bot receives events.")] = "http://127.0.0.1:8080/zalo/webhook",
    templates: Annotated[Path | None, typer.Option(help="Approved template messages, as a TOML file.")] = None,
) -> None:
    """Play Zalo for a bot on this machine: API, webhook, phones in the browser; for tests and trials."""
    from zalo_sandbox.config import SandboxConfig, read_templates
    from zalo_sandbox.serve import listen, serve

    if not webhook.startswith(("http://127.0.0.1", "http://localhost", "http://[::1]")):
        raise InputError(f"--webhook must be an address on this machine, not {webhook}")
    try:
        approved = read_templates(templates) if templates else read_templates()
        listening = listen(port)
    except OSError as trouble:
        if trouble.filename is None:  # nothing can listen there
            raise InputError(f"port {port}: {(trouble.strerror or 'not allowed').partition(' (')[0]}") from None
        raise InputError(f"{trouble.filename} cannot be read: {trouble.strerror}") from None
    except ValueError as mistake:
        raise InputError(str(mistake)) from None
    with listening:
        asyncio.run(serve(listening, SandboxConfig(webhook_url=webhook, templates=approved), typer.echo))
