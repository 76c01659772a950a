"""How bad a day gets, and who asks what at which moment of it."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from bot.telegram.limits import ALLOWED

from . import telegram_updates as updates

FIRST_CHAT = 8_000_000
STEPS = 3
"""Updates of one question (`/hoi`, the words, `Gửi`), each answered by one letter."""
assert ALLOWED.overall is not None
SUSTAINED = ALLOWED.overall.most / ALLOWED.overall.seconds
"""Updates a second that can be answered as they come: Telegram takes so many messages of one bot. The door itself takes
several times as many (docs/performance.md)."""


@dataclass(frozen=True, slots=True)
class Day:
    """How bad it gets.

    For `overload_seconds` people do `overload` times what can be sustained, then `trickle` times until the faults
    are over. One process after the other is killed, a random one at a random moment of the `lives_for` seconds after it
    began to serve. At some moment within `faults_seconds` the network fails for `network_seconds`, in spells of some
    kinds of trouble each (a call that hangs does so for `hangs_for` seconds); at others the database is gone, and the
    disk full, for so many seconds. Where `waits_for_leases` is False, leases of the dead are taken away at the end
    instead of running out.
    """

    overload_seconds: float
    kills: int
    lives_for: float
    faults_seconds: float
    network_seconds: float
    database_seconds: float
    disk_seconds: float
    overload: float = 10.0
    trickle: float = 0.1
    hangs_for: float = 20.0
    waits_for_leases: bool = True
    seed: int = 1

    @property
    def crowd(self) -> int:
        """How many people ask in the overload."""
        return round(self.overload * SUSTAINED * self.overload_seconds / STEPS)

    @property
    def latecomers(self) -> int:
        """How many people ask afterwards."""
        return round(self.trickle * SUSTAINED * max(0.0, self.faults_seconds - self.overload_seconds) / STEPS)

    @property
    def people(self) -> int:
        return self.crowd + self.latecomers


SHORT = Day(
    overload_seconds=0.3,
    kills=2,
    lives_for=2,
    faults_seconds=4,
    network_seconds=3,
    database_seconds=1.5,
    disk_seconds=1.5,
    hangs_for=1,
    waits_for_leases=False,
)
SOME_MINUTES = Day(
    overload_seconds=6,
    kills=20,
    lives_for=3,
    faults_seconds=70,
    network_seconds=45,
    database_seconds=15,
    disk_seconds=10,
)
FULL = Day(
    overload_seconds=60,
    kills=100,
    lives_for=3,
    faults_seconds=360,
    network_seconds=300,
    database_seconds=30,
    disk_seconds=15,
)


def everybody_asks(day: Day) -> Iterator[tuple[float, dict[str, Any]]]:
    """What people do and when, in seconds from the beginning: each in order, among each other as it comes."""
    dice = random.Random(day.seed)  # noqa: S311 - the same crowd every time
    numbers = count(1)
    late = range(day.crowd, day.people)
    for people, rate, begins in (
        (range(day.crowd), day.overload * SUSTAINED, 0.0),
        (late, day.trickle * SUSTAINED, day.overload_seconds),
    ):
        turns = [person for person in people for _ in range(STEPS)]
        dice.shuffle(turns)
        done = dict.fromkeys(people, 0)
        for number, person in enumerate(turns):
            chat = str(FIRST_CHAT + person)
            steps = (
                lambda n, chat=chat: updates.text(n, chat, "/hoi"),
                lambda n, chat=chat, person=person: updates.text(n, chat, question_of(person)),
                lambda n, chat=chat: updates.tap(n, chat, "send~2"),  # of the second question the chat is asked
            )
            yield begins + number / rate, steps[done[person]](next(numbers))
            done[person] += 1


def question_of(person: int) -> str:
    """What this person asks."""
    return f"Đường vào nhà số {person} hỏng từ tháng 5, khi nào sửa?"
