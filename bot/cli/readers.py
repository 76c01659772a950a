"""`doithoai try`: what one of the readers makes of lines on standard input, for operators and for acceptance."""

import io
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from bot.cli.common import day_of
from bot.system_clock import system_now
from intake.rules.deadlines.calendar import LOCAL

try_app = typer.Typer(no_args_is_help=True, help="What the readers make of lines on standard input; one line each.")


def _each_line(read: Callable[[str], str]) -> None:
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    for line in sys.stdin:
        typer.echo(read(line.rstrip("\r\n")))


@try_app.command("when")
def try_when(today: Annotated[str, typer.Option(help="The day it is (YYYY-MM-DD); by default today.")] = "") -> None:
    """Days and times: the day (ISO) or `HH:MM`, else `ask` or `refuse` and, after a tab, why."""
    from intake.rules.typed_when import read_when

    on = day_of(today) if today else system_now().astimezone(LOCAL).date()

    def read(line: str) -> str:
        found = read_when(line, on)
        if found.why:
            return f"{'refuse' if found.impossible else 'ask'}\t{found.why}"
        day, at = found.day, found.at
        return "\t".join(([day.isoformat()] if day else []) + ([f"{at:%H:%M}"] if at else []))

    _each_line(read)


@try_app.command("guest")
def try_guest() -> None:
    """Lines of a list of guests: number (E.164), `none` or `bad`, then name and office, with tabs between."""
    from intake.rules.meetings.guest import read_guest

    def read(line: str) -> str:
        guest = read_guest(1, line.replace("\\t", "\t"))
        return "\t".join(
            ("bad" if guest.wrong == "guests.wrong_phone" else guest.phone or "none", guest.name, guest.office)
        )

    _each_line(read)


@try_app.command("aloud")
def try_aloud() -> None:
    """Texts for loudspeakers: the words that are spoken."""
    from intake.rules.meetings.aloud import aloud

    _each_line(aloud)


@try_app.command("risk")
def try_risk() -> None:
    """What a text may be about: an ordinary matter, somebody's conduct, a denunciation, a danger, and so on."""
    from intake.rules.sealed.risk import risk_of
    from intake.rules.text import clean

    _each_line(lambda line: risk_of(clean(line)).value)


@try_app.command("reply-language")
def try_reply_language() -> None:
    """The language a first text is answered in: vi or en."""
    from handlers.language.choice import language_of_text

    _each_line(lambda line: language_of_text(line, "vi"))
