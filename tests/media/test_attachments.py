"""Files people send: known by their first bytes, whole or absent, never outside their folder."""

import hashlib
from pathlib import Path

import pytest

from bot.media.attachments import LARGEST, LONGEST_NAME, AttachmentStore, media_type_of
from handlers.engine.inbound_event import MediaProblem

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
        (
            b"PK\x03\x04....word/document.xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (b"PK\x03\x04....evil.exe", None),
        (b"MZ\x90\x00", None),
        (b"<html><script>alert(1)</script>", None),
        (b"<svg onload=alert(1)>", None),
        (b"RIFF\x00\x00\x00\x00WAVE", None),
        (b"", None),
    ],
)
def test_a_file_is_what_its_first_bytes_say(content, media_type):
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
    assert attachments.path(first.sha256).read_bytes() == JPEG
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files == [attachments.path(first.sha256)], "nothing else is left lying about"


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
        attachments.path(name)


def test_a_file_half_written_is_no_file(attachments: AttachmentStore, tmp_path: Path):
    """A power cut before the renaming leaves something aside; the file itself is written anew."""
    place = attachments.path(hashlib.sha256(JPEG).hexdigest())
    place.parent.mkdir(parents=True)
    (place.parent / "tmpabc").write_bytes(JPEG[:5])

    assert not place.exists()
    assert attachments.save(JPEG).problem is None
    assert place.read_bytes() == JPEG
