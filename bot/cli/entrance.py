"""The entrance of the command `doithoai`: bad input, or a machine that cannot, is one clear line and status 2.

What needs no database is answered without loading what does: a date or a language is asked for in loops of scripts.
"""

import os
import re
import sys
from typing import TYPE_CHECKING, NoReturn

import typer
from typer.exceptions import TyperException

from bot.console import InputError, SettingsError, reader_language
from bot.ops.machine import of_the_machine
from intake.rules.errors import RuleBroken
from intake.rules.text import clean

if TYPE_CHECKING:
    from intake.rules.plan.profile import ProfileError

QUICK = ("clock", "language")
_OF_NUMBERS = (
    (re.compile("Input should be a valid integer.*"), "must be a whole number"),
    (re.compile("Input should be greater than or equal to "), "must be at least "),
    (re.compile("Input should be less than or equal to "), "must be at most "),
)


def main() -> None:
    """Carry out what stands behind `doithoai`."""
    try:
        sys.argv[1:] = [_clean(one) for one in sys.argv[1:]]
        sys.exit(_chosen()(standalone_mode=False) or 0)
    except (SettingsError, InputError) as mistake:
        _stop(str(mistake))
    except _profile_error() as error:
        from wording.flaws import flaw_lines

        _stop(flaw_lines(error, reader_language()))
    except RuleBroken as refusal:
        from wording.texts import words

        _stop(words(reader_language(), refusal.message.key, refusal.message.params))
    except TyperException as mistake:
        _stop(_in_our_words(mistake.format_message()) or "see doithoai --help")
    except (typer.Abort, KeyboardInterrupt):
        _stop("stopped")
    except Exception as failure:
        sentence = of_the_machine(failure) or _out_of_range(failure)
        if not sentence:
            raise
        _stop(sentence)


def _clean(argument: str) -> str:
    """What was typed, made clean like all text that comes in; the name of a file that is there stays as it is."""
    if os.path.exists(argument):  # noqa: PTH110 - a path may be too long for one
        return argument
    try:
        argument.encode()
    except UnicodeEncodeError:
        raise InputError(f"this is no UTF-8: {argument.encode(errors='replace').decode()}") from None
    return clean(argument)


def _stop(sentence: str) -> NoReturn:
    for line in sentence.splitlines():
        typer.echo(f"doithoai: {line}", err=True)
    raise SystemExit(2)


def _in_our_words(sentence: str) -> str:
    """What the command line's library says of a number, as we say it of a setting."""
    for said, ours in _OF_NUMBERS:
        sentence = said.sub(ours, sentence)
    return sentence


def _out_of_range(failure: Exception) -> str:
    """A sentence for what no database or calendar has room for, where somebody may have typed it; else nothing."""
    if sys.argv[1:2] == ["run"]:
        return ""
    too_large = isinstance(failure, OverflowError) or "value out of int" in str(getattr(failure, "orig", ""))
    return "a number or a day is too large or too small" if too_large else ""


def _profile_error() -> type["ProfileError"]:
    """Looked up once something was raised: a date needs nothing of plans."""
    from intake.rules.plan.profile import ProfileError

    return ProfileError


def _chosen() -> typer.Typer:
    """All commands, or those that load little, where one of them is asked for."""
    if sys.argv[1:2] in [[name] for name in QUICK]:
        from bot.cli.quick import clock, language

        quick = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        quick.command()(clock)
        quick.command()(language)
        return quick
    from bot.cli.main import app

    return app
