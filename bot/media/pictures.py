"""Pictures as they are kept: one every browser shows, without the place where it was taken or who took it.

A phone writes both into the picture, and whoever reports a neighbour would give their own gate away. JPEG, PNG, WebP
and GIF lose such notes without being drawn anew; what only an iPhone shows becomes a JPEG.
"""

import io
import re
import struct
import threading
import warnings
from collections.abc import Iterator

from .kinds import AVIF, HEIC

MOST_PIXELS = 50_000_000
_QUALITY = 90
_ONE_AT_A_TIME = threading.Lock()
_ORIENTATION = 0x0112
_SOS, _EOI, _COMMENT = 0xDA, 0xD9, 0xFE
_STANDALONE = frozenset((0x01, *range(0xD0, 0xD8)))
_APPLICATION = range(0xE0, 0xF0)
_PHOTO = re.compile(rb"\xff\xd8\xff(?:\xe0..JFIF\0|\xe1..(?:Exif\0\0|http://))", re.DOTALL)
_JFIF, _EXIF, _COLOURS, _ADOBE = 0xE0, 0xE1, 0xE2, 0xEE
_PNG_DRAWN = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT".split()
)
_WEBP_DRAWN = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
"""What a picture is drawn with; whatever else stands in a file tells about it, in chunks any program may invent."""
_WEBP_FLAGS_OF_NOTES = 0x0C
_GIF_HEAD = 13
_GIF_EXTENSION, _GIF_FRAME, _GIF_END = 0x21, 0x2C, 0x3B
_GIF_COMMENT, _GIF_PROGRAM = 0xFE, 0xFF
_GIF_REPEATS = frozenset((b"NETSCAPE2.0", b"ANIMEXTS1.0"))


class UnreadablePictureError(Exception):
    """A picture that cannot be opened, or would be larger than we draw."""


def picture_for_keeping(content: bytes, media_type: str) -> bytes:
    """The picture to keep; of other kinds as it is. Raises `UnreadablePictureError`. Slow: never on the event loop."""
    match media_type:
        case "image/jpeg":
            return _clean_jpeg(content)
        case "image/png":
            return _clean_png(content)
        case "image/webp":
            return _clean_webp(content)
        case "image/gif":
            return _clean_gif(content)
        case _ if media_type in (HEIC, AVIF):
            return _as_jpeg(content, media_type)
    return content


def _as_jpeg(content: bytes, media_type: str) -> bytes:
    # half a second to import, needed only here and for the side that is up
    from PIL import Image, ImageOps

    if media_type == HEIC:
        import pillow_heif

        pillow_heif.register_heif_opener()
    try:
        with _ONE_AT_A_TIME, warnings.catch_warnings(), Image.open(io.BytesIO(content)) as picture:
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            if picture.width * picture.height > MOST_PIXELS:
                raise UnreadablePictureError
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            bare = Image.new("RGB", upright.size)
            bare.paste(upright)
    except (OSError, ValueError, SyntaxError, EOFError, RuntimeError, Image.DecompressionBombError) as trouble:
        raise UnreadablePictureError from trouble
    written = io.BytesIO()
    bare.save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()


def _clean_jpeg(content: bytes) -> bytes:
    """Segment by segment to the end of the picture: what phones append after it (depth, a moving copy) goes as well."""
    kept = bytearray(content[:2])
    at = 2
    while at + 4 <= len(content):
        if content[at] != 0xFF:  # noqa: PLR2004
            at = _next_marker(content, at)  # what lies between segments is drawn by nobody
            continue
        marker = content[at + 1]
        if marker == 0xFF:  # noqa: PLR2004
            at += 1
            continue
        if marker == _EOI:
            break
        if marker in _STANDALONE:
            kept += content[at : at + 2]
            at += 2
            continue
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        kept += _kept_of(marker, content[at:end])
        at = end
        if marker == _SOS:
            at = _end_of_scan(content, end)
            kept += content[end:at]
    else:
        return bytes(kept + content[at:])
    return bytes(kept) + b"\xff\xd9"


