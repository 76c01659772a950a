"""A process of the product lived through the worst day, and what became of everybody's question.

Too many people at once, a network that fails, a database that is away, a full disk, and kills whenever it suits nobody.

`python -m tests.support.soaking` is the long form (`make soak`); the short one runs among the tests.
"""

import argparse
import asyncio
import random
import re
import resource
import sqlite3
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count, groupby
from pathlib import Path

import httpx
import sqlalchemy as sa

from bot.plan_files import PLANS, read_profile
from bot.settings import Settings
from bot.store import open_store
from bot.system_clock import system_now
from intake.actions.enrol import enrol
from intake.actions.load_plan import load_plan
from intake.rules.letter import LetterState
from intake.rules.person import Network
from storage import tables as t

from . import telegram_updates as updates
from .processes import answered, begun, free_port
from .slow_telegram import BOT_ID
from .telegram_fakes import TOKEN
from .troubled_telegram import Trouble, TroubledTelegram, troubled_telegram

FIRST_CHAT = 8_000_000
REFERENCE = re.compile(r"\bDL-\d{4}-\d{4}\b")
DRAINED_IN = 300.0
"""Seconds after the last fault until everything has to be said; the network's own pace allows thirty a second."""


@dataclass(frozen=True, slots=True)
class Day:
    """How bad it gets: people who ask at the same moment, kills, and for how many seconds each trouble lasts."""

    people: int
    kills: int
    network_seconds: float
    database_seconds: float
    disk_seconds: float
    seed: int = 1


SHORT = Day(people=10, kills=2, network_seconds=3, database_seconds=2, disk_seconds=2)


@dataclass
class Found:
    """What was there afterwards. `wrong` has a line for every promise that was broken."""

    questions: int = 0
    said_twice: int = 0
    letters: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0


class Life:
    """The process, begun again whenever it was killed."""

    def __init__(self, folder: Path, telegram: TroubledTelegram) -> None:
        self._folder = folder
        self._telegram = telegram
        self._port = free_port()
        self.process: asyncio.subprocess.Process | None = None
        self.said: deque[str] = deque(maxlen=40)
        self._reading: set[asyncio.Task[None]] = set()

    async def begin(self) -> None:
        """Start it, and wait until it answers."""
        more = {"DOITHOAI_TELEGRAM_TOKEN": TOKEN, "DOITHOAI_TELEGRAM_API": self._telegram.url}
        self.process = await begun(self._folder, self._port, **more)
        for stream in (self.process.stdout, self.process.stderr):
            assert stream is not None
            reading = asyncio.create_task(_read_away(stream, self.said))
            self._reading.add(reading)
            reading.add_done_callback(self._reading.discard)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{self._port}") as client:
            await answered(self.process, client, "/healthz")

    async def kill(self) -> None:
        """No time to put anything in order."""
        assert self.process is not None
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> int:
        """Ask it to stop; returns its exit status."""
        assert self.process is not None
        self.process.terminate()
        return await self.process.wait()


async def _read_away(stream: asyncio.StreamReader, said: deque[str]) -> None:
    while line := await stream.readline():
        said.append(line.decode().rstrip())


async def prepare(settings: Settings, people: int) -> None:
    """Di Lăng with its plan, and so many residents who have done with the greetings."""
    store = await open_store(settings)
    async with store.unit() as uow:
        await load_plan(uow, read_profile(PLANS / "di-lang-2024.toml"))
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
        assert hamlet is not None
        for number in range(people):
            account, *_ = await uow.accounts.meet(Network.TELEGRAM, BOT_ID, str(FIRST_CHAT + number))
            account.last_heard_at = uow.now
            await enrol(
                uow,
                account,
                name=f"Người {number}",
                hamlet_id=hamlet.id,
                language="vi",
                language_known=True,
                phone=None,
            )
        await uow.commit()
    await store.close()


def ask_all(telegram: TroubledTelegram, day: Day) -> None:
    """Everybody asks a question of their own, all at the same moment: each in order, among each other as it comes."""
    dice = random.Random(day.seed)  # noqa: S311 - the same crowd every time
    numbers = count(1)
    turns = [person for person in range(day.people) for _ in range(3)]
    dice.shuffle(turns)
    said: Counter[int] = Counter()
    for person in turns:
        chat = str(FIRST_CHAT + person)
        match said[person]:
            case 0:
                telegram.say(updates.text(next(numbers), chat, "/hoi"))
            case 1:
                telegram.say(updates.text(next(numbers), chat, question_of(person)))
            case _:
                telegram.say(updates.tap(next(numbers), chat, "send"))
        said[person] += 1


def question_of(person: int) -> str:
    """What this person asks."""
    return f"Đường vào nhà số {person} hỏng từ tháng 5, khi nào sửa?"


