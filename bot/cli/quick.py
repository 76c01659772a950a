"""The commands that need no database, and load nothing that needs one: `doithoai clock`, `doithoai language`."""

import asyncio
import io
import sys
from typing import Annotated

import typer

from bot.console import InputError, one_of
from intake.rules.deadlines.clock import ClockKind


def clock(
    rule: Annotated[str, typer.Argument(help=", ".join(kind.value for kind in ClockKind))],
    day: Annotated[
        str,
        typer.Argument(metavar="DATE", help="YYYY-MM-DD, or a time as plans have it: a..b, YYYY-MM, YYYY-Q3."),
    ],
    plan: Annotated[str, typer.Option(help="Code of a plan whose settings count.")] = "",
    language: Annotated[str, typer.Option(help="Language of the sentence: vi or en.")] = "vi",
) -> None:
    """Compute a due date: prints it, then the sentence that explains it."""
    from bot.cli.clock import clock_lines
    from bot.settings import read_settings
    from locales import LANGUAGES

    kind = one_of(ClockKind, rule, "rule")
    if language not in LANGUAGES:
        raise InputError(f"{language} is not a language we speak; choose one of {', '.join(LANGUAGES)}")

    def remark(line: str) -> None:
        typer.echo(f"doithoai: {line}", err=True)

    for line in asyncio.run(clock_lines(read_settings(), kind, day, plan, language, remark=remark)):
        typer.echo(line)


def language() -> None:
    """Detect the language of each line of standard input; `-` where it cannot be told."""
    from handlers.language import detect

    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    for line in sys.stdin:
        typer.echo(detect(line.rstrip("\n")) or "-")
