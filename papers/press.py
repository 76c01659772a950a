"""A document in the format that is asked for, with a word on what it is where that is not plain."""

from dataclasses import dataclass
from enum import StrEnum

from intake.rules.papers.paper import OfficePaper

from .docx import docx_of
from .pdf import NoOfficeError, pdf_of
from .reading_copy import reading_copy
from .xlsx import xlsx_of


class PaperFormat(StrEnum):
    """What a document is handed out as."""

    DOCX = "docx"
    PDF = "pdf"
    XLSX = "xlsx"


FORMATS = tuple(PaperFormat)


@dataclass(frozen=True, slots=True)
class Printed:
    """A file, and a word for whoever asked for it; empty where there is nothing to say."""

    content: bytes
    note: str = ""


def printed(paper: OfficePaper, as_file: PaperFormat) -> Printed:
    """The document as a file. A PDF is the DOCX as LibreOffice prints it, where it is there; else a reading copy."""
    match as_file:
        case PaperFormat.DOCX:
            return Printed(docx_of(paper))
        case PaperFormat.XLSX:
            return Printed(xlsx_of(paper))
        case PaperFormat.PDF:
            try:
                return Printed(pdf_of(docx_of(paper)))
            except NoOfficeError as missing:
                return Printed(reading_copy(paper), f"{missing}: this is a copy for reading, laid out more plainly")
