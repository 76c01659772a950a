"""A copy of a document for reading, where LibreOffice is not: the same words, laid out more plainly, and it says so.

Every text is composed first (`as_text`), so that each letter of Vietnamese is one sign of the font and none needs
shaping.
"""

import io
from datetime import UTC, datetime, time
from importlib.resources import files

from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos
from fpdf.fonts import FontFace

from intake.rules.papers.paper import Block, Drawing, Grid, Heading, OfficePaper, Passage, RecipientBlock, Signer

from .charts import png_of
from .letters import as_text

_FAMILY = "Noto Sans"
_FILE = "NotoSans[wdth,wght].ttf"
_MARK = "BẢN ĐỌC / READING COPY"
"""Said in both languages of the product on every page: it is no document to sign."""
_POINTS = 11
_LINE = 6.0


class _CopySheet(FPDF):
    """An A4 page with the mark that it is a copy on top."""

    def header(self) -> None:
        self.set_font(_FAMILY, "", 8)
        self.cell(0, 5, f"{_MARK} · {self.page_no()}", align=Align.C, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(2)


def reading_copy(paper: OfficePaper) -> bytes:
    """The whole document as PDF."""
    pdf = _CopySheet(format="A4")
    pdf.set_margins(30, 15, 15)
    pdf.set_auto_page_break(True, margin=20)
    font = str(files("fontpkg_noto_sans").joinpath("files", _FILE))
    # one weight for all: another one of this font is half a minute of computing away
    for style in ("", "B"):
        pdf.add_font(_FAMILY, style, font)
    pdf.set_creation_date(datetime.combine(paper.made_on, time(), tzinfo=UTC))
    pdf.set_title(as_text(f"{paper.type_name} {paper.summary}".strip()))
    pdf.set_lang("vi-VN")
    for one in (paper, *paper.followed_by):
        pdf.add_page()
        _whole(pdf, one)
    return bytes(pdf.output())


def _whole(pdf: FPDF, paper: OfficePaper) -> None:
    _head(pdf, paper)
    for text in (*paper.addressees, *paper.bases):
        _text(pdf, text)
    for block in paper.body:
        _block(pdf, block)
    for signer in paper.signers:
        _signature(pdf, signer)
    if paper.recipients is not None:
        _recipients(pdf, paper.recipients)
    if paper.appendix is not None:
        pdf.add_page()
        _text(pdf, paper.appendix.title, style="B", align=Align.C)
        _text(pdf, paper.appendix.belongs, align=Align.C)
        for block in paper.appendix.body:
            _block(pdf, block)


def _head(pdf: FPDF, paper: OfficePaper) -> None:
    head = paper.head
    for text, style in (
        (head.nation, "B"),
        (head.motto, "B"),
        (head.superior, ""),
        (head.issuer, "B"),
        (head.number, ""),
        (head.about, ""),
        (head.dated, ""),
        (head.draft, "B"),
        (paper.type_name, "B"),
        (paper.summary, "B"),
    ):
        if text:
            _text(pdf, text, style=style, align=Align.C)
    pdf.ln(3)


def _text(pdf: FPDF, text: str, *, style: str = "", align: Align = Align.J, points: int = _POINTS) -> None:
    pdf.set_font(_FAMILY, style, points)
    pdf.multi_cell(0, _LINE, as_text(text), align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.ln(1)


def _block(pdf: FPDF, block: Block) -> None:
    match block:
        case Heading():
            _text(pdf, block.text, style="B")
        case Passage():
            if block.lead:
                _text(pdf, block.lead, style="B")
            _text(pdf, block.text)
        case Grid():
            _table(pdf, block)
        case Drawing():
            pdf.image(io.BytesIO(png_of(block.chart)), w=pdf.epw, alt_text=as_text(block.chart.told))
            pdf.ln(2)


def _table(pdf: FPDF, grid: Grid) -> None:
    pdf.set_font(_FAMILY, "", _POINTS - 1)
    if not grid.rows:
        _text(pdf, grid.empty, align=Align.C)
        return
    with pdf.table(
        col_widths=tuple(column.share for column in grid.columns),
        text_align=tuple("CENTER" if column.centred else "LEFT" for column in grid.columns),
        headings_style=FontFace(emphasis="BOLD"),
        line_height=_LINE,
        padding=1,
    ) as table:
        table.row([as_text(column.title) for column in grid.columns])
        for row in grid.rows:
            table.row([as_text(cell) for cell in row])
    pdf.ln(3)


def _signature(pdf: FPDF, signer: Signer) -> None:
    for text in (*filter(None, (signer.authority, signer.title)), "", signer.name):
        _text(pdf, text or " ", style="B", align=Align.R)


def _recipients(pdf: FPDF, recipients: RecipientBlock) -> None:
    _text(pdf, recipients.title, style="B")
    for text in recipients.lines:
        _text(pdf, text, align=Align.L, points=_POINTS - 2)
