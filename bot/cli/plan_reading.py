"""`doithoai plans read`: what a paper says, in lines for people and as JSON for programs."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.console import InputError

_WHY = {
    "too_large": "the file is too large to be read (10 MB, 200 pages)",
    "empty": "the file is empty",
    "macros": "the file brings macros along, which are never taken; save it without them",
    "protected": "the file is under a password; save it without one",
    "damaged": "the file is damaged and cannot be read",
    "scan": "the file is a scan without text; what is needed is the text itself (DOCX, or a PDF made from it)",
    "unknown_kind": "this kind of file is not read; DOCX, DOC, PDF with text, ODT, HTML and plain text are",
    "old_word": "Word files of before 2007 are read with LibreOffice, which is not installed here; save it as DOCX",
}


def plans_read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A plan or notice: DOCX, DOC, PDF, ODT, HTML or text.")],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object: days as ISO, each fact with its phrase.")
    ] = False,
) -> None:
    """Read a plan's own text: its facts with the words they rest on. Nothing is stored."""
    from bot.media.papers import LARGEST, UnreadablePaperError, text_of
    from intake.rules.plan.reading.reading import as_json as reading_as_json
    from intake.rules.plan.reading.reading import read_paper

    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}") from None
    try:
        reading = reading_as_json(read_paper(text_of(content)))
    except UnreadablePaperError as error:
        raise InputError(f"{file}: {_WHY[error.why.value]}") from None
    if as_json:
        typer.echo(json.dumps(reading, ensure_ascii=False, indent=2))
    else:
        for line in _lines(reading):
            typer.echo(line)


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
