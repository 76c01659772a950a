"""Papers that say the usual things in unusual places: who chairs, on which day, where, and whether it is a dialogue."""

from typing import Any

import pytest

from intake.rules.plan.reading.days import hour_in, is_only_a_time, windows
from intake.rules.plan.reading.paper_text import PaperText
from intake.rules.plan.reading.reading import read_paper
from wording.drafts import reading_json


def _paper(kind: str, title: str, body: str, head: str = "UBND XÃ TÂN LẬP\nSố: 12/{}-UBND\n") -> dict[str, Any]:
    sign = {"KẾ HOẠCH": "KH", "THÔNG BÁO": "TB", "BÁO CÁO": "BC", "GIẤY MỜI": "GM"}.get(kind, "LĐT")
    return reading_json(
        read_paper(f"{head.format(sign)}Tân Lập, ngày 02 tháng 3 năm 2026\n\n{kind}\n{title}\n\n{body}\n")
    )


def _plan(body: str, title: str = "Đối thoại giữa Chủ tịch UBND xã với Nhân dân năm 2026") -> dict[str, Any]:
    return _paper("KẾ HOẠCH", title, f"UBND xã Tân Lập xây dựng kế hoạch như sau:\n\n{body}")


def _change(title: str, body: str) -> dict[str, Any]:
    return _paper("THÔNG BÁO", title, body)


def _hosts(reading: dict[str, Any]) -> list[str]:
    return [host["title"] for host in reading["hosts"]]


def _met(reading: dict[str, Any]) -> list[tuple[str, str | None, str | None, list[str]]]:
    """Of each meeting the first day, the hour, the place and the hamlets."""
    return [
        (one["window"]["from"], one.get("time"), one.get("venue"), [name.casefold() for name in one["units"]])
        for one in reading["meetings"]
    ]


@pytest.mark.parametrize(
    ("title", "body", "hosts"),
    [
        (
            "Đối thoại với Nhân dân năm 2026",
            "1. Thành phần: đồng chí Chủ tịch UBND xã - Chủ trì; đồng chí Chủ tịch Ủy ban MTTQ xã - đồng chủ trì.",
            ["Chủ tịch UBND xã", "Chủ tịch Ủy ban MTTQ xã"],
        ),
        (
            "Đối thoại giữa Chủ tịch UBND xã với Nhân dân năm 2026",
            "1. Ủy ban MTTQ xã\n- Đồng chí Chủ tịch Ủy ban MTTQ xã cùng chủ trì các buổi đối thoại.",
            ["Chủ tịch UBND xã", "Chủ tịch Ủy ban MTTQ xã"],
        ),
        (
            "Đối thoại với Nhân dân năm 2026",
            "1. Điều hành: Chủ tịch HĐND xã và Chủ tịch UBND xã cùng điều hành buổi đối thoại.",
            ["Chủ tịch HĐND xã", "Chủ tịch UBND xã"],
        ),
        (
            "Đối thoại với Nhân dân năm 2026",
            (
                "Trực tiếp trả lời Nhân dân là đồng chí Chủ tịch UBND xã; đồng chí Chủ tịch Ủy ban MTTQ xã dẫn dắt, "
                "cùng chủ trì hội nghị."
            ),
            ["Chủ tịch UBND xã", "Chủ tịch Ủy ban MTTQ xã"],
        ),
        (
            "Đối thoại với Nhân dân năm 2026",
            "1. Các đồng chí trả lời: Bí thư Đảng ủy xã, Chủ tịch UBND xã.",
            ["Bí thư Đảng ủy xã", "Chủ tịch UBND xã"],
        ),
        (
            "Đối thoại với Nhân dân năm 2026",
            "1. Nguyên tắc: Bí thư Đảng ủy xã là người chủ trì và chịu trách nhiệm về kết luận.",
            ["Bí thư Đảng ủy xã"],
        ),
        (
            "Đối thoại với Nhân dân năm 2026",
            "1. Người chủ trì\nCác buổi do đồng chí Chủ tịch UBND xã chủ trì; không cử Phó Chủ tịch UBND xã làm thay.",
            ["Chủ tịch UBND xã"],
        ),
        (
            "Đối thoại với Nhân dân năm 2026",
            "1. Chủ trì: đồng chí Chủ tịch UBND xã (thay đồng chí Bí thư Đảng ủy đi học).",
            ["Chủ tịch UBND xã"],
        ),
        (
            "Đối thoại với Nhân dân năm 2026",
            "1. Đồng chí chủ trì: Chủ tịch UBND xã; đồng chí Bí thư Đảng ủy điều hành phần hỏi đáp.",
            ["Chủ tịch UBND xã"],
        ),
        (
            "Đối thoại với Nhân dân năm 2026",
            "1. Phó Chủ tịch UBND xã chủ trì họp chuẩn bị.\n2. Chủ tịch UBND xã chủ trì các buổi đối thoại.",
            ["Chủ tịch UBND xã"],
        ),
        (
            "Đối thoại với Nhân dân năm 2026",
            "Tháng\tThôn\tĐịa điểm\tĐồng chí chủ trì\n8/2026\tThôn Cọ\tHội trường xã\tBí thư Đảng ủy\n",
            ["Bí thư Đảng ủy"],
        ),
        (
            "Đối thoại với Nhân dân năm 2026",
            "Hội nghị đặt dưới sự chủ trì của đồng chí Chủ tịch UBND xã.",
            ["Chủ tịch UBND xã"],
        ),
        (
            "Đối thoại với Nhân dân năm 2026",
            "1. Nơi gặp: Quán cà phê vườn hoa, do Bí thư Đảng ủy và Chủ tịch UBND xã cùng tiếp bà con.",
            ["Bí thư Đảng ủy", "Chủ tịch UBND xã"],
        ),
        (
            "Đối thoại với Nhân dân thôn Na Lốc",
            "Chủ tịch UBND xã Tân Lập sẽ về đối thoại với Nhân dân thôn Na Lốc.",
            ["Chủ tịch UBND xã"],
        ),
        ("Đối thoại với Nhân dân năm 2026", "1. Người trả lời: các ngành.\n2. Người trực tiếp trả lời là ai.", []),
    ],
)
def test_whoever_is_said_to_chair_is_the_host_wherever_that_stands(title: str, body: str, hosts: list[str]) -> None:
    assert _hosts(_plan(body, title)) == hosts


def test_who_has_held_dialogues_is_the_host_of_the_report() -> None:
    reading = _paper(
        "BÁO CÁO", "Công tác đối thoại với Nhân dân", "Chủ tịch UBND xã đã tổ chức 02 hội nghị đối thoại. Có 9 ý kiến."
    )
    assert (reading["paper"], _hosts(reading)) == ("report", ["Chủ tịch UBND xã"])


def test_a_schedule_of_lines_one_below_the_other_is_read_meeting_by_meeting() -> None:
    read = _paper(
        "LỊCH",
        "Tiếp xúc, đối thoại của Chủ tịch UBND xã với Nhân dân năm 2026",
        "THÁNG 4\nThứ Tư, ngày 15/4, 19 giờ 00\nKhu dân cư Đông và khu dân cư Đoài\nNhà sinh hoạt cộng đồng Đông\n\n"
        "THÁNG 6\nThứ Năm, ngày 18/6, 19 giờ 30\nKhu dân cư Nam\nTrường Tiểu học Nam\n\nGhi chú: mưa thì hoãn.",
    )
    assert _met(read) == [
        ("2026-04-15", "19:00", "Nhà sinh hoạt cộng đồng Đông", ["khu dân cư đông", "khu dân cư đoài"]),
        ("2026-06-18", "19:30", "Trường Tiểu học Nam", ["khu dân cư nam"]),
    ]
    month = _paper(
        "LỊCH", "Đối thoại của Chủ tịch UBND xã với Nhân dân năm 2026", "Lịch như sau:\nTháng 6/2026\nHội trường xã\n"
    )
    assert _met(month) == [("2026-06-01", None, "Hội trường xã", [])]


