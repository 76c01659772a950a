"""A document from its head to its recipients, as the inside of a page in WordprocessingML."""

from collections.abc import Sequence
from dataclasses import replace

from intake.rules.papers.paper import Drawing, Grid, Heading, OfficePaper, PaperAppendix, PaperHead, Passage, Signer
from intake.rules.plan.profile_terms import Layout

from .charts import WIDTH, height_of
from .letters import in_lines, width
from .markup import Style, columns, line, lines_of, paragraph, picture, rule, run, table
from .sizes import BETWEEN, INDENT, SIZES, SMALL, LayoutSizes

_GAP = 120
_SHORT_LINE = 1400
_HYPHENS = "-----"
_STAR = "*"
_SIGNATURE_LINES = 4


def sheet(paper: OfficePaper, pictures: Sequence[str] = ()) -> str:
    """Everything that stands on the pages; `pictures` are the relations of the file to its charts, in their order."""
    sizes = SIZES[paper.layout]
    parts = [_head(paper.head, paper.layout, sizes)]
    if paper.type_name:
        parts.append(line(paper.type_name, Style(sizes.type_name, bold=True, before=240, keep_next=True)))
    if paper.summary:
        parts.append(line(paper.summary, Style(sizes.summary, bold=True, keep_next=True)))
    if paper.type_name:
        parts.append(_under_title(paper.layout, sizes))
    addressees, bases, body, _, _ = blocks_of(paper, pictures)
    if paper.signers:
        body = _with_signature(body)
    return "".join((*parts, addressees, bases, body, _tail(paper, sizes)))


def appendix_sheet(appendix: PaperAppendix, layout: Layout) -> str:
    """The pages of an appendix: its title, what it belongs to, what stands in it."""
    sizes = SIZES[layout]
    title = line(appendix.title, Style(sizes.type_name, bold=True, keep_next=True))
    belongs = line(appendix.belongs, Style(sizes.body, italic=True, after=BETWEEN * 2, keep_next=True))
    parts = [part for block in appendix.body if not isinstance(block, Drawing) for part in _block(block, sizes)]
    return "".join((title, belongs, *parts))


_OPENED = "<w:p><w:pPr>"
_KEPT = f"{_OPENED}<w:keepNext/>"


def _with_signature(body: str) -> str:
    """The end of the text goes with the signature to the next page: nobody signs a page that says nothing."""
    last = body.rfind(_OPENED)
    if body[:last].endswith("</w:tbl>"):  # the narrow line below a table
        last = body.rfind("<w:tr>")
    return body[:last] + body[last:].replace(_KEPT, _OPENED).replace(_OPENED, _KEPT)


def blocks_of(paper: OfficePaper, pictures: Sequence[str] = ()) -> tuple[str, str, str, str, str]:
    """What stands below the title, in pieces: addressees, bases, body, recipients, signatures below each other."""
    sizes = SIZES[paper.layout]
    return (
        "".join(_addressees(paper, sizes)),
        "".join(_basis(text, paper.layout, sizes) for text in paper.bases),
        _body(paper, sizes, pictures),
        _recipients(paper, sizes),
        "".join(_signature(signer, paper.layout, sizes) for signer in paper.signers),
    )


def _body(paper: OfficePaper, sizes: LayoutSizes, pictures: Sequence[str]) -> str:
    parts, left = list[str](), list(pictures)
    for block in paper.body:
        if isinstance(block, Drawing):
            wide = sizes.text_width
            chart, high = block.chart, wide * height_of(block.chart) // WIDTH
            parts.append(picture(left.pop(0), len(pictures) - len(left), chart.title, chart.told, wide, high))
        else:
            parts += _block(block, sizes)
    return "".join(parts)


