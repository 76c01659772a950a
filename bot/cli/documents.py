"""`doithoai documents …`: the papers the office prints, as files, for whoever runs the installation."""

import os
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import record_command, with_store
from bot.console import InputError, one_of
from bot.media.attachments import AttachmentStore
from bot.media.places import ATTACHMENTS, place_of
from bot.settings import read_settings
from intake.actions.papers.gather import gather
from intake.actions.papers.make import require_held
from intake.actions.papers.meeting_facts import planned_as_yet
from intake.actions.papers.question_facts import is_withheld
from intake.actions.papers.templates import TEMPLATE_OF
from intake.ports import UnitOfWork
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.papers.kinds import PaperFormat, PaperKind, PaperSubject
from intake.rules.papers.periods import ReportPeriod, period_before, period_written
from intake.rules.papers.template import UnitTemplate
from intake.rules.plan.plan import Plan
from intake.rules.questions.question import Question
from storage.unit_of_work import Store
from wording.papers.frame import KindOfPaper
from wording.papers.registry import KINDS

documents_app = typer.Typer(no_args_is_help=True, help="The papers of the dialogue: plan, notice, minutes, reports, …")
_NEEDS = {
    PaperSubject.PLAN: "--plan",
    PaperSubject.MEETING: "--plan [--meeting]",
    PaperSubject.QUESTION: "--plan [--question]",
    PaperSubject.PERIOD: "--plan [--period]",
}


@documents_app.command("list")
def list_kinds() -> None:
    """List the kinds of documents, what each is called and what it needs."""
    for kind in KINDS.values():
        formats = ",".join(one.value for one in PaperFormat if one is not PaperFormat.XLSX or kind.listed)
        typer.echo(f"{kind.kind.value}\t{kind.name}\t{_NEEDS[kind.subject]}\t{formats}")


@documents_app.command("make")
def make(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="One of `doithoai documents list`.")],
    plan: Annotated[str, typer.Option(help="Code of the plan.")],
    out: Annotated[Path, typer.Option(help="The file to write.")],
    meeting: Annotated[str, typer.Option(help="Number of the meeting, or the key of the plan's session.")] = "",
    question: Annotated[str, typer.Option(help="Reference of the question; without one a blank form.")] = "",
    period: Annotated[str, typer.Option(help="2026-03, 2026-Q1, 2026-H1, 2026-9M or 2026.")] = "",
    format: Annotated[str, typer.Option(help="docx, pdf or xlsx; by default how FILE ends, else docx.")] = "",  # noqa: A002 - as the option is called
) -> None:
    """Make a document from what is known now; always a draft until a clerk has registered it."""
    wanted = KINDS[one_of(PaperKind, kind, "document")]
    as_file = _format(format, out, wanted)
    reported = _period(wanted, period)
    if not out.parent.is_dir():
        raise InputError(f"there is no folder {out.parent}")

    async def work(store: Store) -> None:
        async with store.reading() as uow:  # on SQLite nobody could write while a long document is gathered
            loaded = await uow.plans.by_code(plan)
            if loaded is None:
                raise InputError(f"there is no plan {plan}; load it first with doithoai plans load")
            facts = await gather(
                uow,
                loaded,
                wanted.subject,
                meeting=await _meeting(uow, loaded, meeting, wanted)
                if wanted.subject is PaperSubject.MEETING
                else None,
                question=await _question(uow, loaded, question) if wanted.subject is PaperSubject.QUESTION else None,
                period=reported or period_before(wanted.kind, uow.today),
                kind=wanted.kind,
            )
            own = await uow.documents.template(loaded.unit_id, TEMPLATE_OF.get(wanted.kind, wanted.kind))
        async with store.unit() as uow:
            await record_command(uow, "documents make")
            await uow.commit()
        from papers.press import printed  # 28 MB, which no other command has a use for

        made = printed(wanted.word(facts), as_file, None if own is None else _template(own))
        try:
            _write(out, made.content)
        except OSError as trouble:
            raise InputError(f"{out} cannot be written: {trouble.strerror}") from trouble
        if made.note:
            typer.echo(made.note, err=True)

    with_store(work)


