"""How much of Telegram's rate is used while a broadcast waits, how much is refused, and how long a reply takes.

Run as `python -m benchmarks.sending [seconds]`. The real sender works off an outbox of 5,000 letters on SQLite, against
a Bot API server that keeps the limits to the letter and needs 40 to 100 ms for an answer; meanwhile people get replies.
The exit status tells whether the goals were met.
"""

import asyncio
import json
import random
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

import sqlalchemy as sa
from rich.console import Console
from rich.table import Table

from benchmarks.wire import TOKEN, call, free_ports
from bot.media.attachments import AttachmentStore
from bot.ops.logs import set_up_logs
from bot.outbox.relay import OutboxRelay
from bot.telegram.send import make_channel
from bot.vault import KeyVault
from intake.rules.message import Message, pack_message
from intake.rules.outbox.broadcast import Broadcast
from intake.rules.outbox.letter import Letter, Priority
from intake.rules.people.person import AccountId
from intake.rules.people.unit import UnitId
from storage import tables as t
from storage.calendar_source import load_calendar
from storage.engine import open_engine
from storage.unit_of_work import Store
from tests.support.strict_limits import OVERALL

BROADCAST = 5_000
SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 25.0
REPLY_EVERY = 0.3
FIRST_CHAT = 7_000_000
REFUSED_GOAL = 0.001
USED_GOAL = 0.95
WORDS = pack_message(Message("tell.relay", {"name": "Nguyễn Thị Mai", "text": "Mời bà con đến dự đối thoại."}))


@dataclass(frozen=True, slots=True)
class Figures:
    """`allowed` and `used` messages a second, the share of calls refused, how long each reply took, in milliseconds."""

    allowed: float
    used: float
    refused: float
    replies: list[float]

    @property
    def met(self) -> bool:
        return self.refused <= REFUSED_GOAL and self.used >= USED_GOAL * self.allowed


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251


async def open_store(folder: Path) -> Store:
    """An outbox with a broadcast to so many chats, and as many chats again that nothing waits for."""
    calendar = load_calendar()
    engine = open_engine(f"sqlite+aiosqlite:///{folder / 'sending.sqlite3'}")
    store = Store(engine, now=now, calendar=lambda: calendar, vault=KeyVault("benchmark key"))
    async with engine.begin() as connection:
        await connection.run_sync(t.metadata.create_all)
        commune = {"id": 1, "code": "X", "name": "Xã", "level": "commune", "path": "/1/"}
        hamlet = {"id": 2, "code": "T", "name": "Thôn", "level": "hamlet", "parent_id": 1, "path": "/1/2/"}
        await connection.execute(sa.insert(t.units), [commune])
        await connection.execute(sa.insert(t.units), [hamlet])
        people = range(1, 2 * BROADCAST + 1)
        person = {"name": "Nguyễn Thị Mai", "language": "vi", "language_known": True}
        await connection.execute(
            sa.insert(t.persons), [{"id": n, "hamlet_id": 2 if n <= BROADCAST else 1, **person} for n in people]
        )
        chat = {"network": "telegram", "channel": TOKEN.partition(":")[0]}
        await connection.execute(
            sa.insert(t.accounts), [{"id": n, "person_id": n, "address": str(FIRST_CHAT + n), **chat} for n in people]
        )
    async with store.unit() as uow:
        # not by `start_broadcast`: at night that would wait for the morning
        broadcast = Broadcast("benchmark", UnitId(1), WORDS, None, uow.now, uow.now, BROADCAST)
        await uow.broadcasts.add(broadcast, [UnitId(2)])
        await uow.fan_out.spread(broadcast, BROADCAST)
        await uow.commit()
    return store


def reply(account: int, at: datetime) -> Letter:
    return Letter(AccountId(account), None, Priority.REPLY, WORDS, created_at=at, not_before=at)


async def write_replies(store: Store, relay: OutboxRelay) -> dict[str, float]:
    """A reply now and then, as the door writes and commits it. Returns when, by chat."""
    loop = asyncio.get_running_loop()
    written: dict[str, float] = {}
    end = loop.time() + SECONDS
    for account in range(BROADCAST + 1, 2 * BROADCAST):
        await asyncio.sleep(random.uniform(0, 2 * REPLY_EVERY))
        if loop.time() > end:
            break
        async with store.unit() as uow:
            await uow.letters.add(reply(account, uow.now))
            await uow.commit()
        written[str(FIRST_CHAT + account)] = loop.time()
        relay.wake()
    return written


async def measure(folder: Path, port: int) -> Figures:
    store = await open_store(folder)
    channel = make_channel(TOKEN, f"http://127.0.0.1:{port}", AttachmentStore(folder))
    relay = OutboxRelay(store, channel, "bench", now)
    sending = asyncio.create_task(relay.run())
    written = await write_replies(store, relay)
    over = asyncio.get_running_loop().time()
    await asyncio.sleep(5)  # the last replies arrive
    seen = json.loads((await call(port, b"GET /seen HTTP/1.1\r\nHost: bench\r\n\r\n"))[1])
    sending.cancel()
    await asyncio.wait([sending])
    await channel.close()
    await store.close()

    arrived = {chat: at for at, chat in seen["taken"]}
    begun = seen["taken"][0][0]
    taken = sum(begun < at <= over for at, _ in seen["taken"])
    most, seconds = OVERALL
    return Figures(
        allowed=most / seconds,
        used=taken / (over - begun),
        refused=len(seen["refused"]) / (len(seen["taken"]) + len(seen["refused"])),
        replies=[(arrived[chat] - at) * 1000 for chat, at in written.items()],
    )


def show(figures: Figures) -> None:
    table = Table(
        title=f"A broadcast of {BROADCAST:,} letters on Telegram, and {len(figures.replies)} replies meanwhile"
    )
    for heading in ("allowed a second", "used a second", "used", "refused", "reply p50, ms", "reply p99, ms"):
        table.add_column(heading, justify="right")
    table.add_row(
        f"{figures.allowed:.0f}",
        f"{figures.used:.2f}",
        f"{figures.used / figures.allowed:.1%}",
        f"{figures.refused:.2%}",
        f"{median(figures.replies):.0f}",
        f"{quantiles(figures.replies, n=100)[98]:.0f}",
    )
    table.caption = f"goals: used at least {USED_GOAL:.0%}, refused at most {REFUSED_GOAL:.1%}"
    Console().print(table)


async def main() -> int:
    set_up_logs(quiet=True)
    port = free_ports("api")["api"]
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.strict", str(port), stdout=asyncio.subprocess.PIPE
    )
    try:
        assert server.stdout is not None
        await server.stdout.readline()
        with tempfile.TemporaryDirectory() as folder:
            figures = await measure(Path(folder), port)
    finally:
        server.terminate()
        await server.wait()
    show(figures)
    return 0 if figures.met else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
