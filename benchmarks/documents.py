"""What those who write notice of documents that are made meanwhile: `python -m benchmarks.documents`.

Twenty people talk in the web chat of a whole process on SQLite, a message a second each; once undisturbed, once while
minutes of a meeting with 500 questions are ordered without a pause, as a file for Word and as a PDF by turns. Then how
long making one holds the event loop of whoever has it made, in processor time: that says the same on a busy machine.
"""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from time import perf_counter, thread_time

import sqlalchemy as sa
from rich.console import Console

from benchmarks.readers import loaded
from benchmarks.talking import MESSAGES, PEOPLE, beside, process_at, told
from benchmarks.wire import free_ports
from bot.media.attachments import AttachmentStore
from bot.media.press import PaperPress
from bot.system_clock import system_now
from bot.vault import KeyVault
from intake.actions.papers.meeting_facts import planned_as_yet
from intake.actions.papers.order import order_paper
from intake.actions.people.enrol import enrol
from intake.rules.message import Message
from intake.rules.papers.kinds import PaperFormat, PaperKind
from intake.rules.papers.order import WantedPaper
from intake.rules.people.person import Network, PersonId
from intake.rules.plan.profile_terms import QuestionKind
from intake.rules.questions.question import QuestionState
from storage import tables as t
from storage.calendar_source import load_calendar
from storage.engine import open_engine
from storage.unit_of_work import Store
from storage.view import view_of

QUESTIONS = 500
ROUNDS = 3
HELD = 4
"""Documents of which the pieces on the loop are noted."""
TEXT = "Đường vào xóm 3 hỏng từ tháng 5, bà con đi lại rất khó khăn, khi nào thì sửa? "


async def _fill(store: Store) -> tuple[int, int]:
    """A meeting with its questions and somebody who orders; their ids."""
    async with store.unit() as uow:
        plan = await uow.plans.by_code("vinh-bao-2026")
        if plan is None:
            raise RuntimeError("the plan was not loaded")
        account, *_ = await uow.accounts.meet(Network.WEBCHAT, "web", "benchmark")
        person = await enrol(
            uow, account, name="Trần Văn Thư", hamlet_id=None, language="vi", language_known=True, phone=None
        )
        meeting = planned_as_yet(plan, plan.decided.profile.sessions[0].key)
        if meeting is None:
            raise RuntimeError("the plan foresees no meeting")
        uow.session.add(meeting)
        await uow.flush()
        row = {
            "unit_id": plan.unit_id,
            "kind": QuestionKind.QUESTION,
            "original_text": TEXT * 3,
            "text": TEXT * 3,
            "folded": "",
            "asker_id": person.id,
            "received_at": system_now(),
            "meeting_id": meeting.id,
            "state": QuestionState.TAKEN_ON,
            "sensitive": False,
            "urgent": False,
            "reason": "",
        }
        rows = [{**row, "reference": f"VB-2026-{number:04}"} for number in range(1, QUESTIONS + 1)]
        await uow.session.execute(sa.insert(t.questions), rows)
        await uow.commit()
        return person.id, meeting.id


async def _order(store: Store, person_id: int, meeting_id: int, made: list[float]) -> None:
    """One after the other as long as people talk; how long each took is noted."""
    until = perf_counter() + MESSAGES
    for number in count():
        begun = perf_counter()
        async with store.unit() as uow:
            person = await uow.people.get(person_id)  # type: ignore[arg-type]
            plan = await uow.plans.by_code("vinh-bao-2026")
            if person is None or plan is None:
                raise RuntimeError("whoever orders is gone")
            [account] = await uow.accounts.all_of(person.id)
            await order_paper(
                uow,
                by=person,
                account_id=account.id,
                plan=plan,
                kind=PaperKind.MINUTES,
                about=str(meeting_id),
                form=(PaperFormat.DOCX, PaperFormat.PDF)[number % 2],
                message=Message("papers.made_docx", {"name": "x", "look": "x"}),
            )
            await uow.commit()
        while True:
            async with store.reading() as uow:
                if not await uow.documents.has_orders():
                    break
            await asyncio.sleep(0.1)
        made.append(perf_counter() - begun)
        if perf_counter() > until:
            return


@contextmanager
def loop_pieces() -> Iterator[list[float]]:
    """How long the event loop was held each time it had something to do, in seconds of processor time."""
    pieces: list[float] = []
    plain = asyncio.Handle._run  # noqa: SLF001 - nothing public says it

    def timed(handle: asyncio.Handle) -> None:
        begun = thread_time()
        plain(handle)
        pieces.append(thread_time() - begun)

    asyncio.Handle._run = timed  # type: ignore[method-assign]  # noqa: SLF001
    try:
        yield pieces
    finally:
        asyncio.Handle._run = plain  # type: ignore[method-assign]  # noqa: SLF001


async def _held(store: Store, folder: Path, person_id: int, meeting_id: int) -> tuple[list[float], list[float]]:
    """The pieces of a few documents, and of as many that are but looked at.

    The first, in which much is done for the first time, is left out.
    """
    press = PaperPress(
        AttachmentStore(folder / "attachments"),
        store.reading,
        apart=lambda: view_of(store, f"sqlite:///{folder / 'doithoai.sqlite3'}"),
    )
    async with store.reading() as uow:
        plan = await uow.plans.by_code("vinh-bao-2026")
    if plan is None:
        raise RuntimeError("the plan is gone")
    wanted = WantedPaper(plan.id, PaperKind.MINUTES, str(meeting_id), PaperFormat.DOCX, person_id=PersonId(person_id))
    await press.make(wanted)
    with loop_pieces() as made:
        for _ in range(HELD):
            await press.make(wanted)
    with loop_pieces() as looked_at:
        for _ in range(HELD):
            await press.word(wanted)
    await press.close()
    return made, looked_at


async def measure(folder: Path, console: Console) -> None:
    """Measure and print."""
    await loaded(folder)
    engine = open_engine(f"sqlite:///{folder / 'doithoai.sqlite3'}")
    store = Store(engine, now=system_now, calendar=load_calendar, vault=KeyVault("a key"))
    ids, made = await _fill(store), list[float]()
    async with process_at(folder, free_ports("web")["web"]) as address:
        times = await beside(address, ROUNDS, "while documents are made", lambda _: _order(store, *ids, made))
    pieces = await _held(store, folder, *ids)
    await engine.dispose()
    console.print(told(f"{PEOPLE} people, a message a second each; minutes of {QUESTIONS} questions", times))
    console.print(f"{len(made)} documents, one in {sum(made) / len(made):.1f} s, the longest {max(made):.1f} s")
    for what, held in zip(("made", "looked at"), pieces, strict=True):
        console.print(
            f"one that is {what} holds the event loop for {sum(held) / HELD * 1000:.1f} ms of processor time together, "
            f"{max(held) * 1000:.1f} ms at the longest"
        )


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(Path(folder), Console()))


if __name__ == "__main__":
    main()
