"""The desk opens with a code typed in the chat in which the role is held, and closes by itself (PRODUCT, Roles)."""

import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from intake.actions.people.office_session import ask_in, come_in, entry_of, note_use, open_session
from intake.rules.errors import NotFound
from intake.rules.people.office_session import (
    CODE_VALID_FOR,
    MOST_ASKING,
    OfficeEntry,
    browser_named,
    code_typed,
)
from intake.rules.people.person import Role
from scheduler.retention import forget_browsers
from storage import tables as t
from tests.support.desk import DeskBrowser, desk_app, sit_down
from tests.support.office import Office, open_office, person_named
from tests.support.world import World
from web.office.visiting import CHOSEN, FORM, PROOF


@pytest.fixture
async def office(plain_world: World) -> Office:
    opened = await open_office(plain_world)
    opened.put_away()
    return opened


@pytest.fixture
def app(office: Office) -> FastAPI:
    return desk_app(office.world)


async def test_an_official_types_the_code_says_yes_and_the_page_opens(office: Office, app: FastAPI) -> None:
    browser = DeskBrowser(app)
    assert (await browser.client.get("/ban")).url.path == "/ban-lam-viec/vao", "what the chat tells people to type"
    await browser.opens()
    assert browser.at == "/ban-lam-viec/vao"
    assert "Gõ /ban và sáu số trên" in browser.reads()
    await office.official.says("/ban")
    assert "sáu số" in office.official.hears()
    await office.official.says(browser.code())
    heard = office.official.hears()
    assert "Trình duyệt Chrome · Windows xin vào bàn làm việc" in heard
    assert "đang hiện trên màn hình trước mặt bà/ông" in heard
    await browser.opens("/vao")
    assert browser.at == "/ban-lam-viec/vao", "nobody has said yes yet"
    await office.official.presses("Đúng là tôi")
    assert "Đã mở bàn làm việc trên Chrome · Windows" in office.official.hears()
    await browser.opens("/vao")
    assert browser.at == "/ban-lam-viec"
    assert "Câu hỏi ở bộ phận của tôi" in browser.reads()
    assert "Lê Thị Hoa" in browser.reads()


async def test_the_cookie_is_for_this_page_alone_and_no_script_reads_it(office: Office, app: FastAPI) -> None:
    browser = await sit_down(app, office.official)
    (cookie,) = [one for one in browser.client.cookies.jar if one.name == "ban"]
    assert (cookie.path, cookie.has_nonstandard_attr("HttpOnly")) == ("/ban-lam-viec", True)
    assert cookie.get_nonstandard_attr("SameSite") == "strict"
    async with office.world.store.engine.connect() as connection:
        kept = await connection.execute(sa.select(t.office_sessions))
    assert cookie.value not in str(kept.all()), "the database opens no desk"


async def test_over_https_the_cookies_are_sent_over_https_alone(office: Office, app: FastAPI) -> None:
    del office
    browser = DeskBrowser(app)
    answer = await browser.client.get("https://xa.test/ban-lam-viec/vao")
    assert "Secure" in answer.headers["set-cookie"]


async def test_not_me_turns_the_browser_away(office: Office, app: FastAPI) -> None:
    browser = DeskBrowser(app)
    await browser.opens()
    await office.official.says(f"/ban {browser.code()}")
    await office.official.presses("Không phải tôi")
    assert "báo ngay cho thư ký hoặc quản trị" in office.official.hears()
    shown = browser.code()
    await browser.opens("/vao")
    assert browser.at == "/ban-lam-viec/vao"
    assert browser.code() != shown, "a new code, bound to nobody"


