"""Documents laid out beside the event loop, each kept among the attachments for the letter that carries it."""

import asyncio
import pickle
import sys
from contextlib import suppress
from typing import Any

from bot.media.attachments import AttachmentStore
from bot.media.kinds import WORD, media_type_of
from intake.ports import LaidOutPaper
from intake.rules.message import Term
from intake.rules.papers.chart import BarChart
from intake.rules.papers.kinds import PaperFormat
from intake.rules.papers.paper import OfficePaper
from papers.apart import PaperFailure, PaperJob
from papers.pdf import SECONDS

_LONGEST = SECONDS + 60.0
"""Seconds for one document, LibreOffice among them."""
_TO_END = 3.0
_PROGRAM = "from papers.apart import main; main()"


class PaperPress:
    """Makes files of documents, one at a time: a report of a year may take a second of a core.

    Args:
        attachments: where the files are kept.
        apart: in a process of its own, so that nobody's answer waits for it, and a PDF is what LibreOffice prints where
            it is; else in a thread, and a PDF is the copy for reading.
    """

    def __init__(self, attachments: AttachmentStore, *, apart: bool = False) -> None:
        self._attachments = attachments
        self._apart = apart
        self._turn = asyncio.Lock()

    async def lay_out(self, paper: OfficePaper, as_file: PaperFormat, template: str = "") -> LaidOutPaper:
        """Make a file and keep it; the same document is the same file, but for one that LibreOffice printed.

        Raises `FileNotFoundError` where the template lies in the store no more, `OSError` where nobody knows, and
        `RuntimeError` where the process that makes it failed or took too long.
        """
        async with self._turn:
            own = await asyncio.to_thread(self._attachments.read, template) if template else None
            if self._apart:
                made = await _done_apart(PaperJob(paper, as_file, own))
                content, copy = made.content, bool(made.note)
            else:
                content, copy = await asyncio.to_thread(_quickly, paper, as_file, own), as_file is PaperFormat.PDF
            return LaidOutPaper(
                await asyncio.to_thread(self._save, content, f"{paper.kind.value}.{as_file.value}"), copy
            )

    async def flaws(self, content: bytes, needed: tuple[str, ...]) -> tuple[Term, ...]:
        """What is wrong with a template somebody hands in; `needed` are the names it cannot do without."""
        if media_type_of(content) != WORD:
            return (Term("template.no_word"),)
        async with self._turn:
            return await asyncio.to_thread(_flaws, content, needed)

    async def draw(self, chart: BarChart) -> str:
        """Draw a chart and keep the picture; the same chart is the same file. Returns its content name."""
        async with self._turn:
            drawn = await _done_apart(PaperJob(chart)) if self._apart else await asyncio.to_thread(_drawn, chart)
            return await asyncio.to_thread(self._save, drawn, "figures.png")

    def _save(self, content: bytes, name: str) -> str:
        media = self._attachments.save(content, name)
        if media.problem is not None:
            raise ValueError(f"a document the store does not take: {media.problem}")
        return media.sha256


async def _done_apart(job: PaperJob) -> Any:
    """The result of a job, by a process that is begun for it and ends with it, or with whoever waits for it."""
    pipe, nothing = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
    # -P: what lies in the folder it is started from is no part of it
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-c", _PROGRAM, stdin=pipe, stdout=pipe, stderr=nothing
    )
    try:
        async with asyncio.timeout(_LONGEST):
            told, _ = await running.communicate(pickle.dumps(job))
    except TimeoutError:
        raise RuntimeError("a document took too long") from None
    finally:
        await _end(running)
    if running.returncode != 0:
        raise RuntimeError(f"the process that lays documents out ended with {running.returncode}")
    result = pickle.loads(told)  # noqa: S301 - written by the process that was just started
    if isinstance(result, PaperFailure):
        raise RuntimeError(result.told)  # noqa: TRY004 - a defect over there is one here
    return result


async def _end(running: asyncio.subprocess.Process) -> None:
    """One that still runs is told first, so that it can end LibreOffice and take its folder away."""
    if running.returncode is not None:
        return
    with suppress(ProcessLookupError):
        running.terminate()
        try:
            async with asyncio.timeout(_TO_END):
                await running.wait()
        except TimeoutError:
            running.kill()
            await running.wait()


def _quickly(paper: OfficePaper, as_file: PaperFormat, template: bytes | None) -> bytes:
    from papers.press import laid_out_quickly  # 28 MB: only once a document is wanted

    return laid_out_quickly(paper, as_file, template)


def _drawn(chart: BarChart) -> bytes:
    from papers.charts import png_of

    return png_of(chart)


def _flaws(content: bytes, needed: tuple[str, ...]) -> tuple[Term, ...]:
    from papers.template import flaws_of

    return flaws_of(content, needed)
