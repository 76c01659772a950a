"""A denunciation that arrives all the same is sealed for one named officer, and nothing that lies here opens it."""

import re
import tarfile
import unicodedata
from collections.abc import AsyncIterator, Iterable
from io import BytesIO
from pathlib import Path

import pyrage
import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from bot.ops.backup import back_up
from bot.ops.doctor import look_at_stores
from bot.ops.health import concerns
from bot.sealing import SEALED_FOLDER, AgeSeals
from bot.settings import Settings
from bot.vault import KeyVault
from intake.actions.people.confirm_again import answer_again, use_confirmation
from intake.actions.sealed.keys import (
    SealedStanding,
    candidates,
    has_officer,
    name_officer,
    officers_keys,
    set_up,
    standing_in,
    unread_in,
)
from intake.actions.sealed.read import keep_under_passphrase
from intake.actions.sealed.receive import add_to_matter, key_for, seal_away
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.people.office_session import ConfirmedAct, OfficeConfirmation
from intake.rules.people.person import Role
from intake.rules.people.unit import UnitId
from intake.rules.questions.case import Case, CaseQuestion
from intake.rules.questions.question import QuestionState
from intake.rules.sealed.contents import SealedContents, packed, unpacked
from intake.rules.sealed.matter import Damaged, KeyId, MatterId, SealedKind, SealedPart
from storage import tables as t
from tests.support.desk import DeskBrowser, desk_app, sit_down
from tests.support.office import Office, open_office, person_named, question_of
from tests.support.webchat_line import WebChatLine
from tests.support.world import Phone, local, opened_world

DENOUNCES = "Tôi tố cáo ông Lê Văn Tèo nhận tiền ở quán Gió Chiều"
PHOTO = b"\xff\xd8\xff\xe0" + b"phong bi trong ngan keo " * 40
PASSPHRASE = "hoà bình nở hoa bốn mùa"
WORDS = ("Gió Chiều", "Lê Văn Tèo", "Gi\\u00f3 Chi\\u1ec1u", "phong bi trong ngan keo")


async def grant_of(office: Office, role: Role) -> int:
    async with office.world.store.reading() as uow:
        grants = t.grants.c
        rows = await uow.session.scalars(sa.select(grants.id).where(grants.role == role).order_by(grants.id))
        return next(iter(rows))


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """On the web chat, whose lines and files lie on our own disk; everybody was invited to something before."""
    async with opened_world(tmp_path, WebChatLine, local(2024, 3, 1), plan="di-lang-2024") as world:
        opened = await open_office(world)
        await opened.invites()
        yield opened


@pytest.fixture
def app(office: Office) -> FastAPI:
    return desk_app(office.world)


async def set_up_for(office: Office, role: Role) -> str:
    """The store is set up, with the first who holds the role as the officer. Returns what stands on the paper."""
    paper = await office.seals(role)
    await office.world.settle()
    return paper


async def name_the_chair(office: Office) -> None:
    grant = await grant_of(office, Role.CHAIR)
    async with office.world.store.unit() as uow:
        unit = await uow.places.unit_by_code("DL")
        assert unit is not None
        await name_officer(uow, unit=unit, grant_id=grant)
        await uow.commit()


@pytest.fixture
async def paper(office: Office) -> str:
    """Lê Thị Hoa, an official, is the named officer."""
    return await set_up_for(office, Role.OFFICIAL)


async def agreed(browser: DeskBrowser, phone: Phone) -> None:
    """The officer asks to be asked, and says yes in the chat."""
    await browser.opens("/don-thu")
    await browser.sends(browser.at.removeprefix("/ban-lam-viec") + "/hoi")
    assert "Đã hỏi trong trò chuyện" in browser.reads()
    await phone.line.settle()
    await phone.presses("Đúng là tôi")
    await browser.opens("/don-thu")


def at(browser: DeskBrowser) -> str:
    return browser.at.removeprefix("/ban-lam-viec")


async def opened(app: FastAPI, phone: Phone, passphrase: str = PASSPHRASE) -> DeskBrowser:
    """The officer opens the store, choosing the passphrase where there is none yet."""
    browser = await sit_down(app, phone)
    await agreed(browser, phone)
    if "Ít nhất 16 ký tự" in browser.reads():
        await browser.sends(at(browser) + "/mat-khau", secret_passphrase=passphrase, secret_again=passphrase)
    else:
        await browser.sends(at(browser) + "/mo", secret_passphrase=passphrase)
    assert "Kho đang mở đến" in browser.reads(), browser.reads()
    return browser


async def denounces(office: Office, phone: Phone | None = None) -> str:
    """Somebody sends a denunciation sealed, with a photo. Returns the code they have."""
    mai = phone or office.mai
    await mai.says("/hoi")
    await mai.says(DENOUNCES)
    await mai.sends_photo(PHOTO, "Ảnh chụp ở quán Gió Chiều")
    await mai.presses("Tố cáo")
    assert "hai cách nộp được pháp luật công nhận" in mai.hears()
    await mai.presses("Gửi kín cho người phụ trách")
    found = re.search(r"KIN-[A-Z0-9]{10}", mai.hears())
    assert found is not None, mai.hears()
    return found[0]


def everything(folder: Path) -> Iterable[tuple[str, bytes]]:
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            yield str(path), content
            if path.suffix == ".tar":
                with tarfile.open(fileobj=BytesIO(content)) as archive:
                    for member in archive.getmembers():
                        stream = archive.extractfile(member)
                        if stream is not None:
                            yield f"{path}:{member.name}", stream.read()