async def test_a_code_works_once_for_three_minutes_and_in_its_own_browser(office: Office, app: FastAPI) -> None:
    late = DeskBrowser(app)
    await late.opens()
    office.world.clock.move(minutes=3)
    await office.official.says(f"/ban {late.code()}")
    assert "đã quá ba phút" in office.official.hears()

    browser, other = DeskBrowser(app), DeskBrowser(app)
    await browser.opens()
    await other.opens()
    code = browser.code()
    await office.official.says(f"/ban {code}")
    await office.official.presses("Đúng là tôi")
    await other.opens("/vao")
    assert other.at == "/ban-lam-viec/vao", "what was said yes to is another browser"
    await browser.opens("/vao")
    assert browser.at == "/ban-lam-viec"
    await office.official.says(f"/ban {code}")
    assert "không đúng, đã dùng" in office.official.hears()


async def test_yes_said_too_late_opens_nothing(office: Office, app: FastAPI) -> None:
    browser = DeskBrowser(app)
    await browser.opens()
    await office.official.says(f"/ban {browser.code()}")
    office.world.clock.move(minutes=4)
    await office.official.presses("Đúng là tôi")
    assert "Không tìm thấy" in office.official.hears()
    await browser.opens("/vao")
    assert browser.at == "/ban-lam-viec/vao"


async def test_a_second_chat_cannot_take_the_code_another_was_asked_about(office: Office, app: FastAPI) -> None:
    browser = DeskBrowser(app)
    await browser.opens()
    await office.official.says(f"/ban {browser.code()}")
    await office.chair.says(f"/ban {browser.code()}")
    assert "không đúng, đã dùng" in office.chair.hears()


async def test_five_wrong_codes_close_the_guessing_for_an_hour(office: Office, app: FastAPI) -> None:
    browser = DeskBrowser(app)
    await browser.opens()
    wrong = "000 001" if browser.code() != "000 001" else "000 002"
    for _ in range(5):
        await office.official.says(f"/ban {wrong}")
    await office.official.says(f"/ban {browser.code()}")
    assert "Đã nhập sai mã nhiều lần" in office.official.hears()
    await browser.opens("/vao")
    assert browser.at == "/ban-lam-viec/vao"


async def test_whoever_collects_codes_is_told_to_wait(office: Office, app: FastAPI) -> None:
    del office
    said = []
    for _ in range(25):
        browser = DeskBrowser(app)
        await browser.opens()
        said.append(browser.status)
    assert said[:20] == [200] * 20
    assert said[-1] == 429
    assert "chờ ba phút" in browser.reads()


async def test_looking_at_the_page_of_the_code_again_makes_no_new_one(office: Office, app: FastAPI) -> None:
    del office
    browser = DeskBrowser(app)
    await browser.opens()
    code = browser.code()
    await browser.opens("/vao")
    assert browser.code() == code
    assert (await browser.client.get("/ban-lam-viec/vao/xong")).json() == {"waits": True}
    assert (await browser.client.head("/ban-lam-viec/vao")).status_code == 200


async def test_a_resident_has_nothing_to_do_at_the_desk(office: Office, app: FastAPI) -> None:
    browser = DeskBrowser(app)
    await browser.opens()
    await office.mai.says(f"/start b-{browser.code().replace(' ', '')}")
    assert "Bàn làm việc dành cho cán bộ" in office.mai.hears()
    await browser.opens("/vao")
    assert browser.at == "/ban-lam-viec/vao"


async def test_the_qr_code_brings_the_code_along(office: Office, app: FastAPI) -> None:
    browser = DeskBrowser(app)
    await browser.opens()
    await office.chair.says(f"/start b-{browser.code().replace(' ', '')}")
    await office.chair.presses("Đúng là tôi")
    await browser.opens("/vao")
    assert browser.at == "/ban-lam-viec"
    assert "Chờ tôi duyệt" in browser.reads()


async def test_six_digits_out_of_the_blue_are_taken_for_the_code(office: Office, app: FastAPI) -> None:
    browser = DeskBrowser(app)
    await browser.opens()
    await office.secretary.says(browser.code())
    assert "xin vào bàn làm việc" in office.secretary.hears()
    await office.secretary.says("ừ")
    assert office.secretary.sees_button("Đúng là tôi")
    await office.secretary.presses("Đúng là tôi")
    assert "Đã mở" in office.secretary.hears()
    await office.secretary.says("/ban mười hai")
    assert "Mã có sáu chữ số" in office.secretary.hears()


