"""Who runs a command that changes something, or takes something out, stands in the audit trail."""

import asyncio
from pathlib import Path

import pytest

from bot.settings import read_settings
from bot.store import open_store
from tests.support.command_line import Command
from tests.support.recorded import Deed, deeds


def commands() -> list[Deed]:
    async def look() -> list[Deed]:
        store = await open_store(read_settings())
        try:
            async with store.reading() as uow:
                return await deeds(uow, "run_command")
        finally:
            await store.close()

    return asyncio.run(look())


def test_what_was_run_and_by_whom(doithoai: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "thu")
    doithoai("plans", "load", "plans/di-lang-2024.toml")
    doithoai("invite", "secretary", "--unit", "DL")
    doithoai("sweep")
    doithoai("sweep", "--dry-run")
    doithoai("calendar", "export", str(tmp_path / "days.csv"))

    assert [deed.detail for deed in commands()] == [
        {"command": command, "by": "thu"} for command in ("plans load", "invite", "sweep", "calendar export")
    ]
