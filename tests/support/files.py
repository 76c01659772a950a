"""Files as phones and office programs write them."""

import io
import zipfile

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

_MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"


def office_file(kind: str, main: str = "", extra: str = "word/document.xml") -> bytes:
    """A file of an office program: `kind` like "wordprocessingml.document", or the type of its main part as it is."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Override ContentType="{main or _MAIN.format(kind)}"/>')
        archive.writestr(extra, "<xml/>")
    return written.getvalue()


def drawing() -> bytes:
    """A picture (PNG) of its points and nothing else: it is kept as it came."""
    written = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(written, "PNG")
    return written.getvalue()


def photo(kind: str = "JPEG", size: tuple[int, int] = (60, 40), turned: int = 6) -> bytes:
    """A photo, red at the left and blue at the right, with place, comment and XMP in it where the format can."""
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010F] = "SecretPhone"
    exif.get_ifd(0x8825).update({1: "N", 2: (IFDRational(15), IFDRational(7), IFDRational(1234, 100))})
    more = {"comment": b"SecretPhone", "xmp": b"<x:xmpmeta>SecretPhone</x:xmpmeta>"} if kind == "JPEG" else {}
    if kind == "WEBP":
        more = {"xmp": b"<x:xmpmeta>SecretPhone</x:xmpmeta>"}
    written = io.BytesIO()
    picture.save(written, kind, exif=exif.tobytes(), **more)
    return written.getvalue()