@pytest.mark.parametrize("hours", [2, 12])
async def test_the_desk_closes_after_two_idle_hours_and_after_twelve_in_any_case(
    office: Office, app: FastAPI, hours: int
) -> None:
    browser = await sit_down(app, office.official)
    if hours == 2:
        office.world.clock.move(hours=1, minutes=59)
        await browser.opens()
        assert browser.at == "/ban-lam-viec"
        office.world.clock.move(hours=2)
    else:
        for _ in range(11):
            office.world.clock.move(hours=1)
            await browser.opens()
            assert browser.at == "/ban-lam-viec"
        office.world.clock.move(hours=1)
    await browser.opens()
    assert browser.at == "/ban-lam-viec/vao"


async def test_browsers_are_seen_and_closed_in_the_chat(office: Office, app: FastAPI) -> None:
    one, two = await sit_down(app, office.official), await sit_down(app, office.official)
    await office.official.says("/thietbi")
    assert office.official.hears().count("Bàn làm việc trên Chrome · Windows") == 2
    await office.official.presses("Đóng bàn trên Chrome · Windows")
    assert "Đã đóng" in office.official.hears()
    await one.opens()
    await two.opens()
    assert sorted([one.at, two.at]) == ["/ban-lam-viec", "/ban-lam-viec/vao"]
    three = await sit_down(app, office.official)
    await office.official.says("/thietbi")
    await office.official.presses("Đóng bàn ở mọi trình duyệt")
    assert "ở 2 trình duyệt" in office.official.hears()
    await three.opens()
    assert three.at == "/ban-lam-viec/vao"


async def test_browsers_are_seen_and_closed_at_the_desk(office: Office, app: FastAPI) -> None:
    one, two = await sit_down(app, office.official), await sit_down(app, office.official)
    strange = await sit_down(app, office.chair)
    await two.opens("/thiet-bi")
    assert two.reads().count("Chrome · Windows") >= 2
    assert "(trình duyệt này)" in two.reads()
    for bad in ("999", "0", "x", "1" * 30, str(3)):
        await two.sends("/thiet-bi/dong", session=bad)
        assert two.status == 404
        await two.opens("/thiet-bi")
    await two.sends("/thiet-bi/dong", session="1")
    assert two.at == "/ban-lam-viec/thiet-bi"
    assert "Đã đóng bàn làm việc ở Chrome · Windows." in two.reads()
    await two.opens("/thiet-bi")
    assert "Đã đóng" not in two.reads(), "it is said once"
    await one.opens()
    assert one.at == "/ban-lam-viec/vao"
    await two.sends("/thiet-bi/roi")
    assert two.at == "/ban-lam-viec/vao"
    await strange.opens()
    assert strange.at == "/ban-lam-viec", "somebody else's is nobody's to close"


async def test_the_desk_closes_with_the_role_at_once(office: Office, app: FastAPI) -> None:
    browser = await sit_down(app, office.official)
    async with office.world.store.reading() as uow:
        grant = (
            await uow.session.execute(
                sa.select(t.grants.c.id).where(t.grants.c.role == Role.OFFICIAL).order_by(t.grants.c.id).limit(1)
            )
        ).scalar_one()
    await office.chair.taps_code(f"roleback.{grant}")
    await office.chair.presses("Gửi")
    await browser.opens()
    assert browser.at == "/ban-lam-viec/vao"


async def test_the_desk_closes_when_its_person_erases_everything(office: Office, app: FastAPI) -> None:
    browser = await sit_down(app, office.official)
    await office.official.says("/xoa")
    await office.official.presses("Xoá")
    await browser.opens()
    assert browser.at == "/ban-lam-viec/vao"


