"""The doctor: what is missing or broken is found and said in a sentence, and nothing is changed."""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.console import spoken
from bot.data_folder import make_folder
from bot.demo.clock import DemoClock
from bot.ops.doctor import compare_clocks, examine
from bot.ops.findings import Finding
from bot.settings import Settings, SettingsError
from bot.store import open_store
from bot.system_clock import system_now
from intake.rules.audit import AuditEntry
from intake.rules.outbox.letter import LetterState
from intake.rules.people.person import Network
from storage.unit_of_work import Store
from tests.support.village import a_letter
from tests.support.world import Clock

TOKEN = "4242:a-token-for-tests-only"
NOBODY = "http://127.0.0.1:1"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def settings(folder: Path, **more: object) -> Settings:
    values: dict[str, object] = {
        "data_dir": folder,
        "database_url": "",
        "secret_key": SecretStr("a key for tests only"),
        "telegram_token": None,
        **more,
    }
    return Settings(**values)  # type: ignore[arg-type]


async def found(wanted: Settings) -> dict[str, Finding]:
    return {finding.what: finding for finding in await examine(wanted)}


def put_database(folder: Path, content: str) -> None:
    folder.mkdir()
    (folder / "doithoai.sqlite3").write_text(content)


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


def set_mode(path: Path, mode: int) -> None:
    path.chmod(mode)


def modes_of_database(folder: Path) -> list[int]:
    return [mode_of(path) for path in folder.glob("doithoai.sqlite3*")]


def made(folder: Path) -> bool:
    return folder.exists()


async def test_a_new_machine_has_no_database_and_gets_none_by_looking(folder: Path) -> None:
    findings = await found(settings(folder))

    assert findings["data folder"].fine
    assert findings["database"] == Finding(
        "database", fine=False, sentence="there is no database yet; `doithoai migrate` creates it"
    )
    assert "sweep of deadlines" not in findings
    assert not made(folder), "nothing is changed"


async def test_an_old_database_needs_migrating_and_is_left_as_it_is(folder: Path) -> None:
    put_database(folder, "")
    findings = await found(settings(folder))
    assert findings["database"] == Finding("database", fine=False, sentence="SQLite needs `doithoai migrate`")
    again = await found(settings(folder))
    assert again["database"] == findings["database"]


async def test_a_sweep_that_never_ran_or_stopped_running_is_found(folder: Path) -> None:
    """Deadlines are kept by the sweep: a day without one is trouble."""
    wanted = settings(folder)
    await (await open_store(wanted)).close()
    findings = await found(wanted)
    assert findings["database"] == Finding("database", fine=True, sentence="SQLite, up to date")
    assert findings["sweep of deadlines"].sentence == "it has never run; start `doithoai run`"
    assert not findings["sweep of deadlines"].fine

    for age, fine in ((timedelta(hours=25), False), (timedelta(hours=23), True)):
        beat = system_now() - age
        store = await open_store(wanted, now=lambda beat=beat: beat)  # type: ignore[misc]
        async with store.unit() as uow:
            await uow.ledger.beat("sweep")
            await uow.commit()
        await store.close()
        sweep = (await found(wanted))["sweep of deadlines"]
        assert sweep.fine is fine, age
        assert f"{beat:%Y-%m-%d %H:%M} UTC" in sweep.sentence


async def test_the_folder_of_a_demonstration_is_looked_at_in_its_own_time(folder: Path) -> None:
    """It begins on 1 July 2026; by the machine's clock its meetings are past and its deadlines unkept for months."""
    demo = DemoClock(folder, system_now)
    store = await open_store(settings(folder), now=demo)
    async with store.unit() as uow:
        await uow.ledger.beat("sweep")
        await uow.commit()
    await store.close()

    findings = await found(settings(folder))
    assert findings["sweep of deadlines"].fine, findings["sweep of deadlines"]
    assert findings["clock"].fine, findings["clock"]

    by_command = await open_store(settings(folder))
    async with by_command.reading() as uow:
        assert abs(uow.now - demo()) < timedelta(hours=1), "a command lives in the same time"
    await by_command.close()


