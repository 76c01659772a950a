"""`doithoai sealed …`: for whom a unit's denunciations are sealed; the recovery key is shown once, here."""

from typing import Annotated

import typer

from bot.cli.common import print_from_store, unit_of
from bot.console import InputError, counted
from bot.media.attachments import AttachmentStore
from bot.media.places import ATTACHMENTS, SEALED, place_of
from bot.sealing import AgeSeals
from bot.settings import read_settings
from intake.actions.sealed.keys import has_officer, name_officer, set_up
from intake.rules.errors import RuleBroken
from storage.unit_of_work import Store
from wording.texts import words

sealed_app = typer.Typer(no_args_is_help=True, help="The sealed store: denunciations for one named officer of a unit.")
UnitCode = Annotated[str, typer.Option("--unit", help="Code of the commune.")]
Officer = Annotated[int, typer.Option("--officer", help="Number of a role of theirs in `doithoai roles list`.")]


@sealed_app.command()
def setup(unit: UnitCode, officer: Officer) -> None:
    """Name the officer and make the recovery key, which is shown once: print this page and lock it away."""

    async def make(store: Store) -> list[str]:
        settings = read_settings()
        attachments = AttachmentStore(place_of(settings.attachments_url, settings.data_dir, ATTACHMENTS))
        seals = AgeSeals(attachments, place_of(settings.attachments_url, settings.data_dir, SEALED))
        try:
            async with store.unit() as uow:
                place = await unit_of(uow, unit)
                paper = await set_up(uow, seals, unit=place, grant_id=officer)
                day = uow.today
                await uow.commit()
        except RuleBroken as refusal:
            raise InputError(words("en", refusal.message.key, refusal.message.params)) from None
        return [
            f"KHOÁ KHÔI PHỤC ĐƠN THƯ KÍN / RECOVERY KEY – {place.name}",
            "",
            paper,
            "",
            f"Lập ngày / made on {day:%d/%m/%Y}",
            "In hoặc chép trang này, niêm phong trong phong bì, cất tủ khoá; không chụp ảnh, không gửi qua mạng.",
            "Khoá này mở được mọi đơn thư kín của đơn vị, và không được lưu ở bất cứ đâu.",
            "Print or copy this page, seal it in an envelope and lock it away. It opens every sealed matter of the",
            "unit, with any program that reads age, and is kept nowhere. Then clear this screen.",
        ]

    print_from_store(make)


@sealed_app.command("officer")
def officer_(unit: UnitCode, officer: Officer) -> None:
    """Name another officer; the recovery key stays, and opens for them what came before."""

    async def change(store: Store) -> list[str]:
        try:
            async with store.unit() as uow:
                place = await unit_of(uow, unit)
                await name_officer(uow, unit=place, grant_id=officer)
                await uow.commit()
        except RuleBroken as refusal:
            raise InputError(words("en", refusal.message.key, refusal.message.params)) from None
        return [f"{place.name}: another officer is named, and told to choose a passphrase at the desk"]

    print_from_store(change)


@sealed_app.command()
def show(unit: UnitCode) -> None:
    """Say whether there is an officer with a passphrase, and how many matters there are; nothing of what they say."""

    async def tell(store: Store) -> list[str]:
        async with store.reading() as uow:
            place = await unit_of(uow, unit)
            key = await uow.sealed.key_of(place.id)
            if key is None:
                return [f"{place.name}: nothing is set up; doithoai sealed setup --unit {unit} --officer ID"]
            matters = await uow.sealed.matters(place.id)
            waiting = await uow.sealed.waiting([place.id])
            officer = await has_officer(uow, key)
        state = "no officer" if not officer else "an officer" if key.recipient else "an officer without a passphrase"
        return [f"{place.name}: {state}; {counted(len(matters), 'matter')}, {waiting} not read"]

    print_from_store(tell)
