"""Papers of offices, read: every fact is one that the paper states, with its words; what it leaves out stays open."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from benchmarks.reading import compare
from intake.rules.plan.reading.days import half_day_in, hour_in, windows
from intake.rules.plan.reading.hamlets import hamlets_in
from intake.rules.plan.reading.paper_text import PaperText
from intake.rules.plan.reading.reading import phrases, read_paper
from wording.drafts import reading_json

_SEEN = sorted((Path(__file__).parent / "papers" / "seen").glob("*.txt"))


def _read(text: str) -> dict[str, Any]:
    return reading_json(read_paper(text))


def test_a_paper_says_what_a_clerk_reads_in_it_and_nothing_else() -> None:
    wrong = []
    for paper in _SEEN:
        text = paper.read_text(encoding="utf-8")
        reading = _read(text)
        truth = json.loads(paper.with_suffix(".json").read_text(encoding="utf-8"))
        wrong += [(paper.stem, *one) for one in compare(truth, reading) if one[1] not in {"right", "absent"}]
        flat = " ".join(text.split())
        wrong += [(paper.stem, "no words of the paper", phrase) for phrase in phrases(reading) if phrase not in flat]
    assert wrong == []


def test_papers_no_rule_was_written_by_are_read_well_and_nothing_is_made_up() -> None:
    outcomes: Counter[str] = Counter()
    papers = _SEEN[0].parent.parent
    for paper in sorted([*(papers / "unseen").glob("*.txt"), *(papers / "fresh").glob("*.txt")]):
        truth = json.loads(paper.with_suffix(".json").read_text(encoding="utf-8"))
        outcomes.update(one[1] for one in compare(truth, _read(paper.read_text(encoding="utf-8"))))
    every = sum(outcomes.values())
    assert outcomes["right"] + outcomes["absent"] >= 0.99 * every, outcomes
    assert outcomes["invented"] == 0, outcomes


def _plan(
    body: str, title: str = "Đối thoại giữa Chủ tịch UBND xã với Nhân dân năm 2026", head: str = ""
) -> dict[str, Any]:
    return _read(
        f"ỦY BAN NHÂN DÂN\nXÃ TÂN LẬP\nSố: 12/KH-UBND\nTân Lập, ngày 02 tháng 3 năm 2026\n\n{head}KẾ HOẠCH\n{title}\n\n"
        f"UBND xã Tân Lập xây dựng kế hoạch như sau:\n\n{body}\n"
    )


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("dự kiến tháng 4 và tháng 7 năm 2024", ["2024-04-01 2024-04-30 month", "2024-07-01 2024-07-31 month"]),
        ("01 buổi sáng, từ ngày 25/9 đến ngày 29/9/2023", ["2023-09-25 2023-09-29 window"]),
        ("trong quý III/2024", ["2024-07-01 2024-09-30 quarter"]),
        ("quý II và quý IV năm 2026", ["2026-04-01 2026-06-30 quarter", "2026-10-01 2026-12-31 quarter"]),
        (
            "ngày 12, 13 và 15/8/2026",
            ["2026-08-12 2026-08-12 day", "2026-08-13 2026-08-13 day", "2026-08-15 2026-08-15 day"],
        ),
        ("ngày 20 hoặc 21/11/2025", ["2025-11-20 2025-11-21 window"]),
        ("nửa cuối tháng 9/2026", ["2026-09-16 2026-09-30 window"]),
        ("nửa đầu tháng 9/2026", ["2026-09-01 2026-09-15 window"]),
        ("tuần thứ 2 của tháng 10 năm 2026", ["2026-10-08 2026-10-14 window"]),
        ("tuần đầu tháng 10", ["2026-10-01 2026-10-07 window"]),
        ("đầu tháng 5", ["2026-05-01 2026-05-10 window"]),
        ("giữa tháng 5", ["2026-05-11 2026-05-20 window"]),
        ("cuối tháng 2", ["2026-02-21 2026-02-28 window"]),
        ("từ tháng 4 đến tháng 6 năm 2026", ["2026-04-01 2026-06-30 window"]),
        ("6 tháng đầu năm 2026", ["2026-01-01 2026-06-30 half_year"]),
        ("6 tháng cuối năm 2025", ["2025-07-01 2025-12-31 half_year"]),
        ("trong năm 2026", ["2026-01-01 2026-12-31 year"]),
        ("tháng năm năm 2026; tháng mười một", ["2026-05-01 2026-05-31 month", "2026-11-01 2026-11-30 month"]),
        ("7h30 sáng ngày 03.9.26", ["2026-09-03 2026-09-03 day"]),
        ("ngày 31/4/2026, ngày 10 đến 5/8/2026", ["2026-08-05 2026-08-05 day"]),
        ("số 12/3 đường Lê Lợi, 9 tháng đầu năm, tháng 13", []),
        ("ngày 12/8/1200", []),
    ],
)
def test_times_are_read_as_plans_write_them(words: str, read: list[str]) -> None:
    text = PaperText(words)
    found = windows(text.folded, 0, len(text.folded), 2026)
    assert [f"{one.first} {one.last} {one.precision}" for one in found] == read


def test_a_time_without_a_year_is_none_in_a_paper_without_one() -> None:
    for words in ("tháng 4", "quý II", "ngày 5/6", "6 tháng đầu năm", "từ ngày 5/6 đến ngày 6/6", "ngày 5, 6/7"):
        text = PaperText(words)
        assert windows(text.folded, 0, len(text.folded), None) == []


@pytest.mark.parametrize(
    ("words", "hour", "half"),
    [
        ("8 giờ 00 phút sáng", "08:00", "morning"),
        ("2 giờ 30 chiều", "14:30", "afternoon"),
        ("19h00", "19:00", None),
        ("buổi tối", None, "evening"),
        ("buổi sáng và buổi chiều", None, None),
        ("25 giờ", None, None),
        ("8 giờ 25/6/2026", "08:00", None),
        ("Sáng ngày 30/11/2026, lúc 7 giờ", "07:00", "morning"),
    ],
)
def test_hours_and_half_days(words: str, hour: str | None, half: str | None) -> None:
    folded = PaperText(words).folded
    found = hour_in(folded, 0, len(folded))
    assert (found[0] if found else None, half_day_in(folded, 0, len(folded))) == (hour, half)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("02 TDP (Hàng Gòn và Làng Dầu)", ["TDP Hàng Gòn", "TDP Làng Dầu"]),
        ("Thôn Tuyết Diêm 1 và Tuyết Diêm 2", ["Thôn Tuyết Diêm 1", "Thôn Tuyết Diêm 2"]),
        ("các thôn: Đông, Tây và thôn Đông", ["Thôn Đông", "Thôn Tây"]),
        ("khu phố 1, khu phố 2, 3", ["Khu phố 1", "Khu phố 2", "Khu phố 3"]),
        ("tiểu khu 1, tiểu khu 2.", ["Tiểu khu 1", "Tiểu khu 2"]),
        ("thôn Phú Lộc, tổ 5 và ấp Bình Hòa", ["Thôn Phú Lộc", "Tổ 5", "Ấp Bình Hòa"]),
        ("các cấp ủy, thôn UBND, trưởng thôn", []),
    ],
)
def test_hamlets_are_told_by_their_names(words: str, names: list[str]) -> None:
    text = PaperText(words)
    assert [hamlet.name for hamlet in hamlets_in(text, 0, len(text.flat))] == names


@pytest.mark.parametrize(
    ("kind", "title", "paper"),
    [
        ("THÔNG BÁO", "Kết quả hội nghị đối thoại với Nhân dân", "report"),
        ("BIÊN BẢN", "Hội nghị đối thoại với Nhân dân", "report"),
        ("QUYẾT ĐỊNH", "Về việc ban hành Quy chế đối thoại với Nhân dân", "rule"),
        ("CHƯƠNG TRÌNH", "Đối thoại với Nhân dân năm 2026", "plan"),
        ("LỊCH", "Đối thoại với Nhân dân năm 2026", "schedule"),
        ("THÔNG BÁO", "Về việc điều chỉnh thời gian đối thoại với Nhân dân", "change"),
        ("KẾ HOẠCH", "Đối thoại tại nơi làm việc năm 2026", "other"),
        ("KẾ HOẠCH", "Tổ chức đối thoại giải quyết khiếu nại của ông Nguyễn Văn A", "other"),
        ("GIẤY MỜI", "Dự hội nghị đối thoại với Nhân dân", "notice"),
        ("GIẤY MỜI", "Dự phiên giải trình của Thường trực HĐND, trao đổi và đối thoại với người giải trình", "other"),
        ("THƯ MỜI", "Dự chương trình gặp gỡ, đối thoại giữa Chủ tịch UBND xã với thanh niên", "notice"),
        ("THÔNG BÁO", "Về việc thu gom rác thải", "other"),
    ],
)
def test_only_plans_notices_schedules_and_changes_are_taken_for_such(kind: str, title: str, paper: str) -> None:
    reading = _read(
        f"UBND XÃ TÂN LẬP\n\n{kind}\n{title}\n\nCăn cứ tình hình thực tế, ngày 05/8/2026 tại Hội trường xã.\n"
    )
    assert reading["paper"] == paper
    if paper == "other" and kind != "GIẤY MỜI":
        assert "không phải về đối thoại với Nhân dân" in reading["warnings"][0]


def test_a_letter_without_a_type_invites_or_is_nothing_of_ours() -> None:
    letter = (
        "UBND XÃ TÂN LẬP\nSố: 77/UBND-VP\nV/v {}\n\nKính gửi: Các thôn.\n"
        "Đối thoại với Nhân dân lúc 8 giờ ngày 05/8/2026.\n"
    )
    invited = _read(letter.format("tham gia hội nghị đối thoại với Nhân dân"))
    assert (invited["paper"], invited["number"]["value"]) == ("notice", "77/UBND-VP")
    assert _read(letter.format("đối thoại"))["paper"] == "other"


def test_a_text_that_is_no_paper_states_nothing() -> None:
    reading = _read("Hôm nay trời đẹp.")
    assert reading["paper"] == "other"
    facts = ("layout", "issuer", "unit", "year", "number", "issued_on", "notice", "reply", "registration")
    assert [reading[fact] for fact in facts] == [None] * len(facts)
    assert reading["meetings"] == reading["hosts"] == reading["open"] == []


def test_a_cancelled_meeting_keeps_its_day_and_is_said_to_be_off() -> None:
    said = "Về việc {} hội nghị đối thoại\n\nHội nghị đối thoại tổ chức ngày 05/9/2026 tại Nhà văn hóa thôn Đông.\n"
    said += "Thời gian tổ chức lại sẽ thông báo sau.\n"
    for verb, status in (("hủy tổ chức", "cancelled"), ("hoãn tổ chức", "postponed")):
        (meeting,) = _read(f"UBND XÃ TÂN LẬP\n\nTHÔNG BÁO\n{said.format(verb)}")["meetings"]
        assert (meeting["window"]["from"], meeting["status"]) == ("2026-09-05", status)


def test_a_plan_of_the_state_that_promises_less_than_the_law_is_contradicted() -> None:
    reading = _plan(
        "1. Thời gian: ngày 12/11/2026.\n2. Địa điểm: thông báo sau.\n"
        "3. Công khai thời gian, địa điểm trên loa truyền thanh trước 3 ngày.\n"
    )
    assert reading["notice"]["value"] == 3
    assert [one["about"] for one in reading["contradictions"]] == ["notice-days"]
    assert {"venue", "reply-days", "meeting-hour", "meeting-secretary"} <= {one["key"] for one in reading["open"]}


def test_what_cannot_be_is_shown_to_somebody() -> None:
    reading = _plan(
        "1. Thời gian: thứ Hai, ngày 12/11/2025, kết thúc trước ngày 30/02/2026.\n"
        "2. Đối tượng: Nhân dân 03 thôn (Đông, Tây)\n"
    )
    about = sorted(one["about"] for one in reading["contradictions"])
    assert about == ["hamlet-count", "impossible-day", "issued-on", "weekday", "year"]


def test_a_meeting_told_at_one_place_for_all_and_the_day_within_a_quarter() -> None:
    reading = _plan(
        "I. NỘI DUNG\n1. Địa điểm\n- Tổ chức tại Nhà văn hóa xã Tân Lập, vào buổi sáng.\n"
        "2. Thời gian đối thoại: trong quý III, dự kiến Chủ nhật ngày 16/8/2026.\n"
        "3. Đối tượng\n- Phụ nữ, nông dân các thôn Đông, Tây.\n- Doanh nghiệp trên địa bàn.\n"
        "II. TỔ CHỨC THỰC HIỆN\n1. Văn phòng\n- Trả lời kiến nghị trước ngày 01/10/2026.\n"
    )
    (meeting,) = reading["meetings"]
    assert meeting["window"] == {"from": "2026-08-16", "to": "2026-08-16", "precision": "day"}
    assert (meeting["status"], meeting["venue"]) == ("expected", "Nhà văn hóa xã Tân Lập")
    assert meeting["units"] == ["Thôn Đông", "Thôn Tây"]
    assert meeting["audience_kinds"] == ["women", "farmers"]
    assert reading["desks"][0]["name"] == "Văn phòng"


def test_a_meeting_that_comes_back_is_said_to_be_more_than_was_read() -> None:
    """R218: no month is dropped without a word; a report that comes back is no meeting."""
    told = "những buổi đọc được chưa đủ các kỳ"
    quarterly = _plan("1. Thời gian: Mỗi quý tổ chức 01 hội nghị đối thoại, thời gian cụ thể sẽ thông báo sau.")
    assert any(told in one for one in quarterly["warnings"])
    [time] = [one for one in quarterly["open"] if one["key"] == "meeting-time"]
    assert time["phrase"] == "Mỗi quý tổ chức 01 hội nghị đối thoại"
    assert time["why"] == "Văn bản nêu đối thoại định kỳ, không nêu ngày của từng buổi."
    monthly = _plan("1. Đối thoại định kỳ ngày 15 hằng tháng.\n2. Hội nghị đối thoại: trong tháng 3/2026.")
    assert len(monthly["meetings"]) == 1
    assert any(told in one for one in monthly["warnings"])
    reports = _plan("Hội nghị đối thoại: trong tháng 3/2026. Văn phòng tổ chức tổng hợp, báo cáo hằng quý.")
    assert not any(told in one for one in reports["warnings"])


def test_seats_are_counted_for_each_and_in_all() -> None:
    reading = _plan(
        "1. Thành phần: tổng số khoảng 150 đại biểu; mỗi thôn cử 05 đại biểu tham dự; 10 người/khu dân cư; "
        "01 đồng chí đại diện Hội Nông dân.\n"
    )
    seats = {(quota["number"], quota.get("per")) for quota in reading["quotas"]}
    assert seats == {(150, None), (5, "thôn"), (10, "khu dân cư"), (1, None)}


def test_reports_duties_and_days_that_are_owed() -> None:
    reading = _plan(
        "I. NỘI DUNG\n1. Thời gian: ngày 12/11/2026\n"
        "2. Nhân dân gửi câu hỏi về Văn phòng UBND xã từ ngày 01/10 đến ngày 20/10/2026.\n"
        "II. TỔ CHỨC THỰC HIỆN\n"
        "1. Văn phòng UBND xã: chuẩn bị hội trường chậm nhất trước 02 ngày làm việc; niêm yết kết quả trong "
        "thời hạn 10 ngày.\n"
        "2. Công an xã: báo cáo tình hình về Chủ tịch UBND xã chậm nhất ngày 05/11/2026.\n"
        "3. Ban Chỉ huy Quân sự xã: báo cáo định kỳ 01 quý/lần. Văn phòng nhận báo cáo.\n"
    )
    assert (reading["preparation"]["value"], reading["preparation"]["working"]) == (2, True)
    assert reading["results"]["value"] == 10
    assert (reading["opinions"]["from"], reading["opinions"]["to"]) == ("2026-10-01", "2026-10-20")
    assert [(one["date"], one["rule"]) for one in reading["fixed_dates"]] == [("2026-11-05", "by")]
    assert [(one.get("to"), one["when"]) for one in reading["reports"]] == [
        ("Chủ tịch UBND xã", "chậm nhất ngày 05/11/2026"),
        (None, "định kỳ 01 quý/lần"),
    ]


def test_a_paper_signed_only_or_with_a_motto_only_still_shows_its_layout() -> None:
    signed = "KẾ HOẠCH\nĐối thoại với Nhân dân xã Tân Lập năm 2026\n\nI. MỤC ĐÍCH\nLắng nghe.\n\n{}\nBÍ THƯ\n"
    assert _read(signed.format("T/M BAN THƯỜNG VỤ"))["layout"]["value"] == "party"
    assert _read(signed.format("TM. ỦY BAN NHÂN DÂN"))["layout"]["value"] == "state"
    motto = _read("ĐẢNG CỘNG SẢN VIỆT NAM\n\nKẾ HOẠCH\nĐối thoại với Nhân dân năm 2026\n\nI. MỤC ĐÍCH\nLắng nghe.\n")
    assert (motto["layout"]["value"], motto["issuer"]) == ("party", None)
    assert motto["open"][0]["key"] == "commune-name"


def test_fields_of_reading_stay_a_contract() -> None:
    reading = _plan("1. Thời gian: ngày 12/11/2026\n")
    assert reading["issued_on"]["value"] == date(2026, 3, 2).isoformat()
    assert {
        "paper", "warnings", "layout", "issuer", "unit", "year", "period", "number", "issued_on", "notice",
        "registration", "reply", "bases", "hosts", "meetings", "quotas", "reports", "desks", "fixed_dates", "open",
        "contradictions",
    } <= set(reading)  # fmt: skip


def test_a_plan_of_a_half_year_whose_lines_were_flattened_leaves_its_riddles_to_people() -> None:
    reading = _read((_SEEN[0].parent / "flattened-table.txt").read_text(encoding="utf-8"))
    assert reading["warnings"][0] == "Căn cứ bị dẫn sai: đúng là Quy định số 11-QĐi/TW ngày 18/02/2019."
    assert {"commune-name", "notice-days"} <= {one["key"] for one in reading["open"]}
    assert [(host["title"], host.get("concludes")) for host in reading["hosts"]] == [
        ("Bí thư Đảng ủy, Chủ tịch HĐND xã", True)
    ]


@pytest.mark.parametrize(
    ("chaired", "hosts"),
    [
        ("Đồng chí Bí thư Đảng ủy, Chủ tịch HĐND xã", ["Bí thư Đảng ủy, Chủ tịch HĐND xã"]),
        (
            "Bí thư Đảng ủy - Chủ tịch HĐND xã; Chủ tịch UBND xã",
            ["Bí thư Đảng ủy - Chủ tịch HĐND xã", "Chủ tịch UBND xã"],
        ),
        ("Bí thư Đảng ủy, Chủ tịch HĐND, Chủ tịch UBND xã", ["Bí thư Đảng ủy", "Chủ tịch HĐND", "Chủ tịch UBND xã"]),
        ("Các đồng chí Bí thư Đảng ủy, Chủ tịch HĐND xã", ["Bí thư Đảng ủy", "Chủ tịch HĐND xã"]),
        (
            "Đ/c Bí thư Đảng ủy, Chủ tịch UBND xã và đ/c Phó Bí thư Thường trực Đảng ủy",
            ["Bí thư Đảng ủy, Chủ tịch UBND xã", "Phó Bí thư Thường trực Đảng ủy"],
        ),
        (
            "Chủ tịch UBND xã và đồng chí Chủ tịch Hội LHPN xã, Bí thư Đoàn xã",
            ["Chủ tịch UBND xã", "Chủ tịch Hội LHPN xã", "Bí thư Đoàn xã"],
        ),
    ],
)
def test_offices_of_one_person_are_one_host(chaired: str, hosts: list[str]) -> None:
    reading = _plan(f"1. Chủ trì: {chaired}.\n2. Thời gian: ngày 12/11/2026.\n")
    assert [host["title"] for host in reading["hosts"]] == hosts


def test_those_who_chair_together_are_hosts_though_their_names_stand_between() -> None:
    reading = _plan(
        "1. Thành phần\nĐồng chí Hứa Thị Lan, Bí thư Đảng uỷ, Chủ tịch HĐND xã; đồng chí Vũ Ngọc Hà, Phó Bí thư Đảng "
        "uỷ, Chủ tịch UBND xã đồng chủ trì Hội nghị.\n2. Thời gian: ngày 12/11/2026.\n"
    )
    assert [host["title"] for host in reading["hosts"]] == [
        "Bí thư Đảng uỷ, Chủ tịch HĐND xã",
        "Phó Bí thư Đảng uỷ, Chủ tịch UBND xã",
    ]


def test_a_secretary_who_may_also_be_the_chair_is_asked_about() -> None:
    reading = _plan(
        "1. Thành phần\n- Đồng chí Bí thư Đảng ủy, Chủ tịch UBND xã (Chủ trì);\n2. Thời gian: ngày 12/11/2026.\n"
    )
    assert "hosts" in {one["key"] for one in reading["open"]}


def test_an_end_that_lies_outside_the_window_is_asked_about() -> None:
    reading = _plan("1. Thời gian: Quý III năm 2026; kết thúc trước ngày 30/10/2026.\n2. Hình thức: trực tiếp.\n")
    assert reading["meetings"][0]["until"] == "2026-10-30"
    assert [one["about"] for one in reading["contradictions"]] == ["window"]
    assert "window-reading" in {one["key"] for one in reading["open"]}


def test_two_people_named_and_a_deputy_who_stands_in() -> None:
    reading = _plan(
        "1. Chủ trì\nĐồng chí Lê Văn Tám, Bí thư Đảng ủy; đồng chí Lò Thị Mai, Chủ tịch UBND xã; Phó Chủ "
        "tịch UBND xã.\n"
        "2. Thời gian: ngày 12/11/2026 tại nhà ông Ba và tại Trường Tiểu học Tân Lập (thôn Đông), với thanh niên.\n"
    )
    hosts = [(host["title"], host.get("deputy")) for host in reading["hosts"]]
    assert hosts == [("Bí thư Đảng ủy", None), ("Chủ tịch UBND xã", None), ("Phó Chủ tịch UBND xã", True)]


def test_whoever_is_said_to_hold_a_dialogue_holds_it() -> None:
    title = "Đối thoại với Nhân dân năm 2026"
    held = _plan("Bí thư Đảng ủy và Chủ tịch UBND xã tổ chức đối thoại với Nhân dân ngày 12/11/2026.", title=title)
    assert [host["title"] for host in held["hosts"]] == ["Bí thư Đảng ủy", "Chủ tịch UBND xã"]
    two = _plan("1. Chủ trì: Phó Bí thư Đảng ủy, Trưởng ban Tổ chức.\n2. Thời gian: ngày 12/11/2026.", title=title)
    assert [host["title"] for host in two["hosts"]] == ["Phó Bí thư Đảng ủy", "Trưởng ban Tổ chức"]
    nobody = _plan("Nhân dân phát biểu.", title=title)
    assert nobody["hosts"] == []


def test_a_change_of_something_else_keeps_the_day() -> None:
    reading = _read(
        "UBND XÃ TÂN LẬP\n\nTHÔNG BÁO\nĐiều chỉnh nội dung hội nghị đối thoại\n\nUBND xã điều chỉnh nội dung hội nghị "
        "đối thoại tổ chức ngày 05/9/2026 như sau:\n1. Thêm chủ đề nước sạch.\n"
    )
    assert [(one["window"]["from"], one["status"]) for one in reading["meetings"]] == [("2026-09-05", "fixed")]


def test_a_hall_and_phones_at_home_make_both() -> None:
    both = _plan("1. Thời gian: ngày 12/11/2026. Hội nghị tổ chức trực tiếp, kết hợp truyền hình trực tuyến.\n")
    assert both["meetings"][0]["form"] == "both"
    online = _plan("1. Thời gian: ngày 12/11/2026. Nhân dân dự trực tuyến.\n")
    assert online["meetings"][0]["form"] == "online"


def test_a_plan_of_a_quarter_of_a_province_says_so() -> None:
    reading = _read(
        "TỈNH ỦY AN GIANG\nSố 5-KH/TU\n\nKẾ HOẠCH\nĐối thoại của Bí thư Tỉnh ủy với Nhân dân quý II năm 2026\n\n"
        "Ban Thường vụ Tỉnh ủy An Giang xây dựng kế hoạch như sau:\n1. Thời gian: tháng 5.\n"
    )
    assert (reading["unit"]["value"], reading["unit"]["level"]) == ("tỉnh An Giang", "province")
    assert reading["period"]["value"] == "quarter"


def test_tables_without_times_are_no_tables_of_meetings() -> None:
    reading = _plan(
        "I. NỘI DUNG\nSTT\tNội dung\tNgười thực hiện\n1\tĐất đai\tCông chức địa chính\n\n"
        "TT Thời gian Địa điểm\nSẽ thông báo sau\n\nTT\tThời gian\tĐịa điểm\n1\tsẽ thông báo\tHội trường\n\n"
        "TT Đối tượng Thời gian Địa điểm\n01\nThôn Đông\n19 giờ 30 ngày 05/8/2026\nNhà văn hóa thôn "
        "Đông\n02\nThôn Tây\n"
        "sẽ thông báo sau\nNhà văn hóa thôn Tây\n"
    )
    (meeting,) = reading["meetings"]
    assert (meeting["time"], meeting["venue"], meeting["units"]) == ("19:30", "Nhà văn hóa thôn Đông", ["Thôn Đông"])


def test_turns_that_are_announced_one_by_one() -> None:
    reading = _plan(
        "1. Thời gian, địa điểm đợt 1: 8 giờ ngày 05/8/2026 tại Hội trường xã.\n"
        "2. Thời gian, địa điểm đợt 2: 8 giờ ngày 12/8/2026 tại Nhà văn hóa thôn Tây.\n"
        "3. Thời gian đăng ký: trước ngày 01/8/2026 tại Văn phòng UBND xã.\n"
        "4. Thư ký hội nghị: Văn phòng UBND xã.\n5. Bí thư chi bộ thôn Đông, Chủ tịch UBND xã dự.\n"
    )
    places = [(meeting["window"]["from"], meeting["venue"]) for meeting in reading["meetings"]]
    assert places == [("2026-08-05", "Hội trường xã"), ("2026-08-12", "Nhà văn hóa thôn Tây")]
    assert "meeting-secretary" not in {one["key"] for one in reading["open"]}


@pytest.mark.parametrize("turn", ["Cụm {}", "Buổi {}", "Hội nghị thứ {}"])
def test_every_turn_has_the_hamlets_and_the_place_that_stand_with_it(turn: str) -> None:
    reading = _plan(
        f"I. NỘI DUNG\n1. {turn.format(1)} gồm 02 thôn: thôn Đông, thôn Tây\n"
        "- Thời gian: 8 giờ ngày 05/8/2026\n- Địa điểm: Nhà văn hóa thôn Đông\n"
        f"2. {turn.format(2)} gồm 01 thôn: thôn Bắc\n"
        "- Thời gian: 8 giờ ngày 12/8/2026\n- Địa điểm: Nhà văn hóa thôn Bắc\n"
    )
    assert [(one["window"]["from"], one["venue"], one["units"]) for one in reading["meetings"]] == [
        ("2026-08-05", "Nhà văn hóa thôn Đông", ["Thôn Đông", "Thôn Tây"]),
        ("2026-08-12", "Nhà văn hóa thôn Bắc", ["Thôn Bắc"]),
    ]


def test_a_scan_that_lost_its_blanks_and_a_heading_in_capitals_are_read_like_any_other() -> None:
    reading = _read(
        "UBND XÃ TÂN LẬP\n\nKẾHOẠCH\nĐối thoại với Nhân dân năm 2026\n\nI. CHỦ TRÌ\n1. Chủ tịch UBND xã.\n"
        "II. NỘI DUNG\n1. Thời gian: ngày 05/8/2026.\n"
    )
    assert (reading["paper"], [host["title"] for host in reading["hosts"]]) == ("plan", ["Chủ tịch UBND xã"])


def test_a_place_with_a_remark_is_the_place() -> None:
    reading = _plan(
        "1. Thời gian: tháng 8 năm 2026.\n2. Địa điểm: Hội trường xã (thời gian cụ thể thông báo sau).\n"
        "3. Đối tượng\n\n4. Thành phần: 02 thôn (Đông, Tây), (1) Thường trực Đảng ủy; (2) mỗi thôn cử 05 đại biểu; "
        "mỗi thôn cử 05 đại biểu.\n"
        "(1) Nhân dân phát biểu theo thứ tự đăng ký; gửi câu hỏi, đăng ký về Văn phòng UBND xã trước ngày 01/8/2026.\n"
        "Trưởng thôn lập danh sách đăng ký.\n"
    )
    assert reading["meetings"][0]["venue"] == "Hội trường xã"
    assert [quota["number"] for quota in reading["quotas"]] == [5]
    assert reading["registration"]["until"] == "2026-08-01"
    assert reading["contradictions"] == []


@pytest.mark.parametrize("words", ["ngày 31, 32/8/2026", "trong năm 1800", "ngày 30 đến 31/2/2026", "tháng 15/2026"])
def test_days_that_do_not_exist_are_none(words: str) -> None:
    folded = PaperText(words).folded
    assert [one.first.isoformat() for one in windows(folded, 0, len(folded), None)] in ([], ["2026-08-31"])


def test_titles_with_much_space_and_papers_signed_for_others() -> None:
    reading = _read(
        "thông báo\n\nTHÔNG BÁO\nTổ chức hội nghị đối thoại\n\n\nTrong thời gian qua, tình hình ổn định. "
        + "Nhân dân phấn khởi. " * 30
        + "\nHội nghị đối thoại tổ chức lúc 8 giờ ngày 05/8/2026 tại Hội trường xã.\n\nTM. TẬP THỂ\n. \n"
    )
    assert reading["title"]["value"] == "Tổ chức hội nghị đối thoại"
    assert reading["layout"] is None
    assert reading["meetings"][0]["venue"] == "Hội trường xã"


def test_an_empty_paper_is_nothing() -> None:
    assert _read("")["paper"] == "other"


def test_a_change_whose_new_day_comes_a_sentence_later() -> None:
    reading = _read(
        "UBND XÃ TÂN LẬP\n\nTHÔNG BÁO\nĐiều chỉnh thời gian đối thoại với Nhân dân\n\n"
        "UBND xã điều chỉnh thời gian đối thoại sang dịp khác.\nThời gian mới: 8 giờ ngày 26/8/2026 tại Hội "
        "trường xã.\n"
    )
    assert [(one["window"]["from"], one["status"]) for one in reading["meetings"]] == [("2026-08-26", "moved")]


def test_what_is_only_near_the_words_is_not_taken_for_them() -> None:
    reading = _plan(
        "I. NỘI DUNG\n1. Chủ trì: sẽ thông báo sau.\n2. Chủ tịch UBND xã, Chủ tịch UBND xã chủ trì.\n"
        "STT Công việc Người làm\n1. Trang trí hội trường\n"
        + "Chuẩn bị chu đáo mọi điều kiện phục vụ. "
        * 8
        + "\nSTT Thời gian Việc\nThứ nhất\n"
        "3. Thời gian: tháng 8, hoàn thành trước ngày 01/9/2026; số 05/6/2026 và 2/05/6/2026.\n"
        "4. Nhân dân phát biểu theo thứ tự đăng ký. Huyện ủy Ban Tổ chức dự, khoảng 50 đại biểu, mỗi thôn 50 "
        "đại biểu.\n"
        + "5. "
        + "Những nội dung phức tạp, liên quan nhiều ngành, cần thời gian nghiên cứu xem xét thận trọng, " * 5
        + "được trả lời trong thời hạn 20 ngày.\n6. ; \n"
    )
    assert [host["title"] for host in reading["hosts"]] == ["Chủ tịch UBND xã"]
    assert reading["fixed_dates"] == []
    assert reading["registration"] is None
    assert reading["reply"]["value"] == 20
    assert len(reading["reply"]["phrase"]) < 400


@pytest.mark.parametrize(
    ("title", "paper"),
    [
        ("Đối thoại trong tháng Thanh niên; UBND xã xây dựng kế hoạch năm 2026", "plan"),
        ("Đối thoại phát huy quyền làm chủ, phát huy kế hoạch đã có năm 2026", "plan"),
        ("Điều chỉnh thời gian đối thoại với Nhân dân năm 2026", "change"),
        ("Huỷ buổi đối thoại với Nhân dân năm 2026", "change"),
    ],
)
def test_to_build_a_plan_is_not_to_stop_one(title: str, paper: str) -> None:
    assert _plan("1. Thời gian: ngày 12/5/2026.", title=title)["paper"] == paper


def test_labels_and_kinds_that_a_scan_ran_together_are_read() -> None:
    reading = _plan(
        "1. Thờigian: 7 giờ 30 phút ngày 28/4/2026.\n2. Địađiểm: Nhà văn hóa trung tâm xã.",
        head="Căn cứ Kếhoạch số 19-KH/ĐU ngày 02/3/2026 của Đảng ủy;\n",
    )
    [meeting] = reading["meetings"]
    assert (meeting["window"]["from"], meeting["time"]) == ("2026-04-28", "07:30")
    assert meeting["venue"] == "Nhà văn hóa trung tâm xã"


def test_a_basis_without_its_blank_has_its_kind_in_whole() -> None:
    reading = _read(
        "ỦY BAN NHÂN DÂN\nXÃ TÂN LẬP\nSố: 12/KH-UBND\n\nKẾ HOẠCH\nĐối thoại với Nhân dân năm 2026\n\n"
        "Căn cứ Kếhoạch số 19-KH/ĐU ngày 02/3/2026 của Đảng ủy xã; UBND xã Tân Lập xây dựng kế hoạch như sau:\n\n"
        "1. Thời gian: ngày 12/5/2026.\n"
    )
    assert [(basis["kind"], basis["number"]) for basis in reading["bases"]] == [("Kế hoạch", "19-KH/ĐU")]
    wrapped = _read(
        "UBND XÃ TÂN LẬP\n\nKẾ HOẠCH\nĐối thoại với Nhân dân năm 2026\n\nCăn cứ Quyết định số 5-QĐ/TU ngày 02/3/2026 "
        "của Ban Thường vụ\nTỉnh ủy về đối thoại; UBND xã Tân Lập xây dựng kế hoạch như sau:\n\n"
        "1. Thời gian: tháng 5.\n"
    )
    assert wrapped["bases"][0]["issuer"] == "Ban Thường vụ Tỉnh ủy"


def test_a_committee_that_says_its_level_issues_with_its_bureau() -> None:
    reading = _read(
        "HUYỆN ỦY SƠN LIÊN\nSố 5-KH/HU\n\nKẾ HOẠCH\nđối thoại giữa Bí thư Huyện ủy với Nhân dân năm 2021\n\n"
        "Ban Thường vụ Huyện ủy Sơn Liên xây dựng Kế hoạch như sau:\n\n1. Thời gian: ngày 12/5/2021.\n"
    )
    assert reading["issuer"]["value"] == "Ban Thường vụ Huyện ủy Sơn Liên"


def test_one_of_several_kinds_of_units_is_one_of_each() -> None:
    quotas = _plan("1. Thành phần:\n- 01 đồng chí đại diện trưởng các đoàn thể xã, thị trấn.")["quotas"]
    assert [(quota["number"], quota["per"]) for quota in quotas] == [(1, "xã, thị trấn")]


def test_before_the_law_five_days_of_notice_contradict_nothing() -> None:
    body = "1. Thời gian: sẽ có giấy mời.\n2. Thông báo cho Nhân dân chậm nhất 05 ngày trước ngày đối thoại."
    early = _plan(body, title="Đối thoại giữa Chủ tịch UBND xã với Nhân dân năm 2022")
    late = _plan(body)
    assert [one["about"] for one in early["contradictions"]] == []
    assert [one["about"] for one in late["contradictions"]] == ["notice-days"]
    nameless = _read(f"THÔNG BÁO\nĐối thoại của Chủ tịch UBND xã Tân Lập với Nhân dân\n\n{body}\n")
    assert nameless["year"] is None
    assert [one["about"] for one in nameless["contradictions"]] in ([], ["notice-days"])


def test_a_rule_says_within_how_many_days_is_replied() -> None:
    reading = _read(
        "ĐẢNG ỦY XÃ TIÊN LĨNH\nSố 05-QC/ĐU\n\nQUY CHẾ\nđối thoại giữa Bí thư Đảng ủy với Nhân dân\n\n"
        "Điều 1. Trong thời hạn 15 ngày kể từ ngày kết thúc đối thoại, các cơ quan trả lời kiến nghị của Nhân dân.\n"
    )
    assert (reading["paper"], reading["reply"]["value"]) == ("rule", 15)


@pytest.mark.parametrize("paper", _SEEN, ids=lambda paper: paper.stem)
def test_what_is_remarked_of_a_paper_is_said_in_either_language(paper: Path) -> None:
    reading = read_paper(paper.read_text(encoding="utf-8"))
    said, english = reading_json(reading), reading_json(reading, "en")
    for field in ("open", "contradictions"):
        assert [one["phrase"] for one in said[field] if "phrase" in one] == [
            one["phrase"] for one in english[field] if "phrase" in one
        ]
        assert not {one["why"] for one in said[field]} & {one["why"] for one in english[field]}
    assert len(said["warnings"]) == len(english["warnings"])


def test_a_wrong_weekday_is_told_in_english() -> None:
    text = next(paper for paper in _SEEN if paper.stem == "bacgiang-2026-contradicting").read_text(encoding="utf-8")
    told = [one["why"] for one in reading_json(read_paper(text), "en")["contradictions"]]
    assert told, "there is something to tell"
    assert not any("Văn bản" in one for one in told)


def test_a_number_left_blank_makes_no_paper_of_a_department() -> None:
    head = "ĐẢNG ỦY XÃ TÂN LẬP\n*\nSố       -KH/ĐU\n\nKẾ HOẠCH\n"
    title = "Đối thoại trực tiếp giữa người đứng đầu với Nhân dân năm 2026\n\n"
    assert _read(head + title + "1. Thời gian: Quý III năm 2026.\n")["paper"] == "plan"
    assert _read("SỞ NỘI VỤ\nSố: 5/KH-SNV\n\nKẾ HOẠCH\n" + title)["paper"] == "other"


@pytest.mark.parametrize(
    ("title", "when", "window"),
    [
        ("quý IV năm 2025", "hoàn thành trước ngày 20/11/2025", ("2025-10-01", "2025-11-19")),
        ("năm 2025", "chậm nhất ngày 20/11/2025", ("2025-01-01", "2025-11-20")),
        ("với hội viên", "hoàn thành trước ngày 20/11/2025", None),
        ("quý IV năm 2025", "hoàn thành trước ngày 20/02/2026", None),
    ],
)
def test_a_last_day_alone_bounds_the_period_of_the_title_and_makes_up_no_first_day(
    title: str, when: str, window: tuple[str, str] | None
) -> None:
    meetings = _read(
        f"UBND XÃ TÂN LẬP\n\nKẾ HOẠCH\nĐối thoại giữa Chủ tịch UBND xã với Nhân dân {title}\n\n"
        f"UBND xã xây dựng kế hoạch như sau:\n1. Thời gian: 01 buổi, {when}.\n2. Địa điểm: Hội trường xã.\n"
    )["meetings"]
    assert [(one["window"]["from"], one["window"]["to"]) for one in meetings] == ([window] if window else [])


def test_who_chairs_is_read_under_each_turn_and_not_from_what_is_headed_otherwise() -> None:
    said = "- Thời gian: 8 giờ ngày {day}/9/2026\n- Địa điểm: Nhà văn hóa thôn {name}\n- Chủ trì: {who}\n"
    hosts = _read(
        "UBND XÃ TÂN LẬP\n\nTHÔNG BÁO\nVề việc đối thoại với Nhân dân năm 2026\n\nUBND xã thông báo như sau:\n"
        "1. Đối với Nhân dân thôn Đông\n"
        + said.format(day=8, name="Đông", who="Chủ tịch UBND xã")
        + "2. Đối với Nhân dân thôn Đoài\n"
        + said.format(day=9, name="Đoài", who="Phó Chủ tịch UBND xã")
        + "3. Chủ trì tổng hợp: Chủ tịch Hội Nông dân, Bí thư Đoàn xã\n"
    )["hosts"]
    assert [host["title"] for host in hosts] == ["Chủ tịch UBND xã", "Phó Chủ tịch UBND xã"]


@pytest.mark.parametrize(
    "line",
    [
        "Thời gian\tĐịa điểm\n",
        "TT Thời gian\n1 8 giờ ngày 5/8/2026\n",
        "1. A\n- Thời gian: 8 giờ ngày 5/8/2026\n- Địa điểm: Hội trường xã\n",
        "1. Văn phòng xã: thông báo; phối hợp với Công an xã và Ban A giám sát việc thực hiện\n",
        "Khu phố 1 đến khu phố 9, ",
    ],
    ids=["tabbed heads", "heads", "turns", "duties", "rows of hamlets"],
)
def test_a_paper_of_one_line_again_and_again_is_read_in_time_that_grows_with_its_length(line: str) -> None:
    head = "UBND XÃ TÂN LẬP\n\nKẾ HOẠCH\nĐối thoại với Nhân dân năm 2026\n\nII. TỔ CHỨC THỰC HIỆN\n"

    def seconds(letters: int) -> float:
        started = process_time()
        read_paper(head + line * (letters // len(line)))
        return process_time() - started

    assert seconds(60_000) < 14 * max(seconds(15_000), 0.05)


@pytest.mark.parametrize(
    ("body", "units"),
    [
        (("I. THỜI GIAN\n- Kỳ 1: tháng 4/2026.\n- Kỳ 2: tháng 9/2026.\nII. ĐỐI TƯỢNG\n- Kỳ 1: Nhân dân thôn Đông.\n"
          "- Kỳ thứ hai: Nhân dân thôn Tây, thôn Quý Hòa.\n"), [["Thôn Đông"], ["Thôn Tây", "thôn Quý Hòa"]]),
        (("I. THỜI GIAN\n1. Ngày 12/5/2026\na) Buổi sáng: từ 7 giờ 30, tại Hội trường xã, với Nhân dân thôn Đông.\n"
         "b) Buổi chiều: từ 14 giờ, tại Nhà văn hóa thôn Tây, với Nhân dân thôn Tây.\n2. Ngày 13/5/2026\n"
         "Buổi sáng: từ 8 giờ, tại Hội trường xã, với Nhân dân phố Chợ, khu vực Bến.\n"),
         [["Thôn Đông"], ["Thôn Tây"], ["Phố Chợ", "khu vực Bến"]]),
        (("1/ Thời gian: 02 đợt\n+ Đợt 1: 7h30 ngày 20/5/2026\n+ Đợt 2: 7h30 ngày 18/11/2026\n"
          "2/ Thành phần: hộ dân thôn Đông (đợt 1); hộ dân thôn Tây, thôn Đoài (đợt 2).\n"),
         [["Thôn Đông"], ["Thôn Tây", "thôn Đoài"]]),
        (("Thôn\tNgày, giờ\tNơi đối thoại\nĐông, Tây\t9h00 ngày 08/4/2026\tĐình làng\n"
          "Đoài\t9h00 ngày 15/4/2026\tHội trường xã\n"), [["Thôn Đông", "Thôn Tây"], ["Thôn Đoài"]]),
        (("* Thời gian:\n+ Quý III: ngày 12/8/2026.\n+ Quý IV: ngày 11/11/2026.\n"
          "* Thành phần: Nhân dân các thôn Ninh Xá 1, 2 (quý III); thôn Tây (quý IV).\n"),
         [["Thôn Ninh Xá 1", "Thôn Ninh Xá 2"], ["Thôn Tây"]]),
        (("1- Cụm thôn Vĩnh: 8 giờ, ngày 16/4/2026, tại Đình Vĩnh; gồm các thôn Vĩnh 1, Vĩnh 2.\n"
          "2- Cụm thôn Sơn: 8 giờ, ngày 17/4/2026, tại Đình Sơn; gồm các thôn Đon Riệc, Nà Riềng.\n"),
         [["Thôn Vĩnh 1", "Thôn Vĩnh 2"], ["Thôn Đon Riệc", "Thôn Nà Riềng"]]),
        (("1. Thời gian: ngày 12/5/2026\n- Buổi sáng từ 8 giờ: các thôn Đông, Tây;\n"
          "- Buổi chiều từ 14 giờ: thôn Đoài.\n"), [["Thôn Đông", "Thôn Tây"], ["Thôn Đoài"]]),
        (("1. Thời gian: ngày 12/5/2026\n- Buổi sáng: từ 8h00\n- Buổi chiều: từ 14h00\n"
          "2. Thành phần\n- Buổi sáng: Nhân dân thôn Đông;\n- Buổi chiều: Nhân dân thôn Tây, thôn Đoài.\n"),
         [["Thôn Đông"], ["Thôn Tây", "thôn Đoài"]]),
        (("1. Thời gian\n- Điểm 1: 8 giờ ngày 12/5/2026.\n- Điểm 2: 8 giờ ngày 13/5/2026.\n"
          "2. Thành phần\n- Điểm 1: Nhân dân làng Dư, làng Đung.\n- Điểm 2: Nhân dân thôn Phú An.\n"),
         [["Làng Dư", "làng Đung"], ["Thôn Phú An"]]),
        (("1. Nhân dân, chia theo điểm:\na) Điểm Hà Lâm gồm thôn 1, thôn 3 Hà Lâm;\nb) Điểm M'ri gồm tổ dân phố 4.\n"
          "2. Thời gian\na) Điểm Hà Lâm: 19 giờ ngày 20/4/2026, Nhà văn hóa thôn 2 Hà Lâm;\n"
          "b) Điểm M'ri: 19 giờ ngày 22/4/2026, Hội trường xã.\n"),
         [["Thôn 1", "thôn 3 Hà Lâm"], ["Tổ dân phố 4"]]),
        (("1. Thời gian: Sáng ngày 05/6/2026 với Nhân dân thôn Đông tại Đình Đông; chiều cùng ngày với Nhân dân thôn "
          "Tây, thôn Đoài tại Đình Tây.\n"), [["Thôn Đông"], ["Thôn Tây", "thôn Đoài"]]),
        ("1. Thời gian: thôn Đông ngày 05/6/2026, thôn Tây ngày 06/6/2026.\n", [["Thôn Đông"], ["Thôn Tây"]]),
        ("1. Thời gian: ngày 05/6/2026 với thôn Đông, ngày 06/6/2026 với thôn Tây.\n", [["Thôn Đông"], ["Thôn Tây"]]),
        ("1. Thời gian: thôn Đông ngày 05/6/2026, thôn Tây, ngày 06/6/2026, thôn Đoài.\n", [[], []]),
        ("1. Thời gian: tại thôn Đông, thôn Tây, lần lượt ngày 05/6/2026 và 06/6/2026.\n",
         [["Thôn Đông"], ["Thôn Tây"]]),
        ("1. Thời gian: tại thôn Đông, thôn Tây, thôn Đoài, lần lượt vào ngày 05/6/2026 và 06/6/2026.\n", [[], []]),
        (("1. Thời gian\n- Cụm Đông: 8 giờ ngày 05/6/2026.\n- Cụm Tây: 8 giờ ngày 06/6/2026.\n"
          "- Cụm Tây: 8 giờ ngày 07/6/2026, tại Đình Tây.\n2. Thành phần\n- Cụm Đông: thôn Đoài.\n"),
         [["Thôn Đoài"], [], []]),
        (("Tháng 3/2026: Khu phố 1, 2 - Trường Nguyễn Du\nTháng 6/2026: Khu phố 8 - Hội trường phường\n"),
         [["Khu phố 1", "Khu phố 2"], ["Khu phố 8"]]),
        ("1. Thời gian: 8 giờ ngày 12/5/2026, Khu phố 1, Khu phố 2.\n", [["Khu phố 1", "Khu phố 2"]]),
        (("TT  Thời gian       Địa điểm       Tổ dân phố mời dự\n1   8h00, 18/7/2026   Nhà văn hóa    TDP 4, 5\n"
          "2   8h00, 19/7/2026   Trường Mới     TDP 7\n"), [["TDP 4", "TDP 5"], ["TDP 7"]]),
        (("STT\tThời gian\tTổ dân phố\tĐịa điểm\n1\t14h ngày 18/9/2026\tSông Công, Ấp Bắc\tHội trường\n"),
         [["Tổ dân phố Sông Công", "Tổ dân phố Ấp Bắc"]]),
        (("I. NGÀY 05/5/2026\n1. Buổi sáng (8 giờ 00)\n- Địa điểm: Nhà văn hóa khu phố Đỉnh.\n"
          "- Thành phần: Nhân dân các khu phố Đỉnh, Mới.\n2. Buổi chiều (14 giờ 00)\n- Địa điểm: Hội trường.\n"
          "- Thành phần: Nhân dân khu phố Guột.\nII. NGÀY 06/5/2026\n1. Buổi sáng (8 giờ 00)\n"
          "- Địa điểm: Hội trường.\n- Thành phần: Nhân dân khu phố Vũ.\n"),
         [["Khu phố Đỉnh", "Khu phố Mới"], ["Khu phố Guột"], ["Khu phố Vũ"]]),
        (("Thứ Hai, 10/10/2026\n08h00: Bản Lé, bản Tin (tại nhà văn hóa bản Lé)\n14h00: Bản Co (tại đình Co)\n"
          "Thứ Ba, 11/10/2026\n08h00: Bản Củ (tại đình Củ)\n"), [["Bản Lé", "bản Tin"], ["Bản Co"], ["Bản Củ"]]),
        (("II. THỜI GIAN\nMỗi quý 01 lần (quý II, quý III năm 2026):\n- Lần thứ nhất: ngày 28/4/2026 - thôn 1;\n"
          "- Lần thứ hai: ngày 28/7/2026 - thôn 3.\nBắt đầu lúc 14 giờ 00.\n"), [["Thôn 1"], ["Thôn 3"]]),
        (("- Cụm số 1\n+ Các xóm: Pác Cam, Pác Bó.\n+ Thời gian: 8 giờ, ngày 14/4/2026.\n- Cụm số 2\n"
          "+ Các xóm: Phúc Sen.\n+ Thời gian: 8 giờ, ngày 15/4/2026.\n"),
         [["Xóm Pác Cam", "Xóm Pác Bó"], ["Xóm Phúc Sen"]]),
        (("Buôn Tam: 14 giờ 00 ngày 04/6/2026 tại Nhà cộng đồng buôn Tam;\n"
          "Buôn Jù và buôn Krông A: 14 giờ 00 ngày 05/6/2026 tại Nhà cộng đồng buôn Jù.\n"),
         [["Buôn Tam"], ["Buôn Jù", "buôn Krông A"]]),
        (("Trong tháng 4/2026, Chủ tịch UBND xã tổ chức đối thoại với Nhân dân 02 thôn. Cụ thể: tối thứ Ba (14/4/2026) "
          "tại thôn Cổ Lão; tối thứ Năm (16/4/2026) tại thôn Liễu Nam.\n"), [["Thôn Cổ Lão"], ["Thôn Liễu Nam"]]),
        (("Buổi thứ nhất: thôn Ưng, thôn La\n   Thời gian: 8h00 ngày 11/4/2026\n   Địa điểm: Đình La\n"
          "Buổi thứ hai: thôn Tân\n   Thời gian: 8h00 ngày 12/9/2026\n   Địa điểm: Hội trường xã\n"),
         [["Thôn Ưng", "thôn La"], ["Thôn Tân"]]),
        (("1. Tháng 9/2026\n- Khu vực: Bình Thường B, Bình Phó A.\n- Địa điểm: Nhà thông tin.\n"
          "2. Tháng 11/2026\n- Khu vực: Bình Hòa.\n- Địa điểm: Hội trường.\n"),
         [["Khu vực Bình Thường B", "Khu vực Bình Phó A"], ["Khu vực Bình Hòa"]]),
        (("1. Tháng 9/2026\n- Địa điểm: Nhà thông tin.\n2. Tháng 11/2026\n- Địa điểm: Hội trường.\n"), [[], []]),
        (("- Cụm thôn Tân Hội, Giang Nam: 7 giờ 30 ngày 17/8/2026, tại Đình.\n"
          "- Cụm thôn Sơn: 7 giờ 30 ngày 18/8/2026, tại Hội trường.\n"), [["Thôn Tân Hội", "Thôn Giang Nam"], []]),
        (("1. Thời gian: ngày 12/5/2026, 8 giờ.\n2. Thành phần: Nhân dân các thôn Đông,\n\nTây, Đoài.\n"),
         [["Thôn Đông", "Thôn Tây", "Thôn Đoài"]]),
        (("- Ngày 25/4/2026 (8 giờ) - Ấp Bình, ấp Thống - Nhà văn hóa ấp Bình\n"
          "- Ngày 25/7/2026 (8 giờ) - Ấp Hòa - Nhà văn hóa ấp Hòa\n"), [["Ấp Bình", "ấp Thống"], ["Ấp Hòa"]]),
        (("| STT | Thời gian | Khóm tham dự | Địa điểm |\n|---|---|---|---|\n"
          "| 1 | 7h30, 22/5/2026 | Tân Xuân, Tân Phú | Hội trường |\n"), [["Khóm Tân Xuân", "Khóm Tân Phú"]]),
        ("1. Thời gian: 8 giờ ngày 12/5/2026, tại số 12 phố Huế, thành phố Vinh, khu vực III.\n", [[]]),
        ("1. Thời gian: tháng 6/2026 với Nhân dân thôn Tây; chiều cùng ngày họp cấp ủy.\n", [["Thôn Tây"]]),
    ],
)  # fmt: skip
def test_hamlets_belong_to_the_meeting_whose_turn_or_day_they_are_named_with(body: str, units: list[list[str]]) -> None:
    read = [[name.casefold() for name in meeting["units"]] for meeting in _plan(body)["meetings"]]
    assert read == [[name.casefold() for name in named] for named in units]


def test_an_hour_without_a_day_is_that_of_every_meeting_and_a_count_is_no_hamlet() -> None:
    reading = _plan(
        "1. Ấp Đông: tối ngày 11/8/2026\n2. Ấp Tây: tối ngày 13/8/2026\nThời gian: 19 giờ.\n"
        "Thành phần: các ấp: 30 ấp, mỗi ấp 05 đại biểu (Trưởng ấp, 03 hộ dân).\n"
    )
    assert [(one["time"], one["units"]) for one in reading["meetings"]] == [
        ("19:00", ["Ấp Đông"]),
        ("19:00", ["Ấp Tây"]),
    ]
    assert [(one["number"], one["per"]) for one in reading["quotas"]] == [(5, "ấp")]


def test_a_table_that_says_who_comes_is_not_read_by_what_is_talked_about() -> None:
    reading = _plan(
        "STT\tNội dung\tThành phần\tThời gian\tĐịa điểm\n"
        "1\tDu lịch\tDoanh nghiệp\t14h00 ngày 18/6/2026\tHội trường xã\n"
    )
    assert reading["meetings"][0]["audience_kinds"] == ["business"]


def test_days_before_a_meeting_are_none_for_its_results() -> None:
    reading = _plan(
        "1. Thời gian: ngày 12/11/2026.\n"
        "2. Văn phòng: thông báo thời gian chậm nhất là 07 ngày trước ngày tổ chức; ghi biên bản.\n"
        "3. Phòng Văn hóa: tổng hợp, công bố kết quả đến Nhân dân chậm nhất 10 ngày kể từ ngày tổ chức.\n"
    )
    assert (reading["notice"]["value"], reading["results"]["value"]) == (7, 10)
    alone = _plan("1. Thời gian: ngày 12/11/2026.\n2. Niêm yết công khai chậm nhất 07 ngày trước ngày tổ chức.\n")
    assert alone["results"] is None
    later = _plan(
        "1. Thời gian: ngày 12/11/2026.\n2. UBND xã: chuẩn bị báo cáo; chậm nhất 15 ngày sau hội nghị trả lời dân.\n"
    )
    assert (later["preparation"], later["reply"]["value"]) == (None, 15)
    other = _plan("1. Thời gian: ngày 12/11/2026.\n2. UBND xã: chuẩn bị báo cáo; trả lời dân chậm nhất 30 ngày.\n")
    assert (other["preparation"], other["reply"]["value"]) == (None, 30)


def test_topics_have_people_of_their_own_and_a_place_told_later_is_none() -> None:
    reading = _plan(
        "1. Về đất đai\n- Đối tượng: hộ dân thôn Đông.\n- Thời gian: ngày 23/4/2026.\n"
        "- Địa điểm: Nhà văn hóa thôn Đông.\n"
        "2. Về môi trường\n- Đối tượng: hộ dân thôn Tây.\n- Thời gian: ngày 24/9/2026.\n"
        "- Địa điểm: luân phiên tại các thôn, có thông báo cụ thể sau.\n3. Thành phần\n- 120 nông dân; lãnh đạo xã.\n"
    )
    assert [(one["units"], one.get("venue")) for one in reading["meetings"]] == [
        (["Thôn Đông"], "Nhà văn hóa thôn Đông"),
        (["Thôn Tây"], None),
    ]
    assert [(one["number"], one.get("per")) for one in reading["quotas"]] == [(120, None)]


def test_places_and_an_hour_said_once_belong_to_their_turns() -> None:
    reading = _plan(
        "I. THỜI GIAN\n- Đợt 1: ngày 10/4/2026.\n- Đợt 2: ngày 10/9/2026.\nTất cả các buổi bắt đầu lúc 14 giờ.\n"
        "II. ĐỊA ĐIỂM\n- Đợt 1: Nhà văn hóa bản Lạnh.\n- Đợt 2: Hội trường xã (các thôn vùng cao).\n"
    )
    assert [(one["time"], one["venue"]) for one in reading["meetings"]] == [
        ("14:00", "Nhà văn hóa bản Lạnh"),
        ("14:00", "Hội trường xã (các thôn vùng cao)"),
    ]


@pytest.mark.parametrize(
    ("moved", "day", "venue"),
    [
        ("dời buổi đối thoại từ ngày 05/6/2026 đến ngày 12/6/2026.", "2026-06-12", None),
        ("lùi hội nghị sáng ngày 05/6/2026 tại Đình Làng sang sáng ngày 12/6/2026; địa điểm không thay đổi.",
         "2026-06-12", None),
        (("hội nghị đối thoại tổ chức vào sáng ngày 05/6/2026 tại Nhà văn hóa xã. UBND xã lùi hội nghị sang sáng thứ "
          "Sáu, ngày 12/6/2026; địa điểm không thay đổi."), "2026-06-12", "Nhà văn hóa xã"),
    ],
)  # fmt: skip
def test_a_move_leads_to_its_new_day_whatever_part_of_the_day_is_named(moved: str, day: str, venue: str | None) -> None:
    reading = _read(
        "UBND XÃ TÂN LẬP\nSố: 12/TB-UBND\nTân Lập, ngày 02/6/2026\n\nTHÔNG BÁO\n"
        f"Về việc dời ngày tổ chức đối thoại với Nhân dân\n\nTheo Thông báo số 9/TB-UBND ngày 27/5/2026, {moved}\n"
    )
    assert reading["issued_on"]["value"] == "2026-06-02"
    assert [(one["window"]["from"], one["status"]) for one in reading["meetings"]] == [(day, "moved")]
    assert venue is None or reading["meetings"][0]["venue"] == venue


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ("Văn phòng ra thông báo cho các thôn trước 2 tuần.", 14),
        ("Văn phòng gửi giấy mời, thông báo trước 10 ngày.", 10),
        ("Các thôn thông báo việc đăng ký, gửi về xã trước 03 ngày.", None),
    ],
)
def test_a_number_of_days_is_of_what_was_said_last(asked: str, days: int | None) -> None:
    reading = _plan(f"1. Thời gian: ngày 12/11/2026.\n2. {asked}\n")
    assert (reading["notice"] or {}).get("value") == days


def test_a_message_without_a_head_tells_of_a_meeting_and_a_page_of_one_that_was() -> None:
    message = _read(
        "Kính gửi bà con ấp Phú A, ấp Phú B.\n\nUBND xã Phú Quới sẽ tổ chức đối thoại giữa Chủ tịch UBND xã với Nhân "
        "dân, thời gian: 8h sáng Chủ nhật ngày 26/7/2026, địa điểm: Nhà văn hóa ấp Phú A.\n\n"
        "Bà con có ý kiến gửi trưởng ấp trước ngày 22/7.\n"
    )
    assert (message["paper"], message["year"]["value"], message["unit"]["value"]) == ("notice", 2026, "xã Phú Quới")
    assert [(one["time"], one["units"]) for one in message["meetings"]] == [("08:00", ["Ấp Phú A", "Ấp Phú B"])]
    assert message["registration"]["until"] == "2026-07-22"
    page = _read(
        "Sáng 20/10/2025, Chủ tịch UBND xã Tân Minh đã đối thoại với Nhân dân. Có 16 lượt ý kiến. "
        "Đồng chí Chủ tịch UBND xã trả lời 13 ý kiến.\n"
    )
    assert (page["paper"], [one["title"] for one in page["hosts"]]) == ("report", ["Chủ tịch UBND xã"])
    assert (page["outcome"]["received"]["value"], page["outcome"]["there"]["value"]) == (16, 13)
    two_years = _read(
        "UBND xã Tân Minh sẽ tổ chức đối thoại giữa Chủ tịch với dân ngày 2/1/2027, sau buổi ngày 3/2/2026.\n"
    )
    assert two_years["year"] is None


def test_a_message_that_puts_off_a_meeting_is_a_change() -> None:
    reading = _read(
        "THÔNG BÁO KHẨN\n\nDo mưa lớn, UBND xã Hàm Giang hoãn buổi đối thoại với Nhân dân lúc 8 giờ ngày 21/8/2026 tại "
        "Đình làng. Thời gian tổ chức lại: 8 giờ ngày 28/8/2026, cũng tại địa điểm trên.\n"
    )
    assert (reading["paper"], [one["window"]["from"] for one in reading["meetings"]]) == ("change", ["2026-08-28"])
    assert reading["meetings"][0]["venue"] == "Đình làng"


def test_a_table_of_two_columns_is_read_by_what_its_first_says() -> None:
    reading = _plan("Thời gian\t8 giờ ngày 20/6/2026\nĐịa điểm\tĐình làng Thượng\nChủ trì\tBí thư Đảng ủy xã\n")
    assert [(one["time"], one["venue"]) for one in reading["meetings"]] == [("08:00", "Đình làng Thượng")]
    assert [one["title"] for one in reading["hosts"]] == ["Bí thư Đảng ủy xã"]


def test_a_plan_that_only_mentions_dialogues_is_about_something_else() -> None:
    other = _plan("I. NHIỆM VỤ\nTổ chức ít nhất 02 cuộc đối thoại.\n", title="Công tác dân vận chính quyền năm 2026")
    assert other["paper"] == "other"


def test_what_is_said_once_in_a_paragraph_holds_for_all_of_its_days() -> None:
    reading = _plan(
        "1. Thời gian: từ 8 giờ 30, các ngày: 29/3/2026, 28/6/2026, tại chợ xã.\n2. Chủ trì: Chủ tịch UBND xã.\n"
    )
    assert [(one["window"]["from"], one["time"]) for one in reading["meetings"]] == [
        ("2026-03-29", "08:30"),
        ("2026-06-28", "08:30"),
    ]
    beside = _plan("1. Thời gian: 8 giờ ngày 29/3/2026 và 14 giờ ngày 28/6/2026.\n")
    assert [one["time"] for one in beside["meetings"]] == ["08:00", "14:00"]


def test_the_old_day_and_place_in_brackets_are_given_up() -> None:
    reading = _read(
        "UBND XÃ TÂN LẬP\nSố: 12/KH-UBND\nTân Lập, ngày 02 tháng 6 năm 2026\n\nKẾ HOẠCH\n"
        "điều chỉnh thời gian đối thoại\n\nUBND xã điều chỉnh như sau:\n"
        "- Thời gian: 14 giờ ngày 28/8/2026 (Kế hoạch số 9/KH-UBND là ngày 14/8/2026).\n"
        "- Địa điểm: Nhà văn hóa xóm Đông (Kế hoạch số 9/KH-UBND là Hội trường xã).\n"
    )
    assert [(one["window"]["from"], one["venue"]) for one in reading["meetings"]] == [
        ("2026-08-28", "Nhà văn hóa xóm Đông")
    ]


def test_an_area_with_a_name_is_a_hamlet_and_an_estate_of_factories_is_none() -> None:
    text = PaperText("Nhân dân khu Gia Mô, khu Nhuệ Hổ, Khu Công nghiệp Nam Sơn và khu 3")
    assert [one.name for one in hamlets_in(text, 0, len(text.flat))] == ["Khu Gia Mô", "Khu Nhuệ Hổ", "Khu 3"]


@pytest.mark.parametrize(
    ("body", "asked"),
    [
        ("1. Thời gian: tháng 4 và tháng 7/2026.\n2. Thành phần: Nhân dân thôn Đông, thôn Tây.\n", "session-hamlets"),
        ("1. Thời gian: thôn Đông ngày 05/6/2026, thôn Tây, ngày 06/6/2026, thôn Đoài.\n", "session-hamlets"),
        ("1. Thời gian: tháng 4 và tháng 7/2026.\n2. Thành phần: đại diện các hộ.\n", "hamlets"),
        ("1. Thời gian: tháng 4/2026.\n2. Thành phần: Nhân dân thôn Đông, thôn Tây.\n", None),
    ],
)
def test_which_hamlets_come_to_which_meeting_is_asked_and_not_guessed(body: str, asked: str | None) -> None:
    reading = _plan(body)
    assert [one["key"] for one in reading["open"] if one["key"].endswith("hamlets")] == ([asked] if asked else [])


def test_a_party_plan_whose_headings_end_in_hyphens_keeps_its_title_short() -> None:
    reading = _plan("I- MỤC ĐÍCH\n1- Nghe dân.\nII- THỜI GIAN\n1- Đợt 1 trong tháng 4, đợt 2 trong tháng 10/2026.\n")
    title = "Đối thoại giữa Chủ tịch UBND xã với Nhân dân năm 2026"
    assert reading["title"]["value"] == title
    headed = _read(
        f"ĐẢNG ỦY XÃ TÂN LẬP\nSố 5-KH/ĐU\n\nKẾ HOẠCH\n{title}\n\nI- MỤC ĐÍCH\n1- Nghe dân thay đổi ra sao.\n"
    )
    assert (headed["paper"], headed["title"]["value"]) == ("plan", title)


def test_sections_by_capital_letters_stand_above_those_by_numbers() -> None:
    reading = _plan(
        "A. NỘI DUNG\nI. THỜI GIAN\n1. Ngày 12/5/2026.\nB. TỔ CHỨC THỰC HIỆN\n"
        "1. Ủy ban MTTQ xã: giám sát việc giải quyết kiến nghị.\n"
    )
    assert [one["who"] for one in reading["supervision"]] == ["Ủy ban MTTQ xã"]
    assert [one["window"]["from"] for one in reading["meetings"]] == ["2026-05-12"]


def test_an_hour_behind_a_list_of_days_is_that_of_all_of_them() -> None:
    reading = _plan("1. Thời gian: các ngày 07/4/2026, 08/4/2026 và 09/4/2026, bắt đầu từ 14 giờ.\n")
    assert [one["time"] for one in reading["meetings"]] == ["14:00"] * 3
    listed = _plan("Tháng 3/2026: Khu phố 1\nTháng 6/2026: Khu phố 2\nGhi chú: giờ tổ chức: 18 giờ 30.\n")
    assert [one["time"] for one in listed["meetings"]] == ["18:30"] * 2


@pytest.mark.parametrize(
    ("moved", "day", "venue"),
    [
        (("UBND xã điều chỉnh buổi đối thoại tại điểm thôn Là Ba từ 8 giờ ngày 20/5/2026 sang 8 giờ ngày 27/5/2026, "
         "tại Nhà văn hóa thôn Là Ba. Buổi tại thôn Lân Châu ngày 21/5/2026 giữ nguyên."), "2026-05-27",
         "Nhà văn hóa thôn Là Ba"),
        (("Chủ tịch UBND xã quyết định tổ chức buổi đối thoại với Nhân dân bản Kè sớm hơn dự kiến, vào lúc 8 giờ ngày "
         "16/9/2026 (thay vì ngày 19/9/2026). Địa điểm: Nhà cộng đồng bản Kè."), "2026-09-16", "Nhà cộng đồng bản Kè"),
        (("Chủ tịch UBND xã lùi buổi đối thoại với Nhân dân khu 4 từ ngày 30/7/2026 đến 14 giờ ngày 06/8/2026 tại Nhà "
         "văn hóa khu 5."), "2026-08-06", "Nhà văn hóa khu 5"),
        (("Buổi đối thoại lúc 8 giờ ngày 20/9/2026 đổi địa điểm: từ Hội trường UBND xã Yên sang Hội trường Trung tâm. "
          "Thời gian: 8 giờ ngày 20/9/2026 (trước đây là ngày 19/9/2026)."), "2026-09-20", "Hội trường Trung tâm"),
        (("UBND xã thay đổi thời gian như sau:\n- Cụm thôn Tân Hội, Giang Nam: 7 giờ 30 ngày 17/8/2026 (trước đây là "
         "ngày 10/8/2026), tại Đình làng."), "2026-08-17", "Đình làng"),
        (("Nay thay đổi như sau:\n1. Về thời gian: 8 giờ ngày 14/8/2026 (thay cho 14 giờ ngày 07/8/2026).\n"
         "2. Về địa điểm: Trường Tân Công (thay cho Nhà văn hóa ấp Rọc)."), "2026-08-14", "Trường Tân Công"),
    ],
)  # fmt: skip
def test_a_change_leads_to_the_new_day_wherever_the_old_one_stands(moved: str, day: str, venue: str) -> None:
    reading = _read(
        "UBND XÃ TÂN LẬP\nSố: 12/TB-UBND\nTân Lập, ngày 02/5/2026\n\nTHÔNG BÁO\n"
        f"Về việc điều chỉnh thời gian đối thoại với Nhân dân\n\n{moved}\n"
    )
    assert [(one["window"]["from"], one["status"], one["venue"]) for one in reading["meetings"]] == [
        (day, "moved", venue)
    ]


def test_a_notice_of_two_bodies_names_its_schedule_behind_its_type() -> None:
    reading = _read(
        "ĐẢNG ỦY - UBND\nXÃ ĐẦM DƠI\nSố: 03/TBLT\nĐầm Dơi, ngày 21/9/2026\n\nTHÔNG BÁO LIÊN TỊCH\n"
        "Lịch đối thoại với Nhân dân tháng 10 năm 2026\n\n1. Thời gian: 8 giờ ngày 06/10/2026.\n"
    )
    assert (reading["paper"], reading["layout"]["value"]) == ("schedule", "joint")


def test_those_who_only_attend_are_no_hosts() -> None:
    reading = _plan("1. Chủ trì: Chủ tịch UBND xã; các Phó Chủ tịch UBND xã cùng dự.\n")
    assert [one["title"] for one in reading["hosts"]] == ["Chủ tịch UBND xã"]


def test_numbers_of_days_belong_to_what_they_are_said_of() -> None:
    reading = _plan(
        "1. Văn phòng: thông báo trước 05 ngày và tổng hợp ý kiến.\n"
        "2. Phòng Kinh tế: chuẩn bị nội dung trả lời, gửi Văn phòng chậm nhất 03 ngày trước buổi đối thoại.\n"
        "3. Câu hỏi gửi trước về Văn phòng xã từ ngày 08/3/2026 đến ngày 18/3/2026.\n"
        "4. Chuẩn bị tài liệu xong trước hội nghị 04 ngày làm việc.\n"
    )
    assert (reading["notice"]["value"], reading["reply"], reading["preparation"]["value"]) == (5, None, 3)
    assert (reading["opinions"]["from"], reading["opinions"]["to"]) == ("2026-03-08", "2026-03-18")
    ready = _plan("1. Chuẩn bị tài liệu, hoàn thành trước hội nghị 04 ngày làm việc.\n")
    assert ready["preparation"]["value"] == 4


def test_counts_of_a_report_each_have_their_own_words() -> None:
    reading = _read(
        "UBND XÃ TÂN VINH\nSố: 62/BC-UBND\nTân Vinh, ngày 29/10/2026\n\nBÁO CÁO\nKết quả đối thoại với Nhân dân\n\n"
        "Có 11 ý kiến được nêu tại buổi đối thoại; 06 ý kiến đã được trả lời ngay tại buổi đối thoại, 03 ý kiến giao "
        "công chức trả lời bằng văn bản, 02 ý kiến thuộc thẩm quyền của tỉnh.\n"
    )
    counts = {name: one["value"] for name, one in reading["outcome"].items() if one}
    assert counts == {"received": 11, "there": 6, "later": 3, "forwarded": 2}
    heard = _read(
        "UBND XÃ TÂN VINH\nSố: 62/BC-UBND\nTân Vinh, ngày 29/10/2026\n\nBÁO CÁO\nKết quả đối thoại với Nhân dân\n\n"
        "Tổng số kiến nghị là 26 kiến nghị; 05 kiến nghị tiếp thu, trả lời bằng văn bản sau hội nghị.\n"
    )
    assert heard["outcome"]["later"]["value"] == 5


def test_a_message_with_pictures_for_bullets_has_its_year_from_its_day() -> None:
    reading = _read(
        "📢 THÔNG BÁO 📢\n\nUBND xã Cà Ná tổ chức buổi đối thoại giữa Chủ tịch UBND xã với Nhân dân thôn Lạc Tiến:\n"
        "⏰ Thời gian: 14h00 thứ Năm, ngày 18/4/2024\n📍 Địa điểm: Hội trường UBND xã Cà Ná\n"
    )
    assert (reading["year"]["value"], [one["venue"] for one in reading["meetings"]]) == (
        2024,
        ["Hội trường UBND xã Cà Ná"],
    )


def test_places_that_another_paper_will_name_are_none_and_recipients_may_be_counted() -> None:
    reading = _plan(
        "1. Thời gian: tháng 4/2026.\n2. Địa điểm: nhà văn hóa các xóm; Văn phòng thông báo sau.\n\n"
        "Nơi nhận:\n- 02 thôn;\n- Lưu: VT.\n"
    )
    assert [one.get("venue") for one in reading["meetings"]] == [None]
    assert [one["who"] for one in reading["recipients"]] == ["02 thôn", "Lưu: VT"]


def test_each_of_a_list_of_turns_names_who_chairs_it() -> None:
    reading = _plan(
        "1. Quý I: tại Nhà văn hóa thôn Đông. Đồng chí Bí thư Đảng ủy chủ trì.\n"
        "2. Quý II: tại Nhà văn hóa thôn Tây. Đồng chí Chủ tịch UBND xã chủ trì.\n"
        "3. Thông báo kết quả sau mỗi buổi đối thoại 10 ngày.\n"
    )
    assert [one["title"] for one in reading["hosts"]] == ["Bí thư Đảng ủy", "Chủ tịch UBND xã"]
    assert reading["results"]["value"] == 10


def test_who_is_met_is_the_host() -> None:
    reading = _read(
        "UBND XÃ TÂN LẬP\nSố: 12/UBND-VP\nTân Lập, ngày 02/5/2026\nV/v mời dự đối thoại\n\n"
        "UBND xã mời Nhân dân dự Hội nghị đối thoại với Chủ tịch UBND xã ngày 12/5/2026.\n"
    )
    assert [one["title"] for one in reading["hosts"]] == ["Chủ tịch UBND xã"]


def test_hours_said_of_half_days_are_those_of_the_meetings_of_each() -> None:
    reading = _plan(
        "- Thôn Đông: Sáng ngày 30/11/2026, tại Đình Đông.\n- Thôn Tây: Chiều ngày 30/11/2026, tại Đình Tây.\n"
        "Thời gian bắt đầu: buổi sáng 7 giờ 30, buổi chiều 13 giờ 30.\n"
    )
    assert [one["time"] for one in reading["meetings"]] == ["07:30", "13:30"]


@pytest.mark.parametrize(
    ("kind", "title", "body"),
    [
        ("LỊCH", "CÔNG TÁC TUẦN 34", "Thứ Tư (19/8): Dự hội nghị đối thoại tại thôn Đông.\n"),
        ("THÔNG BÁO", "Về việc trả lời phản ánh của người dân", "UBND xã mời người dân đến đối thoại khi cần.\n"),
        (
            "V/v báo cáo kết quả đối thoại",
            "",
            "Đề nghị các chi bộ báo cáo kết quả về Văn phòng trước ngày 15/3/2026.\n",
        ),
    ],
)
def test_papers_that_only_speak_of_dialogues_are_about_something_else(kind: str, title: str, body: str) -> None:
    assert (
        _read(f"UBND XÃ TÂN LẬP\nSố: 12/TB-UBND\nTân Lập, ngày 02/3/2026\n\n{kind}\n{title}\n\n{body}")["paper"]
        == "other"
    )


@pytest.mark.parametrize(
    ("head", "unit"),
    [("UBND THỊ TRẤN D'RAN", "thị trấn D'Ran"), ("BCH HUYỆN ĐOÀN KẾ SÁCH\nHUYỆN ỦY KẾ SÁCH", "huyện Kế Sách")],
)
def test_names_of_units_keep_their_capitals_and_no_word_of_a_union(head: str, unit: str) -> None:
    reading = _read(
        f"{head}\nSố: 12/KH\n\nKẾ HOẠCH\nĐối thoại với Nhân dân năm 2026\n\n1. Thời gian: ngày 12/5/2026.\n"
    )
    assert reading["unit"]["value"] == unit


def test_minutes_count_what_was_answered_and_what_is_left() -> None:
    reading = _read(
        "UBND XÃ YÊN ĐỊNH\n\nBIÊN BẢN\nHội nghị đối thoại với Nhân dân thôn Đông\n\nHồi 8 giờ ngày 16/10/2024, tại Hội "
        "trường. Có 14 ý kiến phát biểu; Chủ tịch UBND xã đã trả lời 12 ý kiến; còn 02 ý kiến trả lời bằng văn bản.\n"
    )
    assert {name: one["value"] for name, one in reading["outcome"].items() if one} == {
        "received": 14,
        "there": 12,
        "later": 2,
    }


def test_lines_that_a_page_breaks_anywhere_are_one_sentence_and_rows_of_a_table_are_none() -> None:
    reading = _plan(
        "Căn cứ tình hình thực tế của địa phương và yêu cầu nhiệm vụ, để việc đối thoại được\n"
        "thiết thực, các cơ quan, đơn vị phối hợp chặt chẽ với nhau trong quá trình tổ chức và\n"
        "giải quyết kiến nghị của Nhân dân.\n"
        "1. Lịch đối thoại\nTT Đối tượng của buổi tiếp xúc, đối thoại trong năm nay Thời gian Địa điểm\n"
        "01\nNhân dân thôn Đông\nQuý III/2026\nTrụ sở thôn Đông\n02\nNhân dân thôn Tây\nQuý IV/2026\nTrụ sở thôn Tây\n"
        "II. TỔ CHỨC THỰC HIỆN\n"
        "1. Công an xã: bảo đảm an ninh trật tự tại nơi đối thoại, phối hợp với Trung tâm Cung\n"
        "ứng dịch vụ công.\n"
    )
    assert [(one["units"], one["venue"]) for one in reading["meetings"]] == [
        (["Thôn Đông"], "Trụ sở thôn Đông"),
        (["Thôn Tây"], "Trụ sở thôn Tây"),
    ]
    assert [one["others"] for one in reading["duties"] if one["task"] == "security"] == [
        ["Trung tâm Cung ứng dịch vụ công"]
    ]


def test_a_place_said_with_the_day_is_that_of_every_hour_below_it() -> None:
    reading = _plan(
        "UBND xã tổ chức đối thoại ngày 20/9/2026 tại Hội trường UBND xã như sau:\n"
        "1. Thôn Tín: từ 7 giờ 30 đến 9 giờ.\n2. Thôn Tâm: từ 9 giờ 15, tại Đình Tâm cho đến khi xong.\n"
    )
    assert [(one["time"], one["venue"]) for one in reading["meetings"]] == [
        ("07:30", "Hội trường UBND xã"),
        ("09:15", "Đình Tâm"),
    ]


def test_a_schedule_right_below_the_title_is_no_part_of_it() -> None:
    reading = _read(
        "ĐẢNG ỦY XÃ HÒA HƯNG\nSố 60-TB/ĐU\n\nTHÔNG BÁO\nLịch đối thoại với Nhân dân năm 2026\n"
        "- Ngày 25/4/2026 (8 giờ) - Ấp Bình - Nhà văn hóa ấp Bình\n"
    )
    assert [(one["units"], one["venue"]) for one in reading["meetings"]] == [(["Ấp Bình"], "Nhà văn hóa ấp Bình")]


def test_a_title_that_says_who_talks_with_people_names_the_host() -> None:
    reading = _plan("1. Thời gian: 8 giờ ngày 12/5/2026.\n", title="Bí thư Đảng ủy xã đối thoại với Nhân dân năm 2026")
    assert [one["title"] for one in reading["hosts"]] == ["Bí thư Đảng ủy xã"]