async def test_a_form_of_another_session_is_refused_and_what_was_typed_is_kept(office: Office, app: FastAPI) -> None:
    browser = await sit_down(app, office.official)
    other = await sit_down(app, office.chair)
    await browser.opens("/thiet-bi")
    await browser.sends("/thiet-bi/dong", proof=other.proof(), session="1", note="Đã viết <b>dài</b>", secret_key="kín")
    assert browser.status == 403
    assert "thuộc một phiên làm việc khác" in browser.reads()
    assert "Đã viết <b>dài</b>" in browser.reads()
    assert "kín" not in browser.page
    await browser.opens()
    assert browser.at == "/ban-lam-viec"


async def test_a_form_whose_session_is_over_is_refused_and_what_was_typed_is_kept(office: Office, app: FastAPI) -> None:
    browser = await sit_down(app, office.official)
    await browser.opens("/thiet-bi")
    proof = browser.proof()
    office.world.clock.move(hours=13)
    await browser.sends("/thiet-bi/dong", proof=proof, session="1", note="Viết dở")
    assert browser.status == 403
    assert "Phiên làm việc đã đóng" in browser.reads()
    assert "Viết dở" in browser.reads()


async def test_a_form_of_a_strange_page_or_far_too_long_is_refused(office: Office, app: FastAPI) -> None:
    browser = await sit_down(app, office.official)
    await browser.opens("/thiet-bi")
    answer = await browser.client.post(
        "/ban-lam-viec/thiet-bi/roi", data={"proof": browser.proof()}, headers={"sec-fetch-site": "cross-site"}
    )
    assert answer.status_code == 403
    assert "không đến từ trang của chúng tôi" in answer.text
    answer = await browser.client.post(
        "/ban-lam-viec/thiet-bi/roi", data={"proof": browser.proof(), "note": "x" * 70_000}
    )
    assert answer.status_code == 413
    assert "quá dài" in answer.text
    for content, kind in ((b"{}", "application/json"), (b"a=1&" * 600, "application/x-www-form-urlencoded")):
        answer = await browser.client.post(
            "/ban-lam-viec/thiet-bi/roi", content=content, headers={"content-type": kind}
        )
        assert answer.status_code == 422
    await browser.opens()
    assert browser.at == "/ban-lam-viec"


async def test_whoever_is_sent_to_the_entry_comes_back_to_where_they_wanted(office: Office, app: FastAPI) -> None:
    browser = DeskBrowser(app)
    await browser.opens("/thiet-bi")
    assert browser.at == "/ban-lam-viec/vao"
    await office.chair.says(f"/ban {browser.code()}")
    await office.chair.presses("Đúng là tôi")
    await browser.opens("/vao?tiep=/ban-lam-viec/thiet-bi")
    assert browser.at == "/ban-lam-viec/thiet-bi"
    stranger = DeskBrowser(app)
    await stranger.opens("/vao?tiep=https://xau.test/")
    await office.chair.says(f"/ban {stranger.code()}")
    await office.chair.presses("Đúng là tôi")
    await stranger.opens("/vao?tiep=https://xau.test/")
    assert stranger.at == "/ban-lam-viec", "nobody is led away"


async def test_which_browsers_were_used_is_forgotten_after_a_month(office: Office, app: FastAPI) -> None:
    await sit_down(app, office.official)
    assert await forget_browsers(office.world.store.unit) == 0
    office.world.clock.move(days=31)
    assert await forget_browsers(office.world.store.unit) == 2


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("482157", "482157"),
        ("mã 482 157", "482157"),
        ("4-8-2-1-5-7", "482157"),
        ("48215", ""),
        ("4821577", ""),
        ("", ""),
    ],
)
def test_six_digits_are_read_however_they_are_set_apart(typed: str, code: str) -> None:
    assert code_typed(typed) == code


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit Chrome/150.0 Mobile Safari/537.36", "Chrome · Android"),
        ("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/150 Safari/537 Edg/150.0", "Edge · Windows"),
        ("curl/8", ""),
    ],
)
def test_a_browser_is_called_as_people_call_it(agent: str, name: str) -> None:
    assert browser_named(agent) == name