async def test_the_officer_alone_reads_what_was_sent_sealed(office: Office, app: FastAPI, paper: str) -> None:
    assert paper.startswith("AGE-SECRET-KEY-1")
    assert "Xin mở bàn làm việc, mục Đơn thư kín" in office.official.reads()
    assert "Lê Thị Hoa được giao phụ trách đơn thư kín" in office.chair.reads()
    await opened(app, office.official)
    await denounces(office)
    heard = office.official.hears()
    assert "Có nội dung kín mới chờ bà/ông đọc" in heard
    assert "Tèo" not in heard
    await office.official.says("/donthu")
    assert "Có 1 đơn thư kín chờ" in office.official.hears()

    browser = await opened(app, office.official)
    assert "Đơn số 1" in browser.reads()
    assert "Chưa đọc" in browser.reads()
    await browser.opens(at(browser) + "/don/1")
    said = browser.reads()
    for words in (DENOUNCES, "Nguyễn Thị Mai", "Hàng Gòn", "đã được ghi vào nhật ký"):
        assert words in said
    file = re.search(r'href="([^"]+/tep/[0-9a-f]{64})"', browser.page)
    assert file is not None
    answer = await browser.client.get(file[1])
    assert answer.content == PHOTO
    assert answer.headers["content-disposition"].startswith("attachment")
    await office.official.says("/donthu")
    assert "Có 0 đơn thư kín" in office.official.hears()

    async with office.world.store.reading() as uow:
        acts = list(await uow.session.scalars(sa.select(t.audit_entries.c.act).order_by(t.audit_entries.c.id)))
    for act in ("name_sealed_officer", "set_sealed_passphrase", "open_sealed_store", "read_sealed", "read_sealed_file"):
        assert act in acts


async def test_backup_database_and_data_folder_together_open_nothing(office: Office, app: FastAPI, paper: str) -> None:
    """Whoever has everything but the passphrase and the paper finds neither the words nor a key that opens them."""
    await opened(app, office.official)
    await denounces(office)
    await office.world.settle()
    folder = office.world.data_dir
    settings = Settings(data_dir=folder, database_url=f"sqlite:///{folder / 'test.sqlite3'}")
    back_up(settings, folder / "backup.tar", lambda files: files)
    await office.world.store.engine.dispose()

    found = dict(everything(folder))
    assert any(name.endswith(".age") and name.startswith(str(folder / SEALED_FOLDER)) for name in found)
    assert any(".tar:sealed/" in name for name in found), "the backup has what is sealed"
    for name, content in found.items():
        for words in WORDS:
            assert words.encode() not in content, name
            assert unicodedata.normalize("NFD", words).encode() not in content, name
        assert b"AGE-SECRET-KEY" not in content, name
        assert PASSPHRASE.encode() not in content, name
        assert paper.encode() not in content, name

    async with office.world.store.reading() as uow:
        part = (await uow.session.execute(sa.select(t.sealed_parts.c.ciphertext))).scalar_one()
        wrapped = (await uow.session.execute(sa.select(t.sealed_keys.c.wrapped))).scalar_one()
        accounts = list(await uow.session.scalars(sa.select(t.accounts.c.address)))
    assert part.startswith(b"age-encryption.org/v1")
    keys = [content.strip() for name, content in found.items() if name.endswith(".key")]
    for key in ("a test key", "secret", *accounts, *(one.decode() for one in keys)):
        with pytest.raises(ValueError, match="a key we do not have"):
            KeyVault(key).open(part.decode("latin-1"))
        with pytest.raises(ValueError, match="a key we do not have"):
            KeyVault(key).open(wrapped)
    stranger = pyrage.x25519.Identity.generate()
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(part, [stranger])


async def test_who_sent_it_stands_nowhere_beside_it(office: Office, app: FastAPI, paper: str) -> None:
    """No row leads from the matter to the chat or person, and no letter says that a chat had one."""
    del paper, app
    await denounces(office)
    await office.world.settle()
    async with office.world.store.reading() as uow:
        matter = (await uow.session.execute(sa.select(t.sealed_matters))).one()
        letters = (await uow.session.execute(sa.select(t.letters.c.content))).scalars().all()
        lines = (await uow.session.execute(sa.select(t.conversations.c.draft))).scalars().all()
        audit = (await uow.session.execute(sa.select(t.audit_entries.c.act))).scalars().all()
    assert set(matter._fields) == {"id", "unit_id", "code_digest", "received_on", "state", "waits"}
    assert not any("sealed.kept" in str(one) or "seal_or_go" in str(one) for one in letters)
    assert all(not draft or "language" in draft for draft in lines)
    assert not any("receive" in act for act in audit)


async def test_the_recovery_key_opens_it_without_this_product(office: Office, app: FastAPI, paper: str) -> None:
    """What lies in the database and the folder is in the format of Debian's `age`, and needs nothing of ours."""
    await opened(app, office.official)
    await denounces(office)
    async with office.world.store.reading() as uow:
        part = (await uow.session.execute(sa.select(t.sealed_parts.c.ciphertext))).scalar_one()
    on_paper = pyrage.x25519.Identity.from_str(paper)
    contents = unpacked(pyrage.decrypt(part, [on_paper]))
    assert contents.text.startswith(DENOUNCES)
    assert contents.sender == "Nguyễn Thị Mai"
    (file,) = (office.world.data_dir / SEALED_FOLDER).rglob("*.age")
    assert file.name == f"{contents.files[0].lies_under}.age"
    assert pyrage.decrypt(file.read_bytes(), [on_paper]) == PHOTO


async def test_the_sender_sees_three_words_adds_and_reports_retaliation(
    office: Office, app: FastAPI, paper: str
) -> None:
    del paper
    browser = await opened(app, office.official)
    code = await denounces(office)
    await office.mai.presses("Đã ghi mã, xoá khỏi đây")
    assert "Đã xoá khỏi cuộc trò chuyện này" in office.mai.hears()
    await office.world.settle()
    async with office.world.store.reading() as uow:
        mai = await person_named(uow, "Nguyễn Thị Mai")
        (account,) = await uow.accounts.all_of(mai.id)
        hers = sa.select(t.web_messages.c.said).where(t.web_messages.c.account_id == account.id)
        lines = [str(one) for one in await uow.session.scalars(hers)]
    for words in ("KIN-", "Tố cáo", "niêm phong"):
        assert not any(words in line for line in lines), words
    other = office.world.phone()  # any phone, of somebody who never agreed to anything
    await other.says(code.lower())
    assert "Đã nhận. Người phụ trách đang giữ" in other.hears()
    assert "Tèo" not in other.hears()
    await other.presses("Viết thêm, gửi thêm tệp")
    await other.says("Ông ấy còn nhận của bà Sáu")
    assert "Đã niêm phong, gửi người phụ trách" in other.hears()
    await other.says("/huy")
    await other.says(code)
    await other.presses("Tôi bị trả thù, đe doạ")
    assert "113" in other.hears()
    assert "Có nội dung kín mới" in office.official.hears()
    assert "trả thù" not in office.official.hears()
    await other.sends_photo(PHOTO, "Bị đập cổng")
    await other.presses("Đã ghi mã, xoá khỏi đây")

    await browser.opens(at(browser) + "/don/1")
    said = browser.reads()
    for words in ("Ông ấy còn nhận của bà Sáu", "Báo bị trả thù, đe doạ", "Bị đập cổng"):
        assert words in said
    await browser.sends(at(browser) + "/tinh-trang", state="passed_on")
    assert browser.status == 200
    await browser.sends(at(browser) + "/tinh-trang", state="answered")
    assert browser.status == 404
    await other.says(code)
    assert "Đã chuyển tới cơ quan có thẩm quyền" in other.hears()