def _head(head: PaperHead, layout: Layout, sizes: LayoutSizes) -> str:
    """Issuer on the left, State or Party on the right; the left column is as wide as the right can spare."""
    right = width(head.nation, sizes.nation, bold=True) + _GAP
    widest = max(width(text, sizes.issuer, bold=True) for text in (head.issuer, head.superior, head.number))
    left = min(max(widest + _GAP, sizes.text_width * 2 // 5), sizes.text_width - right)
    right = sizes.text_width - left
    if layout is Layout.STATE:
        upper = [_issuer_state(head, sizes, left), _nation_state(head, sizes, right)]
    else:
        upper = [_issuer_party(head, sizes, left), _nation_party(head, sizes)]
    return columns((left, right), upper)


def _issuer_state(head: PaperHead, sizes: LayoutSizes, left: int) -> str:
    parts = [line(in_lines(head.superior, sizes.superior, left), Style(sizes.superior))] if head.superior else []
    parts.append(line(in_lines(head.issuer, sizes.issuer, left, bold=True), Style(sizes.issuer, bold=True)))
    parts.append(rule(Style(sizes.issuer, after=_GAP), left * 2 // 5, left))
    return "".join([*parts, *_number_lines(head, sizes, left)])


def _nation_state(head: PaperHead, sizes: LayoutSizes, right: int) -> str:
    motto = Style(sizes.motto, bold=True)
    return "".join(
        (
            line(head.nation, Style(sizes.nation, bold=True)),
            line(head.motto, motto),
            rule(Style(sizes.motto, after=_GAP), width(head.motto, sizes.motto, bold=True), right),
            line(head.dated, Style(sizes.dated, italic=True)) if head.dated else paragraph(Style(sizes.dated)),
        )
    )


def _issuer_party(head: PaperHead, sizes: LayoutSizes, left: int) -> str:
    parts = [line(in_lines(head.superior, sizes.superior, left), Style(sizes.superior))] if head.superior else []
    parts.append(line(in_lines(head.issuer, sizes.issuer, left, bold=True), Style(sizes.issuer, bold=True)))
    parts.append(line(_STAR, Style(sizes.issuer)))
    return "".join([*parts, *_number_lines(head, sizes, left)])


def _nation_party(head: PaperHead, sizes: LayoutSizes) -> str:
    side = _GAP
    name = Style(sizes.nation, bold=True, border=True, side_indents=side)
    parts = [line(head.nation, name), paragraph(Style(sizes.dated))]
    if head.dated:
        parts.append(line(head.dated, Style(sizes.dated, italic=True)))
    return "".join(parts)


def _number_lines(head: PaperHead, sizes: LayoutSizes, left: int) -> list[str]:
    parts = [line(head.number, Style(sizes.number))] if head.number else []
    if head.about:
        parts.append(line(in_lines(head.about, SMALL, left), Style(SMALL)))  # no reference is torn at its hyphens
    if head.draft:
        parts.append(line(head.draft, Style(SMALL, bold=True, before=60)))
    return parts


def _under_title(layout: Layout, sizes: LayoutSizes) -> str:
    if layout is Layout.PARTY:
        return line(_HYPHENS, Style(sizes.body, after=BETWEEN))
    return rule(Style(sizes.summary, after=240), _SHORT_LINE, sizes.text_width)


def _body_style(sizes: LayoutSizes, **more: bool) -> Style:
    return Style(
        sizes.body, align="both", after=BETWEEN, first_line=INDENT, line=sizes.line, line_rule=sizes.line_rule, **more
    )


def _addressees(paper: OfficePaper, sizes: LayoutSizes) -> list[str]:
    """Write "Kính gửi:" with one body on its line, several below each other with their dashes under the colon."""
    style = Style(sizes.body, after=BETWEEN, before=BETWEEN)
    if len(paper.addressees) < 2:  # noqa: PLR2004 - one stands on the line itself
        return [line(text, style) for text in paper.addressees]
    opening, *names = paper.addressees
    lead, widest = width(opening, sizes.body), max(width(name, sizes.body) for name in names)
    left = max(0, sizes.text_width - lead - widest) // 2
    listed = replace(style, align="left", before=0, left=left + lead)
    first = line(opening, replace(style, align="left", left=left, keep_next=True))
    return [first, *(line(name, listed) for name in names)]


def _basis(text: str, layout: Layout, sizes: LayoutSizes) -> str:
    return line(text, _body_style(sizes, italic=layout is Layout.STATE))


def _block(block: Heading | Passage | Grid, sizes: LayoutSizes) -> list[str]:
    match block:
        case Heading():
            return [line(block.text, _body_style(sizes, bold=True, keep_next=True))]
        case Passage():
            return _passage(block, sizes)
        case Grid():
            return [
                table(block, sizes.cell, sizes.text_width),
                paragraph(Style(sizes.body, line=120, line_rule="exact")),
            ]


def _passage(block: Passage, sizes: LayoutSizes) -> list[str]:
    style = _body_style(sizes, italic=block.italic)
    texts = lines_of(block.text) or [""]
    lead = run(f"{block.lead} ", style, bold=True) if block.lead else ""
    first = paragraph(style, lead, run(texts[0], style))
    return [first, *(line(text, style) for text in texts[1:])]


def _tail(paper: OfficePaper, sizes: LayoutSizes) -> str:
    """Recipients on the left and the signature on the right; several signatures stand above the recipients."""
    if len(paper.signers) > 1:
        widths = [sizes.text_width // len(paper.signers)] * len(paper.signers)
        posts = [_post(signer, paper.layout, sizes) for signer in paper.signers]
        names = [_name_below(signer, sizes) for signer in paper.signers]
        return columns(widths, posts, names) + _recipients(paper, sizes)
    left = sizes.text_width // 2
    right = "".join(_signature(signer, paper.layout, sizes) for signer in paper.signers)
    if not right and paper.recipients is None:
        return paragraph(Style(sizes.body))
    cells = (_recipients(paper, sizes) or paragraph(Style(sizes.body)), right or paragraph(Style(sizes.body)))
    return columns((left, sizes.text_width - left), cells) + paragraph(Style(8, line=20, line_rule="exact"))


def _signature(signer: Signer, layout: Layout, sizes: LayoutSizes) -> str:
    return _post(signer, layout, sizes) + _name_below(signer, sizes)


def _post(signer: Signer, layout: Layout, sizes: LayoutSizes) -> str:
    lines = ((signer.authority, True), (signer.title, layout is Layout.STATE))
    return "".join(line(text, Style(sizes.signature, bold=bold, keep_next=True)) for text, bold in lines if text)


def _name_below(signer: Signer, sizes: LayoutSizes) -> str:
    if not signer.name:
        return ""
    room = [paragraph(Style(sizes.signature, keep_next=True))] * _SIGNATURE_LINES
    return "".join([*room, line(signer.name, Style(sizes.signature, bold=True))])


def _recipients(paper: OfficePaper, sizes: LayoutSizes) -> str:
    if paper.recipients is None:
        return ""
    state = paper.layout is Layout.STATE
    title = Style(sizes.recipients_title, align="left", bold=state, italic=state, underlined=not state)
    item = Style(sizes.recipients, align="left")
    return "".join([line(paper.recipients.title, title), *(line(text, item) for text in paper.recipients.lines)])
