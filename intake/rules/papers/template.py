"""A unit's own template of a kind of document: a file of Word with plain names in it where the document's words go.

There is no logic in one, so nothing in it is ever run; the names are those of what stands on the document anyway
(decision 0030), so that no template can name anything the built-in one would not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from intake.rules.people.person import PersonId
from intake.rules.people.unit import UnitId

from .kinds import PaperKind
from .paper import OfficePaper

LARGEST_TEMPLATE = 1024 * 1024
"""Bytes: a page with a coat of arms is a tenth of it."""
LINES = (
    "quoc_hieu",
    "tieu_ngu",
    "co_quan_cap_tren",
    "co_quan_ban_hanh",
    "so_ky_hieu",
    "dia_danh_ngay",
    "du_thao",
    "ve_viec",
    "ten_loai",
    "trich_yeu",
)
"""Names that stand in a line, among other words or alone."""
BLOCKS = ("kinh_gui", "can_cu", "noi_dung", "noi_nhan", "chu_ky")
"""Names that stand for whole paragraphs and tables: each alone in its paragraph."""


@dataclass(eq=False)
class UnitTemplate:
    """The template a unit uses for a kind, the file of it and who put it there when."""

    unit_id: UnitId
    kind: PaperKind
    sha256: str
    kept_by: PersonId
    kept_at: datetime


def needed(*, numbered: bool) -> tuple[str, ...]:
    """The names a template cannot do without: what the document says; its number, day and that it is a draft."""
    return ("noi_dung", *(("so_ky_hieu", "dia_danh_ngay", "du_thao") if numbered else ()))


def line_values(paper: OfficePaper) -> Mapping[str, str]:
    """What stands for each name of `LINES` on a document."""
    head = paper.head
    said = (
        head.nation,
        head.motto,
        head.superior,
        head.issuer,
        head.number,
        head.dated,
        head.draft,
        head.about,
        paper.type_name,
        paper.summary,
    )
    return dict(zip(LINES, said, strict=True))
