"""Plans from their profiles: what loading them would change is said and asked about before anything is done."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import record_command, with_store
from bot.cli.plan_reading import plans_draft, plans_read
from bot.console import InputError, counted, reader_language
from intake.actions.plan.load_plan import LoadedPlan, load_plan
from intake.rules.errors import RuleBroken
from intake.rules.plan.plan_changes import PlanChange
from intake.rules.plan.profile import PlanProfile, ProfileError
from storage.unit_of_work import SqlUnitOfWork, Store

plans_app = typer.Typer(no_args_is_help=True, help="Plans and their profiles.")
plans_app.command("read")(plans_read)
plans_app.command("draft")(plans_draft)
Language = Annotated[str, typer.Option(help="Language of what is said: vi or en; by default this terminal's.")]


@plans_app.command("load")
def plans_load(
    files: Annotated[list[Path], typer.Argument(help="Profiles, `plans/….toml`.")],
    language: Language = "",
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Load them whatever they change, without a question.")] = False,
) -> None:
    """Load plans from their profiles, all or none; says what that changes, asks, and lists what they leave open."""
    from bot.plan_files import read_profiles

    speaks = reader_language(language)
    try:
        profiles = read_profiles(files)
    except ProfileError as error:
        from wording.flaws import flaw_lines

        raise InputError(flaw_lines(error, speaks)) from None

    async def load(store: Store) -> None:
        foreseen: list[LoadedPlan] | None = None
        if not yes:
            async with store.unit() as uow:  # never committed
                foreseen = await _load_all(uow, profiles, speaks)
            _ask(foreseen, speaks)
        async with store.unit() as uow:
            loaded = await _load_all(uow, profiles, speaks)
            if foreseen is not None and _altered(loaded) != _altered(foreseen):
                raise InputError(_words(speaks, "plans.changed_meanwhile"))
            await record_command(uow, "plans load")
            await uow.commit()
        for one in loaded:
            for line in _said(one, speaks, changes=yes):
                typer.echo(line)

    with_store(load)


@plans_app.command("schema")
def plans_schema() -> None:
    """Print the JSON Schema of a plan's profile, for editors and for programs that write profiles."""
    from intake.rules.plan.profile_schema import profile_schema

    typer.echo(json.dumps(profile_schema(), ensure_ascii=False, indent=2))


async def _load_all(uow: SqlUnitOfWork, profiles: Sequence[PlanProfile], language: str) -> list[LoadedPlan]:
    try:
        return [await load_plan(uow, profile) for profile in profiles]
    except RuleBroken as refusal:
        raise InputError(_words(language, refusal.message.key, **refusal.message.params)) from None


def _altered(loaded: Sequence[LoadedPlan]) -> list[tuple[str, PlanChange]]:
    return [(one.plan.code, change) for one in loaded for change in one.changes if change.alters]


def _ask(foreseen: Sequence[LoadedPlan], language: str) -> None:
    """What would change is said; the question is asked only where something that is there would be otherwise."""
    for one in foreseen:
        for line in _changes(one, language):
            typer.echo(line)
    if not _altered(foreseen):
        return
    if not sys.stdin.isatty():
        raise InputError(_words(language, "plans.say_yes", option="--yes"))
    typer.confirm(_words(language, "plans.load_them"), abort=True)


def _said(loaded: LoadedPlan, language: str, *, changes: bool) -> Iterator[str]:
    from bot.plan_files import open_points

    yield f"{loaded.plan.code}: {loaded.plan.title}"
    if changes:
        yield from _changes(loaded, language)
    if loaded.clocks.computed:
        moved, computed = len(loaded.clocks.moved), loaded.clocks.computed
        yield f"  {counted(moved, 'due date')} moved; recomputed: {counted(computed, 'clock')}"
    for meeting in loaded.moved:
        yield f"  {meeting.title}: now planned for {meeting.window_from} to {meeting.window_to}"
    for meeting in loaded.kept:
        yield f"  {meeting.title}: its day is fixed outside the time the plan has now; it stays"
    for line in open_points(loaded.plan):
        yield f"  {line}"


def _changes(loaded: LoadedPlan, language: str) -> Iterator[str]:
    if loaded.shared:
        yield f"{loaded.plan.code}: " + _words(language, "plans.shared", unit=loaded.shared)
    for change in loaded.changes:
        params = {"path": change.path, "before": change.before, "after": change.after}
        yield f"{loaded.plan.code}: " + _words(language, f"plans.{change.becomes}", **params)


def _words(language: str, key: str, **params: object) -> str:
    from wording.texts import words

    return words(language, key, params)  # type: ignore[arg-type]