async def soak(folder: Path, day: Day, report: Callable[[str], None] = lambda _line: None) -> Found:
    """Live the day, then say what was found."""
    began = time.monotonic()
    settings = Settings(data_dir=folder)
    await prepare(settings, day.people)
    async with troubled_telegram(day.seed) as telegram:
        life = Life(folder, telegram)
        await life.begin()
        ask_all(telegram, day)
        dice = random.Random(day.seed)  # noqa: S311
        database = folder / "doithoai.sqlite3"
        faults: list[tuple[str, Callable[[], Awaitable[None]]]] = [
            ("the network fails", lambda: _network_fails(telegram, day.network_seconds)),
            ("the database is away", lambda: _database_away(database, day.database_seconds)),
            ("the disk is full", lambda: _disk_full(life, day.disk_seconds)),
            *[("killed", lambda: _killed(life, dice.uniform(0.1, 2.0)))] * day.kills,
        ]
        dice.shuffle(faults)
        for what, happens in faults:
            report(what)
            await happens()
            if life.process is None or life.process.returncode is not None:
                raise RuntimeError(f"{what}: the process ended by itself\n" + "\n".join(life.said))
        report("everything is well again")
        found = Found()
        await _drained(database, telegram, found)
        if await life.stop() != 0:
            found.wrong.append("it did not stop in order")
        await _look(settings, telegram, day, found)
    found.seconds = time.monotonic() - began
    return found


async def _network_fails(telegram: TroubledTelegram, seconds: float) -> None:
    telegram.troubles = tuple(Trouble)
    await asyncio.sleep(seconds)
    telegram.troubles = ()


async def _database_away(database: Path, seconds: float) -> None:
    """Somebody else holds it and does not let go."""
    connection = sqlite3.connect(database, isolation_level=None, timeout=30)
    connection.execute("BEGIN IMMEDIATE")
    await asyncio.sleep(seconds)
    connection.execute("ROLLBACK")
    connection.close()


async def _disk_full(life: Life, seconds: float) -> None:
    """No file of the process may grow any more."""
    assert life.process is not None
    _, hard = resource.prlimit(life.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(life.process.pid, resource.RLIMIT_FSIZE, (4096, hard))
    await asyncio.sleep(seconds)
    if life.process.returncode is None:
        resource.prlimit(life.process.pid, resource.RLIMIT_FSIZE, (hard, hard))


async def _killed(life: Life, after: float) -> None:
    await asyncio.sleep(after)
    await life.kill()
    await life.begin()


async def _drained(database: Path, telegram: TroubledTelegram, found: Found) -> None:
    """Wait until nothing is left to be heard or said."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    until = time.monotonic() + DRAINED_IN
    while time.monotonic() < until:
        (waiting,) = connection.execute("SELECT count(*) FROM letters WHERE state = 'waiting'").fetchone()
        if not waiting and not telegram.updates:
            break
        await asyncio.sleep(0.2)
    else:
        found.wrong.append(f"{waiting} letters and {len(telegram.updates)} updates are left")
    connection.close()


async def _look(settings: Settings, telegram: TroubledTelegram, day: Day, found: Found) -> None:
    store = await open_store(settings)
    async with store.reading() as uow:
        rows = await uow._session.execute(sa.select(t.questions.c.reference, t.questions.c.original_text))
        asked = [(row.reference, row.original_text) for row in rows]
        states = await uow._session.execute(sa.select(t.letters.c.state, sa.func.count()).group_by(t.letters.c.state))
        found.letters.update({state.value: many for state, many in states})
    await store.close()
    found.questions = len(asked)
    by_text = Counter(text for _, text in asked)
    for person in range(day.people):
        if by_text[question_of(person)] != 1:
            found.wrong.append(f"the question of person {person} is stored {by_text[question_of(person)]} times")
        shown = telegram.phones[str(FIRST_CHAT + person)]
        found.said_twice += len(shown) - len(set(shown))
        in_order = [text for text, _ in groupby(shown)]
        receipts = [text for text in in_order if REFERENCE.search(text)]
        if len(in_order) != len(set(in_order)) or len(in_order) < 3 or receipts != in_order[-1:]:
            found.wrong.append(f"person {person} reads, in this order: {[text[:40] for text in in_order]}")
        for receipt in receipts:
            reference = REFERENCE.search(receipt)
            if reference is None or (reference.group(), question_of(person)) not in asked:
                found.wrong.append(f"person {person} has a receipt for a question that is not there")
    if set(found.letters) - {LetterState.SENT.value}:
        found.wrong.append(f"letters that were not sent: {dict(found.letters)}")
    if found.questions != day.people:
        found.wrong.append(f"{found.questions} questions of {day.people} people")


def main() -> int:
    """The long form, from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--network", type=float, default=60, help="seconds of a failing network")
    parser.add_argument("--database", type=float, default=30, help="seconds without a database")
    parser.add_argument("--disk", type=float, default=15, help="seconds with a full disk")
    parser.add_argument("--seed", type=int, default=int(system_now().timestamp()))
    wanted = parser.parse_args()

    def say(line: object) -> None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    day = Day(wanted.people, wanted.kills, wanted.network, wanted.database, wanted.disk, wanted.seed)
    say(day)
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        found = asyncio.run(
            soak(Path(folder) / "data", day, lambda line: say(f"{time.monotonic() - began:6.1f} s  {line}"))
        )
    say(
        f"{found.seconds:.0f} s: {found.questions} questions, letters {dict(found.letters)}, "
        f"{found.said_twice} messages said twice"
    )
    for line in found.wrong:
        say(f"WRONG: {line}")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
