"""A document as a file for Word: the same document is the same bytes, on any day and machine."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime, time
from functools import cache

from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from intake.rules.papers.paper import OfficePaper
from intake.rules.plan.profile_terms import Layout

from .archive import normalised
from .charts import png_of
from .letters import as_text
from .markup import Style, paragraph, run
from .sheet import appendix_sheet, sheet
from .sizes import FONT, PAGE_HEIGHT, PAGE_WIDTH, SIZES, LayoutSizes

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KEPT_STYLES = {"Normal", "DefaultParagraphFont", "TableNormal", "Header"}
_LANGUAGE = "vi-VN"
_PAGE = "word/document.xml"
_UNUSED = {"theme", "numbering", "stylesWithEffects", "webSettings", "customXml"}
_LONGEST_TITLE = 250
_FROM_ONE = b'<w:pgNumType w:start="1"/>'


def docx_of(paper: OfficePaper) -> bytes:
    """The whole file."""
    document = Document(io.BytesIO(_empty(paper.layout)))
    properties(document, paper)
    sheets = []
    for one in (paper, *paper.followed_by):
        pictures = tuple(document.part.get_or_add_image(io.BytesIO(png_of(chart)))[0] for chart in one.charts)
        sheets.append(sheet(one, pictures))
        if one.appendix is not None:
            sheets.append(appendix_sheet(one.appendix, one.layout))
    written = io.BytesIO()
    document.save(written)
    return normalised(written.getvalue(), {_PAGE: lambda empty: _filled(empty, sheets)})


@cache
def _empty(layout: Layout) -> bytes:
    """A document of a layout with nothing in it: styles, page, page number; made once."""
    document = Document()
    _bare(document)
    _plain_styles(document)
    _page(document, SIZES[layout])
    _page_number(document, SIZES[layout])
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _bare(document: DocxDocument) -> None:
    """Without the parts of the library's own template that nothing here refers to: themes, numbering, old styles."""
    relations = document.part.rels
    for key in [key for key, one in relations.items() if one.reltype.rpartition("/")[2] in _UNUSED]:
        del relations[key]
    settings = document.settings.element
    for tag in ("w:themeFontLang", "w:clrSchemeMapping", "w:rsids"):
        for found in settings.findall(qn(tag)):
            settings.remove(found)


def _filled(empty: bytes, sheets: Sequence[str]) -> bytes:
    """The text of the page with the sheets in it, each a section of its own whose pages are counted from one.

    It is put together as text: moved into another tree element by element, a list of 5,000 rows took minutes.
    """
    head, opened, rest = empty.partition(b"<w:sectPr")
    section, closed, tail = rest.partition(b"</w:sectPr>")
    opening = head[: head.rindex(b"<w:body>") + len(b"<w:body>")]
    properties = opened + section + closed
    if len(sheets) > 1:
        place = properties.index(b"/>", properties.index(b"<w:pgMar")) + len(b"/>")
        properties = properties[:place] + _FROM_ONE + properties[place:]
    ends = b'<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/>' + properties + b"</w:pPr></w:p>"
    return opening + ends.join(one.encode() for one in sheets) + properties + tail


def _plain_styles(document: DocxDocument) -> None:
    """One font for everything, named for every kind of letter; the styles of the library's own template go."""
    styles = document.styles.element
    for style in list(styles.findall(qn("w:style"))):
        if style.get(qn("w:styleId")) not in _KEPT_STYLES:
            styles.remove(style)
    defaults = styles.find(qn("w:docDefaults"))
    styles.replace(
        defaults,
        parse_xml(
            f'<w:docDefaults xmlns:w="{_W}"><w:rPrDefault><w:rPr>'
            f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
            '<w:color w:val="000000"/><w:sz w:val="28"/><w:szCs w:val="28"/>'
            f'<w:lang w:val="{_LANGUAGE}" w:eastAsia="{_LANGUAGE}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
            "<w:pPrDefault/></w:docDefaults>"
        ),
    )
    for style in styles.findall(qn("w:style")):
        for name in ("w:rPr", "w:pPr"):
            found = style.find(qn(name))
            if found is not None:
                style.remove(found)


def _page(document: DocxDocument, sizes: LayoutSizes) -> None:
    section = document.sections[0]
    properties = section._sectPr  # noqa: SLF001 - twips go in as they are, its own setters round
    size, margins = properties.get_or_add_pgSz(), properties.get_or_add_pgMar()
    size.set(qn("w:w"), str(PAGE_WIDTH))
    size.set(qn("w:h"), str(PAGE_HEIGHT))
    edges = {
        "top": sizes.top,
        "bottom": sizes.bottom,
        "left": sizes.left,
        "right": sizes.right,
        "header": sizes.top // 2,
        "footer": sizes.bottom // 2,
        "gutter": 0,
    }
    for name, value in edges.items():
        margins.set(qn(f"w:{name}"), str(value))
    section.different_first_page_header_footer = True


def _page_number(document: DocxDocument, sizes: LayoutSizes) -> None:
    """In the middle of the top margin from the second page on; the first one's own header is empty."""
    section = document.sections[0]
    section.first_page_header.is_linked_to_previous = False
    header = section.header
    header.is_linked_to_previous = False
    style = Style(sizes.body)
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("2", style)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    element = header._element  # noqa: SLF001 - a field has no other way in
    for child in list(element):
        element.remove(child)
    wrapped = etree.fromstring(f'<w:hdr xmlns:w="{_W}" xmlns:r="{_R}">{paragraph(style, field)}</w:hdr>'.encode())
    for child in list(wrapped):
        element.append(child)


def properties(document: DocxDocument, paper: OfficePaper) -> None:
    """Title, language and the day it was made; nobody's name."""
    made = datetime.combine(paper.made_on, time(), tzinfo=UTC).replace(tzinfo=None)
    core = document.core_properties
    core.title = as_text(f"{paper.type_name} {paper.summary}".strip())[:_LONGEST_TITLE]
    core.author = core.last_modified_by = core.comments = core.keywords = core.subject = core.category = ""
    core.language = _LANGUAGE
    core.created = core.modified = made
    core.revision = 1
