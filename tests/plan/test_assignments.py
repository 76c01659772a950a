"""Who does what, who watches, how the meeting goes: read with its words, and carried into the drafted plan."""

from typing import Any

from intake.rules.plan.profile_terms import Duty, ProgrammeStep
from intake.rules.plan.reading.reading import phrases, read_paper
from tests.plan.test_drafting import HEAD, INTRODUCTION, TITLE, drafted, plan
from wording.drafts import reading_json

FACTS = "1. Thời gian: 8 giờ ngày 20/8/2026.\n2. Địa điểm: Hội trường xã.\n3. Chủ trì: Chủ tịch UBND xã.\n"
WORK = (
    "II. TỔ CHỨC THỰC HIỆN\n"
    "1. Văn phòng HĐND và UBND xã: chủ trì, phối hợp với Ban Xây dựng Đảng, Công an xã chuẩn bị nội dung, hội trường; "
    "gửi giấy mời; ghi biên bản.\n"
    "2. Đề nghị Ủy ban MTTQ Việt Nam xã giám sát việc giải quyết kiến nghị của Nhân dân.\n"
    "3. Phòng Văn hóa - Xã hội, Đài Truyền thanh xã\n"
    "- Phối hợp với Trưởng các thôn thông báo rộng rãi trên loa truyền thanh.\n"
    "- Chỉ đạo Trung tâm Dịch vụ tổng hợp trang trí hội trường.\n"
    "4. Ban Xây dựng Đảng phối hợp thông báo cho các chi bộ; giám sát.\n"
)


def _read(body: str) -> dict[str, Any]:
    text = f"{HEAD}{TITLE}{INTRODUCTION}{body}\n"
    reading = reading_json(read_paper(text))
    flat = " ".join(text.split())
    assert all(phrase in flat for phrase in phrases(reading))
    return reading


def _work(reading: dict[str, Any]) -> dict[str, tuple[str, list[str]]]:
    return {one["task"]: (one["lead"], one.get("others", [])) for one in reversed(reading["duties"])}


def test_duties_have_who_leads_and_who_helps() -> None:
    work = _work(_read(FACTS + WORK))
    office, helpers = "Văn phòng HĐND và UBND xã", ["Ban Xây dựng Đảng", "Công an xã"]
    assert work["content"] == (office, helpers)
    assert work["invitations"] == work["minutes"] == (office, [])
    assert work["broadcast"] == ("Phòng Văn hóa - Xã hội", ["Trưởng các thôn", "Đài Truyền thanh xã"])
    assert not {"survey", "security"} & set(work)


def test_whoever_is_told_to_do_it_leads() -> None:
    told = [one["lead"] for one in _read(FACTS + WORK)["duties"] if one["task"] == "logistics"]
    assert told == ["Văn phòng HĐND và UBND xã", "Trung tâm Dịch vụ tổng hợp"]


def test_who_watches_over_what() -> None:
    watched = _read(FACTS + WORK)["supervision"]
    assert [(one["who"], one["scope"]) for one in watched] == [
        ("Ủy ban MTTQ Việt Nam xã", "Giải quyết kiến nghị của Nhân dân"),
        ("Ban Xây dựng Đảng", "Giám sát"),
    ]


def test_steps_of_the_meeting_under_its_programme() -> None:
    steps = _read(
        FACTS
        + "4. Chương trình hội nghị\n- 8h00 - 8h10: Văn phòng UBND xã tuyên bố lý do;\n- (2) Thông qua chương trình;\n"
        "- Đón xe đại biểu về dự;\n- Nhân dân phát biểu ý kiến;\n"
        "- Chủ tịch UBND xã trả lời;\n- Chủ tịch UBND xã kết luận.\n"
    )["programme"]
    assert [(one["step"], one.get("by")) for one in steps] == [
        ("opening", "Văn phòng UBND xã"),
        ("agreement", None),
        ("speaking", None),
        ("answers", "Chủ tịch UBND xã"),
        ("conclusion", "Chủ tịch UBND xã"),
    ]
    assert steps[0]["title"] == "Văn phòng UBND xã tuyên bố lý do"


def test_subjects_are_no_steps_but_what_is_done_with_them_is() -> None:
    subjects = "4. Nội dung đối thoại\n- Việc thông báo giá đất;\n- Kết luận thanh tra;\n- Trả lời đơn.\n"
    done = (
        "4. Nội dung đối thoại\n- Thông báo tình hình kinh tế;\n- Nghe ý kiến Nhân dân;\n"
        "- Trực tiếp chỉ đạo, giải quyết.\n"
    )
    assert _read(FACTS + subjects)["programme"] == []
    assert [one["step"] for one in _read(FACTS + done)["programme"]] == ["report", "speaking", "answers"]


def test_a_paper_without_such_words_has_none_of_them() -> None:
    long = "Ban " + "điều hành khu dân cư liên thôn " * 4
    reading = _read(FACTS + f"4. Các ý kiến được tiếp thu.\nII. PHÂN CÔNG\n- Các ý kiến tổng hợp sau.\n1. {long}\n")
    assert reading["duties"] == reading["supervision"] == reading["programme"] == []


def test_the_draft_has_them_with_the_bodies_as_offices() -> None:
    profile = plan(FACTS + WORK + "III. CHƯƠNG TRÌNH\n1. Ban Chỉ đạo khác nêu lý do.\n2. Chủ tịch UBND xã kết luận.\n")
    names = {office.key: office.name for office in profile.offices}
    notice = next(line for line in profile.duties if line.duty is Duty.NOTICE)
    assert names[notice.lead] == "Phòng Văn hóa - Xã hội"
    assert {names[key] for key in notice.others} == {"Đài Truyền thanh xã", "Trưởng các thôn", "Ban Xây dựng Đảng"}
    assert [line.duty for line in profile.duties].count(Duty.LOGISTICS) == 1
    assert [names[line.office] for line in profile.supervision] == ["Ủy ban MTTQ Việt Nam xã", "Ban Xây dựng Đảng"]
    assert [(line.step, line.by) for line in profile.programme] == [
        (ProgrammeStep.OPENING, None),
        (ProgrammeStep.CONCLUSION, "chu-tich-ubnd-xa"),
    ]


def test_each_is_a_fact_with_its_words_or_absent() -> None:
    stated = {fact.path: fact.phrase for fact in drafted(f"{HEAD}{TITLE}{INTRODUCTION}{FACTS}{WORK}").facts}
    assert all(stated[path] for path in ("supervision", "duties"))
    assert stated["programme"] is None
