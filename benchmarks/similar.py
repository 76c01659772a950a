"""Like questions among 100,000 of one unit: the index beside a plain scan of every text, in the same run.

`python -m benchmarks.similar [questions]`. Both end in the same ranking; what differs is how candidates are found.
The texts are made up: a common beginning, a matter out of some thousand, a place. Words are as uneven as people's are.
"""

import asyncio
import random
import sys
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import sqlalchemy as sa
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.vault import KeyVault
from intake.rules.people.person import Person
from intake.rules.people.unit import Level, Unit
from intake.rules.plan.profile_terms import QuestionKind
from intake.rules.questions.question import Question, QuestionId, QuestionState
from intake.rules.questions.search_words import search_words
from intake.rules.questions.similar import Candidate, Frequencies, most_similar
from storage import tables as t
from storage.calendar_source import load_calendar
from storage.engine import open_engine
from storage.queries.questions.similar import words_of
from storage.unit_of_work import SqlUnitOfWork, Store

QUESTIONS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
BATCH = 2_000
ASKED = 15
_NOW = datetime(2026, 3, 1, 1, tzinfo=UTC)
_BEGIN = (
    "Đường vào xóm",
    "Đèn đường ở",
    "Cống thoát nước tại",
    "Rác thải ở",
    "Xin cấp sổ đỏ cho hộ ở",
    "Nước sạch tại",
)
_WHAT = ("bị hỏng", "không sáng", "bị nghẹt", "không ai thu gom", "bao giờ xong", "yếu và đục", "sạt lở", "gây ngập")
_PEOPLE = ("dân rất bức xúc", "đề nghị xã xem xét", "đã hỏi nhiều lần", "xin cảm ơn", "trẻ em đi học nguy hiểm")


def _text(chance: random.Random) -> str:
    """A question; the number of the place is as uneven as names are, a few very common and a long tail."""
    place = int(chance.paretovariate(0.6)) % 5_000
    parts = (chance.choice(_BEGIN), f"khu{place}", chance.choice(_WHAT), chance.choice(_PEOPLE), chance.choice(_PEOPLE))
    return " ".join(parts)


async def _fill(store: Store, chance: random.Random) -> tuple[int, int]:
    """A unit with `QUESTIONS` questions, indexed; the ids of the unit and of somebody who asks."""
    async with store.unit() as uow:
        unit = await uow.places.add_unit(Unit("VB", "Vĩnh Bảo", Level.COMMUNE), None)
        person = await uow.people.add(Person("", created_at=_NOW))
        await uow.commit()
    for start in track(range(0, QUESTIONS, BATCH), "questions", transient=True):
        rows: list[dict[str, Any]] = []
        words: list[dict[str, Any]] = []
        for number in range(start + 1, min(start + BATCH, QUESTIONS) + 1):
            text = _text(chance)
            rows.append(_row(unit.id, person.id, number, text))
            words += [{"unit_id": unit.id, "word": word, "question_id": number} for word in words_of(text)]
        async with store.engine.begin() as connection:
            await connection.execute(t.questions.insert(), rows)
            await connection.execute(t.question_words.insert(), words)
    return unit.id, person.id


def _row(unit_id: int, person_id: int, number: int, text: str) -> dict[str, Any]:
    return {
        "id": number,
        "unit_id": unit_id,
        "reference": f"VB-2026-{number:04}",
        "kind": QuestionKind.PETITION,
        "original_text": text,
        "text": text,
        "asker_id": person_id,
        "received_at": _NOW,
        "state": QuestionState.CLOSED,
        "sensitive": False,
        "urgent": False,
        "reason": "",
    }


async def _by_index(uow: SqlUnitOfWork, question: Question) -> list[QuestionId]:
    found, frequencies = await uow.similar.candidates(question, search_words(question.text), hidden_but=None)
    return most_similar(question.text, found, frequencies)


async def _by_scan(store: Store, question: Question) -> list[QuestionId]:
    """Every text of the unit, counted and ranked: what there would be without an index."""
    async with store.engine.connect() as connection:
        rows = await connection.execute(
            sa.select(t.questions.c.id, t.questions.c.text).where(
                t.questions.c.unit_id == question.unit_id, t.questions.c.id != question.id
            )
        )
        candidates = [Candidate(QuestionId(row.id), row.text) for row in rows]
    counts = dict.fromkeys(search_words(question.text), 0)
    for candidate in candidates:
        for word in counts.keys() & set(search_words(candidate.text)):
            counts[word] += 1
    return most_similar(question.text, candidates, Frequencies(len(candidates), counts))


async def _timed(what: Callable[[], Awaitable[list[QuestionId]]]) -> tuple[float, list[QuestionId]]:
    start = perf_counter()
    found = await what()
    return (perf_counter() - start) * 1000, found


async def measure(folder: Path) -> tuple[list[float], list[float], int]:
    """Milliseconds by index and by scan for a few new questions, and how often both show the same first text."""
    chance = random.Random(7)
    engine = open_engine(f"sqlite+aiosqlite:///{folder / 'similar.sqlite3'}", synced=False)
    async with engine.begin() as connection:
        await connection.run_sync(t.metadata.create_all)
    store = Store(engine, now=lambda: _NOW, calendar=load_calendar, vault=KeyVault("benchmark"))
    try:
        unit_id, person_id = await _fill(store, chance)
        by_index, by_scan, same = [], [], 0
        for number in track(range(ASKED), "asked", transient=True):
            async with store.unit() as uow:
                row = _row(unit_id, person_id, QUESTIONS + 1 + number, _text(chance))
                values = {key: value for key, value in row.items() if key not in ("id", "state", "reason")}
                question = await uow.questions.add(Question(**values))
                quick, found = await _timed(lambda: _by_index(uow, question))  # noqa: B023 - awaited at once
                by_index.append(quick)
                await uow.commit()
            if not by_scan:  # reading every text takes seconds, once says enough
                slow, scanned = await _timed(lambda: _by_scan(store, question))  # noqa: B023
                by_scan.append(slow)
                texts = [(await _text_of(store, ids[0])) if ids else "" for ids in (found, scanned)]
                same += texts[0] == texts[1]
    finally:
        await store.close()
    return by_index, by_scan, same


async def _text_of(store: Store, question_id: QuestionId) -> str:
    async with store.reading() as uow:
        return (await uow.questions.get(question_id)).text


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        by_index, by_scan, same = asyncio.run(measure(Path(folder)))
    table = Table(title=f"like questions among {QUESTIONS:,} of one unit, SQLite")
    for heading in ("way", "median ms", "worst ms", "ratio"):
        table.add_column(heading, justify="left" if heading == "way" else "right")
    base = median(by_scan)
    for name, taken in (("every text read", by_scan), ("the index of words", by_index)):
        table.add_row(name, f"{median(taken):.1f}", f"{max(taken):.1f}", f"{base / median(taken):.0f}×")
    console = Console()
    console.print(table)
    console.print(f"the same text first by both: {same} of {len(by_scan)}")


if __name__ == "__main__":
    main()
