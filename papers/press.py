"""A document in the format that is asked for, with a word on what it is where that is not plain."""

from dataclasses import replace

from intake.rules.papers.kinds import PaperFormat
from intake.rules.papers.paper import OfficePaper

from .docx import docx_of
from .pdf import NoOfficeError, one_after_the_other, pdf_of, pdfs_of
from .printed import Printed
from .template import filled


def printed(paper: OfficePaper, as_file: PaperFormat, template: bytes | None = None) -> Printed:
    """The document as a file. A PDF is the DOCX as LibreOffice prints it, where it is there; else a reading copy.

    `template` is the unit's own for Word; of a document that others follow, it is theirs.
    """
    if as_file is not PaperFormat.PDF:
        return Printed(laid_out_quickly(paper, as_file, template))
    try:
        if template is not None and paper.followed_by:
            rest = [filled(template, one) for one in paper.followed_by]
            return Printed(one_after_the_other(pdfs_of([docx_of(replace(paper, followed_by=())), *rest])))
        return Printed(pdf_of(laid_out_quickly(paper, PaperFormat.DOCX, template)))
    except NoOfficeError as missing:
        from .reading_copy import reading_copy

        return Printed(reading_copy(paper), f"{missing}: this is a copy for reading, laid out more plainly")


def laid_out_quickly(paper: OfficePaper, as_file: PaperFormat, template: bytes | None = None) -> bytes:
    """The same without LibreOffice: a PDF is the copy for reading, while somebody waits for the answer."""
    match as_file:
        case PaperFormat.DOCX:
            return docx_of(paper) if template is None or paper.followed_by else filled(template, paper)
        case PaperFormat.XLSX:
            from .xlsx import xlsx_of

            return xlsx_of(paper)
        case PaperFormat.PDF:
            from .reading_copy import reading_copy  # 0.3 s of processor time: only where a PDF is drawn here

            return reading_copy(paper)
