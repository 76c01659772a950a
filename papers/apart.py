"""Documents laid out in a process of their own, which `bot.media.press` begins and tells what to do.

What lays a document out computes without a pause; beside a conversation in one process it would make every answer wait
for it. Here it takes what the machine has left over. Standard input has one pickled job of our own, standard output
gets its pickled result: a `Printed`, a picture, or a `PaperFailure`.
"""

import os
import pickle
import signal
import sys
import traceback
from dataclasses import dataclass
from types import FrameType

from intake.rules.papers.chart import BarChart
from intake.rules.papers.kinds import PaperFormat
from intake.rules.papers.paper import OfficePaper

NICENESS = 10


@dataclass(frozen=True, slots=True)
class PaperJob:
    """A document with its format and the unit's own template, or a chart to be drawn."""

    what: OfficePaper | BarChart
    as_file: PaperFormat = PaperFormat.DOCX
    template: bytes | None = None


@dataclass(frozen=True, slots=True)
class PaperFailure:
    """What went wrong and where, without a word of the document: it goes into a log."""

    told: str


def done(job: PaperJob) -> object:
    """The result of a job."""
    if isinstance(job.what, BarChart):
        from papers.charts import png_of

        return png_of(job.what)
    from papers.press import printed

    return printed(job.what, job.as_file, job.template)


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + signal.SIGTERM)


def main() -> None:
    """Do the one job; told to stop, LibreOffice and its folder go too."""
    signal.signal(signal.SIGTERM, _end)
    os.nice(NICENESS)
    job = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by the process that started this one
    try:
        result = done(job)
    except Exception as defect:  # noqa: BLE001 - whoever waits for it raises it
        last = traceback.extract_tb(defect.__traceback__)[-1]
        result = PaperFailure(f"{type(defect).__name__} in {last.name}, line {last.lineno}")
    pickle.dump(result, sys.stdout.buffer)
