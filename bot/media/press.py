"""Documents laid out beside the event loop, each kept among the attachments for the letter that carries it."""

import asyncio

from bot.media.attachments import AttachmentStore
from bot.media.kinds import WORD, media_type_of
from intake.rules.message import Term
from intake.rules.papers.chart import BarChart
from intake.rules.papers.kinds import PaperFormat
from intake.rules.papers.paper import OfficePaper


class PaperPress:
    """Makes files of documents, one at a time: a report of a year may take a second of a core."""

    def __init__(self, attachments: AttachmentStore) -> None:
        self._attachments = attachments
        self._turn = asyncio.Lock()

    async def lay_out(self, paper: OfficePaper, as_file: PaperFormat, template: str = "") -> str:
        """Make a file and keep it; the same document is the same file. Returns its content name.

        Raises `FileNotFoundError` where the template lies in the store no more, `OSError` where nobody knows.
        """
        async with self._turn:
            return await asyncio.to_thread(self._keep, paper, as_file, template)

    def _keep(self, paper: OfficePaper, as_file: PaperFormat, template: str) -> str:
        from papers.press import laid_out_quickly  # 28 MB: only once a document is wanted

        own = self._attachments.read(template) if template else None
        return self._save(laid_out_quickly(paper, as_file, own), f"{paper.kind.value}.{as_file.value}")

    async def flaws(self, content: bytes, needed: tuple[str, ...]) -> tuple[Term, ...]:
        """What is wrong with a template somebody hands in; `needed` are the names it cannot do without."""
        if media_type_of(content) != WORD:
            return (Term("template.no_word"),)
        async with self._turn:
            return await asyncio.to_thread(_flaws, content, needed)

    async def draw(self, chart: BarChart) -> str:
        """Draw a chart and keep the picture; the same chart is the same file. Returns its content name."""
        async with self._turn:
            return await asyncio.to_thread(self._draw, chart)

    def _draw(self, chart: BarChart) -> str:
        from papers.charts import png_of

        return self._save(png_of(chart), "figures.png")

    def _save(self, content: bytes, name: str) -> str:
        media = self._attachments.save(content, name)
        if media.problem is not None:
            raise ValueError(f"a document the store does not take: {media.problem}")
        return media.sha256


def _flaws(content: bytes, needed: tuple[str, ...]) -> tuple[Term, ...]:
    from papers.template import flaws_of

    return flaws_of(content, needed)
