"""Documents laid out beside the event loop, each kept among the attachments for the letter that carries it."""

import asyncio
from collections.abc import Callable
from typing import Any, cast

from bot.media.attachments import AttachmentStore
from bot.media.kept_process import KeptProcess
from bot.media.kinds import WORD, media_type_of
from bot.media.paper_process import LayOut, MakeWanted, WordWanted, charts_wanted, paper_wanted
from bot.media.turns import PressTurns
from intake.actions.papers.templates import template_for
from intake.ports import LaidOutPaper, OpenUnit
from intake.rules.message import Term
from intake.rules.papers.chart import BarChart
from intake.rules.papers.kinds import PaperFormat, PaperKind
from intake.rules.papers.order import WantedPaper
from intake.rules.papers.paper import OfficePaper
from storage.view import StoreView


class PaperPress:
    """Makes files of documents, one at a time: a report of a year may take a second of a core.

    Whoever looks at a document's page, or hands a template in, waits for the file that is being made, and for no other.

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
        self._process = KeptProcess()
        self._turns = PressTurns()

    async def word(self, wanted: WantedPaper) -> OfficePaper:
        """Look up what a document is filled from, and word it; it is laid out nowhere. Raises as `make` does."""
        if self._apart is not None:
            async with self._turns.for_a_page():
                return cast("OfficePaper", await self._process.done(WordWanted(wanted, self._apart())))
        if self._reading is None:
            raise RuntimeError("this press was given nothing to look documents up in")
        return await paper_wanted(wanted, self._reading)

    async def get_ready(self) -> None:
        """Begin what takes a second or two to begin: somebody is choosing a document. Nobody waits for it."""
        if self._apart is not None and not self._turns.taken:
            async with self._turns.for_a_page():
                await self._process.begin()

    async def close(self) -> None:
        """Let go of the process documents are made in."""
        await self._process.close()

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
            async with self._turns.for_a_file():
                own = await self._own(template)
                made = await self._process.done(MakeWanted(wanted, self._apart(), own))
                if wanted.form is not None:
                    return (await self._kept(made, wanted.kind, wanted.form),)
                return tuple([await self._kept_picture(one) for one in made])
        if wanted.form is not None:
            return (await self.lay_out(await paper_wanted(wanted, self._reading), wanted.form, template),)
        charts = await charts_wanted(wanted, self._reading)
        async with self._turns.for_a_file():
            return tuple([await self._kept_picture(await asyncio.to_thread(_drawn, one)) for one in charts])

    async def lay_out(self, paper: OfficePaper, as_file: PaperFormat, template: str = "") -> LaidOutPaper:
        """Make a file and keep it; the same document is the same file, but for one that LibreOffice printed.

        Raises `FileNotFoundError` where the template lies in the store no more, `OSError` where nobody knows, and
        `RuntimeError` where the process that makes it failed or took too long.
        """
        async with self._turns.for_a_file():
            own = await self._own(template)
            if self._apart is not None:
                return await self._kept(await self._process.done(LayOut(paper, as_file, own)), paper.kind, as_file)
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
        async with self._turns.for_a_page():
            return await asyncio.to_thread(_flaws, content, needed)

    def _save(self, content: bytes, name: str) -> str:
        media = self._attachments.save(content, name)
        if media.problem is not None:
            raise ValueError(f"a document the store does not take: {media.problem}")
        return media.sha256


def _quickly(paper: OfficePaper, as_file: PaperFormat, template: bytes | None) -> bytes:
    from papers.press import laid_out_quickly  # 28 MB: only once a document is wanted

    return laid_out_quickly(paper, as_file, template)


def _drawn(chart: BarChart) -> bytes:
    from papers.charts import png_of

    return png_of(chart)


def _flaws(content: bytes, needed: tuple[str, ...]) -> tuple[Term, ...]:
    from papers.template import flaws_of

    return flaws_of(content, needed)
