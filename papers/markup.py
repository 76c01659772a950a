"""Paragraphs and tables as WordprocessingML, written as text and read once: a row costs what its letters cost.

`add_row` of python-docx copies a row through its whole object tree, which takes twenty times as long
(`benchmarks/papers.py`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from intake.rules.papers.paper import Grid

from .letters import as_text, escaped


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph looks: `size` in half points, lengths in twentieths of one; `border`: a rule below it."""

    size: int
    align: str = "center"
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    before: int = 0
    after: int = 0
    first_line: int = 0
    line: int = 240
    line_rule: str = "auto"
    keep_next: bool = False
    border: bool = False
    side_indents: int = 0
    left: int = 0


def run(text: str, style: Style, *, bold: bool = False) -> str:
    """Letters of one look; ends of line inside are kept as such."""
    marks = ("<w:b/>" if style.bold or bold else "") + ("<w:i/>" if style.italic else "")
    properties = f'{marks}<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/>'
    if style.underlined:
        properties += '<w:u w:val="single"/>'
    parts = [f'<w:t xml:space="preserve">{line}</w:t>' for line in escaped(text).replace("\t", " ").split("\n")]
    return f"<w:r><w:rPr>{properties}</w:rPr>{'<w:br/>'.join(parts)}</w:r>"


def paragraph(style: Style, *runs: str) -> str:
    """One paragraph of these runs."""
    keep = "<w:keepNext/>" if style.keep_next else ""
    border = ""
    if style.border:
        border = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
    spacing = (
        f'<w:spacing w:before="{style.before}" w:after="{style.after}" '
        f'w:line="{style.line}" w:lineRule="{style.line_rule}"/>'
    )
    sides = f' w:left="{style.side_indents}" w:right="{style.side_indents}"' if style.side_indents else ""
    sides = sides or (f' w:left="{style.left}"' if style.left else "")
    first = f' w:firstLine="{style.first_line}"' if style.first_line else ""
    indent = f"<w:ind{sides}{first}/>" if sides or first else ""
    mark = f'<w:rPr><w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/></w:rPr>'
    properties = f'<w:pPr>{keep}{border}{spacing}{indent}<w:jc w:val="{style.align}"/>{mark}</w:pPr>'
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def line(text: str, style: Style) -> str:
    """A paragraph of one look."""
    return paragraph(style, run(text, style))


def rule(style: Style, length: int, within: int) -> str:
    """A line so long, in the middle of a column so wide: the lower border of an empty paragraph."""
    side = max(0, (within - length) // 2)
    thin = Style(size=8, border=True, side_indents=side, line=60, line_rule="exact", after=style.after)
    return paragraph(thin)


def columns(widths: Sequence[int], *rows: Iterable[str]) -> str:
    """Columns side by side without borders, as heads and signatures stand."""
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    inner = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(_cell(wide, cell) for wide, cell in zip(widths, cells, strict=True))
        + "</w:tr>"
        for cells in rows
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{inner}</w:tbl>"
    )


_NAMESPACES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_EMU = 635
"""A twentieth of a point in the units of pictures."""


def picture(relation: str, number: int, title: str, told: str, wide: int, high: int) -> str:
    """A picture on a line of its own, as wide as the text; `told` is what whoever does not see it reads.

    Its table may begin on the next page: kept together both left half a page empty.
    """
    size = f'cx="{wide * _EMU}" cy="{high * _EMU}"'
    named = f'id="{number}" name="{escaped(title)}" descr="{escaped(told)}"'
    inner = (
        f'<w:r><w:drawing><wp:inline {_NAMESPACES} distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr {named}/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f"<pic:pic><pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
    return paragraph(Style(28, before=60, after=60), inner)


_MANY, _SMALL, _SMALLEST = 7, 22, 16
"""A table of more columns than these is set in 11 points, its titles, where there are still more, in 8."""
_SHORT = 6
"""A table of no more rows stays on one page."""
_LOOSE = "<w:p><w:pPr>"
_KEPT = f"{_LOOSE}<w:keepNext/>"
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def table(grid: Grid, size: int, within: int) -> str:
    """A table with borders, its head on every page, no row torn in two; without rows, one that says so.

    A short one stays on one page; of a long one, neither the first row stands alone at the foot of a page nor the last,
    which may be the total, alone on top of one.
    """
    shares = sum(column.share for column in grid.columns)
    widths = [within * column.share // shares for column in grid.columns]
    many, side = len(grid.columns) > _MANY, 80
    title = Style(size=size, bold=True, before=40, after=40, keep_next=True)
    if many:  # so that no word of a title is torn
        side, size = 25, _SMALL
        title = replace(title, size=_SMALLEST if len(grid.columns) > _MANY + 2 else size)
    head = "".join(_cell(wide, line(column.title, title)) for wide, column in zip(widths, grid.columns, strict=True))
    rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
    openings = [
        (
            f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/></w:tcPr>{_LOOSE}'
            '<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>'
            f'<w:jc w:val="{"center" if column.centred else "left"}"/></w:pPr>'
            f'<w:r><w:rPr><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr><w:t xml:space="preserve">'
        )
        for wide, column in zip(widths, grid.columns, strict=True)
    ]
    closing = "</w:t></w:r></w:p></w:tc>"
    broken = '</w:t><w:br/><w:t xml:space="preserve">'
    last = len(grid.rows) - 1
    for place, row in enumerate(grid.rows):
        kept = place < last and (last < _SHORT or place in (0, last - 1))
        cells = [
            f"{opening.replace(_LOOSE, _KEPT) if kept else opening}{escaped(text).replace(chr(10), broken)}{closing}"
            for opening, text in zip(openings, row, strict=True)
        ]
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>")
    if not grid.rows:
        style = Style(size=size, italic=True, before=40, after=40)
        rows.append(f"<w:tr>{_cell(sum(widths), line(grid.empty, style), span=len(widths))}</w:tr>")
    gridded = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:left w:w="{side}" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr>"
        f"<w:tblGrid>{gridded}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _cell(wide: int, inner: str, *, span: int = 1) -> str:
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{spans}</w:tcPr>{inner}</w:tc>'


def lines_of(text: str) -> list[str]:
    """The lines of a text that say something: each becomes a paragraph of its own."""
    return [one.strip() for one in as_text(text).split("\n") if one.strip()]
