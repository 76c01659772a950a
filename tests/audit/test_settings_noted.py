"""Whoever changes a setting of the installation leaves a trace at the next start: which one, never what it says."""

import json
from typing import Any

import sqlalchemy as sa

from bot.settings import read_settings
from intake.actions.audit.note_settings import note_settings
from storage import tables as t
from storage.unit_of_work import Store
from tests.support.world import Clock, local, make_store

BEFORE = {"keep_chat_days": "365", "telegram_token": "12345:secret-of-the-commune", "public_url": ""}


async def started_with(store: Store, settings: dict[str, str]) -> list[str]:
    async with store.unit() as uow:
        changed = await note_settings(uow, settings)
        await uow.commit()
    return list(changed)


async def noted(store: Store) -> list[Any]:
    async with store.reading() as uow:
        rows = sa.select(t.audit_entries.c.detail).where(t.audit_entries.c.act == "note_settings")
        return list(await uow.session.scalars(rows.order_by(t.audit_entries.c.id)))


async def test_a_setting_that_changed_is_named_and_what_it_says_is_not(store: Store) -> None:
    assert await started_with(store, BEFORE) == []
    assert await started_with(store, BEFORE) == []
    assert len(await noted(store)) == 1, "a start that changes nothing leaves no entry"
    assert await started_with(store, BEFORE | {"keep_chat_days": "30", "new": "1"}) == ["keep_chat_days", "new"]
    assert await started_with(store, BEFORE) == ["keep_chat_days", "new"]
    told = json.dumps([str(one) for one in await noted(store)])
    assert "secret-of-the-commune" not in told


async def test_another_key_is_named_alone(store: Store) -> None:
    await started_with(store, BEFORE)
    anew = make_store(store.engine, Clock(local(2024, 3, 1)), key="another key of sixteen letters")
    assert await started_with(anew, BEFORE) == ["secret_key"]


def test_every_setting_is_compared_secrets_among_them(monkeypatch: Any, tmp_path: Any) -> None:
    monkeypatch.setenv("DOITHOAI_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DOITHOAI_SECRET_KEY", "k" * 20)
    text = read_settings().as_text()
    assert (text["secret_key"], text["data_dir"]) == ("k" * 20, str(tmp_path))