async def test_what_is_no_database_and_a_server_that_is_not_there_are_told_in_their_own_words(folder: Path) -> None:
    put_database(folder, "this is no database, however long it may be" * 9)
    assert (await found(settings(folder)))["database"].sentence.startswith(
        "SQLite cannot be used: file is not a database"
    )

    far = settings(folder, database_url="postgresql://u:hemligt@127.0.0.1:1/x")
    database = (await found(far))["database"]
    assert not database.fine
    assert database.sentence.startswith("PostgreSQL cannot be used: Connect call failed")
    assert "hemligt" not in database.sentence


async def test_a_database_that_only_reads_for_this_login_is_found(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file put there by another login; nothing is closed to tests that run as root."""
    await (await open_store(settings(folder))).close()
    file = folder / "doithoai.sqlite3"
    monkeypatch.setattr("bot.ops.doctor.os.access", lambda path, _how: path != file)

    sentence = (await found(settings(folder)))["data folder"].sentence
    assert sentence == f"{file} cannot be written to by this login; it belongs to {file.owner()}"

    def no_name(_file: Path) -> str:
        raise KeyError

    monkeypatch.setattr(Path, "owner", no_name)  # of another machine, or outside this container
    sentence = (await found(settings(folder)))["data folder"].sentence
    assert sentence.endswith(f"it belongs to login {file.stat().st_uid}")


async def test_a_data_folder_that_cannot_be_is_found(tmp_path: Path) -> None:
    findings = await found(settings(tmp_path / "no" / "such" / "place" / "data"))

    assert not findings["data folder"].fine
    assert findings["data folder"].sentence.endswith("cannot be written to")


async def test_what_a_run_makes_is_for_its_owner_only_however_careless_the_mask(folder: Path) -> None:
    mask = os.umask(0)
    try:
        store = await open_store(settings(folder))
        async with store.reading():
            beside = modes_of_database(folder)
        await store.close()
    finally:
        os.umask(mask)

    assert mode_of(folder) == 0o700
    assert len(beside) > 1  # the log and the shared memory lie beside the database while it is open
    assert set(beside) == {0o600}
    assert (await found(settings(folder)))["data folder"].fine


async def test_a_folder_that_others_can_read_is_found_with_what_closes_it(folder: Path) -> None:
    make_folder(folder)
    set_mode(folder, 0o755)

    finding = (await found(settings(folder)))["data folder"]

    assert not finding.fine
    assert finding.sentence == (
        f"others on this machine can get at people's data in {folder}; `chmod go= {folder}` closes it"
    )
    set_mode(folder, 0o700)
    assert (await found(settings(folder)))["data folder"].fine


async def test_a_database_elsewhere_is_looked_at_too(folder: Path, tmp_path: Path) -> None:
    database = tmp_path / "elsewhere.sqlite3"
    elsewhere = settings(folder, database_url=f"sqlite:///{database}")
    store = await open_store(elsewhere)
    await store.close()

    assert mode_of(database) == 0o600
    assert (await found(elsewhere))["data folder"].fine
    set_mode(database, 0o644)
    assert str(database) in (await found(elsewhere))["data folder"].sentence


async def test_a_database_that_cannot_be_made_is_told_in_one_sentence(folder: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "no such place" / "x.sqlite3"

    with pytest.raises(SettingsError, match=r"the database cannot be used: .*no such place"):
        await open_store(settings(folder, database_url=f"sqlite:///{nowhere}"))


async def test_letters_a_network_has_refused_are_counted_with_what_helps(folder: Path) -> None:
    store = await open_store(settings(folder))
    async with store.unit() as uow:
        account, *_ = await uow.accounts.meet(Network.ZALO, "oa", "1")
        for _ in range(2):
            await uow.letters.add(a_letter(account, uow.now, state=LetterState.QUARANTINED))
        await uow.commit()
    await store.close()

    letters = (await found(settings(folder)))["letters"]
    assert not letters.fine
    assert letters.sentence.startswith("refused by the network and put aside: 2 (zalo)")
    assert "doithoai outbox list --state quarantined" in letters.sentence


async def test_without_a_token_there_is_no_telegram_and_that_is_fine(folder: Path) -> None:
    assert (await found(settings(folder)))["Telegram"].fine


async def test_a_webhook_secret_that_can_be_guessed_is_said_and_stops_nobody(folder: Path) -> None:
    hooked: dict[str, object] = {"telegram_token": SecretStr(TOKEN), "telegram_api": NOBODY}
    short = settings(folder, **hooked, telegram_webhook_secret=SecretStr("hemligt"))
    assert "whoever guesses it" in (await found(short))["webhook secret"].sentence
    longer = settings(folder, **hooked, telegram_webhook_secret=SecretStr("hemligt-hemligt-hemligt"))
    assert "webhook secret" not in await found(longer)


async def test_a_telegram_server_that_is_not_there_is_found(folder: Path) -> None:
    findings = await found(settings(folder, telegram_token=SecretStr(TOKEN), telegram_api=NOBODY))

    assert findings["Telegram"] == Finding("Telegram", fine=False, sentence="the Bot API server does not answer")
    assert "clock" not in findings


@asynccontextmanager
async def bot_api(answer: Callable[[str], str]) -> AsyncIterator[str]:
    """A server on this machine that answers every request with what `answer` makes of its first line."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = (await reader.readuntil(b"\r\n\r\n")).decode()
        writer.write(answer(asked.splitlines()[0]).encode())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        await server.wait_closed()


def reply(status: str, body: str, off: timedelta) -> str:
    date = format_datetime(system_now() + off, usegmt=True)
    return f"HTTP/1.1 {status}\r\nDate: {date}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}"


@pytest.mark.parametrize(
    ("status", "body", "off", "telegram", "clock"),
    [
        ("200 OK", '{"ok": true, "result": {}}', timedelta(), True, True),
        ("401 Unauthorized", '{"ok": false}', timedelta(), False, True),
        ("200 OK", '{"ok": true, "result": {}}', timedelta(minutes=5), True, False),
        ("200 OK", '{"ok": true, "result": {}}', timedelta(minutes=-5), True, False),
    ],
)
async def test_a_refused_token_and_a_clock_that_is_off_are_found(
    folder: Path, status: str, body: str, off: timedelta, telegram: bool, clock: bool
) -> None:
    asked: list[str] = []

    def answer(line: str) -> str:
        asked.append(line)
        return reply(status, body, off)

    async with bot_api(answer) as address:
        findings = await found(settings(folder, telegram_token=SecretStr(TOKEN), telegram_api=address))

    asked_of_the_webhook = [f"GET /bot{TOKEN}/getWebhookInfo HTTP/1.1"] if telegram else []
    assert asked == [f"GET /bot{TOKEN}/getMe HTTP/1.1", *asked_of_the_webhook]
    assert findings["Telegram"].fine is telegram
    assert findings["clock"].fine is clock
    assert TOKEN not in "".join(finding.sentence for finding in findings.values())


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("401 Unauthorized", "the token is refused: it was revoked or mistyped; ask @BotFather for it and set it"),
        ("502 Bad Gateway", "the Bot API server is in trouble itself (502); look again later"),
    ],
)
async def test_a_revoked_token_and_a_server_in_trouble_are_two_things(folder: Path, status: str, sentence: str) -> None:
    async with bot_api(lambda _line: reply(status, '{"ok": false}', timedelta())) as address:
        findings = await found(settings(folder, telegram_token=SecretStr(TOKEN), telegram_api=address))
    assert findings["Telegram"] == Finding("Telegram", fine=False, sentence=sentence)


