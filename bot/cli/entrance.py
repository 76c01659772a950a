"""The entrance of the command `doithoai`: bad input, or a machine that cannot, is one clear line and status 2.

What needs no database is answered without loading what does: a date or a language is asked for in loops of scripts.
"""

import os
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
        _stop(mistake.format_message() or "see doithoai --help")
    except (typer.Abort, KeyboardInterrupt):
        _stop("stopped")
    except Exception as failure:
        sentence = of_the_machine(failure)
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
