"""What a file tells besides what it shows: the place, the day, the device; in every kind that people send."""

import io
import struct
import zipfile
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image, ImageSequence, PngImagePlugin

from bot.media.attachments import AttachmentStore
from bot.media.keeping import for_keeping
from bot.media.kinds import media_type_of
from handlers.engine.inbound_event import MediaProblem
from tests.support.files import office_file, photo

TOLD = b"+15.1222+108.5706/SecretPhone"
FRAMES = b"frames as they were" * 20


def box(name: bytes, *content: bytes) -> bytes:
    inside = b"".join(content)
    return struct.pack(">I", len(inside) + 8) + name + inside


def long_box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I4sQ", 1, name, len(content) + 16) + content


def track(kind: bytes, *more: bytes) -> bytes:
    return box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + kind + bytes(13))), *more)


def recording(brand: bytes, *tracks: bytes, after: bytes = b"") -> bytes:
    """Film or sound with its place in every box phones put it into."""
    notes = box(b"udta", box(b"\xa9xyz", TOLD), box(b"loci", TOLD))
    return (
        box(b"ftyp", brand, bytes(4), b"isom")
        + box(b"uuid", bytes(16), TOLD)
        + box(b"moov", *tracks, notes, box(b"meta", bytes(4), TOLD), box(b"trak", box(b"udta", TOLD)))
        + long_box(b"meta", TOLD)
        + box(b"mdat", FRAMES)
        + after
    )


@pytest.fixture
def attachments(tmp_path: Path) -> AttachmentStore:
    return AttachmentStore(tmp_path / "attachments")


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (recording(b"3g2a", track(b"soun")), "audio/3gpp"),
        (recording(b"3g2a", track(b"vide"), track(b"soun")), "video/3gpp"),
        (recording(b"qt  ", track(b"vide")), "video/mp4"),
        (recording(b"qt  ", track(b"soun")), "audio/mp4"),
        (recording(b"M4B ", track(b"soun"), track(b"vide")), "audio/mp4"),
        (recording(b"M4A ", track(b"soun"), track(b"vide")), "audio/mp4"),
        (recording(b"M4V ", track(b"vide"), track(b"soun")), "video/mp4"),
        (recording(b"dash", track(b"soun")), "audio/mp4"),
        (b"OggS\0\2" + bytes(22) + b"OpusHead", "audio/ogg"),
        (box(b"ftyp", b"crx \0\0\0\1crx isom") + box(b"moov", track(b"vide")), None),
        (box(b"ftyp", b"hevc", bytes(4), b"mif1heic"), "image/heic"),
        (box(b"ftyp", b"heix", bytes(4), b"mif1heix"), "image/heic"),
        (box(b"ftyp", b"MiHE", bytes(4), b"mif1") + box(b"meta", box(b"hdlr", bytes(8) + b"pict")), "image/heic"),
    ],
)
def test_sound_is_sound_and_a_picture_a_picture_whatever_box_it_comes_in(content, media_type):
    assert media_type_of(content) == media_type


@pytest.mark.parametrize(
    "content",
    [
        recording(b"qt  ", track(b"vide")),
        recording(b"isom", track(b"vide"), track(b"soun")),
        recording(b"M4A ", track(b"soun")),
        recording(b"3gp4", track(b"soun")),
        recording(b"isom", track(b"vide"), after=struct.pack(">I", 0) + b"udta" + TOLD),
        recording(b"isom", track(b"vide"), after=struct.pack(">I", 900) + b"udta" + TOLD),
        recording(b"isom", track(b"vide"), after=struct.pack(">I", 3) + b"free"),
    ],
)
def test_a_recording_says_nothing_of_where_it_was_made_and_plays_as_before(attachments: AttachmentStore, content):
    kept = attachments.read(attachments.save(content).sha256)

    assert TOLD not in kept
    assert (len(kept), kept.index(FRAMES)) == (len(content), content.index(FRAMES)), "every frame lies where it lay"
    assert media_type_of(kept) == media_type_of(content)


def test_a_moving_picture_keeps_moving_and_loses_its_notes(attachments: AttachmentStore):
    red, blue = Image.new("RGB", (60, 40), "red"), Image.new("RGB", (60, 40), "blue")
    written = io.BytesIO()
    red.save(written, "GIF", save_all=True, append_images=[blue], loop=0, duration=500, comment=TOLD)
    xmp = b"\x21\xff\x0bXMP DataXMP" + bytes((len(TOLD),)) + TOLD + b"\0"
    sent = written.getvalue().removesuffix(b";") + xmp + b";"
    for kind in ("gif", "webp"):
        if kind == "webp":
            again = io.BytesIO()
            red.save(again, "WEBP", save_all=True, append_images=[blue], xmp=TOLD, exif=b"Exif\0\0" + TOLD)
            sent = again.getvalue()
            sent = sent[:4] + struct.pack("<I", len(sent)) + sent[8:] + b"PLCE" + struct.pack("<I", 30) + TOLD + b"\0"
        assert TOLD in sent

        kept = attachments.read(attachments.save(sent).sha256)

        assert TOLD not in kept
        with Image.open(io.BytesIO(kept)) as picture:
            shown = [frame.convert("RGB").getpixel((5, 5)) for frame in ImageSequence.Iterator(picture)]
            assert picture.info.get("loop") == 0
        assert [pixel[0] > 200 for pixel in shown] == [True, False], kind


def test_a_gif_that_breaks_off_is_kept_as_far_as_it_goes():
    written = io.BytesIO()
    Image.new("P", (9, 9)).save(written, "GIF", comment=TOLD)
    for length in range(6, len(written.getvalue())):
        assert TOLD not in for_keeping(written.getvalue()[:length], "image/gif")