@pytest.mark.parametrize(
    ("result", "fine", "says"),
    [
        ('{"url": "", "pending_update_count": 0}', True, "0 updates wait; last received: nothing yet"),
        ('{"url": "https://bot.other.test/secret", "pending_update_count": 3}', False, "(bot.other.test)"),
        ('{"url": "", "pending_update_count": 3}', False, "nothing has come in for ten minutes"),
    ],
)
async def test_the_doctor_says_whether_anything_comes_in(folder: Path, result: str, says: str, *, fine: bool) -> None:
    async with bot_api(lambda _line: reply("200 OK", f'{{"ok": true, "result": {result}}}', timedelta())) as address:
        findings = await found(settings(folder, telegram_token=SecretStr(TOKEN), telegram_api=address))
    assert findings["Telegram hears"].fine is fine
    assert says in findings["Telegram hears"].sentence
    assert "secret" not in findings["Telegram hears"].sentence


async def test_a_server_that_speaks_something_else_does_not_answer(folder: Path) -> None:
    async with bot_api(lambda _line: reply("200 OK", "<html>", timedelta())) as address:
        findings = await found(settings(folder, telegram_token=SecretStr(TOKEN), telegram_api=address))

    assert findings["Telegram"].sentence == "the Bot API server does not answer"


@pytest.mark.parametrize("answer", ["[]", '"ok"', "null", "{}", '{"error": 0}'])
async def test_a_page_to_sign_in_is_not_taken_for_telegram_nor_the_token_for_refused(folder: Path, answer: str) -> None:
    async with bot_api(lambda _line: reply("200 OK", answer, timedelta())) as address:
        findings = await found(settings(folder, telegram_token=SecretStr(TOKEN), telegram_api=address))

    assert findings["Telegram"] == Finding(
        "Telegram", fine=False, sentence="something that is not the Bot API answers for it"
    )