async def test_too_many_browsers_at_once_are_asked_to_wait(office: Office, app: FastAPI) -> None:
    async with office.world.store.unit() as uow:
        for number in range(MOST_ASKING):
            later = uow.now + CODE_VALID_FOR
            await uow.browsers.add_entry(OfficeEntry(f"t{number}", f"c{number}", "", uow.now, later))
        await uow.commit()
    browser = DeskBrowser(app)
    await browser.opens()
    assert browser.status == 503
    assert "chờ ba phút" in browser.reads()


async def test_two_browsers_never_show_the_same_code(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    digits = iter(["111111", "111111", "222222"])
    monkeypatch.setattr(office.world.store.vault, "new_digits", lambda _count: next(digits))
    async with office.world.store.unit() as uow:
        assert [await ask_in(uow, token=token, browser="") for token in ("one", "two")] == ["111111", "222222"]


async def test_an_entry_nobody_has_answered_opens_nothing_and_a_resident_never_sits_down(office: Office) -> None:
    async with office.world.store.unit() as uow:
        await ask_in(uow, token="one", browser="")
        entry = await entry_of(uow, "one")
        assert entry is not None
        assert await come_in(uow, entry=entry, token="two") is None
        await note_use(uow, "nobody's")
        mai = await person_named(uow, "Nguyễn Thị Mai")
        (account,) = await uow.accounts.all_of(mai.id)
        with pytest.raises(NotFound):
            await open_session(uow, person=mai, account_id=account.id, browser="", token="three")


async def test_whoever_holds_no_role_any_more_is_out_whatever_became_of_the_session(
    office: Office, app: FastAPI
) -> None:
    browser = await sit_down(app, office.official)
    async with office.world.store.unit() as uow:
        await uow.session.execute(sa.delete(t.grants).where(t.grants.c.role == Role.OFFICIAL))
        await uow.commit()
    await browser.opens()
    assert browser.at == "/ban-lam-viec/vao"


TEMPLATES = Path(__file__).parents[2] / "web" / "office" / "templates"
PICKED = (
    r'type="(?:hidden|checkbox|radio)" name="([\w-]+)"',
    r'<(?:select|button)[^>]*? name="([\w-]+)"',
    r'choice\(visit, [^,]+, "([\w-]+)"',
)
WRITTEN = (
    r'\bfield\(visit, [^,]+, "([\w-]+)"',
    r'<textarea[^>]*? name="([\w-]+)"',
    r'<input (?!type="(?:hidden|checkbox|radio|file)")[^>]*? name="([\w-]+)"',
)
ASKED_FOR = {"tu", "ve", "den", "tim"}
"""What forms have that only look something up: they are never refused."""


def test_only_what_was_written_is_given_back_to_be_copied() -> None:
    """Of a form that came too late the words are shown, not the codes that came along."""
    forms = "\n".join(one.read_text(encoding="utf-8") for one in sorted(TEMPLATES.glob("*.html")))
    picked = {name for pattern in PICKED for name in re.findall(pattern, forms)} - {FORM, PROOF}
    written = {name for pattern in WRITTEN for name in re.findall(pattern, forms)}
    assert picked - (written - ASKED_FOR) == CHOSEN


async def test_a_form_that_came_too_late_gives_back_the_words_alone(office: Office, app: FastAPI) -> None:
    reference = await office.assigned()
    browser = await sit_down(app, office.official)
    await browser.opens(f"/cau-hoi/{reference}")
    typed = {"form": "answer", "seen": browser.seen(), "kind": "settled", "text": "Xã sửa trong quý II.", "chon-7": "1"}
    await browser.sends(f"/cau-hoi/{reference}/tra-loi", proof="another", **typed)
    assert browser.status == 403
    assert re.findall(r"<textarea readonly>([^<]*)", browser.page) == ["Xã sửa trong quý II."]
