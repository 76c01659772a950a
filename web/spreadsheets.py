"""A sheet somebody sends with a form (XLSX, XLS, ODS, CSV), as rows of text: what stands there, as it is read.

The content decides what it is, never the name of the file. A telephone number that a sheet kept as a number has lost
its leading zero, which is put back.
"""

import csv
import json
import resource
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from io import BytesIO

from intake.rules.errors import RuleBroken
from intake.rules.text import clean

MOST_ROWS = 2000
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_LOST_A_ZERO = 9
"""Digits of a Vietnamese mobile number whose leading 0 a sheet has dropped."""
_MOBILE = "35789"
_LONGEST_READING = 15
"""Seconds; a sheet an office writes takes a tenth of one."""
_MEMORY = 512 * 1024 * 1024
"""Bytes a sheet may take while it is read, the reading process with it."""
_DELIMITERS = ("\t", ";", ",")

Cell = str | float | bool | date | time | datetime | timedelta


def read_sheet(content: bytes) -> list[list[str]]:
    """The rows of the first sheet that has any, without those that are empty.

    Raises `RuleBroken` for what is no sheet, is protected by a password, or is longer than `MOST_ROWS`.
    """
    rows = _apart(content) if content.startswith(_PACKED) else _text(content)
    filled = [row for row in ([clean(cell) for cell in row] for row in rows) if any(row)]
    if not filled:
        raise RuleBroken("refusal.sheet_empty")
    if len(filled) > MOST_ROWS:
        raise RuleBroken("refusal.sheet_long", {"most": MOST_ROWS})
    return filled


def _apart(content: bytes) -> list[list[str]]:
    """Read a workbook in a process of its own.

    One cell far down and far right makes a sheet that no memory holds, and whoever reads that is ended by it.
    """
    command = [sys.executable, "-P", "-m", "web.spreadsheets"]
    try:
        read = subprocess.run(  # noqa: S603 - this very module; the content goes in as it is
            command, input=content, capture_output=True, check=True, timeout=_LONGEST_READING
        )
    except subprocess.SubprocessError:
        raise RuleBroken("refusal.sheet") from None
    rows: list[list[str]] = json.loads(read.stdout)
    return rows


def _workbook(content: bytes) -> list[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook  # for the process that reads, not for the one that asks

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(nrows=MOST_ROWS + 1)
            if any(any(cell != "" for cell in row) for row in rows):
                return [[_shown(cell) for cell in row] for row in rows]
    except CalamineError:  # a password makes another file of it, and so does a cut download
        sys.exit(1)
    return []


def _shown(cell: Cell) -> str:
    """A cell as people read it there: whole numbers without a fraction, dates as in Vietnam."""
    match cell:
        case bool():
            return str(cell)
        case float() | int() if cell == int(cell):
            number = str(int(cell))
            lost = len(number) == _LOST_A_ZERO and number[0] in _MOBILE
            return f"0{number}" if lost else number
        case datetime() | date():
            return cell.strftime("%d/%m/%Y")
        case _:
            return " ".join(str(cell).split())


def _text(content: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "utf-16"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            continue
        first = text.partition("\n")[0]
        delimiter = max(_DELIMITERS, key=first.count)
        return [[" ".join(cell.split()) for cell in row] for row in csv.reader(text.splitlines(), delimiter=delimiter)]
    raise RuleBroken("refusal.sheet")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    json.dump(_workbook(sys.stdin.buffer.read()), sys.stdout)