def test_lines_with_labels_are_meetings_where_there_are_several() -> None:
    read = _paper(
        "THÔNG BÁO",
        "Lịch đối thoại giữa Chủ tịch UBND xã với Nhân dân",
        "Điểm Bắc: Hội trường xã\nNgày 23/7/2026, từ 8 giờ 00\nCác xóm: Tân Lập, Suối Cái\n\n"
        "Điểm Nam: Nhà văn hóa xóm Chợ\nNgày 24/7/2026, từ 14 giờ 00\nCác xóm: Chợ, Bãi",
    )
    assert _met(read) == [
        ("2026-07-23", "08:00", "Hội trường xã", ["xóm tân lập", "xóm suối cái"]),
        ("2026-07-24", "14:00", "Nhà văn hóa xóm Chợ", ["xóm chợ", "xóm bãi"]),
    ]


def test_the_list_behind_the_signature_is_read_like_one_before_it() -> None:
    read = _plan(
        "1. Lịch đối thoại đính kèm.\n\nNơi nhận:\n- Lưu: VT.\n\nLỊCH ĐỐI THOẠI\n"
        "(Kèm theo Kế hoạch số 12/KH-UBND ngày 02/3/2026)\n\n"
        "Buổi 1. Ấp Đông, ấp Tây\nThời gian: 8 giờ 00, ngày 08/4/2026\nĐịa điểm: Nhà thông tin ấp Đông\n\n"
        "Buổi 2. Ấp Nam\nThời gian: 8 giờ 00, ngày 09/4/2026\nĐịa điểm: Chùa Phước Long"
    )
    assert _met(read) == [
        ("2026-04-08", "08:00", "Nhà thông tin ấp Đông", ["ấp đông", "ấp tây"]),
        ("2026-04-09", "08:00", "Chùa Phước Long", ["ấp nam"]),
    ]


def test_a_day_that_only_the_title_names_is_that_of_the_meeting() -> None:
    read = _paper(
        "THÔNG BÁO",
        "V/v đối thoại giữa Chủ tịch UBND xã với Nhân dân vào 7 giờ 30 phút ngày 18/9/2026 tại Nhà văn hóa thôn Đông",
        "UBND xã trân trọng thông báo tới toàn thể Nhân dân các thôn Đông, Đoài:\n\n1. Nội dung: rác thải.",
    )
    assert _met(read) == [("2026-09-18", "07:30", "Nhà văn hóa thôn Đông", ["thôn đông", "thôn đoài"])]


@pytest.mark.parametrize(
    ("body", "met"),
    [
        (
            (
                "A. THÔNG TIN\nDự kiến tiến hành: trong khoảng từ 11 đến 15 tháng 9 năm 2026, một buổi sáng đầu tuần\n"
                "Nơi diễn ra: Nhà văn hóa xóm Thượng\nNgười tham dự: hộ dân ở xóm Thượng và xóm Hạ"
            ),
            [("2026-09-11", None, "Nhà văn hóa xóm Thượng", ["xóm thượng", "xóm hạ"])],
        ),
        (
            (
                "II. ĐỊA BÀN\nLần 1 với bà con ấp Đông, vào chiều thứ Ba ngày 16/6/2026 (bắt đầu từ 14 giờ). Bà "
                "con tập "
                "trung tại Nhà văn hóa ấp Đông.\nLần 2 với bà con ấp Tây, vào chiều thứ Ba ngày 23/6/2026 (bắt "
                "đầu từ 14 "
                "giờ). Bà con tập trung tại Trường Tiểu học Tây. Câu hỏi gửi trước ngày 10/6/2026. Ngày "
                "01/6/2025 đã gặp."
            ),
            [
                ("2026-06-16", "14:00", "Nhà văn hóa ấp Đông", ["ấp đông"]),
                ("2026-06-23", "14:00", "Trường Tiểu học Tây", ["ấp tây"]),
            ],
        ),
        (
            (
                "1. Xã Đông Cuông\n8 giờ 00, thứ Năm, ngày 16/4/2026\nHội trường UBND xã Đông Cuông\n\n"
                "2. Xã Mậu A\n8 giờ 00, thứ Năm, ngày 14/5/2026\nThôn Nhược\nNhà văn hóa thôn Nhược\n\n"
                "3. Xã Lâm Giang\n8 giờ 00, thứ Năm, ngày 11/6/2026\nXe đưa đón từ 7 giờ.\n"
            ),
            [
                ("2026-04-16", "08:00", "Hội trường UBND xã Đông Cuông", []),
                ("2026-05-14", "08:00", "Nhà văn hóa thôn Nhược", ["thôn nhược"]),
                ("2026-06-11", "08:00", None, []),
            ],
        ),
    ],
)
def test_days_that_are_of_nothing_else_are_those_of_the_meetings(body: str, met: list[Any]) -> None:
    assert _met(_plan(body)) == met


def test_a_day_on_which_a_letter_came_in_is_no_day_of_a_meeting() -> None:
    read = _paper(
        "THÔNG BÁO",
        "Về việc Chủ tịch UBND xã đối thoại với Nhân dân",
        "Ngày 01/7/2026, UBND xã nhận được đề nghị đối thoại của thôn Đông. UBND xã thông báo: hội nghị đối thoại tổ "
        "chức vào 8 giờ ngày 23/7/2026 ở Nhà văn hóa thôn Đông.",
    )
    assert _met(read) == [("2026-07-23", "08:00", "Nhà văn hóa thôn Đông", [])]


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("Ở nhà rông làng Dôr 1.", "nhà rông làng Dôr 1"),
        ("Vẫn tại nhà văn hóa bản Bua.", "nhà văn hóa bản Bua"),
        ("Hội họp tại: Trường Tiểu học Vĩnh Tuy.", "Trường Tiểu học Vĩnh Tuy"),
        ("Điểm hẹn: Nhà văn hóa thôn Đông.", "Nhà văn hóa thôn Đông"),
        ("Địa điểm vẫn là nhà văn hóa thôn Đông, như mọi năm.", "nhà văn hóa thôn Đông, như mọi năm"),
        ("Ở nhà rông làng Dôr 1, do đồng chí Bí thư mượn.", "nhà rông làng Dôr 1"),
        ("Nơi gặp: Quán cà phê vườn hoa, do Chủ tịch UBND xã tiếp bà con.", "Quán cà phê vườn hoa"),
        ("Hiện trường: sân nhà văn hóa; phát trực tiếp trên mạng.", "sân nhà văn hóa"),
        ("Điểm Đông: thôn Đông, thôn Đoài.", None),
        ("Ở nhà rông làng Dôr 1.\n\nỞ nhà rông làng Dôr 2.", None),
    ],
)
def test_a_line_that_begins_with_a_place_says_where(said: str, place: str | None) -> None:
    reading = _paper(
        "GIẤY MỜI",
        "Dự buổi đối thoại giữa Chủ tịch UBND xã với Nhân dân",
        f"Vào lúc: 18 giờ 30 ngày 26/11/2026.\n\n{said}\n\nRất mong bà con đến đông đủ.",
    )
    assert [one.get("venue") for one in reading["meetings"]] == [place]


def test_a_sentence_about_the_meeting_says_where_and_who_is_asked_to_come() -> None:
    body = (
        "1. Hội nghị bắt đầu từ 8 giờ 30 ngày 05/11/2026.\n"
        "2. Hội nghị họp tại nhà văn hóa thôn Chu, mời Nhân dân thôn Chu, thôn Tát.\n"
    )
    assert _met(_plan(body)) == [("2026-11-05", "08:30", "nhà văn hóa thôn Chu", ["thôn chu", "thôn tát"])]
    two = _plan(f"{body}3. Nếu mưa, hội nghị tổ chức tại Hội trường xã.\n")
    assert _met(two)[0][2] is None


def test_an_exception_has_a_place_of_its_own() -> None:
    read = _plan(
        "1. Định kỳ\na) Quý II: khu phố 2; ngày 15/6/2026.\nb) Quý IV: khu phố 4; ngày 07/12/2026.\n"
        "Các buổi bắt đầu lúc 18 giờ, tại văn phòng khu phố; riêng quý IV tại Hội trường UBND xã. Riêng năm nay vậy."
    )
    assert [(one[0], one[2]) for one in _met(read)] == [("2026-06-15", None), ("2026-12-07", "Hội trường UBND xã")]


