"""The two layouts in numbers: State documents by Nghị định 30/2020/NĐ-CP, Party documents by HD 36 (LAW C6).

Lengths are in twentieths of a point (1440 an inch), letters in half points, as the file format counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from intake.rules.plan.profile_terms import Layout

FONT = "Times New Roman"
PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838


@dataclass(frozen=True, slots=True)
class LayoutSizes:
    """Margins, sizes of letters and the line spacing of a layout.

    `line_rule`: how `line` is meant. Party documents have at least 18 points a line: "exact" would cut pictures.
    """

    top: int
    bottom: int
    left: int
    right: int
    nation: int
    motto: int
    superior: int
    issuer: int
    number: int
    dated: int
    type_name: int
    summary: int
    body: int
    cell: int
    recipients_title: int
    recipients: int
    signature: int
    line: int
    line_rule: str

    @property
    def text_width(self) -> int:
        """The width between the margins."""
        return PAGE_WIDTH - self.left - self.right


SIZES: Mapping[Layout, LayoutSizes] = {
    Layout.STATE: LayoutSizes(
        top=1134, bottom=1134, left=1701, right=1134, nation=24, motto=28, superior=26, issuer=26, number=26, dated=28,
        type_name=28, summary=28, body=28, cell=26, recipients_title=24, recipients=22, signature=28, line=264,
        line_rule="auto",
    ),
    Layout.PARTY: LayoutSizes(
        top=1134, bottom=1134, left=1701, right=850, nation=30, motto=0, superior=28, issuer=28, number=28, dated=28,
        type_name=32, summary=30, body=28, cell=26, recipients_title=28, recipients=24, signature=28, line=360,
        line_rule="atLeast",
    ),
}  # fmt: skip
INDENT = 720
"""The first line of a paragraph: 1.27 cm."""
BETWEEN = 120
"""Six points between paragraphs."""
SMALL = 24
"""What stands under the number: 12 points."""
