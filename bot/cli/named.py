"""`doithoai named …`: which questions name everybody who could handle them, and letting go one that is not named.

Their words are not shown: whoever runs the machine need not know what a resident wrote, and may be named as well.
"""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.common import print_from_store, record_command, with_store
from bot.console import InputError
from intake.actions.sealed.naming import drop_named
from intake.actions.sealed.sorting import nobodys
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.errors import RuleBroken
from intake.rules.sealed.named import named_by_code
from storage.unit_of_work import Store
from wording.named import who
from wording.texts import shown, words

named_app = typer.Typer(no_args_is_help=True, help="Questions that name everybody who could handle them.")


@named_app.command("list")
def list_() -> None:
    """Show which questions wait because they name everybody who could sort or approve them, and whom they name."""

    async def show(store: Store) -> None:
        table = Table("question", "since", "code", "names", "confirmed")
        async with store.reading() as uow:
            for question in await nobodys(uow):
                for one in question.named:
                    called = shown("en", await who(uow, one))
                    since = f"{question.received_at.astimezone(LOCAL):%d/%m/%Y}"
                    table.add_row(question.reference, since, one.code, called, "yes" if one.confirmed else "no")
        Console().print(table)

    with_store(show)


@named_app.command()
def drop(
    reference: Annotated[str, typer.Argument(help="The reference of the question.")],
    code: Annotated[str, typer.Argument(help="The code in `doithoai named list`.")],
    reason: Annotated[str, typer.Option(help="Why the question does not name them; it is kept.")],
) -> None:
    """Say that a question does not name somebody; whoever sorts it from now on is told."""

    async def act(store: Store) -> list[str]:
        named = named_by_code(code)
        async with store.unit() as uow:
            question = await uow.questions.by_reference(reference)
            if question is None or named is None or named.code not in [one.code for one in question.named]:
                raise InputError(f"{reference} names nobody with the code {code}; see doithoai named list")
            try:
                await drop_named(uow, by=None, question_id=question.id, named=named, reason=reason)
            except RuleBroken as refusal:
                raise InputError(words("en", refusal.message.key, refusal.message.params)) from None
            await record_command(uow, "named drop")
            await uow.commit()
        return [f"{question.reference} does not name {code}"]

    print_from_store(act)