async def test_a_code_is_not_guessed(office: Office, paper: str) -> None:
    del paper
    for _ in range(5):
        await office.mai.says("KIN-AAAAAAAAAA")
        assert "Không có mã này" in office.mai.hears()
    await office.mai.says("KIN-AAAAAAAAAA")
    assert "Đã nhập sai mã nhiều lần" in office.mai.hears()


async def test_who_prefers_the_legal_ways_leaves_nothing(office: Office, paper: str) -> None:
    del paper
    await office.mai.says("/hoi")
    await office.mai.says(DENOUNCES)
    await office.mai.presses("Tố cáo")
    await office.mai.presses("Không gửi, xoá nội dung")
    assert "đã được xoá, không lưu lại" in office.mai.hears()
    async with office.world.store.reading() as uow:
        assert (await uow.session.execute(sa.select(t.sealed_matters))).all() == []


async def test_who_would_open_it_is_said_before_it_is_sent(app: FastAPI, office: Office, paper: str) -> None:
    """And that it lies unread until that person has chosen a passphrase."""
    del paper
    for later in (" Người ấy chưa lập khoá riêng nên chưa đọc được ngay.", ""):
        await office.mai.says("/hoi")
        await office.mai.says(DENOUNCES)
        await office.mai.presses("Tố cáo")
        assert f"chỉ một người mở được: Lê Thị Hoa.{later} Bản niêm phong" in office.mai.hears()
        await office.mai.says("huỷ")
        await opened(app, office.official)


@pytest.mark.parametrize("later", [False, True])
async def test_nobody_opens_a_denunciation_of_themselves(office: Office, paper: str, *, later: bool) -> None:
    """Neither where it says so at once, nor where that is added under the offer to seal it."""
    del paper
    await office.mai.says("/hoi")
    await office.mai.says(DENOUNCES if later else "Tôi tố cáo chị Lê Thị Hoa nhận phong bì ở quán Gió Chiều")
    await office.mai.presses("Tố cáo")
    if later:
        await office.mai.says("Chị Lê Thị Hoa chia với ông ấy")
        await office.mai.presses("Gửi kín cho người phụ trách")
    heard = office.mai.hears()
    assert "người phụ trách mở đơn kín có thể chính là người bà/ông nói tới" in heard
    assert "Nơi tiếp công dân" in heard
    assert not office.mai.sees_button("Gửi kín cho người phụ trách")
    async with office.world.store.reading() as uow:
        assert (await uow.session.execute(sa.select(t.sealed_matters))).all() == []
        lines = [str(one) for one in await uow.session.scalars(sa.select(t.web_messages.c.said))]
    assert not any("Gió Chiều" in line for line in lines)
    await office.world.settle()
    assert "Có nội dung kín mới" not in office.official.hears()


async def test_a_proxy_cannot_enter_one(office: Office, paper: str) -> None:
    del paper
    head = await office.world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Trần Văn Thôn")
    await head.says("/hoho")
    await head.says("Bùi Thị Khuyên")
    await head.says(DENOUNCES)
    assert not head.sees_button("Tố cáo")
    assert not head.sees_button("Gửi kín cho người phụ trách")


async def test_a_passphrase_that_is_short_differs_or_is_wrong_opens_nothing(
    office: Office, app: FastAPI, paper: str
) -> None:
    del paper
    browser = await sit_down(app, office.official)
    await agreed(browser, office.official)
    place = at(browser)
    await browser.sends(place + "/mo", secret_passphrase=PASSPHRASE)
    assert browser.status == 404, "there is nothing to open before a passphrase was chosen"
    await browser.opens("/don-thu")
    for first, again, words in (
        ("ngắn", "ngắn", "ít nhất 16 ký tự"),
        (PASSPHRASE, PASSPHRASE + "x", "không giống nhau"),
    ):
        await browser.sends(place + "/mat-khau", secret_passphrase=first, secret_again=again)
        assert browser.status == 422
        assert words in browser.reads()
        assert first not in browser.page
        await browser.opens("/don-thu")
    await browser.sends(place + "/mat-khau", secret_passphrase=PASSPHRASE, secret_again=PASSPHRASE)
    await browser.sends(place + "/dong")
    assert "Kho đang mở" not in browser.reads()
    await agreed(browser, office.official)
    for _ in range(5):
        await browser.sends(place + "/mo", secret_passphrase="sai bét nhè cả mười sáu")
        assert "Cụm mật khẩu không đúng" in browser.reads()
        assert 'name="secret_passphrase"' in browser.page, "who mistyped it types it again, there and then"
        assert "sai bét" not in browser.page
        await browser.opens("/don-thu")
    await browser.sends(place + "/mo", secret_passphrase=PASSPHRASE)
    assert "Đã gõ sai năm lần" in browser.reads()
    office.world.clock.move(minutes=15)
    await agreed(browser, office.official)
    decomposed = unicodedata.normalize("NFD", PASSPHRASE)
    await browser.sends(place + "/mo", secret_passphrase=decomposed)
    assert "Kho đang mở đến" in browser.reads(), "typed on another keyboard it is the same passphrase"


async def test_it_shuts_after_a_quarter_of_an_hour_and_with_the_session(
    office: Office, app: FastAPI, paper: str
) -> None:
    del paper
    browser = await opened(app, office.official)
    await denounces(office)
    await browser.opens(at(browser) + "/don/1")
    assert DENOUNCES in browser.reads()
    there = at(browser)
    office.world.clock.move(minutes=15)
    await browser.opens(there)
    assert browser.status == 422
    assert "đã khoá lại" in browser.reads()
    other = await sit_down(app, office.official)
    await other.opens(there)
    assert "đã khoá lại" in other.reads(), "what one browser opened is shut in another"


