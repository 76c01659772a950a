"""`doithoai plans read` and `plans draft`: what a paper says, and the profile of a plan that can be made of it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.console import InputError, counted, reader_language

if TYPE_CHECKING:
    from intake.rules.plan.reading.reading import PlanReading

_WHY = {
    "gone": "the file is kept no longer",
    "too_large": "the file is too large to be read (10 MB, 200 pages)",
    "empty": "the file is empty",
    "macros": "the file brings macros along, which are never taken; save it without them",
    "protected": "the file is under a password; save it without one",
    "damaged": "the file is damaged and cannot be read",
    "scan": "the file is a scan without text; what is needed is the text itself (DOCX, or a PDF made from it)",
    "unknown_kind": "this kind of file is not read; DOCX, DOC, PDF with text, ODT, HTML and plain text are",
    "old_word": "Word files of before 2007 are read with LibreOffice, which is not installed here; save it as DOCX",
    "not_in_time": "LibreOffice did not finish reading the old Word file in time; try again, or save it as .docx",
}

_NO_DRAFT = {
    "look_alike": "the paper is about meetings of another kind{about}; no plan is made of it",
    "rule": "the paper sets rules and foresees no meeting; no plan is made of it",
    "report": "the paper tells of a meeting that was held; no plan is made of it",
    "change": "the paper changes, postpones or cancels a meeting; change that meeting instead",
    "no_year": "the paper names no year, so that none of its days can be known",
}
_File = Annotated[Path, typer.Argument(metavar="FILE", help="A plan or notice: DOCX, DOC, PDF, ODT, HTML or text.")]


def plans_read(
    file: _File,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object: days as ISO, each fact with its phrase.")
    ] = False,
) -> None:
    """Read a plan's own text: its facts with the words they rest on. Nothing is stored."""
    from wording.drafts import reading_json

    reading = reading_json(_reading_of(file))
    if as_json:
        typer.echo(json.dumps(reading, ensure_ascii=False, indent=2))
    else:
        for line in _lines(reading):
            typer.echo(line)


def plans_draft(
    file: _File,
    out: Annotated[Path, typer.Option(help="Where the profile is written; a file that is there is left as it is.")],
    unit: Annotated[str, typer.Option(help="Code of the unit; by default its initials.")] = "",
) -> None:
    """Draft a plan's profile from its own text, to be read, corrected and loaded. Nothing is stored."""
    from bot.draft_file import draft_as_toml
    from intake.rules.plan.drafting.draft import NoDraftError, code_of, draft_of, home_of
    from intake.rules.plan.profile import ProfileError
    from intake.rules.plan.profile_parse import parse_profile, to_document
    from wording.drafts import remark
    from wording.flaws import flaw_lines

    reading = _reading_of(file)
    home = home_of(reading, code=unit)
    try:
        draft = draft_of(reading, home, code=code_of(reading, home), say=remark)
        parse_profile(to_document(draft.profile), name=str(file))
    except NoDraftError as error:
        about = f" ({error.about})" if error.about else ""
        raise InputError(f"{file}: {_NO_DRAFT[error.why.value].format(about=about)}") from None
    except ProfileError as error:  # the paper contradicts itself so that no profile says it
        raise InputError(flaw_lines(error, reader_language(""))) from None
    try:
        with out.open("x", encoding="utf-8") as written:
            written.write(draft_as_toml(draft, file.name))
    except FileExistsError:
        raise InputError(f"{out} is there already; it is left as it is") from None
    except OSError as error:
        raise InputError(f"{out} cannot be written: {error.strerror}") from None
    typer.echo(f"{out}: {draft.profile.code}, {counted(len(draft.profile.sessions), 'meeting')}")
    for question in draft.profile.open:
        typer.echo(f"  {question.question}")


def _reading_of(file: Path) -> "PlanReading":
    from bot.media.papers import LARGEST, text_of
    from intake.rules.plan.paper_file import UnreadablePaperError
    from intake.rules.plan.reading.reading import read_paper

    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}") from None
    try:
        return read_paper(text_of(content))
    except UnreadablePaperError as error:
        raise InputError(f"{file}: {_WHY[error.why.value]}") from None


def _lines(reading: dict[str, Any]) -> Iterator[str]:
    """A line a fact, its phrase behind it; what the paper does not state is said to be so."""
    for key, value in reading.items():
        if isinstance(value, list):
            yield f"{key}: {len(value)}"
            yield from (f"  - {_fact(entry)}" for entry in value)
        else:
            yield f"{key}: {'not stated' if value is None else _fact(value)}"


def _fact(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    phrase = value.get("phrase")
    said = "; ".join(_said(key, one) for key, one in value.items() if key != "phrase" and one not in ([], None))
    return f"{said}  ← “{phrase}”" if phrase else said


def _said(key: str, one: Any) -> str:
    if isinstance(one, dict):
        return f"{key} {one['from']} – {one['to']} ({one['precision']})"
    words = ", ".join(map(str, one)) if isinstance(one, list) else str(one)
    return words if key == "value" else f"{key} {words}"
