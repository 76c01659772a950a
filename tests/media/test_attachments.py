"""Files people send: known by their content, whole or absent, never outside their folder."""

import hashlib
import io
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image, ImageOps

from bot.media.attachments import LARGEST, LONGEST_NAME, AttachmentStore
from bot.media.kinds import media_type_of
from handlers.engine.inbound_event import MediaProblem
from tests.support.files import office_file, photo

OFFICE = "application/vnd.openxmlformats-officedocument."
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
JPEG = b"\xff\xd8\xff\xe0" + b"photo" * 10


@pytest.fixture
def attachments(tmp_path: Path) -> AttachmentStore:
    return AttachmentStore(tmp_path / "attachments")


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (JPEG, "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"GIF89a....", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"OggS....", "audio/ogg"),
        (b"ID3....", "audio/mpeg"),
        (b"\xff\xfb....", "audio/mpeg"),
        (b"\xff\xf1....", "audio/aac"),
        (b"\x00\x00\x00\x20ftypM4A ....", "audio/mp4"),
        (b"\x00\x00\x00\x20ftypisom....", "video/mp4"),
        (b"\x1aE\xdf\xa3....", "video/webm"),
        (b"%PDF-1.7", "application/pdf"),
        (b"\xef\xbb\xbf\r\n%PDF-1.4", "application/pdf"),
        (b"\xff\xf3....", "audio/mpeg"),
        (b"\x00\x00\x00\x20ftypmp42....hdlr........soun....", "audio/mp4"),
        (b"\x00\x00\x00\x20ftypmp42..hdlr........soun..hdlr........vide", "video/mp4"),
        (b"\x00\x00\x00\x20ftyp3gp4....hdlr........soun", "audio/3gpp"),
        (b"\x00\x00\x00\x18ftypheic\0\0\0\0mif1heic", "image/heic"),
        (b"\x00\x00\x00\x18ftypmif1\0\0\0\0mif1avif", "image/avif"),
        (b"\x1aE\xdf\xa3..\x86\x86A_OPUS", "audio/webm"),
        (b"\x1aE\xdf\xa3..\x86\x86A_OPUS\x86\x85V_VP8", "video/webm"),
        (b"#!AMR\n....", "audio/amr"),
        (office_file("wordprocessingml.document"), OFFICE + "wordprocessingml.document"),
        (office_file("spreadsheetml.sheet"), OFFICE + "spreadsheetml.sheet"),
        (office_file("presentationml.presentation"), OFFICE + "presentationml.presentation"),
        (office_file("", "application/vnd.ms-word.document.macroEnabled.main+xml"), None),
        (office_file("wordprocessingml.document", extra="word/vbaProject.bin"), None),
        (office_file("", "application/epub+zip", "word/document.xml"), None),
        (b"PK\x03\x04....word/document.xml", None),
        (OLD_OFFICE + "WordDocument\0".encode("utf-16-le"), "application/msword"),
        (OLD_OFFICE + "Workbook\0".encode("utf-16-le"), "application/vnd.ms-excel"),
        (OLD_OFFICE + "EncryptedPackage\0".encode("utf-16-le"), None),
        (OLD_OFFICE + "..WordDocument\0".encode("utf-16-le"), None),
        (OLD_OFFICE + "WordDocument\0_VBA_PROJECT\0".encode("utf-16-le"), None),
        (b"\xff\xfe\x00.", None),
        (b"PK\x03\x04....evil.exe", None),
        (b"MZ\x90\x00", None),
        (b"<html><script>alert(1)</script>", None),
        (b"<svg onload=alert(1)>", None),
        (b"RIFF\x00\x00\x00\x00WAVE", "audio/wav"),
        (b"", None),
    ],
)
def test_a_file_is_what_its_content_says(content, media_type):
    assert media_type_of(content) == media_type


def test_a_file_is_kept_once_under_its_content(attachments: AttachmentStore, tmp_path: Path):
    first = attachments.save(JPEG, "đường hỏng.jpg")
    second = attachments.save(JPEG, "again.jpg")

    assert first.sha256 == second.sha256 == hashlib.sha256(JPEG).hexdigest()
    assert (first.media_type, first.size, first.name, first.problem) == (
        "image/jpeg",
        len(JPEG),
        "đường hỏng.jpg",
        None,
    )
    assert attachments.read(first.sha256) == JPEG
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.name for path in files] == [first.sha256], "nothing else is left lying about"