def test_a_row_whose_day_is_left_empty_is_on_the_day_above_it() -> None:
    read = _plan(
        "| Ngày | Giờ | Thôn | Nơi đối thoại |\n|---|---|---|---|\n|  | 07h00 | Không ai | Sân xã |\n"
        "| 23/4/2026 | 08h00 | Đông | Đình làng Đông |\n"
        "|  | 14h30 | Nam | Nhà văn hóa thôn Nam |\n|  | | Bắc | Nhà văn hóa thôn Bắc |\n"
        "| 24/4/2026 | 08h00 | Tây | Trường Tây |"
    )
    assert _met(read) == [
        ("2026-04-23", "08:00", "Đình làng Đông", ["thôn đông"]),
        ("2026-04-23", "14:30", "Nhà văn hóa thôn Nam", ["thôn nam"]),
        ("2026-04-24", "08:00", "Trường Tây", ["thôn tây"]),
    ]


def test_columns_are_known_by_their_cells_where_the_head_does_not_say_it() -> None:
    read = _plan(
        "| Tổ dân phố | Buổi tiếp xúc | Chỗ gặp | Ghi chú |\n| Tổ dân phố 1, 2 | 19h00, 14/4/2026 | Đình Lương "
        "Quán | |\n"
        "| Tổ dân phố 3 | 19h00, 16/6/2026 | Nhà sinh hoạt cộng đồng tổ 3 | |\n"
    )
    assert _met(read) == [
        ("2026-04-14", "19:00", "Đình Lương Quán", ["tổ dân phố 1", "tổ dân phố 2"]),
        ("2026-06-16", "19:00", "Nhà sinh hoạt cộng đồng tổ 3", ["tổ dân phố 3"]),
    ]


def test_months_below_the_head_month_are_months() -> None:
    read = _plan("Tháng\tThôn\tNơi đối thoại\n8/2026\tThôn Cọ\tHội trường xã\n10/2026\tThôn Bắc\tTrường Bắc\n")
    assert [one["window"]["precision"] for one in read["meetings"]] == ["month", "month"]
    assert [one[0] for one in _met(read)] == ["2026-08-01", "2026-10-01"]


def test_the_last_row_of_a_table_cell_by_cell_ends_with_its_last_cell() -> None:
    read = _plan(
        "STT\nThôn\nThời gian\nĐịa điểm\nPhục vụ\n1\nThôn Đông\n18 giờ ngày 14/4/2026\nTrụ sở thôn Đông\nBà Lan\n"
        "2\nThôn Tây\n18 giờ ngày 15/4/2026\nTrường Tây\nÔng Thịnh\nCác thôn treo lịch này ở nhà văn hóa\n"
    )
    assert [one[2] for one in _met(read)] == ["Trụ sở thôn Đông", "Trường Tây"]


@pytest.mark.parametrize(
    ("title", "body", "met", "status"),
    [
        (
            "Điều chỉnh lịch đối thoại của Chủ tịch UBND xã với Nhân dân năm 2026",
            (
                "TT\tThôn\tThời gian theo Kế hoạch 29\tThời gian điều chỉnh\tĐịa điểm\n"
                "1\tThôn Đông\t18/6/2026\t19h30 ngày 02/7/2026\tNhà văn hóa thôn Đông\n"
                "2\tThôn Tây\t25/6/2026\tgiữ nguyên\tNhà văn hóa thôn Tây\n"
            ),
            [("2026-07-02", "19:30", "Nhà văn hóa thôn Đông", ["thôn đông"])],
            "moved",
        ),
        (
            "V/v dời ngày đối thoại với Nhân dân bản Bua",
            (
                "Theo Thông báo số 140/TB-UBND ngày 26/5/2026, buổi đối thoại giữa Chủ tịch UBND xã với Nhân "
                "dân bản Bua "
                "được ấn định vào sáng ngày 17/6/2026. UBND xã đồng ý để buổi đối thoại diễn ra vào 8 giờ 30 ngày "
                "24/6/2026 do bão số 4. Vẫn tại nhà văn hóa bản Bua."
            ),
            [("2026-06-24", "08:30", "nhà văn hóa bản Bua", ["bản bua"])],
            "moved",
        ),
        (
            "Về việc lùi thời gian Hội nghị đối thoại từ 7 giờ 30 phút sang 14 giờ 00 phút ngày 09/8/2026",
            "UBND xã thông báo lùi thời gian Hội nghị đối thoại như trên.",
            [("2026-08-09", "14:00", None, [])],
            "moved",
        ),
        (
            "Về việc không tổ chức một số buổi đối thoại với Nhân dân",
            (
                "Không tổ chức các buổi đối thoại sau đây:\n- Buổi ngày 11/11/2026 tại Nhà văn hóa thôn Đông;\n"
                "- Buổi ngày 13/11/2026 tại Nhà văn hóa thôn Tây.\nHai buổi ngày 18/11/2026 và ngày 20/11/2026 "
                "giữ nguyên."
            ),
            [("2026-11-11", None, "Nhà văn hóa thôn Đông", []), ("2026-11-13", None, "Nhà văn hóa thôn Tây", [])],
            "cancelled",
        ),
        (
            "Dời ngày đối thoại tại ấp Tân Thạnh và ấp Rạch Tàu",
            (
                "Theo Kế hoạch số 88/KH-UBND, Chủ tịch UBND xã đối thoại với Nhân dân ấp Tân Thạnh ngày "
                "25/5/2026. Nay:\n"
                "- Ấp Tân Thạnh: dời sang 8 giờ 00 ngày 02/6/2026, tại Trụ sở ấp Tân Thạnh;\n"
                "- Ấp Rạch Tàu: dời sang 8 giờ 00 ngày 03/6/2026, tại Trụ sở ấp Rạch Tàu;\n- Ấp Bến: không thay đổi."
            ),
            [
                ("2026-06-02", "08:00", "Trụ sở ấp Tân Thạnh", ["ấp tân thạnh"]),
                ("2026-06-03", "08:00", "Trụ sở ấp Rạch Tàu", ["ấp rạch tàu"]),
            ],
            "moved",
        ),
        (
            "Điều chỉnh hội nghị đối thoại với Nhân dân",
            (
                "Theo Thông báo số 71/TB-UBND, hội nghị đối thoại tổ chức chiều ngày 03/6/2026 tại Nhà văn hóa "
                "thôn Đông. "
                "Nay UBND xã điều chỉnh như sau:\n1. Thời gian: 14 giờ 00, ngày 10/6/2026.\n2. Địa điểm và "
                "thành phần: giữ "
                "nguyên."
            ),
            [("2026-06-10", "14:00", "Nhà văn hóa thôn Đông", [])],
            "moved",
        ),
        (
            "Về việc tổ chức sớm hơn hội nghị đối thoại với Nhân dân",
            (
                "Theo Kế hoạch số 55/KH-UBND, hội nghị đối thoại tổ chức vào ngày 22/11/2026. UBND xã quyết định làm "
                "sớm hơn, vào 8 giờ 00 ngày 15/11/2026, tại Nhà văn hóa thôn Đông."
            ),
            [("2026-11-15", "08:00", "Nhà văn hóa thôn Đông", [])],
            "moved",
        ),
        (
            "Thay đổi địa điểm buổi đối thoại ngày 28/8/2026",
            "UBND xã chuyển buổi đối thoại với Nhân dân (14 giờ 00 ngày 28/8/2026) về Trường THCS Hàm Tiến.",
            [("2026-08-28", "14:00", "Trường THCS Hàm Tiến", [])],
            "moved",
        ),
        (
            "Tạm dừng tổ chức đối thoại với Nhân dân",
            "UBND xã tạm dừng buổi đối thoại dự kiến ngày 02/6/2026.",
            [("2026-06-02", None, None, [])],
            "postponed",
        ),
        (
            "Đính chính Thông báo số 112/TB-UBND về hội nghị đối thoại với Nhân dân",
            (
                "UBND xã đính chính địa điểm hội nghị đối thoại (8 giờ 00, ngày 28/4/2026) như sau:\n"
                'Đã viết: "Nhà văn hóa thôn Sơn".\nViết đúng là: "Nhà văn hóa thôn Thành".'
            ),
            [("2026-04-28", "08:00", "Nhà văn hóa thôn Thành", [])],
            "moved",
        ),
    ],
)
def test_a_change_is_read_where_no_word_for_moving_stands_before_the_new_day(
    title: str, body: str, met: list[Any], status: str
) -> None:
    reading = _change(title, body)
    assert (reading["paper"], _met(reading)) == ("change", met)
    assert {one["status"] for one in reading["meetings"]} <= {status, "fixed"}


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("KẾ HOẠCH", "Khảo sát việc thực hiện Quy chế đối thoại trực tiếp giữa Chủ tịch UBND xã với Nhân dân"),
        ("THÔNG BÁO", "Mở lớp bồi dưỡng kỹ năng tiếp xúc, đối thoại với Nhân dân cho bí thư chi bộ"),
        ("KẾ HOẠCH", "Bảo đảm an ninh, trật tự Hội nghị đối thoại giữa Chủ tịch UBND xã với Nhân dân"),
        ("KẾ HOẠCH", "Đối thoại giữa Giám đốc Trung tâm Y tế với người bệnh năm 2026"),
        ("THÔNG BÁO", "Đối thoại giữa Trưởng phòng Giáo dục với giáo viên các trường"),
        ("KẾ HOẠCH", "Hội nghị cán bộ, công chức và đối thoại giữa Chủ tịch UBND xã với người lao động cơ quan"),
        ("KẾ HOẠCH", "Lấy phiếu tín nhiệm và đối thoại nội bộ trong sinh hoạt chi bộ"),
        ("BÁO CÁO", "Tình hình thực hiện quy chế dân chủ ở cơ sở năm 2026"),
    ],
)
def test_other_work_on_dialogues_and_the_dialogues_of_others_are_none_of_ours(kind: str, title: str) -> None:
    body = "Trong năm tổ chức 02 cuộc đối thoại, tiếp nhận 41 ý kiến.\n1. Thời gian: 8 giờ ngày 21/5/2026."
    reading = _paper(kind, title, body)
    assert (reading["paper"], reading["meetings"]) == ("other", [])


