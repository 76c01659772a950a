"""Documents laid out beside the event loop, each kept among the attachments for the letter that carries it."""

import asyncio

from bot.media.attachments import AttachmentStore
from intake.rules.papers.chart import BarChart
from intake.rules.papers.kinds import PaperFormat
from intake.rules.papers.paper import OfficePaper


class PaperPress:
    """Makes files of documents, one at a time: a report of a year may take a second of a core."""

    def __init__(self, attachments: AttachmentStore) -> None:
        self._attachments = attachments
        self._turn = asyncio.Lock()

    async def lay_out(self, paper: OfficePaper, as_file: PaperFormat) -> str:
        """Make a file and keep it; the same document is the same file. Returns its content name."""
        async with self._turn:
            return await asyncio.to_thread(self._keep, paper, as_file)

    def _keep(self, paper: OfficePaper, as_file: PaperFormat) -> str:
        from papers.press import laid_out_quickly  # 28 MB: only once a document is wanted

        return self._save(laid_out_quickly(paper, as_file), f"{paper.kind.value}.{as_file.value}")

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