async def test_the_file_of_template_messages_is_looked_at(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "templates.toml"
    wanted = settings(folder, zalo_templates=path)
    assert not (await found(wanted))["template messages"].fine
    path.write_text("[news]\nid = '7'\n[answered]\nid = '8'\n")
    assert (await found(wanted))["template messages"] == Finding(
        "template messages", fine=True, sentence="for news, answered"
    )
    assert "template messages" not in await found(settings(folder))
    path.write_bytes(b"[news]\nid = '7' # m\xe1y")
    assert (await found(wanted))["template messages"].sentence.endswith("templates.toml is not saved as UTF-8")
    path.write_text("[news")
    assert "templates.toml is not a TOML file: " in (await found(wanted))["template messages"].sentence


@pytest.mark.parametrize(
    ("ahead", "words"), [(timedelta(hours=2), "2 hours"), (timedelta(days=40, hours=3), "40 days 3 hours")]
)
async def test_what_was_written_by_a_clock_that_was_ahead_is_found_and_said_in_words(
    folder: Path, ahead: timedelta, words: str
) -> None:
    wanted = settings(folder)
    await (await open_store(wanted)).close()
    assert (await found(wanted))["clock"].fine
    store = await open_store(wanted, now=lambda: system_now() + ahead)
    async with store.unit() as uow:
        await uow.ledger.beat("sweep")
        await uow.ledger.write(AuditEntry(uow.now, None, "load_plan", "plan:1"))
        await uow.commit()
    await store.close()
    findings = await found(wanted)
    assert not findings["clock"].fine
    assert not findings["sweep of deadlines"].fine
    for finding in (findings["clock"], findings["sweep of deadlines"]):
        said = re.search(r"\d+ [dhm][a-z]+( \d+ [a-z]+)?(?= ahead)", finding.sentence)
        assert said is not None, finding.sentence
        assert said[0].startswith((words, _a_second_less(ahead))), finding.sentence


def _a_second_less(time: timedelta) -> str:
    """Between writing and looking a second may pass."""
    return spoken(time - timedelta(seconds=1)).split()[0]


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (timedelta(), "0 seconds"),
        (timedelta(seconds=61), "1 minute 1 second"),
        (timedelta(hours=21, minutes=21, seconds=22), "21 hours 21 minutes"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=40, minutes=5), "40 days"),
    ],
)
def test_lengths_of_time_are_said_in_words(time: timedelta, words: str) -> None:
    assert spoken(time) == words


async def test_a_database_with_another_clock_is_found(store: Store, clock: Clock, database_url: str) -> None:
    """The stories' clock stands in 2024; where the database has a clock of its own it says something else."""
    async with store.reading() as uow:
        told = await uow.ledger.database_moment()
    assert (told is None) == database_url.startswith("sqlite")
    if told is not None:
        finding = compare_clocks(None, told, clock.now())
        assert not finding.fine
        assert "behind the database's" in finding.sentence