def _next_marker(content: bytes, at: int) -> int:
    found = content.find(b"\xff", at)
    return found if found >= 0 else len(content)


def notes_within(content: bytes) -> Iterator[tuple[int, int]]:
    """Where the notes lie, from and up to, of each JPEG that lies in a file as a camera wrote it."""
    for start in _PHOTO.finditer(content):
        at = start.start() + 2
        while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] != _SOS:  # noqa: PLR2004
            end = min(at + 2 + int.from_bytes(content[at + 2 : at + 4], "big"), len(content))
            if _kept_of(content[at + 1], content[at:end]) != content[at:end]:
                yield at + 4, end
            at = end


def _kept_of(marker: int, segment: bytes) -> bytes:
    told = segment[4:]
    if marker == _EXIF:
        return _orientation_only(told)
    if marker == _COLOURS:
        return segment if told.startswith(b"ICC_PROFILE\0") else b""
    noted = marker == _COMMENT or (marker in _APPLICATION and marker not in (_JFIF, _ADOBE))
    return b"" if noted else segment


def _orientation_only(told: bytes) -> bytes:
    """Which side is up, which pictures of phones need, and nothing else of what EXIF holds."""
    if not told.startswith(b"Exif\0\0"):
        return b""
    from PIL import Image

    exif = Image.Exif()
    try:
        exif.load(told)
        turned = exif.get(_ORIENTATION, 1)
    except (OSError, ValueError, SyntaxError, KeyError, TypeError, struct.error):
        return b""
    if not isinstance(turned, int) or not 2 <= turned <= 8:  # noqa: PLR2004
        return b""
    block = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands after drawn data, in which 0xFF is followed by 0 or a restart."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        if content[at + 1] != 0 and content[at + 1] not in _STANDALONE and content[at + 1] != 0xFF:  # noqa: PLR2004
            return at
        at += 1
    return len(content)


def _clean_png(content: bytes) -> bytes:
    kept, at = bytearray(content[:8]), 8
    while at + 12 <= len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        name = content[at + 4 : at + 8]
        if name in _PNG_DRAWN:
            kept += content[at:end]
        at = end
        if name == b"IEND":
            return bytes(kept)
    return bytes(kept + content[at:])


def _clean_webp(content: bytes) -> bytes:
    kept, at = bytearray(content[:12]), 12
    while at + 8 <= len(content):
        length = int.from_bytes(content[at + 4 : at + 8], "little")
        end = at + 8 + length + length % 2
        name, chunk = content[at : at + 4], bytearray(content[at:end])
        if name == b"VP8X" and len(chunk) > 8:  # noqa: PLR2004
            chunk[8] &= ~_WEBP_FLAGS_OF_NOTES
        if name in _WEBP_DRAWN:
            kept += chunk
        at = end
    if at == 12:  # noqa: PLR2004
        return content
    kept[4:8] = (len(kept) - 8).to_bytes(4, "little")
    return bytes(kept)


def _clean_gif(content: bytes) -> bytes:
    """Block by block: comments go, and what programs add but for how often the picture moves."""
    at = _GIF_HEAD + _gif_colours(content, 10)
    kept = bytearray(content[:at])
    while at + 2 <= len(content) and content[at] in (_GIF_EXTENSION, _GIF_FRAME):
        if content[at] == _GIF_FRAME:
            end = _end_of_blocks(content, at + 11 + _gif_colours(content, at + 9))
            kept += content[at:end]
        else:
            end = _end_of_blocks(content, at + 2)
            program = content[at + 1] == _GIF_PROGRAM and content[at + 3 : at + 14] not in _GIF_REPEATS
            if content[at + 1] != _GIF_COMMENT and not program:
                kept += content[at:end]
        at = end
    return bytes(kept) + bytes((_GIF_END,))


def _gif_colours(content: bytes, at: int) -> int:
    """How long the table of colours is that the flags at a place announce."""
    flags = content[at] if at < len(content) else 0
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_blocks(content: bytes, at: int) -> int:
    """After a row of blocks, each with its length before it, that ends with an empty one."""
    while at < len(content) and content[at]:
        at += content[at] + 1
    return at + 1
