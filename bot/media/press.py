"""Documents laid out beside the event loop, each kept among the attachments for the letter that carries it."""

import asyncio
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from bot.media.attachments import AttachmentStore
from bot.media.kinds import WORD, media_type_of
from bot.media.paper_process import LayOut, MakeWanted, PaperFailure, charts_wanted, paper_wanted
from intake.actions.papers.templates import template_for
from intake.ports import LaidOutPaper, OpenUnit
from intake.rules.errors import RuleBroken
from intake.rules.message import Term
from intake.rules.papers.chart import BarChart
from intake.rules.papers.kinds import PaperFormat, PaperKind
from intake.rules.papers.order import WantedPaper
from intake.rules.papers.paper import OfficePaper
from papers.pdf import SECONDS
from storage.view import StoreView

_LONGEST = SECONDS + 60.0
"""Seconds for one document, LibreOffice among them."""
_TO_END = 3.0
_PROGRAM = "from bot.media.paper_process import main; main()"


class PaperPress:
    """Makes files of documents, one at a time: a report of a year may take a second of a core.

    Args:
        attachments: where the files are kept.
        reading: opens the database; None where only what is handed in is laid out.
        apart: says how the same database is read from elsewhere. Documents are then looked up and laid out in a
            process of their own, so that nobody's answer waits for it, and a PDF is what LibreOffice prints where
            it is; else it is done here, in a thread, and a PDF is the copy for reading.
    """

    def __init__(
        self,
        attachments: AttachmentStore,
        reading: OpenUnit | None = None,
        *,
        apart: Callable[[], StoreView] | None = None,
    ) -> None:
        self._attachments = attachments
        self._reading = reading
        self._apart = apart
        self._turn = asyncio.Lock()

    async def make(self, wanted: WantedPaper) -> tuple[LaidOutPaper, ...]:
        """Look up what a document is filled from, lay it out and keep it; where no format is wanted, its charts.

        Raises `NotFound` or `RuleBroken` where no document tells it, `OSError` where the database cannot be reached,
        and what `lay_out` raises.
        """
        if self._reading is None:
            raise RuntimeError("this press was given nothing to look documents up in")
        template = ""
        if wanted.form is not None:
            async with self._reading() as uow:
                plan = await uow.plans.get(wanted.plan_id)
                template = await template_for(uow, plan.unit_id, wanted.kind, wanted.form)
        if self._apart is not None:
            async with self._turn:
                own = await self._own(template)
                made = await _done_apart(MakeWanted(wanted, self._apart(), own))
                if wanted.form is not None:
                    return (await self._kept(made, wanted.kind, wanted.form),)
                return tuple([await self._kept_picture(one) for one in made])
        if wanted.form is not None:
            return (await self.lay_out(await paper_wanted(wanted, self._reading), wanted.form, template),)
        charts = await charts_wanted(wanted, self._reading)
        async with self._turn:
            return tuple([await self._kept_picture(await asyncio.to_thread(_drawn, one)) for one in charts])

    async def lay_out(self, paper: OfficePaper, as_file: PaperFormat, template: str = "") -> LaidOutPaper:
        """Make a file and keep it; the same document is the same file, but for one that LibreOffice printed.

        Raises `FileNotFoundError` where the template lies in the store no more, `OSError` where nobody knows, and
        `RuntimeError` where the process that makes it failed or took too long.
        """
        async with self._turn:
            own = await self._own(template)
            if self._apart is not None:
                return await self._kept(await _done_apart(LayOut(paper, as_file, own)), paper.kind, as_file)
            content = await asyncio.to_thread(_quickly, paper, as_file, own)
            file = await asyncio.to_thread(self._save, content, f"{paper.kind.value}.{as_file.value}")
            return LaidOutPaper(file, as_file is PaperFormat.PDF)

    async def _own(self, template: str) -> bytes | None:
        return await asyncio.to_thread(self._attachments.read, template) if template else None

    async def _kept(self, made: Any, kind: PaperKind, form: PaperFormat) -> LaidOutPaper:
        file = await asyncio.to_thread(self._save, made.content, f"{kind.value}.{form.value}")
        return LaidOutPaper(file, bool(made.note))

    async def _kept_picture(self, drawn: bytes) -> LaidOutPaper:
        return LaidOutPaper(await asyncio.to_thread(self._save, drawn, "figures.png"))

    async def flaws(self, content: bytes, needed: tuple[str, ...]) -> tuple[Term, ...]:
        """What is wrong with a template somebody hands in; `needed` are the names it cannot do without."""
        if media_type_of(content) != WORD:
            return (Term("template.no_word"),)
        async with self._turn:
            return await asyncio.to_thread(_flaws, content, needed)

    def _save(self, content: bytes, name: str) -> str:
        media = self._attachments.save(content, name)
        if media.problem is not None:
            raise ValueError(f"a document the store does not take: {media.problem}")
        return media.sha256


async def _done_apart(job: LayOut | MakeWanted) -> Any:
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
    if isinstance(result, RuleBroken):
        raise result
    if isinstance(result, PaperFailure):
        raise OSError(result.told) if result.waits else RuntimeError(result.told)
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