def test_what_is_too_big_or_of_no_kind_we_take_is_not_kept(attachments: AttachmentStore, tmp_path: Path):
    assert attachments.save(JPEG.ljust(LARGEST + 1), "a.jpg").problem is MediaProblem.TOO_BIG
    assert attachments.save(b"MZ\x90\x00", "photo.jpg").problem is MediaProblem.TYPE
    assert attachments.save(JPEG.ljust(LARGEST), "a.jpg").problem is None
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize(
    ("called", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\ảnh.jpg", "ảnh.jpg"),
        ("/", None),
        ("", None),
        ("  ", None),
        ("a\x00b\r\nSet-Cookie: x.jpg", "abSet-Cookie: x.jpg"),
        ("\ud83d.jpg", ".jpg"),
        ("ạ" * 500, "ạ" * LONGEST_NAME),
    ],
)
def test_a_name_is_the_last_part_of_what_somebody_calls_it(attachments: AttachmentStore, called, kept):
    media = attachments.save(JPEG, called)

    assert media.name == (kept or media.sha256[:8])


@pytest.mark.parametrize(
    "name", ["", "../../etc/passwd", "a" * 63, "a" * 65, "A" * 64, "g" * 64, "/" * 64, "." * 64, "ă" * 64, "٣" * 64]
)
def test_no_name_leads_out_of_the_folder(attachments: AttachmentStore, name):
    with pytest.raises(ValueError, match="not a content name"):
        attachments.read(name)


def test_a_file_half_written_is_no_file(attachments: AttachmentStore, tmp_path: Path):
    """A power cut before the renaming leaves something aside; the file itself is written anew."""
    digest = hashlib.sha256(JPEG).hexdigest()
    place = tmp_path / "attachments" / digest[:2] / digest
    place.parent.mkdir(parents=True)
    (place.parent / "tmpabc").write_bytes(JPEG[:5])

    assert not place.exists()
    assert attachments.save(JPEG).problem is None
    assert place.read_bytes() == JPEG


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_where_a_photo_was_taken_is_not_kept(attachments: AttachmentStore, kind):
    sent = photo(kind)
    assert b"SecretPhone" in sent

    kept = attachments.read(attachments.save(sent, "a").sha256)

    assert b"SecretPhone" not in kept
    with Image.open(io.BytesIO(kept)) as picture, Image.open(io.BytesIO(sent)) as before:
        assert not picture.getexif().get_ifd(0x8825)
        assert picture.tobytes() == before.tobytes(), "not one pixel is drawn anew"


def test_a_photo_taken_upright_stays_upright(attachments: AttachmentStore):
    kept = attachments.read(attachments.save(photo(turned=6)).sha256)

    with Image.open(io.BytesIO(kept)) as picture:
        assert dict(picture.getexif()) == {0x0112: 6}
        assert ImageOps.exif_transpose(picture).size == (40, 60)


def test_what_a_phone_hangs_on_after_the_picture_goes_too(attachments: AttachmentStore):
    kept = attachments.read(attachments.save(photo() + b"ftypmp42 the moving copy with its place").sha256)

    assert b"moving copy" not in kept
    assert kept.endswith(b"\xff\xd9")


def test_a_picture_of_an_iphone_becomes_one_that_everybody_can_open(attachments: AttachmentStore):
    written = io.BytesIO()
    with Image.open(io.BytesIO(photo(turned=1))) as picture:
        pillow_heif.from_pillow(picture).save(written)

    media = attachments.save(written.getvalue(), "IMG_0042.HEIC")

    kept = attachments.read(media.sha256)
    assert (media.media_type, media.name, media.size) == ("image/jpeg", "IMG_0042.jpg", len(kept))
    assert b"SecretPhone" not in kept
    with Image.open(io.BytesIO(kept)) as picture:
        red, blue = picture.getpixel((5, 20)), picture.getpixel((55, 20))
    assert (red[0] > 200, red[2] < 60) == (True, True)
    assert (blue[2] > 200, blue[0] < 60) == (True, True)


def test_avif_becomes_a_jpeg_and_one_that_is_too_large_is_not_drawn(attachments: AttachmentStore, monkeypatch):
    sent = photo("AVIF")
    assert attachments.save(sent, "a.avif").media_type == "image/jpeg"

    monkeypatch.setattr("bot.media.pictures.MOST_PIXELS", 60 * 40 - 1)
    assert attachments.save(sent, "a.avif").problem is MediaProblem.UNREADABLE


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", MediaProblem.EMPTY),
        (b"\x00\x00\x00\x18ftypheic\0\0\0\0mif1heic", MediaProblem.UNREADABLE),
        (office_file("", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"), MediaProblem.MACROS),
        (OLD_OFFICE + "WordDocument\0_VBA_PROJECT\0".encode("utf-16-le"), MediaProblem.MACROS),
    ],
)
def test_each_refusal_has_its_reason(attachments: AttachmentStore, content, problem):
    assert attachments.save(content, "a").problem is problem
