"""Whoever reads `R160`, `LAW C4` or `docs/zalo.md` anywhere in the tree can look it up in the house."""

import re
from collections import Counter
from pathlib import Path

import pytest

from intake.rules.deadlines import clock
from tests.support.citations import anchors, citations, places, unresolved
from tests.support.tree import ROOT

# made up in pieces: what stands here in one piece is a citation like any other
NO_ROW, NO_LAW, NO_SECTION = f"R{999}", f"LAW C{99}", f"A{77}"
WITH_ANCHORS = ("docs/requirements.md", "docs/law.md", "docs/zalo-platform.md")


def places_cited(text: str, name: str = "intake/rules/made_up.py") -> list[str]:
    return [one.place for one in citations(name, text)]


def dead_ends(text: str, name: str = "intake/rules/made_up.py") -> list[str]:
    return [f"{one.where}: {one.place}" for one in citations(name, text) if one.place not in places()]


def test_every_citation_of_the_tree_leads_somewhere():
    found = unresolved()

    assert not found, "\n".join(["nobody can look these up:", *found])


def test_a_citation_that_leads_nowhere_is_named_with_its_file_and_line():
    text = f'"""How long a reply takes (R160).\n\nLonger where the plan says so ({NO_ROW}).\n"""\n'

    assert dead_ends(text) == [f"intake/rules/made_up.py:3: {NO_ROW}"]


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("a public notice (R090 to R092)", ["R090", "R091", "R092"]),
        ("by quota (R111–R113, R118)", ["R111", "R112", "R113", "R118"]),
        ("by quota (R111-R112)", ["R111", "R112"]),
        ("as decided for the plan (A7), a made-up date (A1.7).", ["A7", "A1.7"]),
        ("who may see it (LAW C4.4, C5; LAW C7: backward)", ["LAW C4.4", "LAW C5", "LAW C7"]),
        ("a window (ZALO 1.4), a template (ZALO 4).", ["ZALO 1.4", "ZALO 4"]),
        ("states (PRODUCT, Question states):", ["PRODUCT, Question states"]),
        (f"{'PRODUCT'}, Question\n    # states; PRODUCT, Clocks", ["PRODUCT, Question states", "PRODUCT, Clocks"]),
        ("together (decision 0003), see decisions 0008 and 0009", ["decision 0003", "decision 0008", "decision 0009"]),
        ("`docs/zalo.md` says how; README.vi.md too", ["docs/zalo.md", "README.vi.md"]),
        ("docs/performance.md#the-worst-day", ["docs/performance.md#the-worst-day"]),
    ],
)
def test_each_form_of_a_citation_is_found_and_resolved(text, cited):
    assert sorted(places_cited(text)) == sorted(cited)
    assert dead_ends(text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"a range whose last row is not there (R204–R{205})",
        f"a range that runs backwards (R{116}–R111)",
        f"a row with a digit too few (R{16})",
        f"two rows, the second made up (R160, {NO_ROW})",
        f"{NO_SECTION}",
        f"A2.{99}",
        f"{NO_LAW}",
        f"the second of two sections (LAW C4, C{99})",
        f"an entry that is not in the list (LAW C4.{99})",
        f"another way to write it ({'LAW'}, Article 4)",
        f"ZALO {99}",
        f"{'PRODUCT'}, Made up",
        f"{'PRODUCT'} Clocks",
        f"{'REQUIREMENTS'} A3",
        f"{'ARCHITECTURE'}, trap 1",
        f"F{20}",
        f"{'ZALO'}.md 4",
        f"decision {'0'}999",
        f"docs/{'made-up'}.md",
        f"docs/zalo.md#{'made-up'}",
    ],
)
def test_a_citation_of_what_is_not_there_is_a_dead_end(text):
    assert dead_ends(text) != []


@pytest.mark.parametrize(
    "text",
    [
        '"RUF001", "PLR0913", "C901", # as ruff has them',
        "Network.ZALO, self._oa_id",
        'LAW = "law"',
        "source=RuleSource.LAW)",
        "DOITHOAI_ZALO_API",
        "windows={Network.ZALO: ZALO_WINDOW}",
        'Unit("X11"), "U1-2024-0000001", "2024-Q3", "ĐK-2024-0001"',
        "color: #A12",
        "https://F20-ZPC.ZDN.VN/a.jpg",
        "/v2.0/A99/R.json",
        "decided in 2024, decision 1575 of the province",
        "the plan's own page.md",
    ],
)
def test_what_only_looks_like_a_citation_is_none(text):
    assert dead_ends(text) == []


def test_a_link_to_a_part_of_a_page_leads_to_that_part():
    page = "docs/law.md"

    assert places_cited("[clocks](product.md#clocks)", page) == ["docs/product.md#clocks"]
    assert dead_ends("[clocks](product.md#clocks), [below](#C7), [elsewhere](https://example.org/#made-up)", page) == []
    assert dead_ends("[clocks](product.md#made-up)", page) == [f"{page}:1: docs/product.md#{'made-up'}"]


def test_the_sources_are_cited_and_not_only_kept():
    text = Path(clock.__file__).read_text("utf-8")

    assert {"R160", "LAW C1", "A7"} <= set(places_cited(text))


@pytest.mark.parametrize("page", WITH_ANCHORS)
def test_an_anchor_is_there_once_and_where_its_name_stands(page):
    assert [anchor for anchor, times in Counter(anchors(page)).items() if times > 1] == []
    for anchor, beside in re.findall(r'<a id="([^"]+)"></a>`?(\S*)', (ROOT / page).read_text("utf-8")):
        name = anchor.removeprefix("zalo-")
        assert beside.strip("`") == name or anchor.startswith("C4."), f"{page}: {anchor}"


def test_the_rows_stand_in_their_order_and_name_plans_that_are_there():
    text = (ROOT / "docs/requirements.md").read_text("utf-8")
    rows = re.findall(r'^\| <a id="R(\d{3})"></a>R\d{3} \| ([^|]+) \| ([^|]+) \|', text, re.MULTILINE)
    plans = {path.stem for path in (ROOT / "plans").glob("*.toml")}
    of_the_plans = [row for row in rows if int(row[0]) < 210]

    assert [row[0] for row in rows] == sorted({row[0] for row in rows})
    assert {plan for _, _, named in of_the_plans for plan in named.split(", ")} == plans | {"all"}
