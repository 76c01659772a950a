"""What was there after the worst day: every promise looked at, and everything that was said twice explained."""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby

import sqlalchemy as sa

from bot.outbox.relay import ROUND
from bot.telegram.limits import ALLOWED
from intake.rules.outbox.letter import LetterState
from storage import tables as t
from storage.unit_of_work import Store

from .lives import Life
from .soak_days import FIRST_CHAT, STEPS, question_of
from .troubled_telegram import Taken, TroubledTelegram

REFERENCE = re.compile(r"\bDL-\d{4}-\d{4}\b")
NOTED_WITHIN = 5.0
"""Seconds after the network's answer until it stands in the database that a letter was sent, where nothing fails."""
TOGETHER = 1.1
SHOWN = 20
"""Broken promises that are told one by one."""

Outages = list[tuple[str, float, float]]
"""What was gone, from when until when."""


@dataclass
class Found:
    """What was there afterwards. `wrong` has a line for every promise that was broken.

    `said_twice` counts by its reason every message that was on a phone already when it came again. `in_flight` is the
    largest number of them that one kill left behind: messages the network had taken and nobody had noted yet.
    """

    questions: int = 0
    said: int = 0
    letters: Counter[str] = field(default_factory=Counter)
    kills: int = 0
    gave_up: int = 0
    brought_again: int = 0
    said_twice: Counter[str] = field(default_factory=Counter)
    in_flight: int = 0
    fullest_second: int = 0
    defects: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def __str__(self) -> str:
        lines = [
            f"{self.seconds:.0f} s, {self.kills} kills, {self.gave_up} starts given up, {self.questions} questions",
            f"  letters {dict(self.letters)}; {self.said} messages, {self.fullest_second} in the fullest second",
            f"  said twice: {sum(self.said_twice.values())} {dict(self.said_twice)}, at most {self.in_flight} a kill",
            f"  updates brought again by the webhook: {self.brought_again}",
            *(f"  logged as an error {many} times: {event}" for event, many in self.defects.most_common()),
            *(f"  WRONG: {line}" for line in self.wrong[:SHOWN]),
            *([f"  WRONG: and {len(self.wrong) - SHOWN} more"] if len(self.wrong) > SHOWN else []),
        ]
        return "\n".join(lines)


async def examine(
    store: Store, telegram: TroubledTelegram, lives: list[Life], people: int, outages: Outages, found: Found
) -> None:
    """Look at the database, at every phone and at how the processes fared."""
    async with store.engine.connect() as connection:
        rows = await connection.execute(sa.select(t.questions.c.reference, t.questions.c.original_text))
        asked = [(row.reference, row.original_text) for row in rows]
        states = await connection.execute(sa.select(t.letters.c.state, sa.func.count()).group_by(t.letters.c.state))
        found.letters.update({state.value: many for state, many in states})
    found.questions = len(asked)
    _look_at_questions(asked, people, found)
    known = set(asked)
    for person in range(people):
        _look_at_phone(person, telegram.phones[str(FIRST_CHAT + person)], known, found)
    if found.letters != Counter({LetterState.SENT.value: people * STEPS}):
        found.wrong.append(f"not every letter was written once and sent: {dict(found.letters)}")
    _look_at_lives(lives, outages, found)
    _explain_what_was_said_twice(telegram, lives, outages, found)
    found.brought_again = telegram.brought_again
    moments = sorted(taken.at for phone in telegram.phones.values() for taken in phone)
    found.said = len(moments)
    found.fullest_second = max(bisect_left(moments, moment + 1) - place for place, moment in enumerate(moments))
    # a process that takes over knows nothing of the second before, but it is never as quick as that; a busy machine may
    # push a few together
    if ALLOWED.overall is not None and found.fullest_second > ALLOWED.overall.most * TOGETHER:
        found.wrong.append(f"{found.fullest_second} messages in one second")


def _look_at_questions(asked: list[tuple[str, str]], people: int, found: Found) -> None:
    by_text = Counter(text for _, text in asked)
    for person in range(people):
        if by_text[question_of(person)] != 1:
            found.wrong.append(f"the question of person {person} is stored {by_text[question_of(person)]} times")
    if len(asked) != people:
        found.wrong.append(f"{len(asked)} questions of {people} people")
    if len({reference for reference, _ in asked}) != len(asked):
        found.wrong.append("a reference was given out twice")


def _look_at_phone(person: int, shown: list[Taken], asked: set[tuple[str, str]], found: Found) -> None:
    """Three things in their order, the last of them the receipt; what came twice came twice in a row."""
    in_order = [text for text, _ in groupby(taken.text for taken in shown)]
    receipts = [text for text in in_order if REFERENCE.search(text)]
    if len(in_order) != 3 or len(set(in_order)) != 3 or receipts != in_order[-1:]:
        found.wrong.append(f"person {person} reads, in this order: {[text[:40] for text in in_order]}")
    for receipt in receipts:
        reference = REFERENCE.search(receipt)
        if reference is None or (reference.group(), question_of(person)) not in asked:
            found.wrong.append(f"person {person} has a receipt for a question that is not there")


def _look_at_lives(lives: list[Life], outages: Outages, found: Found) -> None:
    """A start may be given up while the database is gone or the disk is full; whoever served serves on."""
    for life in lives:
        found.kills += len(life.killed_at)
        found.gave_up += len(life.gave_up)
        found.defects.update(life.defects)
        found.wrong += life.broke_down
        found.wrong += [words for at, words in life.gave_up if not _meanwhile(at, at, outages)]


def _explain_what_was_said_twice(telegram: TroubledTelegram, lives: list[Life], outages: Outages, found: Found) -> None:
    """Each message that came again had been taken without anybody noting it; why, has to be known.

    Its answer never came; or the process was killed before it was noted, which takes `NOTED_WITHIN` at most;
    or it could not be noted, since the database was gone or the disk full. A sender takes letters `ROUND` at a time and
    begins none of the next round before all of this one are noted: no kill leaves more behind than that.
    """
    killed_at = {name: at for life in lives for name, at in life.killed_at.items()}
    no_database = [outage for outage in outages if outage[0] != "the network fails"]
    by_kill: Counter[str] = Counter()
    for phone in telegram.phones.values():
        for _, again in groupby(phone, key=lambda taken: taken.text):
            for taken in [*again][:-1]:
                killed = killed_at.get(taken.life)
                if killed is not None and killed <= taken.at + NOTED_WITHIN:
                    reason = "killed"
                    by_kill[taken.life] += 1
                elif not taken.told:
                    reason = "answer lost"
                elif (gone := _meanwhile(taken.at, taken.at + NOTED_WITHIN, no_database)) is not None:
                    reason = gone
                else:
                    reason = "for no reason"
                    found.wrong.append(f"{taken.life} was told that a message was taken, and it came again")
                found.said_twice[reason] += 1
    found.in_flight = max(by_kill.values(), default=0)
    found.wrong += [
        f"{many} messages came again after {name} was killed" for name, many in by_kill.items() if many > ROUND
    ]


def _meanwhile(since: float, until: float, outages: Outages) -> str | None:
    """What was gone at some moment between, or just before."""
    for what, gone_at, back_at in outages:
        if gone_at <= until and since <= back_at + NOTED_WITHIN:
            return what
    return None
