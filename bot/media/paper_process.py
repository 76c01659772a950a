"""Documents made in a process of their own, which `bot.media.kept_process` begins and tells what to do.

What looks a document up and lays it out computes without a pause, and on SQLite every statement runs where it is asked
for: beside a conversation in one process it would make every answer wait. Here it takes what the machine has left over.
Standard input has pickled jobs of our own, each behind its length, standard output gets their pickled results alike: a
`Printed`, pictures or a document in words, a `RuleBroken` where no document tells it, or a `PaperFailure`. It ends when
standard input does.
"""

import asyncio
import pickle
import signal
import sys
import traceback
from dataclasses import dataclass
from types import FrameType
from typing import IO

from sqlalchemy.exc import SQLAlchemyError

from intake.actions.papers.order import facts_wanted, sheet_wanted
from intake.ports import OpenUnit
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.papers.chart import BarChart
from intake.rules.papers.kinds import PaperFormat
from intake.rules.papers.order import WantedPaper
from intake.rules.papers.paper import OfficePaper
from papers.printed import Printed
from storage.view import StoreView
from wording import figures
from wording.papers.registry import KINDS

LENGTH_BYTES = 8
PICTURES = 2
"""So many charts go into a chat; the others are in the papers."""


@dataclass(frozen=True, slots=True)
class LayOut:
    """A document with its format and the unit's own template."""

    what: OfficePaper
    as_file: PaperFormat
    template: bytes | None = None


@dataclass(frozen=True, slots=True)
class MakeWanted:
    """A document, or charts, with the database in which it is looked up."""

    what: WantedPaper
    view: StoreView
    template: bytes | None = None


@dataclass(frozen=True, slots=True)
class WordWanted:
    """A document in words, for whoever looks at it before it is a file, with the database in which it is looked up."""

    what: WantedPaper
    view: StoreView


@dataclass(frozen=True, slots=True)
class PaperFailure:
    """What went wrong and where, without a word of the document: it goes into a log.

    `waits`: the database or the disk could not be reached, which may pass.
    """

    told: str
    waits: bool = False


async def paper_wanted(wanted: WantedPaper, reading: OpenUnit) -> OfficePaper:
    """A document in words, from what is known now. Raises `NotFound` or `RuleBroken` where no document tells it."""
    known = KINDS[wanted.kind]
    async with reading() as uow:
        facts = await facts_wanted(uow, wanted, known.subject)
    return known.word(facts)


async def charts_wanted(wanted: WantedPaper, reading: OpenUnit) -> list[BarChart]:
    """The charts for a chat. Raises `NotFound` where there is none, or none for whoever wants them."""
    async with reading() as uow:
        sheet, language = await sheet_wanted(uow, wanted)
    charts = figures.charts(language, sheet)
    if not charts:
        raise NotFound
    return charts[:PICTURES]


Job = LayOut | MakeWanted | WordWanted
Result = Printed | tuple[bytes, ...] | OfficePaper


def done(job: Job) -> Result:
    """The result of a job: a file, pictures, or a document in words."""
    match job:
        case LayOut():
            from papers.press import printed

            return printed(job.what, job.as_file, job.template)
        case WordWanted():
            return asyncio.run(_worded(job))
        case MakeWanted():
            return asyncio.run(_made(job))


async def _worded(job: WordWanted) -> OfficePaper:
    async with job.view.opened() as store:
        return await paper_wanted(job.what, store.reading)


async def _made(job: MakeWanted) -> Printed | tuple[bytes, ...]:
    async with job.view.opened() as store:
        if job.what.form is None:
            from papers.charts import png_of

            return tuple(png_of(one) for one in await charts_wanted(job.what, store.reading))
        paper = await paper_wanted(job.what, store.reading)
    from papers.press import printed

    return printed(paper, job.what.form, job.template)


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + signal.SIGTERM)


def _outcome(job: Job) -> object:
    try:
        return done(job)
    except RuleBroken as refusal:
        return refusal
    except Exception as defect:  # noqa: BLE001 - whoever waits for it raises it
        last = traceback.extract_tb(defect.__traceback__)[-1]
        told = f"{type(defect).__name__} in {last.name}, line {last.lineno}"
        return PaperFailure(told, waits=isinstance(defect, SQLAlchemyError | OSError))


def serve(jobs: IO[bytes], results: IO[bytes]) -> None:
    """Do one job after the other until there are no more."""
    while length := int.from_bytes(jobs.read(LENGTH_BYTES)):
        job = pickle.loads(jobs.read(length))  # noqa: S301 - written by the process that started this one
        told = pickle.dumps(_outcome(job))
        results.write(len(told).to_bytes(LENGTH_BYTES) + told)
        results.flush()


def main() -> None:
    """Do what is wanted; told to stop, LibreOffice and its folder go too."""
    signal.signal(signal.SIGTERM, _end)
    serve(sys.stdin.buffer, sys.stdout.buffer)
