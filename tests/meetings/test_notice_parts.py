"""What a public notice must say, and that a text which lacks it is found out (R094, R098)."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.plan_files import PLANS, read_profile
from intake.rules.meetings.meeting import Meeting
from intake.rules.meetings.notice import NoticePart, missing_parts, required_parts
from intake.rules.people.unit import UnitId
from intake.rules.plan.plan import PlanId
from intake.rules.plan.profile_terms import NoticeField
from wording.notices import compose

AT = datetime(2024, 4, 25, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
VENUE = "Nhà Văn hoá TDP Hàng Gòn"
GOOD = (
    "Mời bà con đúng 8 giờ ngày 25/4 đến Nhà văn hóa TDP Hàng Gòn. Nội dung: đường sá. Chương trình: hỏi, đáp. "
    "Mục đích: gỡ vướng. Đăng ký hoặc gửi câu hỏi ngay tại đây."
)


def lacks(text: str, at: datetime = AT, theme: str = "") -> tuple[NoticePart, ...]:
    return missing_parts(text, tuple(NoticePart), starts_at=at, venue=VENUE, theme=theme)


def test_every_notice_owes_the_same_and_a_plan_adds_its_own() -> None:
    P = NoticePart  # noqa: N806
    assert required_parts((), has_programme=False) == (P.TIME, P.PLACE, P.CONTENT, P.HOW)
    assert required_parts((NoticeField.PURPOSE, NoticeField.TIME), has_programme=True) == tuple(NoticePart)


def test_a_text_that_says_everything_lacks_nothing_however_it_is_typed() -> None:
    assert lacks(GOOD) == ()
    assert lacks(GOOD.upper()) == ()
    assert lacks("mời 8h ngày 25/4 đến nha van hoa tdp hang gon, noi dung, chuong trinh, muc dich, dang ky, hoi") == ()


def test_an_empty_text_lacks_everything_in_order() -> None:
    assert lacks("Kính mời bà con") == tuple(NoticePart)


@pytest.mark.parametrize(
    ("left_out", "missing"),
    [
        ("8 giờ", NoticePart.TIME),
        ("25/4", NoticePart.TIME),
        ("TDP Hàng Gòn", NoticePart.PLACE),
        ("Nội dung", NoticePart.CONTENT),
        ("Chương trình", NoticePart.PROGRAMME),
        ("Mục đích", NoticePart.PURPOSE),
        ("Đăng ký", NoticePart.HOW),
    ],
)
def test_what_is_left_out_is_named(left_out: str, missing: NoticePart) -> None:
    assert left_out in GOOD
    assert lacks(GOOD.replace(left_out, "…")) == (missing,)


def test_the_theme_by_its_name_is_content_enough() -> None:
    text = GOOD.replace("Nội dung", "Bàn về đất đai")
    assert lacks(text) == (NoticePart.CONTENT,)
    assert lacks(text, theme="Đất đai") == ()


@pytest.mark.parametrize("day", ["25/04/2024", "25.4", "25-04", "25 tháng 4", "ngày 25 tháng 04"])
def test_the_day_is_found_as_people_write_it(day: str) -> None:
    assert lacks(GOOD.replace("25/4", day)) == ()


@pytest.mark.parametrize("day", ["26/4", "25/5", "5/4", "125/4", "25/42"])
def test_another_day_is_not_the_day(day: str) -> None:
    assert lacks(GOOD.replace("25/4", day)) == (NoticePart.TIME,)


@pytest.mark.parametrize(
    ("hour", "minute", "written"),
    [
        (8, 0, "08:00"),
        (8, 0, "8h"),
        (8, 0, "8h00"),
        (8, 30, "8h30"),
        (8, 30, "08:30"),
        (8, 30, "8 giờ 30 phút"),
        (14, 0, "14g"),
        (14, 0, "2 giờ chiều"),
        (14, 30, "2h30 chiều"),
        (19, 0, "7 giờ tối"),
    ],
)
def test_the_hour_is_found_as_people_write_it(hour: int, minute: int, written: str) -> None:
    assert lacks(GOOD.replace("8 giờ", written), AT.replace(hour=hour, minute=minute)) == ()


@pytest.mark.parametrize(
    ("hour", "minute", "written"), [(8, 0, "18 giờ"), (8, 30, "8 giờ"), (14, 0, "2 giờ"), (8, 0, "9h")]
)
def test_another_hour_is_not_the_hour(hour: int, minute: int, written: str) -> None:
    assert lacks(GOOD.replace("8 giờ", written), AT.replace(hour=hour, minute=minute)) == (NoticePart.TIME,)


@pytest.mark.parametrize("path", sorted(PLANS.glob("*.toml")), ids=lambda path: path.stem)
def test_what_the_product_composes_lacks_nothing_in_any_of_the_five_plans(path: Path) -> None:
    profile = read_profile(path)
    required = required_parts(profile.clocks.notice.fields, has_programme=bool(profile.programme))
    for session in profile.sessions:
        window = session.window
        meeting = Meeting(
            PlanId(1),
            UnitId(1),
            session.key,
            session.title,
            session.theme or "",
            window.earliest,
            window.latest,
            window.precision,
            window.half,
            session.venue,
            starts_at=AT,
        )
        text = compose(meeting, profile, "Thôn Đông")
        assert missing_parts(text, required, starts_at=AT, venue=meeting.venue, theme=meeting.theme) == ()
        assert ("theo chỉ tiêu của từng đơn vị" in text) is profile.quotas, "nobody is asked in who may wait for a seat"