def test_other_work_with_a_dialogue_besides_is_one_of_ours() -> None:
    title = "Tuyên truyền pháp luật và đối thoại giữa Chủ tịch UBND xã với Nhân dân năm 2026"
    assert _plan("1. Thời gian: 8 giờ ngày 21/5/2026.", title)["paper"] == "plan"


def test_a_letter_that_asks_others_for_their_plans_is_none_of_ours() -> None:
    read = reading_json(
        read_paper(
            "PHÒNG NỘI VỤ\nSố: 212/PNV\nTuy Phước, ngày 13 tháng 02 năm 2026\nV/v đăng ký kế hoạch đối thoại\n"
            "với Nhân dân năm 2026\n\nKính gửi: UBND các xã.\n\nĐề nghị UBND các xã gửi kế hoạch trước ngày "
            "28/02/2026.\n"
        )
    )
    assert read["paper"] == "other"


def test_a_message_and_a_page_that_only_tell_of_it_are_notices() -> None:
    message = reading_json(
        read_paper(
            "TỔ DÂN PHỐ 7 - PHƯỜNG VỸ DẠ XIN THÔNG BÁO\n\nKính mời bà con TDP 7 dự buổi đối thoại với Bí thư Đảng ủy "
            "phường.\n\n19h15 tối thứ Sáu 12/6/2026\nNhà sinh hoạt cộng đồng TDP 7\nAi muốn hỏi thì nhắn trước ngày "
            "10/6/2026\n"
        )
    )
    assert (message["paper"], message["unit"]["value"], _hosts(message)) == (
        "notice",
        "phường Vỹ Dạ",
        ["Bí thư Đảng ủy phường"],
    )
    assert (message["registration"]["until"], _met(message)[0][:3]) == (
        "2026-06-10",
        ("2026-06-12", "19:15", "Nhà sinh hoạt cộng đồng TDP 7"),
    )
    page = reading_json(
        read_paper(
            "Lịch đối thoại của Bí thư Đảng ủy xã Trà Đốc\n\nBí thư Đảng ủy xã Trà Đốc sẽ tiếp xúc, đối thoại với "
            "Nhân dân. Cụ thể, lúc 13h30 ngày 19/11/2026, đối thoại với Nhân dân thôn 1 tại nhà sinh hoạt cộng đồng.\n"
        )
    )
    assert (page["paper"], _met(page)[0][:2]) == ("notice", ("2026-11-19", "13:30"))


def test_an_invitation_names_the_people_on_the_line_below_the_blank_for_a_name() -> None:
    read = _paper(
        "GIẤY MỜI",
        "Tham dự Hội nghị đối thoại của Chủ tịch UBND xã với Nhân dân",
        "UBND xã kính mời: Ông (Bà) ..........\nĐại diện hộ gia đình tổ dân phố số 1, 2 và số 3.\n\n"
        "- Hội nghị bắt đầu lúc: 19h00 ngày 22/11/2026.",
    )
    assert _met(read)[0][3] == ["tổ dân phố số 1", "tổ dân phố số 2", "tổ dân phố số 3"]


def test_a_scan_that_lost_marks_is_read_like_the_paper() -> None:
    read = reading_json(
        read_paper(
            "UBND XÃ TÀI VĂN\nSô: 39/KH-UBND\nTài Văn, ngay 11 thang 4 nam 2026\n\nKÊ HOẠCH\n"
            "Đối thoại giữa Chủ tịch UBND xã với Nhân dân ấp Tưng và ấp Chóp năm 2026\n\n"
            "Thực hiện Quyêt định sô 12/2020/QĐ-UBND ngày 05/5/2020 của UBND tỉnh; UBND xã xây dựng kê hoạch:\n\n"
            "1. Thời gian\n- Âp Tưng: 8 giờ ngày 12/5/2026.\n- Âp Chóp: 8 giờ ngày 19/5/2026.\n"
            "2. Giao các âp Tưng, Chóp báo dân.\n"
        )
    )
    assert (read["number"]["value"], read["issued_on"]["value"]) == ("39/KH-UBND", "2026-04-11")
    assert [one["number"] for one in read["bases"]] == ["12/2020/QĐ-UBND"]
    assert [one[3] for one in _met(read)] == [["ấp tưng"], ["ấp chóp"]]


def test_a_commune_called_by_a_word_for_hamlets_is_no_hamlet_and_a_place_needs_no_capital() -> None:
    read = _plan(
        "Thôn Đông: buổi sáng ngày 07/5/2026, nhà văn hóa thôn Đông.\n"
        "Thôn Tây: buổi chiều ngày 07/5/2026, điểm trường thôn Tây.\n"
    )
    assert [(one[2], one[3]) for one in _met(read)] == [
        ("nhà văn hóa thôn Đông", ["thôn đông"]),
        ("điểm trường thôn Tây", ["thôn tây"]),
    ]
    told = _plan("Người dân xã Bản Lầu gặp Chủ tịch UBND xã, buổi đối thoại lúc 8 giờ ngày 07/5/2026, có cả trẻ em.")
    assert _met(told)[0][2:] == (None, [])
    sent = _plan("1. Thời gian: 8 giờ ngày 21/5/2026.\n2. Người dân gửi trước câu hỏi đến 17g00 ngày 19/5/2026.")
    assert sent["registration"]["until"] == "2026-05-19"


def test_a_number_of_days_belongs_to_its_own_clause() -> None:
    read = _plan(
        "1. Thời gian: 8 giờ ngày 21/5/2026.\n2. Sau hội nghị: trong 10 ngày làm việc ra thông báo kết luận; trong 30 "
        "ngày trả lời xong các câu hỏi.\n3. Văn phòng: công bố lịch chính thức trước 08 ngày."
    )
    assert (read["reply"]["value"], read["results"]["value"], read["notice"]["value"]) == (30, 10, 8)
    told = _plan("1. Thời gian: 8 giờ ngày 21/5/2026.\n2. Văn phòng: báo cho các bản trước 09 ngày.")
    assert told["notice"]["value"] == 9


