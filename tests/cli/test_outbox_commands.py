"""`doithoai outbox`: what does not go out is seen without its words, tried again, or discarded for a reason."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.settings import read_settings
from bot.store import open_store
from intake.rules.message import Message, pack_message
from intake.rules.outbox.letter import Letter, LetterState, Priority
from intake.rules.people.person import Network, Person
from storage import tables as t
from storage.unit_of_work import SqlUnitOfWork
from tests.support.command_line import Command, refused
from tests.support.recorded import Deed, deeds
from tests.support.village import a_letter

SECRET = "chuyện riêng của bà Lụa"
NAME, ADDRESS = "Nguyễn Thị Lụa", "7000001"


def in_store(work: Callable[[SqlUnitOfWork], Coroutine[Any, Any, Any]]) -> Any:
    """Work on the database of the commands, from outside."""

    async def do() -> Any:
        store = await open_store(read_settings())
        try:
            async with store.unit() as uow:
                outcome = await work(uow)
                await uow.commit()
        finally:
            await store.close()
        return outcome

    return asyncio.run(do())


@pytest.fixture
def letters(doithoai: Command) -> dict[str, int]:
    """One letter of each kind, by what it is."""

    async def write(uow: SqlUnitOfWork) -> dict[str, int]:
        person = await uow.people.add(Person(NAME, None, created_at=uow.now))
        telegram, *_ = await uow.accounts.meet(Network.TELEGRAM, "4242", ADDRESS)
        zalo, *_ = await uow.accounts.meet(Network.ZALO, "oa", ADDRESS)
        telegram.person_id = zalo.person_id = person.id
        content = pack_message(Message("tell.relay", {"name": "Tư", "text": SECRET}))
        tomorrow = uow.now + timedelta(days=1)
        quarantined = {"state": LetterState.QUARANTINED, "attempts": 1, "failure": "Rejected: it says 0912345678"}
        made = {
            "fresh": a_letter(telegram, uow.now, content=content),
            "failed": a_letter(
                telegram, uow.now, content=content, attempts=3, not_before=tomorrow, failure="Unavailable: busy"
            ),
            "quarantined": a_letter(telegram, uow.now - timedelta(days=3, hours=4), content=content, **quarantined),
            "on zalo": a_letter(zalo, uow.now, content=content, priority=Priority.BULK, **quarantined),
            "unreachable": a_letter(zalo, uow.now, content=content, state=LetterState.UNREACHABLE),
            "nobody's": a_letter(zalo, uow.now, content=content, state=LetterState.IN_PERSON, account_id=None),
            "sent": a_letter(telegram, uow.now, state=LetterState.SENT),
            "odd": a_letter(telegram, uow.now - timedelta(hours=5), content={"key": "no.such"}, **quarantined),
        }
        for letter in made.values():
            uow.session.add(letter)
            await uow.session.flush()
        return {name: int(letter.id) for name, letter in made.items()}

    written: dict[str, int] = in_store(write)
    return written


def rows(out: str) -> list[str]:
    """What stands in the first column of the table."""
    cells = [line.split()[1] for line in out.splitlines() if line.startswith("│")]
    return [cell for cell in cells if cell.isdecimal()]


def states(letters: dict[str, int]) -> dict[str, str]:
    async def look(uow: SqlUnitOfWork) -> dict[int, LetterState]:
        found = await uow.session.execute(sa.select(t.letters.c.id, t.letters.c.state))
        return {row.id: row.state for row in found}

    by_id = in_store(look)
    return {name: by_id[one].value for name, one in letters.items()}


def letter(letter_id: int) -> Letter:
    async def look(uow: SqlUnitOfWork) -> Letter:
        found = await uow.session.get(Letter, letter_id)
        assert found is not None
        return found

    found: Letter = in_store(look)
    return found


def audit() -> list[Deed]:
    found: list[Deed] = in_store(deeds)
    return found


def test_the_list_names_no_person_and_no_word(doithoai: Command, letters: dict[str, int]) -> None:
    status, out, err = doithoai("outbox", "list")

    assert (status, err) == (0, "")
    assert rows(out) == [str(one) for name, one in letters.items() if name != "sent"]
    assert "7 of 7 letters" in out
    (line,) = (line for line in out.splitlines() if line.startswith(f"│ {letters['quarantined']} "))
    assert [cell.strip() for cell in line.strip("│").split("│")] == [
        str(letters["quarantined"]),
        "3 d 4 h",
        "push",
        "quarantined",
        "1",
        "telegram",
        "Rejected",
    ]
    assert "5 h 0 min" in out
    for private in (SECRET, NAME, ADDRESS, "Tư", "0912345678"):
        assert private not in out


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (["--state", "quarantined"], ["quarantined", "on zalo", "odd"]),
        (["--state", "waiting"], ["fresh", "failed"]),
        (["--state", "waiting", "--failed"], ["failed"]),
        (["--network", "zalo"], ["on zalo", "unreachable"]),
        (["--priority", "bulk"], ["on zalo"]),
        (["--older-than", "4"], ["quarantined", "odd"]),
        (["--older-than", "48", "--network", "telegram", "--state", "quarantined"], ["quarantined"]),
        (["--state", "on_return"], []),
    ],
)
def test_the_list_is_narrowed_down(
    doithoai: Command, letters: dict[str, int], options: list[str], names: list[str]
) -> None:
    status, out, _ = doithoai("outbox", "list", *options)
    assert status == 0
    assert rows(out) == [str(letters[name]) for name in names]


def test_a_long_list_says_how_long_it_is(doithoai: Command, letters: dict[str, int]) -> None:
    _, out, _ = doithoai("outbox", "list", "--limit", "2")
    assert rows(out) == [str(letters["fresh"]), str(letters["failed"])]
    assert "2 of 7 letters" in out


def test_one_letter_is_shown_to_whoever_asks_for_it_and_that_is_noted(
    doithoai: Command, letters: dict[str, int]
) -> None:
    status, out, _ = doithoai("outbox", "show", str(letters["quarantined"]), "--by", "Tổ trực")

    assert status == 0
    for expected in (SECRET, NAME, ADDRESS, "quarantined", "tried 1 time; Rejected: it says 0912345678"):
        assert expected in out
    (entry,) = audit()
    assert (entry.act, entry.subject) == ("show_letter", f"letter:{letters['quarantined']}")
    assert entry.detail == {"by": "Tổ trực"}

    assert "its words are not kept" in doithoai("outbox", "show", str(letters["sent"]))[1]
    assert "cannot be put into words: KeyError" in doithoai("outbox", "show", str(letters["odd"]))[1]
    nobodys = doithoai("outbox", "show", str(letters["nobody's"]))[1]
    assert NAME in nobodys
    assert "chat" not in nobodys
    refused(doithoai("outbox", "show", "999"), "there is no letter 999")


def test_a_letter_goes_out_again(doithoai: Command, letters: dict[str, int]) -> None:
    ids = [str(letters["quarantined"]), str(letters["failed"])]
    status, out, _ = doithoai("outbox", "retry", *ids, "--yes", "--by", "Tổ trực")

    assert (status, out) == (0, "2 letters will go out again\n")
    for name in ("quarantined", "failed"):
        again = letter(letters[name])
        assert (again.state, again.attempts) == (LetterState.WAITING, 0)
        assert again.not_before <= letter(letters["fresh"]).not_before + timedelta(hours=1)
    assert states(letters)["on zalo"] == "quarantined"
    (entry,) = audit()
    assert (entry.act, entry.actor) == ("retry_letters", None)
    assert entry.detail == {"letters": sorted(map(int, ids)), "by": "Tổ trực"}


def test_many_go_out_again_by_what_they_are(
    doithoai: Command, letters: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.actions.outbox.set_aside.AT_ONCE", 1)
    status, out, _ = doithoai("outbox", "retry", "--state", "quarantined", "--network", "telegram", "--yes")

    assert (status, out) == (0, "2 letters will go out again\n")
    assert len(audit()) == 2, "a transaction and an entry for each slice"
    assert states(letters)["on zalo"] == "quarantined"


def test_what_waits_for_a_person_is_not_retried(doithoai: Command, letters: dict[str, int]) -> None:
    for name in ("fresh", "unreachable", "nobody's", "sent"):
        outcome = doithoai("outbox", "retry", str(letters["quarantined"]), str(letters[name]), "--yes")
        refused(outcome, "not all of these letters")
    refused(doithoai("outbox", "retry", "--state", "in_person", "--yes"), "no letters")
    assert states(letters)["quarantined"] == "quarantined"


def test_discarding_needs_a_reason_and_empties_the_letter(doithoai: Command, letters: dict[str, int]) -> None:
    wanted = str(letters["quarantined"])
    refused(doithoai("outbox", "discard", wanted, "--yes"), "--reason")
    refused(doithoai("outbox", "discard", wanted, "--yes", "--reason", "  "), "500")

    status, out, _ = doithoai("outbox", "discard", wanted, "--yes", "--reason", " gửi nhầm ", "--by", "Tổ trực")

    assert (status, out) == (0, "discarded 1 letter\n")
    gone = letter(letters["quarantined"])
    assert gone.state is LetterState.DISCARDED
    assert SECRET not in str(gone.content)
    (entry,) = audit()
    assert entry.detail == {"letters": [letters["quarantined"]], "by": "Tổ trực", "reason": "gửi nhầm"}
    refused(doithoai("outbox", "discard", wanted, "--yes", "--reason", "lần nữa"), "not all of these letters")


def test_everything_that_has_not_gone_out_can_be_discarded(
    doithoai: Command, letters: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.actions.outbox.set_aside.AT_ONCE", 3)
    kept = states(letters)
    status, out, _ = doithoai("outbox", "discard", "--failed", "--reason", "thử", "--state", "waiting", "--yes")
    assert (status, out) == (0, "discarded 1 letter\n")
    assert states(letters) == {**kept, "failed": "discarded"}

    every = [str(one) for name, one in letters.items() if name not in ("sent", "failed")]
    assert doithoai("outbox", "discard", *every, "--reason", "dọn", "--yes")[1] == "discarded 6 letters\n"
    assert states(letters) == dict.fromkeys(letters, "discarded") | {"sent": "sent"}


@pytest.mark.parametrize(("typed", "changed"), [(b"y\n", True), (b"n\n", False), (b"", False)])
def test_it_is_asked_before_anything_is_changed(
    doithoai: Command, letters: dict[str, int], typed: bytes, changed: bool
) -> None:
    before = states(letters)
    status, _, err = doithoai("outbox", "discard", "--state", "quarantined", "--reason", "dọn", typed=typed)

    assert "3 letters will be discarded for good. Go on?" in err
    assert (status == 0, states(letters) != before) == (changed, changed)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("list", "--state", "lost"), ("lost is not a state",)),
        (("list", "--state", "sent"), ("sent letters are done with", "quarantined")),
        (("list", "--network", "post"), ("post is not a network", "telegram")),
        (("list", "--priority", "high"), ("high is not a priority", "bulk")),
        (("list", "--limit", "0"), ("limit",)),
        (("show", "x"), ("ID",)),
        (("retry",), ("say which letters",)),
        (("retry", "0"), ("ID",)),
        (("discard", "--reason", "dọn"), ("say which letters",)),
    ],
)
def test_bad_input_is_one_line(doithoai: Command, arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    refused(doithoai("outbox", *arguments), *words)


async def test_a_letter_whose_words_lie_elsewhere_is_shown_all_the_same(tmp_path: Path) -> None:
    from bot.cli.outbox import _words

    assert _words(None, "vi") == "its words are not stored in the letter itself"


def test_what_was_written_while_the_clock_was_ahead_is_no_younger_than_now(doithoai: Command) -> None:
    async def write(uow: SqlUnitOfWork) -> None:
        telegram, *_ = await uow.accounts.meet(Network.TELEGRAM, "4242", ADDRESS)
        uow.session.add(a_letter(telegram, uow.now + timedelta(days=40)))

    assert doithoai("migrate")[0] == 0
    in_store(write)

    status, out, _ = doithoai("outbox", "list")

    assert status == 0
    assert "0 min" in out
    assert "-" not in next(line for line in out.splitlines() if "0 min" in line).replace("–", "")
