"""The poster as a picture: every word is on it, in letters that exist, and every QR code leads where it says."""

from io import BytesIO
from pathlib import Path

import pytest
import segno
from PIL import Image, ImageChops

from bot.media.attachments import AttachmentStore
from bot.media.links import ChatLinks
from bot.media.poster_drawing import PAGE, _font, _qr, draw_poster
from bot.media.posters import PosterPress
from handlers.engine.inbound_event import Media, MediaProblem
from intake.rules.meetings.poster import Poster, PosterCode
from intake.rules.people.person import Network

VIETNAMESE = "ăâđêôơư áàảãạ ắằẳẵặ ấầẩẫậ éèẻẽẹ ếềểễệ íìỉĩị óòỏõọ ốồổỗộ ớờởỡợ úùủũụ ứừửữự ýỳỷỹỵ"
HIGHLAND = "ƀčĕĭñŏŭ"
"""What the names of Ê Đê, Gia Rai and Ba Na hamlets are written with besides."""
MARKS = "“”‘’–…·°²№₫"


def poster(codes: int = 3, long: int = 1) -> Poster:
    captions = ("Zalo – rồi nhắn #m-12", "Telegram", "Trang web")
    return Poster(
        heading="Thị trấn Di Lăng",
        title="Đối thoại tháng 4 năm 2024 " * long,
        lines=(("Thời gian", "08:00, thứ năm 25/04/2024"), ("Địa điểm", "Nhà Văn hóa TDP Hàng Gòn " * long)),
        invitation="Quét mã để đăng ký",
        codes=tuple(PosterCode(f"https://dl.example/{place}", captions[place]) for place in range(codes)),
        footer="Không có điện thoại: nhờ trưởng thôn.",
    )


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content)).convert("RGB")


def lowest_ink(picture: Image.Image) -> int:
    box = ImageChops.difference(picture, Image.new("RGB", picture.size, (255, 255, 255))).getbbox()
    assert box is not None
    return box[3]


def test_it_is_an_a4_picture_small_enough_for_every_chat() -> None:
    content = draw_poster(poster())
    assert opened(content).size == PAGE
    assert len(content) < 300_000


@pytest.mark.parametrize("bold", [False, True])
def test_every_letter_of_a_name_has_a_shape_of_its_own(bold: bool) -> None:
    """A font without a letter draws the same empty box for all it lacks."""
    font = _font(40, bold=bold)
    box = bytes(font.getmask("\U0010ffff"))
    letters = VIETNAMESE.replace(" ", "") + HIGHLAND
    shapes = [bytes(font.getmask(letter)) for letter in letters + letters.upper() + MARKS]
    assert box not in shapes
    assert len(set(shapes)) == len(shapes)


def test_what_is_bold_is_heavier_than_what_is_not() -> None:
    plain, bold = (sum(bytes(_font(40, bold=heavy).getmask("Đối thoại"))) for heavy in (False, True))
    assert bold > plain * 1.2


@pytest.mark.parametrize("long", [1, 6, 20])
@pytest.mark.parametrize("codes", [0, 1, 3])
def test_long_words_are_set_smaller_so_that_all_of_them_are_on_the_page(codes: int, long: int) -> None:
    picture = opened(draw_poster(poster(codes, long)))
    assert lowest_ink(picture) < PAGE[1] - 20


def test_a_word_wider_than_the_page_is_cut_not_lost() -> None:
    wide = Poster("x" * 300, "y" * 300, (("z" * 200, "Ă" * 200),), "", (), "")
    assert lowest_ink(opened(draw_poster(wide))) < PAGE[1]


def test_the_links_name_only_what_is_served() -> None:
    assert ChatLinks().to("m-1") == ()
    links = ChatLinks(telegram="di_lang_bot", zalo="4318", web="https://dl.example").to("m-1")
    assert [(link.network, link.url, link.carries_code) for link in links] == [
        (Network.ZALO, "https://zalo.me/4318", False),
        (Network.TELEGRAM, "https://t.me/di_lang_bot?start=m-1", True),
        (Network.WEBCHAT, "https://dl.example/?start=m-1", True),
    ]


async def test_the_same_poster_is_the_same_file(tmp_path: Path) -> None:
    store = AttachmentStore(tmp_path)
    press = PosterPress(store, ChatLinks())
    name = await press.draw(poster())
    assert await press.draw(poster()) == name
    assert await press.draw(poster(1)) != name
    assert opened(store.read(name)).size == PAGE


class FullStore(AttachmentStore):
    """A store that takes nothing more."""

    def save(self, content: bytes, name: str = "") -> Media:  # noqa: ARG002 - as the store is called
        return Media(problem=MediaProblem.TOO_BIG)


async def test_a_poster_the_store_does_not_take_is_a_defect_not_a_silence(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="does not take"):
        await PosterPress(FullStore(tmp_path), ChatLinks()).draw(poster())


@pytest.mark.parametrize(
    "url", ["https://t.me/b?start=m-1", "https://doi-thoai.xa-vinh-bao.haiphong.example/?start=m-1234"]
)
def test_what_is_drawn_is_the_code_of_the_address_module_by_module(url: str) -> None:
    drawn = _qr(url, 330).convert("L")
    matrix = segno.make(url, error="q", micro=False).matrix
    scale = 330 // (len(matrix) + 8)
    start = (330 - scale * (len(matrix) + 8)) // 2 + 4 * scale + scale // 2
    seen = [
        [drawn.getpixel((start + column * scale, start + row * scale)) < 128 for column in range(len(matrix))]
        for row in range(len(matrix))
    ]
    assert seen == [[bool(module) for module in row] for row in matrix]
