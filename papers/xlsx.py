"""The tables of a document as a spreadsheet: what people wrote is text in every cell, never a formula."""

import io
import re
from collections.abc import Sequence
from datetime import datetime, time

import xlsxwriter

from intake.rules.papers.paper import Grid, OfficePaper
from intake.rules.text import lines_taken

from .archive import normalised
from .letters import as_text
from .sizes import FONT

_LONGEST_NAME = 31
_LONGEST_CELL = 32_000
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_WIDTH_OF_ALL = 110
_LETTERS_OF_WIDTH = 1.1
"""Letters of our size that surely stand in a column one wide."""
_LINE, _TALLEST = 16, 409
"""Points: of a line, and what a spreadsheet allows a row."""
_NUMBER = re.compile(r"(?:0|[1-9]\d{0,8})")


def xlsx_of(paper: OfficePaper) -> bytes:
    """A sheet a table, under the title of the document; a document without tables has one sheet that says so."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {
            "title": as_text(f"{paper.type_name} {paper.summary}")[:250],
            "created": datetime.combine(paper.made_on, time()),
        }
    )
    for number, grid in enumerate(paper.grids, 1):
        _sheet(book, paper, grid, number)
    book.close()
    return normalised(written.getvalue())


def _sheet(book: "xlsxwriter.Workbook", paper: OfficePaper, grid: Grid, number: int) -> None:
    looks = {"font_name": FONT, "font_size": 12, "valign": "top", "text_wrap": True}
    title = book.add_format({**looks, "bold": True, "font_size": 13})
    head = book.add_format({**looks, "bold": True, "border": 1, "align": "center"})
    left = book.add_format({**looks, "border": 1})
    middle = book.add_format({**looks, "border": 1, "align": "center"})
    called = as_text(grid.name or paper.type_name.capitalize())
    name = _NOT_IN_NAMES.sub(" ", called)[: _LONGEST_NAME - 3].strip()
    sheet = book.add_worksheet(f"{name} {number}")
    shares = sum(column.share for column in grid.columns)
    widths = [max(6, _WIDTH_OF_ALL * column.share // shares) for column in grid.columns]
    for row, text in enumerate((f"{paper.type_name} {paper.summary}", paper.head.draft)):
        _across(sheet, row, widths, as_text(text)[:_LONGEST_CELL], title)
    for place, column in enumerate(grid.columns):
        sheet.set_column(place, place, widths[place])
        sheet.write_string(3, place, column.title, head)
    sheet.set_row(3, _height([column.title for column in grid.columns], widths))
    if not grid.rows:
        _across(sheet, 4, widths, grid.empty, left)
    for row, cells in enumerate(grid.rows, 4):
        sheet.set_row(row, _height(cells, widths))
        for place, text in enumerate(cells):
            shape = middle if grid.columns[place].centred else left
            if grid.columns[place].centred and _NUMBER.fullmatch(text):
                sheet.write_number(row, place, int(text), shape)
            else:
                sheet.write_string(row, place, as_text(text)[:_LONGEST_CELL], shape)
    sheet.freeze_panes(4, 0)
    sheet.repeat_rows(3)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _across(
    sheet: "xlsxwriter.workbook.Worksheet",
    row: int,
    widths: Sequence[int],
    text: str,
    shape: "xlsxwriter.format.Format",
) -> None:
    """A text in one cell as wide as the table, as tall as it needs."""
    if not text:
        return
    if len(widths) > 1:
        sheet.merge_range(row, 0, row, len(widths) - 1, "", shape)
    sheet.write_string(row, 0, text, shape)
    sheet.set_row(row, _height([text], [sum(widths)]))


def _height(texts: Sequence[str], widths: Sequence[int]) -> int:
    """How tall a row is in which every text is read whole: not every program makes it so by itself."""
    lines = (lines_taken(text, int(wide * _LETTERS_OF_WIDTH)) for text, wide in zip(texts, widths, strict=True))
    return min(max(lines) * _LINE, _TALLEST)
