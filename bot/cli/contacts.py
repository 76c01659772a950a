"""`doithoai contacts …`: where the people of a unit go instead of the chat; the chat's `/lienhe` does the same."""

from typing import Annotated

import typer

from bot.cli.common import print_from_store, record_command, unit_of
from bot.console import InputError, one_of
from intake.actions.people.contacts import contacts_of, set_contact
from intake.rules.errors import RuleBroken
from intake.rules.people.contact import ContactKind
from storage.unit_of_work import Store
from wording.texts import words

contacts_app = typer.Typer(no_args_is_help=True, help="A unit's reception of citizens, hotline and inspection.")
Unit = Annotated[str, typer.Option(help="Code of the unit.")]


@contacts_app.command()
def show(unit: Unit) -> None:
    """Print what a unit has said, each text from the unit above where it has not."""

    async def read(store: Store) -> list[str]:
        async with store.reading() as uow:
            said = await contacts_of(uow, (await unit_of(uow, unit)).id)
        return [f"{kind.value}: {said.get(kind, '(not said)')}" for kind in ContactKind]

    print_from_store(read)


@contacts_app.command("set")
def set_(
    kind: Annotated[
        str, typer.Argument(help="reception_place, reception_hours, reception_phone, hotline, inspection.")
    ],
    text: Annotated[str, typer.Argument(help="As people should read it.")],
    unit: Unit,
) -> None:
    """Say one of these texts, or say it anew; people read it from now on."""

    async def act(store: Store) -> list[str]:
        async with store.unit() as uow:
            place = await unit_of(uow, unit)
            try:
                wanted = one_of(ContactKind, kind, "text")
                said = await set_contact(uow, by=None, unit=place, kind=wanted, typed=text)
            except RuleBroken as refusal:
                raise InputError(words("en", refusal.message.key, refusal.message.params)) from None
            await record_command(uow, "contacts set")
            await uow.commit()
        return [f"{place.code} {said.kind.value}: {said.text}"]

    print_from_store(act)
