"""Lives that end by SIGKILL: the real door and sender, killed at the n-th point between hearing and being done.

Run as `python -m tests.support.dying FOLDER` in a process of its own: it lives the story once undisturbed, then once
for every point, each time killed there and born again with the network bringing everything once more. It prints what
it found as JSON. Each life is a fork, so that the kill is a real one and costs no new interpreter.
"""

import asyncio
import json
import os
import shutil
import signal
import sys
import tomllib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.inbound import InboundQueue
from bot.ops.logs import set_up_logs
from bot.outbox.relay import OutboxRelay
from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.wiring import conversation_table
from intake.actions.plan.load_plan import load_plan
from intake.rules.outbox.letter import LetterState
from intake.rules.people.person import Network
from intake.rules.plan.profile_parse import parse_profile
from storage import tables as t
from storage.engine import open_engine
from storage.unit_of_work import SqlUnitOfWork, Store
from tests.support.world import Clock, local, make_store, working_days
from wording.texts import Rendered

MAI, NAM = "7000001", "7000002"
MORNING = local(2024, 3, 1)
_PLAN = Path(__file__).parents[2] / "plans" / "di-lang-2024.toml"

Story = list[list[InboundEvent]]


def _said(number: int, address: str, **what: Any) -> InboundEvent:
    kind = InboundKind.CHOICE if "choice" in what else InboundKind.TEXT
    return InboundEvent(Network.TELEGRAM, "4242", address, str(number), kind, **what)


# the buttons bear the number of the question they were offered for, counted from a chat's first
BEFORE: Story = [
    [_said(1, MAI, text="/start h-DL-hang-gon")],
    [_said(2, MAI, choice="yes~1")],
    [_said(3, MAI, text="Nguyễn Thị Mai")],
    [_said(4, MAI, choice="skip~3")],
]
STORY: Story = [
    [_said(5, MAI, text="/hoi")],
    [_said(6, MAI, text="Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")],
    # the last tap, a stranger's first word and a second tap of a hasty finger are heard at the same moment
    [_said(7, MAI, choice="send~5"), _said(8, NAM, text="/start"), _said(9, MAI, choice="send~5")],
]


class Points:
    """Counts the points a life passes, and ends it at the one it was given."""

    def __init__(self, fatal: int) -> None:
        self.names: list[str] = []
        self._fatal = fatal

    def __call__(self, name: str) -> None:
        self.names.append(name)
        if len(self.names) == self._fatal:
            os.kill(os.getpid(), signal.SIGKILL)


class MortalStore(Store):
    """A store with a point before and after every commit."""

    passed: Callable[[str], None]

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[SqlUnitOfWork]:
        async with super().unit() as uow:
            commit = uow.commit

            async def mortal_commit() -> None:
                self.passed("before a commit")
                await commit()
                self.passed("after a commit")

            uow.commit = mortal_commit  # type: ignore[method-assign]
            yield uow


class Wire:
    """The network as it sees us: every message it took, written down for good at once."""

    network = Network.TELEGRAM
    name = "4242"

    def __init__(self, record: Path, passed: Callable[[str], None]) -> None:
        self._record = record
        self._passed = passed

    async def send(self, letter_id: int, address: str, rendered: Rendered) -> str:
        self._passed("before a send")
        with self._record.open("a") as stream:
            stream.write(f"{letter_id} {address} {rendered.text.splitlines()[0]}\n")
            stream.flush()
            os.fsync(stream.fileno())
        self._passed("after a send")
        return f"m{letter_id}"


async def live(folder: Path, story: Story, at: datetime, name: str, passed: Callable[[str], None]) -> None:
    """Hear the story and send what comes of it."""
    clock = Clock(at)
    plain = make_store(open_engine(f"sqlite+aiosqlite:///{folder / 'life.sqlite3'}"), clock)
    store = MortalStore(plain.engine, now=clock.now, calendar=working_days, vault=plain.vault)
    store.passed = passed
    inbound = InboundQueue(store, conversation_table(), lambda: None)
    relay = OutboxRelay(store, Wire(folder / f"sent-{name}.txt", passed), name, clock.now)
    listening = asyncio.create_task(inbound.run())
    for moment in story:
        await asyncio.gather(*map(inbound.take, moment))
        passed("heard")
        while await relay.work_off():
            pass
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    await store.close()