async def test_a_yes_in_the_chat_is_needed_each_time_and_no_closes_the_desk(
    office: Office, app: FastAPI, paper: str
) -> None:
    del paper
    browser = await opened(app, office.official)
    place = at(browser)
    await browser.sends(place + "/dong")
    await browser.sends(place + "/mo", secret_passphrase=PASSPHRASE)
    assert "cần bà/ông đồng ý trong trò chuyện" in browser.reads()
    await browser.opens(place)
    await browser.sends(place + "/hoi")
    await browser.sends(place + "/hoi")
    await office.world.settle()
    assert office.official.hears().count("có người muốn mở đơn thư kín") == 1
    button = office.official.button("Không phải tôi")
    await office.chair.taps_code(button)
    assert "Không tìm thấy" in office.chair.hears()
    await office.official.presses("Không phải tôi")
    assert "đã đóng bàn làm việc" in office.official.hears()
    await browser.opens(place)
    assert browser.at == "/ban-lam-viec/vao"
    await office.official.taps_code(button)
    assert "Không tìm thấy" in office.official.hears()


async def test_nobody_else_sees_even_that_there_is_a_store(office: Office, app: FastAPI, paper: str) -> None:
    del paper
    await opened(app, office.official)
    await denounces(office)
    for phone in (office.chair, office.secretary, office.other):
        browser = await sit_down(app, phone)
        assert "Đơn thư kín" not in browser.reads()
        for path in ("/don-thu", "/don-thu/1", "/don-thu/1/don/1", f"/don-thu/1/don/1/tep/{'0' * 64}"):
            await browser.opens(path)
            assert browser.status == 404
        await browser.opens("/thiet-bi")
        for path in ("/hoi", "/mo", "/mat-khau", "/doi-mat-khau", "/quen", "/khoi-phuc", "/don/1/tinh-trang"):
            await browser.sends("/don-thu/1" + path, secret_passphrase=PASSPHRASE, secret_again=PASSPHRASE)
            assert browser.status == 404, path
            await browser.opens("/thiet-bi")
        await phone.says("/donthu")
        heard = phone.hears()
        if phone is office.other:
            assert "không phải người phụ trách" in heard
        else:  # who holds power knows that there is a store and who reads it, and no number that would grow
            assert heard.endswith("Người phụ trách: Lê Thị Hoa")


async def test_another_officer_opens_the_earlier_ones_with_the_paper(office: Office, app: FastAPI, paper: str) -> None:
    first = await opened(app, office.official)
    await denounces(office)
    await name_the_chair(office)
    await first.opens("/don-thu")
    assert first.status == 404, "who is the officer no more reads nothing, though the key was open"

    browser = await opened(app, office.chair, "một cụm khác hẳn để mở")
    place = at(browser)
    assert "1 phần niêm phong cho khoá trước" in browser.reads()
    await browser.opens(place + "/don/1")
    assert "Phần này niêm phong cho khoá trước" in browser.reads()
    await browser.opens(place)
    for wrong in ("chữ lạ hoắc", str(pyrage.x25519.Identity.generate())):
        await browser.sends(place + "/khoi-phuc", secret_recovery=wrong)
        assert "không phải khoá khôi phục của đơn vị" in browser.reads()
        assert wrong not in browser.page
        await browser.opens(place)
    before = {path.name for path in (office.world.data_dir / SEALED_FOLDER).rglob("*.age")}
    await browser.sends(place + "/khoi-phuc", secret_recovery=f" {paper[:20].lower()} {paper[20:]}\n")
    assert "Đã niêm phong lại 1 phần" in browser.reads()
    after = {path.name for path in (office.world.data_dir / SEALED_FOLDER).rglob("*.age")}
    assert len(after) == 1
    assert not before & after, "the file for the earlier officer is gone"
    await browser.opens(place + "/don/1")
    assert DENOUNCES in browser.reads()
    file = re.search(r'href="([^"]+/tep/[0-9a-f]{64})"', browser.page)
    assert file is not None


async def test_a_lost_passphrase_costs_nothing_but_the_way_to_the_safe(
    office: Office, app: FastAPI, paper: str
) -> None:
    await opened(app, office.official)
    await denounces(office)
    browser = await sit_down(app, office.official)
    await agreed(browser, office.official)
    await browser.sends(at(browser) + "/quen")
    assert "Ít nhất 16 ký tự" in browser.reads()
    place = at(browser)
    new = "cụm mới chép ra giấy rồi"
    await browser.sends(place + "/mat-khau", secret_passphrase=new, secret_again=new)
    await browser.sends(place + "/khoi-phuc", secret_recovery=paper)
    assert "Đã niêm phong lại 1 phần" in browser.reads()
    await browser.opens(place + "/don/1")
    assert DENOUNCES in browser.reads()


async def test_the_passphrase_can_be_changed(office: Office, app: FastAPI, paper: str) -> None:
    del paper
    browser = await opened(app, office.official)
    new = "cụm mới chép ra giấy rồi"
    place = at(browser)
    await browser.sends(place + "/doi-mat-khau", secret_passphrase=new, secret_again=new)
    assert "Đã đổi cụm mật khẩu" in browser.reads()
    await browser.opens(place)
    await browser.sends(place + "/mat-khau", secret_passphrase=new, secret_again=new)
    assert browser.status in {404, 422}, "the first passphrase is chosen once"
    await opened(app, office.official, new)


async def test_without_an_officer_it_is_sealed_for_the_paper_and_somebody_is_told(
    office: Office, app: FastAPI, paper: str
) -> None:
    await opened(app, office.official)
    await office.chair.taps_code(f"roleback.{await grant_of(office, Role.OFFICIAL)}")
    await office.chair.presses("Gửi")
    office.put_away()
    await denounces(office)
    assert "không còn người phụ trách đơn thư kín" in office.chair.hears()
    await office.official.says("/donthu")
    assert "đơn thư kín chờ" not in office.official.hears()
    async with office.world.store.reading() as uow:
        part = (await uow.session.execute(sa.select(t.sealed_parts))).one()
    assert part.key_id is None
    assert unpacked(pyrage.decrypt(part.ciphertext, [pyrage.x25519.Identity.from_str(paper)])).text