def test_a_heading_that_says_whose_duty_it_is_gives_the_duties_below_it() -> None:
    read = _plan(
        "Điều 1. Nguyên tắc\n1. Đối thoại phải gắn với trách nhiệm của người đứng đầu, không trả lời chung "
        "chung, không "
        "hứa suông với Nhân dân.\n2. Thời gian: 8 giờ ngày 21/5/2026.\n"
        "Điều 2. Trách nhiệm của Ủy ban MTTQ Việt Nam xã\n1. Giám sát việc giải quyết kiến nghị.\n"
        "Điều 3. Phân công\n1. Ủy ban Kiểm tra Đảng ủy giúp Ban Thường vụ kiểm tra việc thực hiện kết luận.\n"
    )
    assert [one["who"] for one in read["supervision"]] == ["Ủy ban MTTQ Việt Nam xã", "Ủy ban Kiểm tra Đảng ủy"]
    assert _met(read)[0][0] == "2026-05-21"


def test_minutes_count_what_was_heard_and_what_is_left_to_be_answered() -> None:
    read = _paper(
        "BIÊN BẢN",
        "Hội nghị đối thoại giữa Chủ tịch UBND xã với Nhân dân",
        "Hội nghị đã nghe 17 ý kiến. Chủ tịch UBND xã đã giải đáp trực tiếp 12 ý kiến; 5 ý kiến còn lại được tiếp thu, "
        "trả lời bằng văn bản sau hội nghị.",
    )
    counts = {name: one["value"] for name, one in read["outcome"].items() if one}
    assert counts == {"received": 17, "there": 12, "later": 5}


def test_numbers_of_groups_are_no_days_and_a_number_may_end_a_sentence() -> None:
    assert windows("nha van hoa lien to 1-2-3", 0, 25, 2026) == []
    assert is_only_a_time("thu tu, ngay 15/4, 19 gio 00", 0, 28, 2026)
    assert not is_only_a_time("19 gio 00", 0, 9, 2026)
    text = PaperText("Hoãn do bão số 4. Hội nghị tổ chức sau.\n1. Thời gian: sau.")
    assert [text.flat[slice(*one)].strip() for one in text.sentences(text.paragraphs[0])] == [
        "Hoãn do bão số 4.",
        "Hội nghị tổ chức sau.",
    ]


def test_a_row_of_dots_behind_a_day_is_read_at_once() -> None:
    dotted = f"thu tu, ngay 15/4 {'. ' * 60}"
    assert is_only_a_time(dotted, 0, len(dotted), 2026)
    more = f"{dotted}hop"
    assert not is_only_a_time(more, 0, len(more), 2026)


def test_gaps_between_the_days_of_one_hour_are_read_at_once() -> None:
    days = "   và   ".join(f"{day}/4" for day in range(10, 30))
    read = _plan(f"1. Thời gian: ngày {days} (cụm một) 30/4/2026, lúc 8 giờ.")["meetings"]
    assert read[-1]["window"] == {"from": "2026-04-30", "to": "2026-04-30", "precision": "day"}


def test_a_slip_of_the_pen_is_said_with_what_is_meant() -> None:
    warnings = _plan("1. Thời gian: 8 giờ ngày 21/5/2026.\n2. Nêu những vấn đề nỗi cộm.")["warnings"]
    assert len(warnings) == 1
    assert "nổi cộm" in warnings[0]


def test_a_slip_within_a_name_is_in_no_name() -> None:
    read = _plan(
        "1. Thời gian: 8 giờ ngày 21/5/2026.\nII. TỔ CHỨC THỰC HIỆN\n"
        "1. Thường trực Hội đồng nhân, Ủy ban nhân dân xã trả lời các kiến nghị của Nhân dân.\n"
        "2. Công an xã chủ trì phối hợp với Ban Chỉ huy Quân sự xã bảm đảm an ninh trật tự.\n"
    )
    assert [one["name"] for one in read["desks"]] == ["Thường trực Hội đồng nhân dân", "Ủy ban nhân dân xã"]
    guards = next(one for one in read["duties"] if one["task"] == "security")
    assert guards["others"] == ["Ban Chỉ huy Quân sự xã"]
    assert "bảm đảm" in guards["phrase"], "the words themselves stay as they are"
    assert len(read["warnings"]) == 2


def test_an_announcement_in_the_words_of_a_village_is_read() -> None:
    read = _plan(
        "Nơi nhận thông tin: bà con trong xã.\n\n"
        "Đợt 1: 19h30 ngày 15/01/2026 tại Nhà sinh hoạt cộng đồng thôn Đông, dành cho bà con thôn Đông.\n"
        "Đợt 2: sáng 24/01/2026 (từ 7 giờ 30 phút), hội trường UBND xã, dành cho các hộ kinh doanh.\n"
        "Đợt 3: một ngày trong tuần cuối tháng 3/2026, thôn Đoài.\n\n"
        "- Câu hỏi đưa cho trưởng thôn.\n\n"
        "Điều gì chưa trả lời được, chậm nhất hai mươi (20) ngày làm việc sau buổi gặp được trả lời bằng văn bản.\n\n"
        "E. PHÂN CÔNG\n1. Công an xã giữ gìn trật tự.\n2. Trưởng các thôn loan tin trên loa trước 7 ngày.\n\n"
        "Nơi gửi:\n- TT Đảng uỷ (để b/c);\n- Lưu: VT.\n"
    )
    assert [one["who"] for one in read["recipients"]] == ["TT Đảng uỷ", "Lưu: VT"]
    assert (read["reply"]["value"], read["reply"]["working"], read["notice"]["value"]) == (20, True, 7)
    assert read["meetings"][1]["venue"] == "hội trường UBND xã"
    assert {one["task"]: one["lead"] for one in read["duties"]} == {
        "security": "Công an xã",
        "broadcast": "Trưởng các thôn",
    }
    third = "một ngày trong tuần cuối tháng 3/2026, thôn Đoài."
    asked = {one["key"]: one.get("phrase") for one in read["open"]}
    assert (asked["meeting-day"], asked["meeting-hour"]) == (third, third), "of the meeting that has none"


def test_the_ends_of_lines_of_a_pdf_change_nothing() -> None:
    """Each line of a page ends with a blank, and may end within a name or a set phrase."""
    pages = (
        "Căn cứ Quy \nđịnh số 11-QĐi/TW, ngày 18/02/2019 của Bộ Chính trị; Quy định số 380-\n"
        "QĐ/TU, ngày 13/9/2021 của Ban Thường vụ Thành ủy về tiếp nhận, xử lý đơn, thư của \n"
        "Nhân dân, xã Tân Lập xây dựng kế hoạch như sau:\n"
        "1. Thời gian: 8 giờ ngày 21/5/2026, hội trường UBND xã, cho Nhân dân toàn xã và các \nđoàn thể.\n"
        "2. Thành phần: Chủ tịch Ủy ban MTTQ và 01 đồng chí đại diện các tổ chức chính trị\n- xã hội xã, phường.\n"
        "II. TỔ CHỨC THỰC HIỆN\n"
        "1. Công an xã: Phân công cán bộ bảo đảm trật tự, an toàn nơi tổ chức đối thoại. Chỉ \n"
        "đạo Tổ bảo vệ an ninh làm tốt công tác an ninh trật tự trong buổi đối thoại ở xã."
    )
    read = _paper("KẾ HOẠCH", "Đối thoại với Nhân dân năm 2026", pages)
    assert [one["number"] for one in read["bases"]] == ["11-QĐi/TW", "380-QĐ/TU"]
    assert read["quotas"][0]["who"].endswith("các tổ chức chính trị - xã hội xã, phường")
    assert [one["lead"] for one in read["duties"] if one["task"] == "security"] == ["Công an xã", "Tổ bảo vệ an ninh"]


