"""What a draft leaves open is said in the language of its reader; the office's own words stay as they were written."""

from dataclasses import replace
from pathlib import Path

import pytest

from intake.rules.message import Term
from intake.rules.people.unit import Level
from intake.rules.plan.drafting.draft import MAKES_MEETINGS, code_of, draft_of, home_of
from intake.rules.plan.open_points import APPROVER, open_points, with_places_asked
from intake.rules.plan.profile_paper import OpenQuestion
from intake.rules.plan.profile_parse import parse_profile, to_document
from intake.rules.plan.reading.reading import read_paper
from tests.support.tree import ROOT
from wording.asked import said
from wording.drafts import remark
from wording.texts import shown

PAPERS = ROOT / "tests" / "plan" / "papers" / "seen"
SILENT = "UBND XÃ TÂN LẬP\n\nKẾ HOẠCH\nĐối thoại với Nhân dân năm 2026\n\n1. Thời gian: ngày 22/5/2026.\n"


def asked_by(text: str) -> tuple[OpenQuestion, ...]:
    reading = read_paper(text)
    home = home_of(reading)
    return draft_of(reading, home, code=code_of(reading, home), say=remark).profile.open


def texts_of(question: OpenQuestion) -> list[str]:
    options = [] if question.key.startswith("reading-") else [option.text for option in question.options]
    return [question.question, question.why, *options]


@pytest.mark.parametrize("path", sorted(PAPERS.glob("*.txt")), ids=lambda path: path.stem)
def test_whatever_a_draft_asks_is_a_sentence_of_both_languages(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if read_paper(text).head.paper not in MAKES_MEETINGS or read_paper(text).head.year is None:
        return
    for question in asked_by(text):
        for words in texts_of(question):
            term = said(words)
            assert isinstance(term, Term), words
            assert shown("vi", term) == words
            assert shown("en", term) != words


def test_a_reader_of_english_is_asked_in_english() -> None:
    asked = {one.key: (shown("en", said(one.question)), shown("en", said(one.why))) for one in asked_by(SILENT)}
    assert asked["hosts"] == ("Who chairs the dialogue?", "The paper does not say who chairs.")
    assert asked["document-number"][0] == "What is the number of the paper?"
    question, why = asked["notice-days"]
    assert question == "How many days before the dialogue is it announced?"
    assert "Counted for now, in days:" in why
    assert "Hiện tính" not in why


def test_what_the_office_wrote_itself_is_not_translated() -> None:
    assert said("Có mời báo chí không?") == "Có mời báo chí không?"
    term = said("Bí thư Đảng ủy và Chủ tịch UBND xã là một người hay đồng chủ trì?")
    assert shown("en", term) == ("Bí thư Đảng ủy và Chủ tịch UBND xã: is that one person, or do they chair together?")


def test_words_that_stand_twice_in_a_sentence_are_the_same() -> None:
    ours = "Văn bản không nêu ai chủ trì. Hiện tính 5 ngày (mặc định là 5 ngày)."
    assert shown("en", said(ours)) == "The paper does not say who chairs. Counted for now, in days: 5 (the default)."
    other = "Hiện tính 5 ngày (mặc định là 7 ngày)."
    assert said(other) == other


def test_what_the_law_and_an_answer_add_is_asked_in_english_too() -> None:
    text = SILENT.replace("1. ", "1. Thông báo rộng rãi cho Nhân dân trước 3 ngày.\n2. Chủ trì: Chủ tịch UBND xã.\n3. ")
    reading = read_paper(text.replace("1. Thông", "III. TỔ CHỨC THỰC HIỆN\n1. Văn phòng: thông"))
    home = home_of(reading)
    draft = draft_of(reading, home, code=code_of(reading, home), say=remark).profile
    profile = parse_profile(to_document(draft), name="draft")
    by_answer = [
        question for answer in ("delegate", "desk-head") for question in open_points(profile, {APPROVER: answer})
    ]
    assert {question.key for question in by_answer} > {"notice-below-law", "answer-delegate"}
    for question in by_answer:
        assert all(isinstance(said(words), Term) for words in texts_of(question)), question.key


@pytest.mark.parametrize("level", ["commune", "district"])
def test_places_that_a_plan_does_not_name_are_asked_for_in_english(level: str) -> None:
    reading = read_paper(SILENT)
    draft = draft_of(reading, home_of(reading), code="tan-lap-2026", say=remark).profile
    units = (replace(draft.units[0], level=Level(level)),)
    profile = with_places_asked(replace(draft, units=units, open=()))
    assert [isinstance(said(words), Term) for one in profile.open for words in texts_of(one)] == [True, True]