def test_a_png_keeps_what_it_is_drawn_with_alone(attachments: AttachmentStore):
    told = PngImagePlugin.PngInfo()
    told.add_itxt("XML:com.adobe.xmp", TOLD.decode())
    for chunk in (b"tIME", b"caBX", b"zxIf", b"iDOT"):
        told.add(chunk, TOLD)
    written = io.BytesIO()
    Image.new("RGBA", (60, 40), (200, 0, 0, 90)).save(written, "PNG", pnginfo=told, dpi=(300, 300))

    kept = attachments.read(attachments.save(written.getvalue()).sha256)

    assert TOLD not in kept
    assert b"tIME" not in kept
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.getpixel((5, 5)) == (200, 0, 0, 90)
        assert round(picture.info["dpi"][0]) == 300


def test_notes_behind_a_slip_of_the_camera_go_as_well(attachments: AttachmentStore):
    """Some write a byte too many between two segments; every reader passes over it."""
    sent = photo()
    first = sent.index(b"\xff\xe1")
    slipped = sent[:first] + b"\0" + sent[first:]
    slipped = slipped[:2] + b"\xff\xeb\x00\x1f" + TOLD + slipped[2:]  # where an edited photo says who edited it

    kept = attachments.read(attachments.save(slipped).sha256)

    assert b"SecretPhone" not in kept
    with Image.open(io.BytesIO(kept)) as picture, Image.open(io.BytesIO(sent)) as before:
        assert picture.tobytes() == before.tobytes()


@pytest.mark.parametrize("kind", ["two in one", "deep colours"])
def test_what_else_an_iphone_sends_becomes_a_jpeg(attachments: AttachmentStore, kind):
    written = io.BytesIO()
    if kind == "two in one":
        several = pillow_heif.HeifFile()
        several.add_from_pillow(Image.new("RGB", (60, 40), "red"))
        several.add_from_pillow(Image.new("RGB", (60, 40), "blue"))
    else:
        several = pillow_heif.from_bytes("RGB;16", (60, 40), struct.pack("<3H", 65535, 0, 0) * 2400)
    several.save(written)

    media = attachments.save(written.getvalue(), "IMG_0043.HEICS")

    assert (media.media_type, media.name) == ("image/jpeg", "IMG_0043.jpg")
    with Image.open(io.BytesIO(attachments.read(media.sha256))) as picture:
        red, green, _ = picture.getpixel((5, 5))
    assert (red > 200, green < 60) == (True, True)


def with_photo(kind: str, *, signed: bool = False) -> bytes:
    """An Office file or PDF with a photo in it as the camera wrote it."""
    if kind == "pdf":
        end = b"/ByteRange [0 1 2 3]" if signed else b""
        return b"%PDF-1.4\n1 0 obj\nstream\n" + photo() + b"\nendstream\n" + end + b"\xff\xe1\xff\xffExif\0\0"
    written = io.BytesIO(office_file(kind))
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr("word/media/image1.jpeg", photo())
        archive.writestr("word/media/image2.emf", b"a drawing")
        archive.writestr("word/media/film.mp4", recording(b"isom", track(b"vide")))
        archive.writestr("word/media/as-it-is.heic", box(b"ftyp", b"heic", bytes(4), b"mif1"))
        if signed:
            archive.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    return written.getvalue()


def told_in(content: bytes) -> bool:
    if not content.startswith(b"PK"):
        return b"SecretPhone" in content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return any(b"SecretPhone" in archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("kind", ["pdf", "wordprocessingml.document", "presentationml.presentation"])
def test_photos_in_a_document_say_nothing_either_unless_it_is_signed(attachments: AttachmentStore, kind):
    sent, signed = with_photo(kind), with_photo(kind, signed=True)
    assert told_in(sent)

    kept = attachments.read(attachments.save(sent).sha256)

    assert not told_in(kept)
    assert media_type_of(kept) == media_type_of(sent)
    assert attachments.read(attachments.save(signed).sha256) == signed, "one changed byte and nobody believes it"
    if kind != "pdf":
        with zipfile.ZipFile(io.BytesIO(sent)) as before, zipfile.ZipFile(io.BytesIO(kept)) as after:
            assert before.namelist() == after.namelist()
            assert after.read("word/media/image2.emf") == b"a drawing"
            with Image.open(after.open("word/media/image1.jpeg")) as picture:
                assert ImageSequence.Iterator(picture)[0].size == (60, 40)


def test_a_document_without_photos_stays_byte_for_byte(attachments: AttachmentStore):
    for sent in (office_file("spreadsheetml.sheet"), b"%PDF-1.4 without"):
        assert attachments.read(attachments.save(sent).sha256) == sent


@pytest.mark.parametrize("inside", ["photo", "beside it"])
def test_a_document_that_unpacks_to_more_than_any_office_writes_is_refused(attachments: AttachmentStore, inside):
    written = io.BytesIO(office_file("wordprocessingml.document"))
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("word/media/image1.jpeg", photo())
        name = "word/media/image2.jpeg" if inside == "photo" else "word/large.xml"
        with archive.open(name, "w") as large:
            for _ in range(201):
                large.write(bytes(1024 * 1024))

    assert attachments.save(written.getvalue()).problem is MediaProblem.UNREADABLE


def test_a_document_whose_photo_is_damaged_is_said_to_be(attachments: AttachmentStore):
    damaged = bytearray(with_photo("wordprocessingml.document"))
    damaged[damaged.index(b"word/media/image1.jpeg") + 100] ^= 0xFF

    assert attachments.save(bytes(damaged)).problem is MediaProblem.UNREADABLE
