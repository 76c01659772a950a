"""A list of questions as a file: the same lines as the desk shows, without anybody who asked; XLSX or CSV."""

import csv
import io
from collections.abc import Sequence
from datetime import date

from intake.rules.text import lines_taken

from .texts import words

_RISKY = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula when a cell begins with it."""
_WIDTHS = (16, 14, 30, 24, 28, 22, 12, 12, 70)
_LETTERS_OF_WIDTH = 1.0
_LINE, _TALLEST = 15, 409
"""Points: of a line, and what a spreadsheet allows a row. Not every program makes a row as tall as its text."""
COLUMNS = (
    "desk.col_reference",
    "desk.col_kind",
    "desk.col_state",
    "desk.col_topic",
    "desk.col_desk",
    "desk.col_hamlet",
    "desk.col_received",
    "desk.col_due",
    "desk.col_text",
)
Cell = str | date | None


def as_csv(rows: Sequence[Sequence[Cell]], language: str) -> bytes:
    """Comma-separated, with the mark by which spreadsheets know UTF-8; what would be a formula is made words."""
    said = io.StringIO(newline="")
    writer = csv.writer(said)
    writer.writerow([words(language, column) for column in COLUMNS])
    writer.writerows([[_harmless(_plain(cell)) for cell in row] for row in rows])
    return said.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Sequence[Sequence[Cell]], language: str) -> bytes:
    """A workbook with one sheet: dates are dates, everything else is text, no cell is ever a formula or a link."""
    import xlsxwriter  # 2 MiB, for those who ask for a sheet

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet(words(language, "desk.questions"))
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
    for place, (column, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, words(language, column), bold)
    for line, row in enumerate(rows, start=1):
        lines = (
            lines_taken(cell, int(wide * _LETTERS_OF_WIDTH))
            for cell, wide in zip(row, _WIDTHS, strict=True)
            if isinstance(cell, str)
        )
        sheet.set_row(line, min(max(lines, default=1) * _LINE, _TALLEST))
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(line, place, cell, day)
            elif cell:
                sheet.write_string(line, place, cell, text)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return made.getvalue()


def _plain(cell: Cell) -> str:
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    return cell or ""


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_RISKY) else cell