def _write(file: Path, content: bytes) -> None:
    """People are named in it: a new file can be read by whoever made it, and by nobody else on the machine."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        stream.write(content)


def _template(own: UnitTemplate) -> bytes:
    settings = read_settings()
    try:
        return AttachmentStore(place_of(settings.attachments_url, settings.data_dir, ATTACHMENTS)).read(own.sha256)
    except OSError as trouble:
        raise InputError(f"the unit's own template cannot be read: {trouble.strerror or trouble}") from trouble


def _format(typed: str, out: Path, kind: KindOfPaper) -> PaperFormat:
    ending = out.suffix.lower().removeprefix(".")
    if not typed and ending and ending not in set(PaperFormat):
        # the ending is believed by whoever opens the file
        raise InputError(
            f"{out.name} would be no {ending}: a document is made as docx, pdf or xlsx; end it so or give --format"
        )
    chosen = one_of(PaperFormat, typed or ending or PaperFormat.DOCX.value, "format")
    if chosen is PaperFormat.XLSX and not kind.listed:
        raise InputError(f"{kind.kind.value} is no list; it is made as docx or pdf")
    return chosen


def _period(kind: KindOfPaper, typed: str) -> ReportPeriod | None:
    if not typed:
        return None
    found = period_written(typed)
    if found is None:
        raise InputError(f"{typed} is no period; write 2026-03, 2026-Q1, 2026-H1, 2026-9M or 2026")
    if kind.kind not in (found.kind, PaperKind.SUPERVISION_REPORT, PaperKind.FIGURES):
        raise InputError(f"{typed} is no period of {kind.kind.value}; it is one of {found.kind.value}")
    return found


async def _meeting(uow: UnitOfWork, plan: Plan, typed: str, kind: KindOfPaper) -> Meeting:
    found = await _named(uow, plan, typed)
    try:
        require_held(found, kind.kind)
    except RuleBroken:
        raise InputError(f"the meeting {typed} is cancelled; {kind.kind.value} would say that it is held") from None
    return found


async def _named(uow: UnitOfWork, plan: Plan, typed: str) -> Meeting:
    """The meeting that was named; else the one that was held last, is next, or is the first the plan foresees."""
    made = [one for one in await uow.meetings.of_plan(plan.id) if one.state is not MeetingState.CANCELLED]
    keys = [session.key for session in plan.decided.profile.sessions]
    if not typed:
        held = [one for one in made if one.state is MeetingState.HELD]
        if held or made:
            return held[-1] if held else made[0]
        typed = keys[0] if keys else ""
    if typed.isdecimal():
        try:
            stored = await uow.meetings.get(MeetingId(int(typed)))
        except NotFound:
            raise InputError(f"there is no meeting {typed}") from None
        if stored.plan_id != plan.id:
            raise InputError(f"the meeting {typed} belongs to another plan")
        return stored
    stored_of_key = [one for one in made if one.session_key == typed]
    foreseen = stored_of_key[-1] if stored_of_key else planned_as_yet(plan, typed)
    if foreseen is None:
        raise InputError(f"the plan {plan.code} has no session {typed}; it has {', '.join(keys) or 'none'}")
    return foreseen


async def _question(uow: UnitOfWork, plan: Plan, reference: str) -> Question | None:
    """The question that was named; None for a blank form."""
    if not reference:
        return None
    found = await uow.questions.by_reference(reference.strip().upper())
    if found is None or found.unit_id != plan.unit_id:
        raise InputError(f"there is no question {reference} in the unit of {plan.code}")
    if is_withheld(found):
        raise InputError(f"{reference} is dealt with in confidence; no document tells it")
    return found
