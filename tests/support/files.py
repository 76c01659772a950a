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


def pdf(words: str = "Anh duong hong") -> bytes:
    """A page with a few words on it (without diacritics: it brings no letters along), as a browser reads it."""
    drawn = f"BT /F 24 Tf 60 720 Td ({words}) Tj ET".encode("ascii")
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
        ),
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
    )
    written, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(written))
        written += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        len(written),
    )


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
