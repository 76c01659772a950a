"""Processes of the product lived through the worst day, and what became of everybody's question.

Ten times as many people as can be served, a network that fails in every way, a database that is gone, a full disk, and
kills whenever it suits nobody, all of it at the same time. `python -m tests.support.soaking` is some minutes of it
(`make soak`), with `--full` a quarter of an hour and a hundred kills; a short form runs among the tests.

On SQLite one process polls. On PostgreSQL two with all roles serve one webhook behind a balancer, each ready to take
over what the other held; the server is one of the test's own and is really frozen, killed and started again. A full
disk is left to SQLite: PostgreSQL's server goes down with it, and is gone like the one that is killed.
"""

import argparse
import asyncio
import random
import resource
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.store import open_store
from bot.system_clock import system_now
from intake.rules.outbox.letter import LetterState
from storage import tables as t
from storage.unit_of_work import Store

from .databases import POSTGRESQL, SQLITE
from .lives import Life
from .soak_days import FULL, SOME_MINUTES, Day, everybody_asks
from .soak_findings import Found, Outages, examine
from .soak_stage import Stage, prepare, stage
from .troubled_telegram import Trouble, TroubledTelegram, troubled_telegram

PATIENCE = 600.0
"""Seconds in which nothing gets less until we stop waiting: a letter that failed for five minutes is tried again after
four more, and a dead process' lease runs out after thirty seconds."""
STARTED_WITHIN = 120.0
"""Seconds until a process serves, on a machine that has a lot else to do."""
SAID_EVERY = 60.0
STARTING = 0.2
"""How many of those that are killed may be so while they are starting."""

Report = Callable[[str], None]


async def soak(folder: Path, day: Day, database: str, report: Report = lambda _line: None) -> Found:
    """Live the day on a kind of database, then say what was found. Raises `NoServer`."""
    began = time.monotonic()
    async with AsyncExitStack() as closing:
        place = await closing.enter_async_context(stage(folder, database))
        store = await open_store(place.settings)
        closing.push_async_callback(store.close)
        await prepare(store, day.people)
        telegram = await closing.enter_async_context(troubled_telegram(day.seed, day.hangs_for))
        lives = [Life(name, folder, place.environment, telegram.url) for name in "ab"[: place.processes]]
        telegram.ports = lambda: [life.port for life in lives]
        for life in lives:
            closing.push_async_callback(life.abandon)
            life.begin()
        for life in lives:
            async with asyncio.timeout(STARTED_WITHIN):
                await life.serving.wait()
        report(f"{len(lives)} serving, {day.people} people to come")
        outages: Outages = []
        async with asyncio.TaskGroup() as group:
            group.create_task(_people_come(telegram, day, report))
            for fault in _faults(place, lives, telegram, day, outages, report):
                group.create_task(fault)
        report("everything is well again")
        found = Found()
        await _drained(store, telegram, lives, day, found, report)
        for life in lives:
            if await life.stop() != 0:
                found.wrong.append(f"{life.now} did not stop in order")
        await examine(store, telegram, lives, day.people, outages, found)
    found.seconds = time.monotonic() - began
    return found


async def _people_come(telegram: TroubledTelegram, day: Day, report: Report) -> None:
    began = time.monotonic()
    for moment, update in everybody_asks(day):
        if (ahead := began + moment - time.monotonic()) > 0:
            await asyncio.sleep(ahead)
        telegram.say(update)
    report("everybody has asked")


def _faults(
    place: Stage, lives: list[Life], telegram: TroubledTelegram, day: Day, outages: Outages, report: Report
) -> Iterator[Coroutine[Any, Any, None]]:
    """Every trouble of the day, each to begin at a moment of its own."""
    dice = random.Random(day.seed)  # noqa: S311

    async def some_time(what: str, seconds: float, happens: Callable[[float], Awaitable[None]]) -> None:
        await asyncio.sleep(dice.uniform(0, max(0.0, day.faults_seconds - seconds)))
        report(f"{what} for {seconds:g} s")
        since = time.monotonic()
        await happens(seconds)
        outages.append((what, since, time.monotonic()))
        report(f"{what} no more")

    yield some_time("the network fails", day.network_seconds, lambda seconds: _network_fails(telegram, seconds, dice))
    yield some_time("the database is gone", day.database_seconds, place.database_away)
    if place.settings.on_sqlite:
        yield some_time("the disk is full", day.disk_seconds, lambda seconds: _disk_full(lives, seconds))
    yield _kills(lives, day, dice, report)


async def _network_fails(telegram: TroubledTelegram, seconds: float, dice: random.Random) -> None:
    """Spell after spell of some kinds of trouble, every kind among them."""
    until = time.monotonic() + seconds
    kinds = list(Trouble)
    while (left := until - time.monotonic()) > 0:
        dice.shuffle(kinds)
        telegram.troubles = kinds[: dice.randint(1, len(kinds))]
        await asyncio.sleep(min(left, dice.uniform(seconds / 30, seconds / 10)))
    telegram.troubles = ()