def test_a_table_copied_into_lines_is_parted_by_what_its_cells_begin_with() -> None:
    read = _plan(
        "TT Thời gian Địa điểm Thành phần mời Người chủ trì\n"
        "1 14h00, 16/4/2026 Nhà văn hóa thôn Đông Thôn Đông, thôn Đoài Chủ tịch UBND xã\n"
        "2. 8h00, Thứ Bảy 18/4/2026 Trường Tiểu học Tân Lập Thôn 3 Phó Chủ tịch UBND xã\n\n"
        "Các thôn mời đủ các hộ.",
        "Đối thoại với Nhân dân năm 2026",
    )
    assert _met(read) == [
        ("2026-04-16", "14:00", "Nhà văn hóa thôn Đông", ["thôn đông", "thôn đoài"]),
        ("2026-04-18", "08:00", "Trường Tiểu học Tân Lập", ["thôn 3"]),
    ]
    assert _hosts(read) == ["Chủ tịch UBND xã", "Phó Chủ tịch UBND xã"]
    named = _plan(
        "STT Ngày Giờ Thôn Địa điểm\n1 20/5/2026 19h30 Thôn Đông Đình làng Đông\n"
        "2 22/5/2026 19h00 Thôn Tây Nhà văn hóa thôn Tây\n\nMỗi hộ một người."
    )
    assert _met(named) == [
        ("2026-05-20", "19:30", "Đình làng Đông", ["thôn đông"]),
        ("2026-05-22", "19:00", "Nhà văn hóa thôn Tây", ["thôn tây"]),
    ]


def test_a_copied_table_with_a_cell_left_empty_is_left_as_it_is() -> None:
    lines = (
        "TT Thời gian Địa điểm Thôn\n1 14h00, 16/4/2026 Nhà văn hóa thôn Đông Thôn Đông\n2 14h00, 17/4/2026 Thôn 2\n\n"
    )
    assert PaperText(lines).flat == lines


def test_a_place_may_stand_behind_its_label_and_tai_and_a_note_that_it_stays() -> None:
    read = _change(
        "Về việc điều chỉnh thời gian đối thoại",
        "Chủ tịch UBND xã dời buổi đối thoại với Nhân dân từ ngày 10/6/2026 sang ngày 17/6/2026.\n\n"
        "Thời gian: từ 8 giờ. Địa điểm: tại Nhà văn hóa thôn Đông (không thay đổi).",
    )
    assert _met(read)[0][:3] == ("2026-06-17", "08:00", "Nhà văn hóa thôn Đông")


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Đối thoại giữa Chủ tịch UBND xã với Nhân dân năm 2026", "1. Chủ trì: Chủ tịch Ủy ban MTTQ xã."),
        (
            "Đối thoại với Nhân dân năm 2026",
            "1. Chủ tọa: Chủ tịch Ủy ban MTTQ xã.\n2. Đối thoại với Nhân dân: Chủ tịch UBND xã.",
        ),
    ],
)
def test_the_front_chairs_what_others_hold(title: str, body: str) -> None:
    read = _plan(f"{body}\n3. Thời gian: 8 giờ ngày 21/5/2026.", title)
    assert set(_hosts(read)) == {"Chủ tịch UBND xã", "Chủ tịch Ủy ban MTTQ xã"}


def test_a_scanned_decision_that_lost_a_dot_is_a_basis() -> None:
    read = _paper(
        "KẾ HOẠCH",
        "Đối thoại giữa Chủ tịch UBND xã với Nhân dân năm 2026",
        "Căn cứ Quyết đinh số 1O92/QĐ-UBND ngày 14/6/2021 của UBND tỉnh;\nUBND xã xây dựng kế hoạch như sau:\n\n"
        "1. Thời gian: 8 giờ ngày 21/5/2026.",
    )
    assert [one["number"] for one in read["bases"]] == ["1092/QĐ-UBND"]


@pytest.mark.parametrize(
    ("said", "venue"),
    [
        ("Địa điểm: Sân vận động xã; trường hợp trời mưa, chuyển vào Hội trường UBND xã.", "Sân vận động xã"),
        ("Địa điểm: Hội trường UBND xã, đồng thời phát trên loa truyền thanh các thôn.", "Hội trường UBND xã"),
        ("Địa điểm: Nhà truyền thống, Trường Tiểu học Tân Lập.", "Nhà truyền thống, Trường Tiểu học Tân Lập"),
        ("Địa điểm tổ chức đối thoại là Hội trường cơ quan Đảng ủy xã.", "Hội trường cơ quan Đảng ủy xã"),
        ("Địa điểm\nHội trường UBND xã.", "Hội trường UBND xã"),
    ],
)
def test_a_place_ends_before_the_rain_and_the_loudspeakers(said: str, venue: str) -> None:
    assert _met(_plan(f"1. Thời gian: 8 giờ ngày 21/5/2026.\n2. {said}"))[0][2] == venue


def test_a_heading_for_the_place_may_have_something_else_below_it() -> None:
    read = _plan(
        "1. Thời gian: 8 giờ ngày 21/5/2026.\n2. Địa điểm\n- Các thôn chuẩn bị bàn ghế.\n- Hội trường UBND xã."
    )
    assert _met(read)[0][2] == "Hội trường UBND xã"


def test_a_place_stands_behind_a_weekday_in_brackets_and_a_unit_that_is_no_more_is_not_the_papers() -> None:
    read = _paper(
        "THÔNG BÁO",
        "Về việc đối thoại với Nhân dân",
        "1. Tại cụm Hoằng Thịnh: 8h00 ngày 28/5/2026 (thứ Năm), Hội trường UBND xã Hoằng Thịnh cũ.\n"
        "2. Tại cụm Trung Hậu: 8h00 ngày 29/5/2026 (thứ Sáu), Nhà văn hóa thôn Trung Hậu.",
        head="ỦY BAN NHÂN DÂN\nXÃ TÂN LẬP\nSố: 12/{}-UBND\n",
    )
    assert [one[2] for one in _met(read)] == ["Hội trường UBND xã Hoằng Thịnh cũ", "Nhà văn hóa thôn Trung Hậu"]
    assert read["unit"]["value"] == "xã Tân Lập"


@pytest.mark.parametrize(
    ("said", "hosts"),
    [
        ("Đoàn chủ tịch: Bí thư Đảng ủy; Chủ tịch UBND xã.", ["Bí thư Đảng ủy", "Chủ tịch UBND xã"]),
        ("Điều hành: Chủ tịch UBND xã.", ["Chủ tịch UBND xã"]),
        ("Đại diện chính quyền: Chủ tịch UBND xã (người đối thoại).", ["Chủ tịch UBND xã"]),
        ("Thành phần: Chủ tịch UBND xã (chủ tọa); trưởng các ngành.", ["Chủ tịch UBND xã"]),
        ("Bí thư Đảng ủy chủ tọa buổi đối thoại.", ["Bí thư Đảng ủy"]),
        (
            "Đồng chí Bí thư Đảng ủy, đồng chí Chủ tịch UBND xã trực tiếp đối thoại, không giao cấp dưới làm thay.",
            ["Bí thư Đảng ủy", "Chủ tịch UBND xã"],
        ),
    ],
)
def test_whoever_presides_conducts_or_faces_the_people_holds_it(said: str, hosts: list[str]) -> None:
    read = _plan(f"1. {said}\n2. Thời gian: 8 giờ ngày 21/5/2026.", "Đối thoại với Nhân dân năm 2026")
    assert _hosts(read) == hosts


@pytest.mark.parametrize(
    ("said", "venue"),
    [
        ("2. Địa điểm: Giao UBND xã bố trí tại Nhà văn hóa thôn Đông.", "Nhà văn hóa thôn Đông"),
        ("2. Địa điểm: Do Mặt trận xã lựa chọn, dự kiến tại Nhà văn hóa thôn Đông.", "Nhà văn hóa thôn Đông"),
        ("2. Địa điểm: UBND xã thống nhất chọn Nhà văn hóa thôn Đông.", "Nhà văn hóa thôn Đông"),
        ("2. Địa điểm: Do UBND xã bố trí.", None),
        ("2. Không gian: trực tiếp tại Hội trường UBND xã.", "Hội trường UBND xã"),
        ("2. Hình thức: trực tiếp tại Hội trường UBND xã.", "Hội trường UBND xã"),
        ("2. Tổ chức tại: Hội trường Đảng uỷ xã.", "Hội trường Đảng uỷ xã"),
        ("2. Vị trí: Sân vận động xã.", "Sân vận động xã"),
        ("2. Địa điểm: tại thôn Đông (Nhà văn hóa thôn).", "thôn Đông (Nhà văn hóa thôn)"),
        ("2. Địa điểm\nNhà văn hóa xã. Bố trí chỗ ngồi giãn cách 2 mét.", "Nhà văn hóa xã"),
        (
            "2. Địa điểm: Trực tiếp tại Hội trường UBND xã và kết nối trực tuyến tới 05 điểm cầu.",
            "Hội trường UBND xã",
        ),
    ],
)
def test_a_place_is_what_stands_behind_whoever_finds_it_and_how_one_meets(said: str, venue: str | None) -> None:
    reading = _plan(f"1. Thời gian: 8 giờ 00, ngày 16/4/2026.\n{said}\n3. Chủ trì: Chủ tịch UBND xã.")
    assert [one[2] for one in _met(reading)] == [venue]