async def test_what_is_damaged_says_so_and_hides_nothing_else(office: Office, app: FastAPI, paper: str) -> None:
    browser = await opened(app, office.official)
    code = await denounces(office)
    await office.mai.says(code)
    await office.mai.presses("Viết thêm, gửi thêm tệp")
    await office.mai.says("Phần này còn nguyên")
    async with office.world.store.unit() as uow:
        row = (await uow.session.execute(sa.select(t.sealed_parts).order_by(t.sealed_parts.c.id).limit(1))).one()
        damaged = row.ciphertext[:-20] + bytes(20)
        change = sa.update(t.sealed_parts).where(t.sealed_parts.c.id == row.id).values(ciphertext=damaged)
        await uow.session.execute(change)
        await uow.commit()
    place = at(browser)
    await browser.opens(place + "/don/1")
    assert "Phần này bị hỏng" in browser.reads()
    assert "Phần này còn nguyên" in browser.reads()
    await name_the_chair(office)
    browser = await opened(app, office.chair, "một cụm khác hẳn để mở")
    await browser.sends(at(browser) + "/khoi-phuc", secret_recovery=paper)
    assert "Đã niêm phong lại 1 phần. Số phần hỏng, vẫn giữ nguyên: 1" in browser.reads()
    async with office.world.store.reading() as uow:
        kept = (
            await uow.session.execute(sa.select(t.sealed_parts.c.ciphertext).order_by(t.sealed_parts.c.id))
        ).scalars()
    assert next(iter(kept)) == damaged


async def test_a_cut_file_is_not_handed_out_by_halves(office: Office, app: FastAPI, paper: str) -> None:
    browser = await opened(app, office.official)
    await denounces(office)
    (file,) = (office.world.data_dir / SEALED_FOLDER).rglob("*.age")
    cut(file)
    await browser.opens(at(browser) + "/don/1")
    there = re.search(r'href="([^"]+/tep/[0-9a-f]{64})"', browser.page)
    assert there is not None
    answer = await browser.client.get(there[1])
    assert answer.status_code == 422
    assert "bị hỏng" in answer.text
    seals = office.world.store.seals
    assert isinstance(seals, AgeSeals)
    with pytest.raises(Damaged):
        seals.seal_file_anew(file.stem, paper, [seals.new_identity()[1]])
    assert [path.name for path in file.parent.iterdir()] == [file.name], "nothing half-made is left behind"


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-30])


async def test_the_office_seals_nothing_for_whom_it_names(office: Office, paper: str) -> None:
    del paper
    await office.mai.says("/hoi")
    await office.mai.says("Việc ở quán Gió Chiều là sai, chị Lê Thị Hoa cầm phong bì của dân")
    await office.mai.presses("Kiến nghị")
    await office.mai.presses("Gửi")
    await office.secretary.says("/phanloai")
    await office.secretary.presses("DL-2024-0001")
    await office.secretary.presses("Đây là đơn tố cáo")
    await office.secretary.presses("Niêm phong")
    assert "nói về người phụ trách mở đơn kín" in office.secretary.hears()
    assert "Có nội dung kín mới" not in office.official.hears()
    assert (await office.question("DL-2024-0001")).text


async def test_the_office_seals_what_turns_out_to_be_one(office: Office, app: FastAPI, paper: str) -> None:
    """A question that went the ordinary way: its words leave it, the letters, the lines, the search and the folder."""
    del paper
    browser = await opened(app, office.official)
    await office.mai.says("/hoi")
    await office.mai.says("Việc ở quán Gió Chiều là sai, ông Lê Văn Tèo cầm phong bì của dân")
    await office.mai.sends_photo(PHOTO)
    if office.mai.sees_button("Kiến nghị"):
        await office.mai.presses("Kiến nghị")
    await office.mai.presses("Gửi")
    await office.secretary.says("/phanloai")
    await office.secretary.presses("DL-2024-0001")
    await office.secretary.presses("Đây là đơn tố cáo")
    assert "không lấy lại được" in office.secretary.hears()
    async with office.world.store.reading() as uow:
        before = await uow.session.scalar(sa.select(sa.func.max(t.letters.c.id)))
    await office.secretary.presses("Niêm phong")
    assert "Đã niêm phong DL-2024-0001" in office.secretary.hears()
    assert "đã được niêm phong" in office.mai.hears()
    assert "KIN-" in office.mai.hears()
    assert "Có nội dung kín mới" in office.official.hears()
    await office.secretary.says("/trangthai DL-2024-0001")
    assert "đã niêm phong" in office.secretary.hears()
    await office.secretary.says("/phanloai")
    assert "DL-2024-0001" not in office.secretary.hears()
    await office.mai.says("/cauhoi")
    assert "DL-2024-0001" not in office.mai.hears()
    async with office.world.store.reading() as uow:
        question = await uow.questions.by_reference("DL-2024-0001")
        assert question is not None
        assert question.state is QuestionState.SEALED
        asker = await uow.people.get(question.asker_id)
        assert asker is not None
        assert asker.name == ""
        mai = (await uow.accounts.all_of((await person_named(uow, "Nguyễn Thị Mai")).id))[0]
        told = sa.select(sa.cast(t.letters.c.content, sa.Text)).where(t.letters.c.account_id == mai.id)
        own = t.letters.c.content.is_not(None)  # what is everybody's stands in the broadcast
        for content in await uow.session.scalars(told.where(t.letters.c.id <= before, own)):
            assert "DL-2024-0001" not in content, "no letter says whose it was"
            assert f'"status.{question.id}"' not in content

    await browser.opens(at(browser) + "/don/1")
    said = browser.reads()
    for words in ("Gió Chiều", "Nguyễn Thị Mai", "Trước là câu hỏi DL-2024-0001"):
        assert words in said
    await office.world.settle()
    await office.world.store.engine.dispose()
    for name, content in everything(office.world.data_dir):
        for words in WORDS:
            assert words.encode() not in content, name