async def _disk_full(lives: list[Life], seconds: float) -> None:
    """No file of a process may grow any more, of one begun meanwhile neither."""
    until = time.monotonic() + seconds
    limited: dict[int, tuple[int, int]] = {}
    while time.monotonic() < until:
        for life in lives:
            if life.alive and life.process is not None and life.process.pid not in limited:
                pid = life.process.pid
                with suppress(ProcessLookupError):  # killed in this very moment
                    limited[pid] = resource.prlimit(pid, resource.RLIMIT_FSIZE)
                    resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, limited[pid][1]))
        await asyncio.sleep(0.02)
    for pid, limits in limited.items():
        with suppress(ProcessLookupError):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


async def _kills(lives: list[Life], day: Day, dice: random.Random, report: Report) -> None:
    """Most are killed some time after they began to serve, some while they are still starting."""
    for number in range(1, day.kills + 1):
        victim = dice.choice(lives)
        if dice.random() > STARTING:
            with suppress(TimeoutError):  # on a slow machine more are still starting
                async with asyncio.timeout(day.faults_seconds / day.kills):
                    await victim.serving.wait()
        await asyncio.sleep(dice.uniform(0, day.lives_for))
        while not victim.alive:  # it gave up, and is begun again in a moment
            await asyncio.sleep(0.05)
        await victim.kill()
        if number % 10 == 0 or number == day.kills:
            report(f"{number} killed")


async def _drained(
    store: Store, telegram: TroubledTelegram, lives: list[Life], day: Day, found: Found, report: Report
) -> None:
    """Wait until nothing is left to be heard or said."""
    for life in lives:
        async with asyncio.timeout(STARTED_WITHIN):
            await life.serving.wait()
    if not day.waits_for_leases:
        async with store.engine.begin() as connection:
            await connection.execute(sa.delete(t.leases).where(sa.not_(_held_by_the_living(lives))))
    waiting = sa.select(sa.func.count()).where(t.letters.c.state == LetterState.WAITING)
    least, less_at, said_at = None, time.monotonic(), time.monotonic()
    while time.monotonic() < less_at + PATIENCE:
        async with store.engine.connect() as connection:
            letters = await connection.scalar(waiting)
        left = (len(telegram.updates), letters)
        if left == (0, 0):
            return
        if least is None or left < least:
            least, less_at = left, time.monotonic()
        if time.monotonic() - said_at > SAID_EVERY:
            report(f"{left[0]} updates and {left[1]} letters are left")
            said_at = time.monotonic()
        await asyncio.sleep(0.5)
    found.wrong.append(f"{left[0]} updates and {left[1]} letters are left")


def _held_by_the_living(lives: list[Life]) -> sa.ColumnElement[bool]:
    pids = [life.process.pid for life in lives if life.alive and life.process is not None]
    return sa.or_(*(t.leases.c.holder.like(f"%:{pid}:%") for pid in pids), t.leases.c.holder == "this folder")


def main() -> int:
    """The long forms, from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=["both", SQLITE, POSTGRESQL, "postgres"], default="both")
    parser.add_argument("--full", action="store_true", help="a quarter of an hour on each database, a hundred kills")
    parser.add_argument("--overload", type=float, help="seconds of ten times the people that can be served")
    parser.add_argument("--kills", type=int)
    parser.add_argument("--lives-for", type=float, help="seconds a process serves at most until it is killed")
    parser.add_argument("--faults-seconds", type=float, help="seconds within which everything else happens")
    parser.add_argument("--network-seconds", type=float, help="seconds of a failing network")
    parser.add_argument("--database-seconds", type=float, help="seconds without a database")
    parser.add_argument("--disk-seconds", type=float, help="seconds with a full disk, on SQLite")
    parser.add_argument("--seed", type=int, default=int(system_now().timestamp()), help="the same day again")
    wanted = parser.parse_args()
    lengths = {
        "overload_seconds": wanted.overload,
        "kills": wanted.kills,
        "lives_for": wanted.lives_for,
        "faults_seconds": wanted.faults_seconds,
        "network_seconds": wanted.network_seconds,
        "database_seconds": wanted.database_seconds,
        "disk_seconds": wanted.disk_seconds,
    }
    given = {name: value for name, value in lengths.items() if value is not None}
    day = replace(FULL if wanted.full else SOME_MINUTES, seed=wanted.seed, **given)

    def say(line: object) -> None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    kinds = {"both": [SQLITE, POSTGRESQL], "postgres": [POSTGRESQL]}.get(wanted.database, [wanted.database])
    wrong = False
    for kind in kinds:
        say(f"{kind}: {day}")
        began = time.monotonic()

        def report(line: str, began: float = began) -> None:
            say(f"{time.monotonic() - began:6.1f} s  {line}")

        with tempfile.TemporaryDirectory() as folder:
            found = asyncio.run(soak(Path(folder) / "data", day, kind, report))
        say(f"{kind}: {found}")
        wrong = wrong or bool(found.wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
