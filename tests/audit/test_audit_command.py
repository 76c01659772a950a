"""`doithoai audit`: one clear line and an exit status, what was done by whom, and a file others can verify."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from bot.settings import read_settings
from bot.store import open_store
from bot.system_clock import system_now
from intake.rules.audit import AuditEntry
from intake.rules.audit_chain import NOTHING_BEFORE
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.people.person import Person
from storage.unit_of_work import Store
from tests.support.command_line import Command, refused
from tests.support.tampering import seal, tamper


def with_store(work: Callable[[Store], Coroutine[Any, Any, Any]]) -> Any:
    """Work on the database of the commands, from outside."""

    async def do() -> Any:
        store = await open_store(read_settings())
        try:
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(do())


@pytest.fixture
def trail(doithoai: Command) -> int:
    """Mai asked, the office cancelled with a reason; both are sealed. Mai's number comes back."""

    async def write(store: Store) -> int:
        async with store.unit() as uow:
            mai = await uow.people.add(Person("Nguyễn Thị Mai", None, created_at=uow.now))
            await uow.ledger.write(AuditEntry(uow.now, mai.id, "ask_question", "question:1"))
            cancelled = AuditEntry(uow.now, None, "cancel_meeting", "meeting:1", {"kept": 2})
            await uow.ledger.write(cancelled, words={"reason": "mưa lũ"})
            await uow.commit()
        await seal(store)
        return int(mai.id)

    number: int = with_store(write)
    return number


def test_a_sound_chain_is_one_line_and_status_0(doithoai: Command, trail: int) -> None:
    status, out, err = doithoai("audit", "verify")

    assert (status, err) == (0, "")
    assert len(out.splitlines()) == 1
    assert out.startswith("the chain holds: 2 entries, 1 seal, head 1:")


def test_the_head_somebody_kept_is_compared(doithoai: Command, trail: int) -> None:
    head = doithoai("audit", "verify")[1].split()[-1]

    assert doithoai("audit", "verify", "--head", head)[0] == 0
    status, out, _ = doithoai("audit", "verify", "--head", f"1:{'0' * 16}")
    assert status == 1
    assert "seal 1 has another head than the one you noted" in out
    status, out, _ = doithoai("audit", "verify", "--head", f"7:{'0' * 16}")
    assert status == 1
    assert "seal 7 is missing" in out
    refused(doithoai("audit", "verify", "--head", "last"), "last is no head")


def test_each_flaw_is_a_line_and_the_status_is_1(doithoai: Command, trail: int) -> None:
    with_store(
        lambda store: tamper(
            store,
            "DELETE FROM audit_entries WHERE id = 1",
            "UPDATE audit_entries SET act = 'open_meeting' WHERE id = 2",
            "UPDATE audit_words SET text = 'nắng'",
        )
    )

    status, out, _ = doithoai("audit", "verify")

    assert status == 1
    assert out.splitlines()[:3] == [
        "entry 1 is gone",
        "entry 2 was changed after it was sealed",
        "words kept beside an entry about meeting:1 were changed",
    ]
    assert out.splitlines()[3].startswith("THE CHAIN IS BROKEN: 1 entry, 1 seal")


def test_it_is_shown_by_person_by_thing_and_by_day_and_looking_is_an_entry(doithoai: Command, trail: int) -> None:
    today = f"{system_now().astimezone(LOCAL):%Y-%m-%d}"

    status, out, err = doithoai("audit", "show", "--person", str(trail), "--by", "Thư")
    assert status == 0
    assert f"person:{trail} Nguyễn Thị Mai  ask_question  question:1" in out
    assert "1 entry" in err
    out = doithoai("audit", "show", "--thing", "meeting:1")[1]
    assert "the system  cancel_meeting  meeting:1  kept 2, reason “mưa lũ”" in out
    shown = doithoai("audit", "show", "--day", today)[1] + doithoai("audit", "show", "--day", "2020-01-01")[1]
    assert shown.count("show_audit  audit  by “Thư”") == 1
    refused(doithoai("audit", "show", "--day", "hôm nay"), "hôm nay is not a date")


def test_an_export_holds_no_name_and_no_word_and_can_be_verified_by_anybody(
    doithoai: Command, trail: int, tmp_path: Path
) -> None:
    """With nothing but a hash and the description in docs/security.md."""
    file = tmp_path / "chain.txt"
    status, out, _ = doithoai("audit", "export", str(file))
    assert (status, out) == (0, f"{file}: 3 entries, 1 seal\n")
    text = file.read_text("utf-8")
    assert "Mai" not in text
    assert "mưa" not in text
    refused(doithoai("audit", "export", str(file)), "cannot be written")

    entries = [line.removeprefix("entry ") for line in text.splitlines() if line.startswith("entry ")]
    [(number, at, ids, root, head)] = [line.split()[1:] for line in text.splitlines() if line.startswith("seal ")]
    first, second = (sha256(b"\x00" + entry.encode()).digest() for entry in entries[:2])
    assert sha256(b"\x01" + first + second).hexdigest() == root
    said = json.dumps([int(number), at, ids, root, NOTHING_BEFORE], separators=(",", ":"))
    assert sha256(said.encode()).hexdigest() == head
    assert (ids, entries[2].split("\x1f")[3]) == ("1-2", "export_audit")