async def test_sealing_a_question_is_for_secretary_and_chair_of_a_unit_with_an_officer(office: Office) -> None:
    await office.mai.says("/hoi")
    await office.mai.says("Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
    await office.mai.presses("Gửi")
    await office.secretary.presses("Mở")
    assert not office.secretary.sees_button("Đây là đơn tố cáo")
    await office.secretary.taps_code("sealquestion.1")
    await office.secretary.presses("Niêm phong")
    assert "chưa lập kho đơn thư kín" in office.secretary.hears()
    await office.official.taps_code("sealquestion.1")
    assert "Không tìm thấy" in office.official.hears()
    await set_up_for(office, Role.SECRETARY)
    await office.chair.taps_code("sealquestion.1")
    await office.chair.presses("Niêm phong")
    assert "Đã niêm phong" in office.chair.hears()
    await office.chair.taps_code("sealquestion.1")
    assert "Đã niêm phong" not in office.chair.hears()


async def test_what_does_not_belong_together_is_not_found(office: Office, app: FastAPI, paper: str) -> None:
    """Other matters, other files, another's key, a unit without a store, somebody of no hamlet."""
    del paper
    browser = await opened(app, office.official)
    await denounces(office)
    place = at(browser)
    for path in ("/don/2", f"/don/1/tep/{'0' * 64}", "/don/x"):
        await browser.opens(place + path)
        assert browser.status == 404, path
    async with office.world.store.unit() as uow:
        hoa, chair = [await person_named(uow, name) for name in ("Lê Thị Hoa", "Đinh Văn Chủ")]
        (key,) = await officers_keys(uow, hoa)
        with pytest.raises(NotFound):
            await keep_under_passphrase(uow, person=hoa, key_id=key.id, recipient="age1other", wrapped="{}")
        with pytest.raises(NotFound):
            await keep_under_passphrase(uow, person=hoa, key_id=KeyId(999), recipient="age1other", wrapped="{}")
        (account,) = await uow.accounts.all_of(hoa.id)
        session = (await uow.browsers.open_sessions(hoa.id))[0]
        await uow.browsers.add_confirmation(
            OfficeConfirmation(session.id, ConfirmedAct.OPEN_SEALED, uow.now, uow.now, uow.now, uow.now)
        )
        with pytest.raises(NotFound):
            await use_confirmation(uow, session, ConfirmedAct.OPEN_SEALED)
        with pytest.raises(NotFound):
            await answer_again(uow, person=chair, account=account, number=999, yes=True)
        assert await key_for(uow, chair) is None
        with pytest.raises(NotFound):
            await seal_away(uow, person=chair, text="Không thuộc thôn nào")
        with pytest.raises(NotFound):
            await add_to_matter(uow, matter_id=MatterId(999), kind=SealedKind.ADDITION)
        key.ended_at = uow.now
        assert not await has_officer(uow, key)


async def test_the_store_is_set_up_once_for_somebody_of_the_unit(office: Office) -> None:
    grant = await grant_of(office, Role.OFFICIAL)
    async with office.world.store.unit() as uow:
        unit = await uow.places.unit_by_code("DL")
        assert unit is not None
        with pytest.raises(RuleBroken, match="not_set_up"):
            await name_officer(uow, unit=unit, grant_id=grant)
        with pytest.raises(RuleBroken, match="sealed_officer"):
            await set_up(uow, uow.seals, unit=unit, grant_id=999)
        await set_up(uow, uow.seals, unit=unit, grant_id=grant)
        with pytest.raises(RuleBroken, match="sealed_set_up"):
            await set_up(uow, uow.seals, unit=unit, grant_id=grant)


async def test_a_neighbour_without_a_phone_gets_no_code_through_the_head(office: Office, paper: str) -> None:
    """The head who typed it would read it; the officer finds inside who it is."""
    del paper
    head = await office.world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Trần Văn Thôn")
    await head.says("/hoho")
    await head.says("Bùi Thị Khuyên")
    await head.says("Mương sau chùa bị lấp, xin khơi lại cho dân")
    await head.presses("Gửi")
    await office.secretary.presses("Mở")
    await office.secretary.presses("Đây là đơn tố cáo")
    head.reads()
    await office.secretary.presses("Niêm phong")
    assert "KIN-" not in head.hears()
    async with office.world.store.reading() as uow:
        assert (await uow.session.execute(sa.select(t.sealed_matters.c.code_digest))).scalar_one() == ""


def test_what_is_no_part_of_ours_is_damaged() -> None:
    for plain in (b"", b"[]", b"{}", b'{"files": [], "other": 1}'):
        with pytest.raises(ValueError, match=r"contents|Expecting"):
            unpacked(plain)


async def test_a_file_that_is_gone_is_named_and_the_words_are_sealed(office: Office, app: FastAPI, paper: str) -> None:
    del paper
    browser = await opened(app, office.official)
    await office.mai.says("/hoi")
    await office.mai.says(DENOUNCES)
    await office.mai.sends_photo(PHOTO)
    remove_all(office.world.data_dir / "attachments")
    await office.mai.presses("Tố cáo")
    await office.mai.presses("Gửi kín cho người phụ trách")
    await browser.opens(at(browser) + "/don/1")
    assert DENOUNCES in browser.reads()
    assert "(không còn tệp)" in browser.reads()


def remove_all(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink()


async def test_what_hangs_on_a_question_goes_with_it(office: Office, app: FastAPI, paper: str) -> None:
    """An answer that is being typed, one that waits for the chair, a case it raised, an urgent word, a group."""
    del paper, app
    first = await office.asked("Đèn đường xóm 2 tắt từ Tết, ai sửa cho dân?")
    second = await office.proposed("Xã sửa trong quý II, ông Lê Văn Tèo phụ trách.")
    await office.secretary.taps_code(f"triage.{(await office.question(second)).id}")
    await office.secretary.presses("🔒 Giữ kín")
    await office.secretary.says("Dân kể ở quán Gió Chiều")
    await office.secretary.presses("Gửi")
    async with office.world.store.unit() as uow:
        asked, other = [await question_of(uow, one) for one in (second, first)]
        assert [one.reason for one in await uow.marks.protections(asked.id)] == ["Dân kể ở quán Gió Chiều"]
        secretary = await person_named(uow, "Trần Văn Thư")
        case = await uow.cases.add(Case(asked.unit_id, 1, 2024, secretary.id, uow.now))
        for one in (asked, other):
            await uow.cases.link(CaseQuestion(one.id, case.id, secretary.id, uow.now))
        await uow.commit()
    await office.official.says("/hangdoi")
    await office.official.presses(second)
    await office.official.presses("Trả lời")
    await office.official.says("Đang viết dở về quán Gió Chiều")
    await office.secretary.taps_code(f"sealquestion.{asked.id}")
    await office.secretary.presses("Niêm phong")
    assert "Đã niêm phong" in office.secretary.hears()
    await office.official.presses("Gửi")
    assert "đã nhận câu trả lời" not in office.official.hears()
    await office.chair.says("/duyet")
    assert second not in office.chair.hears()
    async with office.world.store.reading() as uow:
        assert await uow.cases.of_question(other.id) is None
        assert await uow.cases.unsettled([asked.unit_id]) == []
        assert await uow.marks.protections(asked.id) == []
    await office.world.settle()
    await office.world.store.engine.dispose()
    for name, content in everything(office.world.data_dir):
        for words in ("Gió Chiều", "Lê Văn Tèo", "Gi\\u00f3 Chi\\u1ec1u"):
            assert words.encode() not in content, name


async def test_what_was_raised_three_times_is_a_repeated_matter_still(office: Office, paper: str) -> None:
    del paper
    references = [await office.asked(f"Đèn đường xóm {number} tắt từ Tết, ai sửa cho dân?") for number in (2, 3, 4)]
    async with office.world.store.unit() as uow:
        asked = [await question_of(uow, one) for one in references]
        secretary = await person_named(uow, "Trần Văn Thư")
        case = await uow.cases.add(Case(asked[0].unit_id, 1, 2024, secretary.id, uow.now))
        for one in asked:
            await uow.cases.link(CaseQuestion(one.id, case.id, secretary.id, uow.now))
        await uow.commit()
    await office.secretary.taps_code(f"sealquestion.{asked[0].id}")
    await office.secretary.presses("Niêm phong")
    async with office.world.store.reading() as uow:
        assert [one.id for one in await uow.cases.questions(case.id)] == [one.id for one in asked[1:]]


def test_every_table_that_hangs_on_questions_is_thought_of() -> None:
    """Whoever adds one says here, and in `SealedRows.empty_question`, what becomes of it when a question is sealed."""
    hanging = {
        f"{table.name}.{column.name}"
        for table in t.metadata.tables.values()
        for column in table.columns
        if any(key.target_fullname == "questions.id" for key in column.foreign_keys) or column.name == "question_id"
    }
    taken_out = {
        *("attachments", "conclusion_links", "group_members", "nudges", "question_words", "case_questions"),
        "protections",  # whom it names and why somebody thinks so
        *("answer_drafts", "question_news"),
    }
    emptied = {"letters", "proposals", "urgent_flags"}
    ended = {"clocks"}  # dates and kinds, no words
    assert {one.split(".")[0] for one in hanging} == taken_out | emptied | ended


async def test_the_unit_sets_its_store_up_at_the_desk_and_the_key_is_shown_once(office: Office, app: FastAPI) -> None:
    """The chair names an official, reads the key on the page and nowhere else; another is named from the chat."""
    await office.chair.says("/donthu")
    assert "chưa lập kho đơn thư kín" in office.chair.hears()
    browser = await sit_down(app, office.chair)
    await browser.opens("/thiet-lap")
    page = at(browser) + "/don-thu-kin"
    await browser.opens(page)
    assert "Chưa lập kho đơn thư kín" in browser.reads()
    grants = dict(re.findall(r'<option value="(\d+)">([^<]+)</option>', browser.page))
    hoa = next(number for number, name in grants.items() if name.startswith("Lê Thị Hoa"))
    assert not any("Đinh Văn Chủ" in name for name in grants.values()), "nobody names themselves"
    await browser.sends(page + "/lap", officer="", form="officer")
    assert "Xin chọn người phụ trách" in browser.reads()
    await browser.opens(page)
    await browser.sends(page + "/lap", officer=hoa)
    assert "Đã hỏi trong trò chuyện" in browser.reads()
    await office.chair.line.settle()
    assert "giao người phụ trách đơn thư kín" in office.chair.hears()
    await office.chair.presses("Đúng là tôi")
    await browser.opens(page)
    await browser.sends(page + "/lap", officer=hoa)
    shown_key = re.search(r"AGE-SECRET-KEY-1[A-Z0-9]+", browser.page)
    assert shown_key is not None
    assert "chỉ hiện một lần" in browser.reads()
    await office.world.settle()
    assert "được giao phụ trách đơn thư kín" in office.official.hears()
    assert await concerns(office.world.store) == ["1 unit where nobody reads what is sealed"]
    await browser.opens(page)
    assert "AGE-SECRET-KEY" not in browser.page
    assert "Người phụ trách: Lê Thị Hoa" in browser.reads()
    assert "chưa đặt cụm mật khẩu" in browser.reads()
    await office.world.store.engine.dispose()
    assert not [name for name, content in everything(office.world.data_dir) if shown_key[0].encode() in content]

    await office.chair.says("/donthu")
    assert "Người phụ trách: Lê Thị Hoa (chưa đặt cụm mật khẩu)" in office.chair.hears()
    await office.chair.presses("Đổi người phụ trách")
    await office.chair.presses("Phạm Văn Dân")
    await office.chair.says("hmm")
    await office.chair.presses("Giao")
    assert "cho Phạm Văn Dân" in office.chair.hears()
    await office.world.settle()
    assert "không còn phụ trách" in office.official.hears()
    await office.official.says("/donthu")
    assert "không phải người phụ trách" in office.official.hears()
    await browser.opens(page)
    await browser.sends(page + "/doi", officer=hoa)
    await office.chair.line.settle()
    await office.chair.presses("Đúng là tôi")
    await browser.opens(page)
    await browser.sends(page + "/doi", officer=hoa)
    assert "Đã giao đơn thư kín cho Lê Thị Hoa" in browser.reads()

    async with office.world.store.unit() as uow:
        unit = await uow.places.unit_by_code("DL")
        chair, hoa_person = await person_named(uow, "Đinh Văn Chủ"), await person_named(uow, "Lê Thị Hoa")
        assert unit is not None
        with pytest.raises(ChangedMeanwhile):
            await name_officer(uow, unit=unit, grant_id=int(hoa), by=chair)
        with pytest.raises(RuleBroken, match="sealed_oneself"):
            await name_officer(uow, unit=unit, grant_id=await grant_of(office, Role.CHAIR), by=chair)
        with pytest.raises(NotFound):
            await candidates(uow, hoa_person, unit)
        with pytest.raises(NotFound):
            await set_up(uow, uow.seals, unit=unit, grant_id=int(hoa), by=hoa_person)
    for code in (f"sealedofficer.{unit.id}", f"sealedname.{unit.id}.{hoa}"):
        await office.official.taps_code(code)
        assert "Không tìm thấy" in office.official.hears()
    await office.chair.taps_code(f"sealedname.{unit.id}.999")
    assert "Không tìm thấy" in office.chair.hears()


async def test_a_stolen_paper_is_replaced_and_what_only_the_old_one_opens_is_said(
    office: Office, app: FastAPI, paper: str
) -> None:
    await denounces(office)  # before a passphrase was chosen: for the paper alone
    await opened(app, office.official)
    await denounces(office, await office.world.resident("DL-hang-gon", "Hồ Thị Hai"))
    browser = await opened(app, office.official)
    old = at(browser)
    await browser.sends(old + "/khoa-giay")
    found = re.search(r"AGE-SECRET-KEY-1[A-Z0-9]+", browser.page)
    assert found is not None
    assert found[0] != paper
    assert "Còn 1 phần chỉ khoá giấy cũ mở được" in browser.reads()
    await office.world.settle()
    assert "đã thay khoá khôi phục trên giấy" in office.chair.reads()
    await browser.opens("/don-thu")
    assert at(browser) != old
    assert "Kho đang mở đến" in browser.reads(), "the officer need not type the passphrase again"

    async with office.world.store.reading() as uow:
        first, second = list(await uow.session.scalars(sa.select(t.sealed_parts.c.ciphertext).order_by("id")))
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(second, [pyrage.x25519.Identity.from_str(paper)])
    assert unpacked(pyrage.decrypt(second, [pyrage.x25519.Identity.from_str(found[0])])).text.startswith(DENOUNCES)
    assert unpacked(pyrage.decrypt(first, [pyrage.x25519.Identity.from_str(paper)])).text.startswith(DENOUNCES)
    await browser.opens(at(browser) + "/don/2")
    file = re.search(r'href="([^"]+/tep/[0-9a-f]{64})"', browser.page)
    assert file is not None
    assert (await browser.client.get(file[1])).content == PHOTO, "it lies under a new name, and is found"
    # what came while everything was sealed for the new paper is sealed for the old one and for the same officer
    async with office.world.store.unit() as uow:
        (before,) = [one for one in await uow.sealed.keys_of([UnitId(1)]) if one.ended_at is not None and one.recipient]
        late = packed(SealedContents("2024-03-01T08:00", "Họ vừa đến nhà tôi."))
        words = uow.seals.seal(late, (before.recipient, before.recovery))
        await uow.sealed.add_part(SealedPart(MatterId(2), before.id, SealedKind.ADDITION, uow.today, words))
        await uow.commit()
    await browser.opens("/don-thu")
    await browser.opens(at(browser) + "/don/2")
    assert "Họ vừa đến nhà tôi." in browser.reads()
    await browser.opens("/don-thu")
    await browser.sends(at(browser) + "/khoi-phuc", secret_recovery=paper)
    assert "Đã niêm phong lại 1 phần" in browser.reads()
    await browser.opens("/don-thu")
    await browser.opens(at(browser) + "/don/1")
    assert "Nguyễn Thị Mai" in browser.reads()
    file = re.search(r'href="([^"]+/tep/[0-9a-f]{64})"', browser.page)
    assert file is not None
    assert (await browser.client.get(file[1])).content == PHOTO


async def test_the_doctor_names_the_units_where_nobody_reads_what_comes(office: Office, paper: str) -> None:
    """Without a store, without a passphrase, without an officer, and well; one sentence for each."""
    del paper
    none = SealedStanding(set_up=False, officer=None, ready=False)
    async with office.world.store.unit() as uow:
        unit = await uow.places.unit_by_code("DL")
        assert unit is not None
        no_passphrase = await standing_in(uow, unit)
        (key,) = await uow.sealed.keys_of([unit.id])
        key.recipient = "age1"
        well = await standing_in(uow, unit)
        assert await unread_in(uow) == []
        key.ended_at = uow.now
        gone = await standing_in(uow, unit)
        assert await unread_in(uow) == [unit]
    said = [look_at_stores([("DL", one)]) for one in (none, no_passphrase, gone, well)]
    assert [one.fine for one in said] == [True, False, False, True]
    told = ("no store in DL", "no passphrase was chosen in DL", "role has ended in DL", "each unit has an officer")
    for finding, words in zip(said, told, strict=True):
        assert words in finding.sentence
    assert look_at_stores([]).sentence == "no plan is loaded yet"


async def test_whoever_watches_the_installation_reads_that_nothing_can_be_sealed(office: Office, paper: str) -> None:
    """What is stored of a key was cut off; and the job that seals the audit trail stands still."""
    assert "1 unit where nothing can be sealed" not in await concerns(office.world.store)
    async with office.world.store.unit() as uow:
        await uow.session.execute(sa.update(t.sealed_keys).values(recovery=paper[:10]))
        await uow.commit()
    assert "1 unit where nothing can be sealed" in await concerns(office.world.store)
    assert not [one for one in await concerns(office.world.store) if "audit trail" in one]
    office.world.clock.move(minutes=61)
    assert [one for one in await concerns(office.world.store) if "lines of the audit trail not sealed" in one]


async def test_the_paper_says_when_it_was_made_and_how_to_type_it(office: Office, app: FastAPI, paper: str) -> None:
    browser = await opened(app, office.official)
    await browser.sends(at(browser) + "/khoa-giay")
    assert "Lập ngày 01/03/2024" in browser.reads()
    assert "viết liền một dòng" in browser.reads()
