"""A document before it is laid out: what stands in it, word for word, and nothing about fonts or files.

Texts come from catalogues, plans and people; whoever lays a document out makes them clean and sets them as text.
"""

from dataclasses import dataclass
from datetime import date

from intake.rules.plan.profile_terms import Layout

from .chart import BarChart
from .kinds import PaperKind


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part, with its number typed: "I. MỤC ĐÍCH, YÊU CẦU"."""

    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph; `lead` stands before its text in bold letters. An end of line inside begins another paragraph."""

    text: str
    lead: str = ""
    italic: bool = False


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column of a table: its title, its share of the width, whether what stands in it is centred."""

    title: str
    share: int
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `empty` is the one row it has while there is nothing to list, `name` what its sheet is called.

    `in_sheet` takes its place in a spreadsheet, where there is room for more columns.
    """

    columns: tuple[GridColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str
    name: str = ""
    in_sheet: "Grid | None" = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart; the table of what it shows follows it."""

    chart: BarChart


Block = Heading | Passage | Grid | Drawing


@dataclass(frozen=True, slots=True)
class PaperHead:
    """The head of a document in words; what is empty has no line.

    `nation` is the State's name or the Party's, `motto` the State's own line below it. `about` is the summary of a
    letter, which stands under its number.
    """

    nation: str
    motto: str
    superior: str
    issuer: str
    number: str
    dated: str
    draft: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: for whom or as whom of a meeting, in which office, and the name below the signature.

    Of the first two one may be empty; the name may be a gap in brackets.
    """

    authority: str
    title: str
    name: str


@dataclass(frozen=True, slots=True)
class RecipientBlock:
    """The block "Nơi nhận": its title and its lines, with the signs before and after each."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperAppendix:
    """What goes along with a document, behind its signature, from a page of its own: its title, what it belongs to."""

    title: str
    belongs: str
    body: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class OfficePaper:
    """A whole document. `made_on` is the day it was made, the only date a file bears besides what is written in it.

    `followed_by` are documents of the same layout behind it in the same file, each from a page of its own.
    """

    kind: PaperKind
    layout: Layout
    head: PaperHead
    type_name: str
    summary: str
    body: tuple[Block, ...]
    made_on: date
    addressees: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    signers: tuple[Signer, ...] = ()
    recipients: RecipientBlock | None = None
    appendix: PaperAppendix | None = None
    followed_by: tuple["OfficePaper", ...] = ()

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The tables of the document in their order, as a spreadsheet has them."""
        appended = () if self.appendix is None else self.appendix.body
        return tuple(block.in_sheet or block for block in (*self.body, *appended) if isinstance(block, Grid))

    @property
    def charts(self) -> tuple[BarChart, ...]:
        """The charts of the document, in their order."""
        return tuple(block.chart for block in self.body if isinstance(block, Drawing))
