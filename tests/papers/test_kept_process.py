"""The process documents are made in: one for many, given back when nobody wants any, replaced where it dies."""

import asyncio
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.media.kept_process import KeptProcess
from bot.media.paper_process import LayOut
from intake.rules.papers.kinds import PaperFormat, PaperKind
from papers.docx import docx_of
from papers.pdf import NICENESS
from tests.support.paper_facts import nothing
from wording.papers.registry import worded

PLAN = worded(PaperKind.PLAN, nothing("an-duong-2024"))
JOB = LayOut(PLAN, PaperFormat.DOCX)
LAYS_OUT = {"docx", "docxtpl", "fpdf", "lxml", "PIL", "pypdfium2", "xlsxwriter"}
ORDERS = """
import asyncio, pickle, sys
from bot.media.kept_process import KeptProcess

async def one(job):
    kept = KeptProcess()
    assert (await kept.done(job)).content
    await kept.close()

asyncio.run(one(pickle.load(sys.stdin.buffer)))
print(*{name.partition(".")[0] for name in sys.modules})
"""


def makers() -> list[int]:
    """The processes this one has begun to make documents in and that are still there."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdecimal() and b"bot.media.paper_process" in (folder / "cmdline").read_bytes():
                stands = (folder / "stat").read_text().rpartition(")")[2].split()
                if stands[1] == str(os.getpid()) and stands[0] != "Z":
                    found.append(int(folder.name))
        except OSError:
            continue
    return found


async def until(there: Callable[[list[int]], bool]) -> None:
    async with asyncio.timeout(120):  # they are put behind the other work of the machine
        while not there(makers()):
            await asyncio.sleep(0.01)


@pytest.fixture
async def kept() -> AsyncIterator[KeptProcess]:
    process = KeptProcess()
    yield process
    await process.close()


async def test_it_may_be_there_first_and_makes_all_documents_behind_everybody_else(kept: KeptProcess) -> None:
    await kept.begin()
    [maker] = makers()
    await kept.begin()
    first = await kept.done(JOB)
    assert (await kept.done(JOB)).content == first.content == docx_of(PLAN)
    assert makers() == [maker]
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, maker) == min(own + NICENESS, 19)
    await kept.close()
    assert makers() == []


def test_whoever_gets_a_document_loads_nothing_that_lays_documents_out() -> None:
    """Half a second in which a whole process would answer nobody, and memory for as long as it runs."""
    done = subprocess.run([sys.executable, "-c", ORDERS], input=pickle.dumps(JOB), capture_output=True, check=True)  # noqa: S603
    assert LAYS_OUT & set(done.stdout.decode().split()) == set()


async def test_it_goes_when_nobody_wants_a_document() -> None:
    kept = KeptProcess(kept=0)
    assert (await kept.done(JOB)).content
    await until(lambda there: not there)
    assert (await kept.done(JOB)).content
    await kept.close()


async def test_where_it_dies_over_a_document_that_one_fails_and_no_other(kept: KeptProcess) -> None:
    making = asyncio.create_task(kept.done(JOB))
    await until(bool)
    os.kill(makers()[0], signal.SIGKILL)
    with pytest.raises(RuntimeError, match="ended before it was done"):
        await making
    assert (await kept.done(JOB)).content == docx_of(PLAN)

    for how in (signal.SIGKILL, signal.SIGTERM):
        [first] = makers()
        os.kill(first, how)
        await until(lambda there: not there)
        await asyncio.sleep(0)
        assert (await kept.done(JOB)).content == docx_of(PLAN), "it died meanwhile, and another is begun"
        assert makers() not in ([], [first])


async def test_one_that_takes_too_long_is_ended() -> None:
    kept = KeptProcess(longest=0)
    with pytest.raises(RuntimeError, match="took too long"):
        await kept.done(JOB)
    assert makers() == []