async def prepare(folder: Path) -> None:
    """Di Lăng with its plan, and one resident who has done with the greetings."""
    engine = open_engine(f"sqlite+aiosqlite:///{folder / 'life.sqlite3'}")
    store = make_store(engine, Clock(MORNING))
    async with engine.begin() as connection:
        await connection.run_sync(t.metadata.create_all)
    async with store.unit() as uow:
        await load_plan(uow, parse_profile(tomllib.loads(_PLAN.read_text("utf-8")), name="di-lang-2024"))
        await uow.commit()
    await store.close()
    await live(folder, BEFORE, MORNING, "before", lambda _name: None)


async def look(folder: Path) -> dict[str, Any]:
    """What a life has left in the database."""
    engine = open_engine(f"sqlite+aiosqlite:///{folder / 'life.sqlite3'}")
    async with engine.connect() as connection:
        questions = await connection.execute(sa.select(t.questions.c.reference, t.questions.c.state))
        audit = await connection.execute(sa.select(t.audit_entries.c.act, t.audit_entries.c.subject))
        letters = await connection.execute(
            sa.select(t.letters.c.id, t.letters.c.account_id, t.letters.c.state, t.letters.c.content)
        )
        talks = await connection.execute(sa.select(t.conversations.c.account_id, t.conversations.c.step))
        inbox = await connection.execute(sa.select(t.inbox.c.event_id))
        rows = letters.all()
        found = {
            "questions": sorted(map(list, questions)),
            "audit": sorted(map(list, audit)),
            "letters": sorted([row.account_id, row.content["key"]] for row in rows),
            "talks": sorted(map(list, talks)),
            "heard": sorted(int(row.event_id) for row in inbox),
            "all_letters": sorted(row.id for row in rows),
            "marked": sorted(row.id for row in rows if row.state is LetterState.SENT),
        }
    await engine.dispose()
    return json.loads(json.dumps(found))  # type: ignore[no-any-return]


def sent(folder: Path, name: str) -> list[int]:
    """The letters the network took from a life, in order."""
    record = folder / f"sent-{name}.txt"
    return [int(line.split()[0]) for line in record.read_text().splitlines()] if record.exists() else []


def heard_by(folder: Path, name: str) -> list[list[int]]:
    """The same, chat by chat."""
    record = folder / f"sent-{name}.txt"
    heard: dict[str, list[int]] = {}
    for line in record.read_text().splitlines() if record.exists() else ():
        letter, address, *_ = line.split()
        heard.setdefault(address, []).append(int(letter))
    return list(heard.values())


def in_a_fork(life: Callable[[], None]) -> int:
    """Live in a child process; returns the signal that ended it, 0 when it came to its natural end."""
    child = os.fork()
    if child == 0:
        life()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status)
    assert os.waitstatus_to_exitcode(status) == 0, "a life ended by a defect"
    return 0


def one_death(template: Path, folder: Path, fatal: int) -> dict[str, Any]:
    """Live, die at the point, live again an hour later with everything brought once more; what was found."""
    shutil.copytree(template, folder)

    def first() -> None:
        points = Points(fatal)
        asyncio.run(live(folder, STORY, MORNING + timedelta(minutes=5), "first", points))
        (folder / "points.json").write_text(json.dumps(points.names))

    def second() -> None:
        asyncio.run(live(folder, STORY, MORNING + timedelta(hours=1), "second", lambda _name: None))

    ended_by = in_a_fork(first)
    between = asyncio.run(look(folder))
    assert in_a_fork(second) == 0
    return {
        "point": fatal,
        "ended_by": ended_by,
        "between": between,
        "after": asyncio.run(look(folder)),
        "sent_first": sent(folder, "first"),
        "sent_second": sent(folder, "second"),
        "chats": heard_by(folder, "first") + heard_by(folder, "second"),
    }


def main(folder: Path) -> list[dict[str, Any]]:
    """Every death there is, the life without one last."""
    template = folder / "template"
    template.mkdir(parents=True)
    asyncio.run(prepare(template))
    (template / "sent-before.txt").unlink()
    lives: list[dict[str, Any]] = []
    while not lives or lives[-1]["ended_by"]:
        lives.append(one_death(template, folder / f"life-{len(lives) + 1}", len(lives) + 1))
    lives[-1]["points"] = json.loads((folder / f"life-{len(lives)}" / "points.json").read_text())
    return lives


if __name__ == "__main__":
    set_up_logs(quiet=True)  # what is printed here is the lives alone
    json.dump(main(Path(sys.argv[1])), sys.stdout)