@pytest.mark.parametrize(
    ("said", "hosts"),
    [
        ("Chủ trì: Thường trực Đảng ủy, lãnh đạo UBND xã.", ["Thường trực Đảng ủy", "Lãnh đạo UBND xã"]),
        ("Chủ trì: Thường trực HĐND xã.", ["Thường trực HĐND xã"]),
        ("Chủ trì: Lãnh đạo UBND xã.", []),
        ("Chủ trì: Đ/c CT UBND xã.", ["CT UBND xã"]),
        ("Đoàn chủ tọa: Đ/c Bí thư, đ/c Chủ tịch UBND.", ["Bí thư", "Chủ tịch UBND"]),
        (
            "Điều hành đối thoại: Bí thư Đảng ủy, Chủ tịch HĐND xã; Chủ tịch UBND xã.",
            ["Bí thư Đảng ủy, Chủ tịch HĐND xã", "Chủ tịch UBND xã"],
        ),
        (
            "Đồng chí Phó Chủ tịch UBND xã phụ trách kinh tế thay mặt Chủ tịch UBND xã chủ trì buổi đối thoại.",
            ["Phó Chủ tịch UBND xã"],
        ),
    ],
)
def test_bodies_deputies_and_short_titles_chair_where_the_paper_says_so(said: str, hosts: list[str]) -> None:
    reading = _plan(f"1. Thời gian: ngày 16/4/2026.\n2. {said}", title="Đối thoại với Nhân dân năm 2026")
    assert _hosts(reading) == hosts


_PARTY_HEAD = (
    "ĐẢNG ỦY XÃ ĐÔNG SƠN        ĐẢNG CỘNG SẢN VIỆT NAM\n{}*\nSố 31-KH/ĐU\nĐông Sơn, ngày 12 tháng 3 năm 2026\n\n"
)
_PARTY_BODY = (
    "KẾ HOẠCH\nđối thoại với Nhân dân năm 2026\n\n{}1. Thời gian: ngày 16/4/2026.\n\nNơi nhận:      {}\n- Lưu.\n"
)


@pytest.mark.parametrize(
    ("below", "introduction", "signed", "issuer"),
    [
        ("", "", "T/M BAN THƯỜNG VỤ", "Ban Thường vụ Đảng ủy xã Đông Sơn"),
        ("BAN THƯỜNG VỤ\n", "", "BÍ THƯ", "Ban Thường vụ Đảng ủy xã Đông Sơn"),
        ("", "", "T/M ĐẢNG ỦY", "Đảng ủy xã Đông Sơn"),
        ("", "Đảng ủy xã xây dựng kế hoạch như sau:\n\n", "T/M BAN THƯỜNG VỤ", "Đảng ủy xã Đông Sơn"),
    ],
)
def test_a_committee_issues_by_the_body_that_signs_where_the_paper_says_no_more(
    below: str, introduction: str, signed: str, issuer: str
) -> None:
    reading = reading_json(read_paper(_PARTY_HEAD.format(below) + _PARTY_BODY.format(introduction, signed)))
    assert reading["issuer"]["value"] == issuer


@pytest.mark.parametrize(
    "table",
    [
        (
            "TT Thời gian Địa điểm Thành phần\n"
            "1 8h00 ngày 12/6/2026 Nhà văn hóa thôn Đông Các hộ dân thôn Đông,\nthôn Đoài\n"
            "2 14h00 ngày 12/6/2026\nHội trường UBND xã Các hộ thôn Trung\n"
        ),
        (
            "TT\tThành phần\tThời gian\tĐịa điểm\n"
            "1\tThôn Đông,\nthôn Đoài\t8h00 ngày 12/6/2026\tNhà văn hóa thôn Đông\n"
            "2\tThôn Trung\t14h00 ngày\n12/6/2026\tHội trường UBND xã\n"
        ),
    ],
)
def test_a_row_of_a_copied_table_may_be_broken_into_lines(table: str) -> None:
    assert _met(_plan(f"1. Lịch đối thoại:\n\n{table}\n2. Chủ trì: Chủ tịch UBND xã.")) == [
        ("2026-06-12", "08:00", "Nhà văn hóa thôn Đông", ["thôn đông", "thôn đoài"]),
        ("2026-06-12", "14:00", "Hội trường UBND xã", ["thôn trung"]),
    ]


def test_rows_with_more_cells_than_the_head_stay_as_they_are() -> None:
    table = "TT\tThôn\tThời gian\n1\tĐông\t8h00 ngày 12/6/2026\tNhà văn hóa thôn\n"
    assert PaperText(table).flat == table


def test_the_paragraph_behind_a_table_is_no_part_of_its_last_row() -> None:
    table = "TT\tThôn\tThời gian\n1\tĐông\t8h00 ngày\n12/6/2026\nChủ trì: Chủ tịch UBND xã\n"
    assert "ngày 12/6/2026\nChủ trì" in PaperText(table).flat
    table = "TT\tThôn\tThời gian\n1\tĐông\t8h00 ngày\n12/6/2026\nLịch này có thể thay đổi\n"
    assert "ngày 12/6/2026\nLịch này" in PaperText(table).flat


def test_columns_of_which_the_cells_are_mixed_up_make_no_hamlets() -> None:
    reading = _plan(
        "1. Lịch:\n\nTT Thời gian Địa điểm Thôn\n1 8h00 ngày Nhà văn hóa thôn Thôn Đông\n12/6/2026 Đông\n"
        "2 8h00 ngày Nhà văn hóa thôn Thôn Đoài\n13/6/2026 Đoài\n\n2. Chủ trì: Chủ tịch UBND xã."
    )
    assert [one[3] for one in _met(reading)] == [["thôn đông"], ["thôn đoài"]]


def test_a_hamlet_is_not_what_it_was_made_of_and_a_month_may_be_a_word() -> None:
    reading = _plan("1. Thời gian: 8h00 ngày 16 tháng Tư năm 2026.\n2. Đối tượng: Nhân dân khóm 1 (ấp Tây cũ), khóm 2.")
    assert _met(reading) == [("2026-04-16", "08:00", None, ["khóm 1", "khóm 2"])]


def test_whoever_a_special_zone_invites_comes_from_the_hamlets_named_below() -> None:
    reading = _paper(
        "GIẤY MỜI",
        "Dự Hội nghị đối thoại giữa Chủ tịch UBND đặc khu với Nhân dân",
        "Thực hiện Kế hoạch số 31/KH-UBND,\n\nUBND đặc khu Thổ Châu trân trọng kính mời:\n\n"
        "- Thường trực Đảng ủy;\n- Đại diện các hộ dân Khu phố Bãi Ngự, Khu phố Bãi Dong.\n\n"
        "Thời gian: 8 giờ 00, ngày 16/4/2026.\nĐịa điểm: Hội trường UBND đặc khu.",
        head="UBND ĐẶC KHU THỔ CHÂU\nSố: 12/{}-UBND\n",
    )
    assert _met(reading) == [
        ("2026-04-16", "08:00", "Hội trường UBND đặc khu", ["khu phố bãi ngự", "khu phố bãi dong"])
    ]


