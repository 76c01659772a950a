"""What falls on which page: nobody signs an empty one, a list goes behind the signature, charts leave no page empty."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest
from lxml import etree
from PIL import Image

from intake.rules.papers.chart import BarChart, ChartBar
from intake.rules.papers.facts import PaperStamp
from intake.rules.papers.issuer import layout_of
from intake.rules.papers.kinds import PaperKind
from intake.rules.papers.paper import Passage
from papers.charts import height_of, png_of, svg_of
from papers.docx import docx_of
from papers.letters import width
from papers.reading_copy import reading_copy
from papers.sizes import SIZES
from papers.template import filled
from tests.support.paper_check import W, parts_of, words_of
from tests.support.paper_facts import CODES, far_too_many, nothing, ordinary
from wording.papers.blank import blank_paper
from wording.papers.registry import worded
from wording.papers.saying import dashes, ended

SHORT = 6
"""Rows of a table that is not torn."""


def body_of(content: bytes) -> etree._Element:
    body = etree.fromstring(parts_of(content)["word/document.xml"]).find(f"{W}body")
    assert body is not None
    return body


def text_in(element: etree._Element) -> str:
    return "".join(one.text or "" for one in element.iter(f"{W}t"))


@pytest.mark.parametrize("kind", PaperKind)
def test_the_end_of_the_text_goes_with_the_signature(kind):
    """In rows as in paragraphs: whatever stands right before the signature is kept with it."""
    for code in CODES:
        for facts in (nothing(code), ordinary(code), far_too_many(code)):
            paper = replace(worded(kind, facts), followed_by=(), appendix=None)
            if not paper.signers:
                continue
            body = body_of(docx_of(paper))
            signed = next(
                one for one in reversed(body) if one.tag == f"{W}tbl" and paper.signers[0].title in text_in(one)
            )
            before = signed.getprevious()
            assert before is not None
            assert before.find(f"{W}pPr/{W}keepNext") is not None, (code, kind)
            above = before.getprevious()
            if above is not None and above.tag == f"{W}tbl":
                *others, last = above.findall(f"{W}tr")
                assert all(one.find(f"{W}pPr/{W}keepNext") is not None for one in last.iter(f"{W}p"))
                rows = len(others)  # with the head instead of the last
                assert rows <= SHORT or others[rows // 2].find(f".//{W}keepNext") is None, "or all would go along"


@pytest.mark.parametrize("many", [2, SHORT, SHORT + 1, 60])
def test_a_short_table_stays_on_one_page_and_of_a_long_one_no_row_stands_alone(many):
    facts = ordinary("di-lang-2024")
    speakers = tuple(replace(facts.meeting.speakers[0], number=number) for number in range(1, many + 1))
    paper = worded(PaperKind.SPEAKERS, replace(facts, about_meeting=replace(facts.meeting, speakers=speakers)))
    [table] = [one for one in body_of(docx_of(paper)).findall(f"{W}tbl") if len(one.findall(f"{W}tr")) > 1]
    goes_along = [
        all(one.find(f"{W}pPr/{W}keepNext") is not None for one in row.iter(f"{W}p")) for row in table.findall(f"{W}tr")
    ]

    assert len(goes_along) == 1 + many
    if many <= SHORT:
        assert goes_along == [True] * many + [False]
    else:
        assert goes_along == [True, True] + [False] * (many - 3) + [True, False]


@pytest.mark.parametrize(("code", "end"), [("an-duong-2024", ";"), ("thach-that-2023", ",")])
def test_several_who_are_addressed_stand_below_each_other_under_the_colon(code, end):
    """With the marks of a list as their layout has them; one alone stands on the line itself, in the middle."""
    facts = ordinary(code)
    given = facts.plan.profile
    profile = replace(
        given,
        recipients=replace(given.recipients, report=("Huyện ủy", "Ủy ban huyện")),
        clocks=replace(given.clocks, periodic_report=None),
    )
    body = body_of(docx_of(worded(PaperKind.RESULTS_REPORT, replace(facts, plan=replace(facts.plan, profile=profile)))))
    said = [text_in(one) for one in body]
    first = said.index("Kính gửi:")
    assert said[first + 1 : first + 3] == [f"- Huyện ủy{end}", "- Ủy ban huyện."]
    opening, *names = [one.find(f"{W}pPr/{W}ind").get(f"{W}left") for one in body[first : first + 3]]
    assert names[0] == names[1]
    assert int(names[0]) - int(opening) == width("Kính gửi:", SIZES[layout_of(profile)].body)


def test_sentences_somebody_typed_without_an_end_have_one_and_lists_end_with_a_full_stop():
    content = words_of(docx_of(worded(PaperKind.MINUTES, ordinary("an-duong-2024"))))
    assert "Không thuộc phạm vi đối thoại: Việc tranh chấp dân sự. Nơi có thể liên hệ: Toà án nhân dân." in content
    assert "thôn Đông: 4 người." in content
    assert "Như trên;" in words_of(docx_of(worded(PaperKind.INVITATION, ordinary("an-duong-2024"))))
    for typed, said in (
        ("Đã xong", "Đã xong."),
        ("Đã xong.", "Đã xong."),
        ("Vì sao?", "Vì sao?"),
        ("“Xong.”", "“Xong.”"),
    ):
        assert ended(typed) == said
    assert [one.text for one in dashes(["một;", "hai;"])] == ["- một;", "- hai."]
    assert [one.text for one in dashes(["Một.", "Hai."])] == ["- Một.", "- Hai."]


def test_the_list_of_guests_goes_along_behind_the_signature():
    facts = replace(ordinary("an-duong-2024"), stamp=PaperStamp("05", ordinary("an-duong-2024").today))
    paper = worded(PaperKind.INVITATION, facts)
    assert len(facts.meeting.guests) > 1
    for content in (
        docx_of(paper),
        filled(docx_of(blank_paper(PaperKind.INVITATION, paper.layout, facts.today)), paper),
    ):
        said = words_of(content)
        assert said.index("Kính gửi") < said.index(paper.signers[0].title) < said.index("DANH SÁCH KHÁCH MỜI")
        assert "(Kèm theo Giấy mời số 05/GM-UBND ngày 29 tháng 11 năm 2026 của UBND xã An Dương)" in said
        assert said.index("DANH SÁCH KHÁCH MỜI") < said.index(facts.meeting.guests[0].office)
    assert [one.rows[0][2] for one in paper.grids] == [facts.meeting.guests[0].office]
    assert reading_copy(paper) != reading_copy(replace(paper, appendix=None))

    alone = replace(facts, about_meeting=replace(facts.meeting, guests=facts.meeting.guests[:1]))
    assert worded(PaperKind.INVITATION, alone).appendix is None


@pytest.mark.parametrize("code", CODES)
def test_the_reference_of_a_petition_is_torn_at_no_hyphen(code):
    facts = ordinary(code)
    body = body_of(docx_of(worded(PaperKind.PETITION_LETTER, facts)))
    [about] = [one for one in body.iter(f"{W}p") if text_in(one).startswith("V/v")]

    lines = [one.text for one in about.iter(f"{W}t")]
    assert len(lines) > 1
    assert lines[-1].endswith(facts.question.reference)


def test_short_names_stand_beside_their_bars_and_long_ones_above():
    short = BarChart("Theo thôn", ("Đã trả lời", "Đang giải quyết"), (ChartBar("thôn 1", (3, 2)),) * 5, "")
    long = replace(short, bars=(*short.bars[1:], ChartBar("Ban Quản lý dự án đầu tư xây dựng khu vực", (3, 2))))

    assert height_of(short) < height_of(long)
    assert "thôn 1: 5" in svg_of(short, "a")


@pytest.mark.parametrize("kind", PaperKind)
def test_no_sentence_counts_to_nought(kind):
    """Lines of figures do ("- Góp ý đã tổng hợp: 0."); sentences say that there is none."""
    for code in CODES:
        for block in worded(kind, nothing(code)).body:
            if isinstance(block, Passage):
                assert not re.search(r"(?<!: )\b0 (?:ý kiến|vụ việc|người|văn bản)", block.text), block.text


def grey(red: float, green: float, blue: float) -> tuple[float, ...]:
    return (0.299 * red + 0.587 * green + 0.114 * blue,)


def mixed(*rows: tuple[float, float, float]) -> Callable[..., tuple[float, ...]]:
    return lambda *colour: tuple(sum(a * b for a, b in zip(row, colour, strict=True)) for row in rows)


EYES = {
    "a black-and-white print": grey,
    "who sees no red": mixed((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "who sees no green": mixed((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
}
"""What of a colour (red, green, blue) gets there: the matrices of Machado, Oliveira and Fernandes (2009), in full."""
TOLD_APART = 20
"""Of 255, on average over a piece of the bar: less would be a nuance of the same grey."""


@pytest.mark.parametrize("eye", EYES)
def test_parts_of_a_bar_are_told_apart_without_colours(eye):
    def piece(part: int) -> list[tuple[float, ...]]:
        values = tuple(9 if place == part else 0 for place in range(7))
        chart = BarChart("T", tuple("abcdefg"), (ChartBar("x", values),), "")
        picture = Image.open(io.BytesIO(png_of(chart))).convert("RGB")
        high = picture.height
        return [EYES[eye](*picture.getpixel((x, y))) for x in range(200, 264) for y in range(high - 80, high - 50)]

    pieces = [piece(part) for part in range(7)]
    for one, other in combinations(range(7), 2):
        apart = [
            sum(abs(a - b) for a, b in zip(here, there, strict=True)) / len(here)
            for here, there in zip(pieces[one], pieces[other], strict=True)
        ]
        assert sum(apart) / len(apart) >= TOLD_APART, (one, other, sum(apart) / len(apart))
