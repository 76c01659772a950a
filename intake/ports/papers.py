"""What documents need from the world: somebody who lays them out, and the register they stand in."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from intake.rules.meetings.meeting import Meeting
from intake.rules.message import Term
from intake.rules.papers.figures import FigureScope, FigureSplit, NoticeFigures, Tally, YearByHand
from intake.rules.papers.kinds import PaperFormat, PaperKind
from intake.rules.papers.order import PaperOrder, WantedPaper
from intake.rules.papers.paper import OfficePaper
from intake.rules.papers.register import MadePaper, OfficeDocument, OfficeDocumentId
from intake.rules.papers.template import UnitTemplate
from intake.rules.people.person import PersonId
from intake.rules.people.unit import UnitId
from intake.rules.plan.plan import PlanId


class LaidOutPaper(NamedTuple):
    """A file that was made: its content name, and whether it is but a copy for reading, laid out more plainly."""

    file: str
    copy: bool = False


class Press(Protocol):
    """Makes files of documents. It may take seconds, and no transaction is held meanwhile."""

    async def make(self, wanted: WantedPaper) -> tuple[LaidOutPaper, ...]:
        """Look up what a document is filled from, lay it out with the unit's own template and keep it.

        One file; where no format is wanted, its charts as pictures, the first two. Raises `NotFound` or `RuleBroken`
        where no document tells it.
        """
        ...

    async def get_ready(self) -> None:
        """Begin what takes a while to begin, without waiting for it: a document will be wanted soon."""
        ...

    async def word(self, wanted: WantedPaper) -> OfficePaper:
        """Look up what a document is filled from, and word it: for whoever looks at it before it is a file.

        Its format says nothing here. Raises as `make` does.
        """
        ...

    async def lay_out(self, paper: OfficePaper, as_file: PaperFormat, template: str = "") -> LaidOutPaper:
        """Make a file of a document and keep it.

        `template` is the content name of the unit's own for Word, empty where there is none.
        """
        ...

    async def flaws(self, content: bytes, needed: tuple[str, ...]) -> tuple[Term, ...]:
        """What is wrong with a template somebody hands in, each thing with its place; `needed` must stand in it."""
        ...


class Documents(Protocol):
    """The register of documents."""

    async def add(self, document: OfficeDocument) -> OfficeDocument:
        """Store a document."""
        ...

    async def get(self, document_id: OfficeDocumentId, *, lock: bool = False) -> OfficeDocument:
        """One document; `NotFound` when there is none."""
        ...

    async def draft(self, plan_id: PlanId, kind: PaperKind, about: str) -> OfficeDocument | None:
        """The document of a kind about something that bears no number yet, locked."""
        ...

    async def registered(self, unit_id: UnitId, kind: PaperKind, about: str) -> OfficeDocument | None:
        """The last document of a kind about something in a unit that bears a number."""
        ...

    async def all_registered(
        self, unit_id: UnitId, kind: PaperKind, about: Collection[str]
    ) -> dict[str, OfficeDocument]:
        """The same for each of these things that has one."""
        ...

    async def made_files(self, names: Collection[str]) -> frozenset[str]:
        """Those of these files that were laid out here."""
        ...

    async def last_of(self, unit_id: UnitId, series: str, year: int) -> OfficeDocument | None:
        """The document with the highest number of a series."""
        ...

    async def begin_file(self, made: MadePaper) -> MadePaper:
        """Store that a file is being made of a document."""
        ...

    async def finish_file(self, made_id: int, file: str) -> bool:
        """Store which file it has become. Returns False where an erasure has removed it meanwhile."""
        ...

    async def forget_files(self, names: Collection[str]) -> None:
        """Remove what stands of files that are no more, and of those that were begun a day ago and never made."""
        ...

    async def order(self, order: PaperOrder) -> PaperOrder:
        """Store that a document is wanted in a chat."""
        ...

    async def has_orders(self) -> bool:
        """Whether any document is wanted."""
        ...

    async def is_ordered(self, document_id: OfficeDocumentId) -> bool:
        """Whether a file of a registered document is wanted, which will be kept with it."""
        ...

    async def next_order(self) -> PaperOrder | None:
        """The order to be dealt with next: of those begun least often the oldest."""
        ...

    async def fill(self, order_id: int) -> bool:
        """Remove an order that is dealt with. Returns False where somebody else did so before."""
        ...

    async def forget_orders(self, person_id: PersonId) -> None:
        """Remove what a person ordered."""
        ...

    async def template(self, unit_id: UnitId, kind: PaperKind) -> UnitTemplate | None:
        """The template a unit uses for a kind; None where it uses the built-in layout."""
        ...

    async def templates(self, unit_ids: Iterable[UnitId]) -> Sequence[UnitTemplate]:
        """All templates of units."""
        ...

    async def keep_template(self, kept: UnitTemplate) -> None:
        """Store a template in place of the one the unit used for its kind."""
        ...

    async def drop_template(self, unit_id: UnitId, kind: PaperKind) -> None:
        """Remove the template of a unit for a kind."""
        ...

    async def of_units(self, unit_ids: Iterable[UnitId], most: int) -> Sequence[OfficeDocument]:
        """The documents of units, the newest first."""
        ...


class FigureSource(Protocol):
    """Questions counted, and what the office entered of the years before."""

    async def tallies(self, scope: FigureScope, split: FigureSplit, today: date) -> dict[int | None, Tally]:
        """The questions taken apart by the id of what they belong to; None is what belongs to nothing of the kind.

        A quarter has the number `FigureScope.quarters` gives it.
        """
        ...

    async def reasons(self, scope: FigureScope) -> Sequence[tuple[str, int]]:
        """For which reasons questions were declined and how often, the most frequent first; sensitive ones left out."""
        ...

    async def notices(self, meetings: Sequence[Meeting]) -> Sequence[NoticeFigures]:
        """How far the last notice of each of these meetings got; a meeting without one is left out."""
        ...

    async def by_hand(self, unit_id: UnitId) -> Sequence[YearByHand]:
        """The years that were entered for a unit, the oldest first."""
        ...

    async def keep_year(self, entered: YearByHand) -> None:
        """Store a year in place of what was entered for it before."""
        ...