def test_a_letter_that_moves_a_meeting_asks_to_tell_the_people_of_some_hamlets() -> None:
    reading = _change(
        "Thay đổi thời gian đối thoại giữa Chủ tịch UBND xã với Nhân dân",
        "Buổi đối thoại ngày 11/6/2026 được chuyển sang 7 giờ 30 ngày 18/6/2026 tại Hội trường UBND xã.\n\n"
        "Đề nghị các chi bộ thông báo đến đại biểu và Nhân dân buôn Ea Klốk, thôn Tân Lập.",
    )
    assert _met(reading) == [("2026-06-18", "07:30", "Hội trường UBND xã", ["buôn ea klốk", "thôn tân lập"])]


def test_what_was_given_to_others_is_counted_with_what_is_said_behind_a_comma() -> None:
    reading = _paper(
        "THÔNG BÁO",
        "Kết luận của Chủ tịch UBND xã tại Hội nghị đối thoại với Nhân dân",
        "Hội nghị đã nghe 17 ý kiến. Trong đó 12 ý kiến được giải đáp ngay tại Hội nghị; 03 ý kiến giao UBND xã xem "
        "xét giải quyết, trả lời bằng văn bản; 02 ý kiến vượt thẩm quyền.",
    )
    counts = {name: count["value"] for name, count in reading["outcome"].items() if count}
    assert counts == {"received": 17, "there": 12, "later": 3, "forwarded": 2}


@pytest.mark.parametrize(
    ("label", "value"),
    [("- {}:\n", ""), ("- {}:\n\n", ""), ("- {}\n", ""), ("- {}:\n", "+ "), ("- {}\n", "+ "), ("a) {}\n", "- ")],
)
def test_what_stands_alone_below_a_label_is_its_value(label: str, value: str) -> None:
    def turn(number: int, day: str, place: str, people: str) -> str:
        said = {"Thời gian": f"8 giờ 00, ngày {day}/4/2026.", "Địa điểm": place, "Thành phần": people}
        return f"{number}. Cụm {number}\n" + "".join(f"{label.format(what)}{value}{said[what]}\n" for what in said)

    body = turn(1, "16", "Nhà văn hóa thôn Đông.", "Nhân dân thôn Đông, thôn Đoài.")
    body += turn(2, "17", "Nhà văn hóa thôn Bắc.", "Nhân dân thôn Bắc.")
    assert _met(_plan(body)) == [
        ("2026-04-16", "08:00", "Nhà văn hóa thôn Đông", ["thôn đông", "thôn đoài"]),
        ("2026-04-17", "08:00", "Nhà văn hóa thôn Bắc", ["thôn bắc"]),
    ]


def test_a_label_with_a_list_or_a_label_below_it_is_a_heading() -> None:
    reading = _plan(
        "1. Thời gian: ngày 16/4/2026.\n2. Thành phần\n- Chủ trì:\nĐồng chí Chủ tịch UBND xã.\n- Thư ký: Văn phòng.\n"
        "3. Địa điểm\n- Buổi sáng: Hội trường UBND xã.\n- Buổi chiều: Nhà văn hóa thôn Đông.",
        title="Đối thoại với Nhân dân năm 2026",
    )
    assert _hosts(reading) == ["Chủ tịch UBND xã"]


def test_of_a_list_below_a_label_the_first_line_is_not_its_value_though_it_goes_on_over_the_edge() -> None:
    reading = _plan(
        "1. Chủ trì: Chủ tịch UBND xã.\n2. Thời gian, địa điểm\n"
        "- Hội nghị đối thoại của Chủ tịch UBND xã năm 2026: quý III/2026 (ngày\ncụ thể sẽ thông báo sau).\n"
        "- Địa điểm: Nhà Văn hóa xã.",
        title="Đối thoại với Nhân dân năm 2026",
    )
    assert [meeting["venue"] for meeting in reading["meetings"]] == ["Nhà Văn hóa xã"]


def test_who_chairs_may_stand_on_lines_of_one_person_each() -> None:
    reading = _plan(
        "1. Thời gian: ngày 16/4/2026.\n2. Chủ trì: Đồng chí Lê Đức - Bí thư Đảng ủy;\n"
        "Đồng chí Vũ Thọ - Phó Bí thư Đảng ủy, Chủ tịch UBND xã.\n3. Thư ký: Văn phòng.",
        title="Đối thoại với Nhân dân năm 2026",
    )
    assert _hosts(reading) == ["Bí thư Đảng ủy", "Phó Bí thư Đảng ủy, Chủ tịch UBND xã"]


_PROSE = (
    "UBND xã tổ chức đối thoại với Nhân dân thôn Đông vào lúc 8 giờ 00, ngày 16/4/2026 tại Nhà văn hóa thôn Đông, "
    "bàn về tuyến kênh tưới của thôn và việc cấp nước sạch cho các hộ ở cuối kênh trong mùa khô năm nay."
)


@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_a_title_ends_before_a_sentence_with_or_without_an_empty_line(between: str) -> None:
    reading = _paper("THÔNG BÁO", f"Về việc đối thoại với Nhân dân{between}{_PROSE}", "")
    assert reading["title"]["value"] == "Về việc đối thoại với Nhân dân"
    assert _met(reading) == [("2026-04-16", "08:00", "Nhà văn hóa thôn Đông", ["thôn đông"])]


def test_a_short_page_is_wrapped_where_several_lines_end_at_its_edge() -> None:
    edge = (
        "UBND xã Tân Lập tổ chức đối thoại với Nhân dân vào 8 giờ 00, ngày 16/4/2026 tại\n"
        "Nhà văn hóa thôn Đông. Người dân gửi câu hỏi về Văn phòng HĐND và UBND xã Tân\n"
        "Lập chậm nhất ngày 10/4/2026. Các câu hỏi được trả lời tại buổi đối thoại hoặc\n"
        "bằng văn bản."
    )
    reading = _paper("THÔNG BÁO", "Đối thoại giữa Chủ tịch UBND xã với Nhân dân", edge)
    assert _met(reading) == [("2026-04-16", "08:00", "Nhà văn hóa thôn Đông", [])]
    assert reading["registration"]["where"] == "Văn phòng HĐND và UBND xã Tân Lập"


@pytest.mark.parametrize("hour", ["14h00’", "14h00'", "14 giờ 00’", "14:00′"])
def test_a_mark_of_minutes_says_nothing(hour: str) -> None:
    reading = _plan(f"1. Lịch:\n- {hour} ngày 16/4/2026: Nhà văn hóa thôn Đông.\n- 8h00 ngày 17/4/2026: Hội trường xã.")
    assert [one[:3] for one in _met(reading)] == [
        ("2026-04-16", "14:00", "Nhà văn hóa thôn Đông"),
        ("2026-04-17", "08:00", "Hội trường xã"),
    ]


def test_an_hour_may_stand_right_before_a_day_of_dots() -> None:
    assert hour_in("8 gio 25.6.2026", 0, 15) == ("08:00", 0, 6)


def test_a_place_that_stays_is_named_in_brackets_and_a_new_one_needs_no_capital() -> None:
    stays = _change(
        "Lùi thời gian đối thoại giữa Chủ tịch UBND xã với Nhân dân",
        "1. Thời gian theo Giấy mời: 14h00, ngày 24/9/2026.\n2. Thời gian mới: 14h00, ngày 01/10/2026.\n"
        "3. Địa điểm: Không thay đổi (Trung tâm Hội nghị xã).",
    )
    assert _met(stays) == [("2026-10-01", "14:00", "Trung tâm Hội nghị xã", [])]
    moved = _change(
        "Thay đổi địa điểm đối thoại giữa Chủ tịch UBND xã với Nhân dân",
        "Buổi đối thoại lúc 8 giờ ngày 24/9/2026 tại hội trường xã thay đổi địa điểm sang nhà văn hóa thôn Đông.",
    )
    assert [one[2] for one in _met(moved)] == ["nhà văn hóa thôn Đông"]


def test_the_number_of_an_office_with_a_figure_in_its_name_is_whole() -> None:
    reading = _paper("THÔNG BÁO", "Hội nghị tập huấn", "Nội dung.", head="THUẾ CƠ SỞ 5\nSố: 412/TCS5-NVDTPC\n")
    assert reading["number"]["value"] == "412/TCS5-NVDTPC"
