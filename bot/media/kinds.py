"""What a file is, read from its structure and never from its name; what is no kind we take has no type."""

import io
import re
import zipfile
import zlib

HEIC, AVIF = "image/heic", "image/avif"
JSON = "application/json"
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"%PDF-", "application/pdf"),
)
_OFFICE = "application/vnd.openxmlformats-officedocument."
WORD = _OFFICE + "wordprocessingml.document"
SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "audio/ogg": ".ogg",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/aac": ".aac",
    "audio/wav": ".wav",
    "audio/amr": ".amr",
    "audio/3gpp": ".3gp",
    "audio/webm": ".weba",
    "video/mp4": ".mp4",
    "video/3gpp": ".3gp",
    "video/webm": ".webm",
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "image/heic": ".heic",
    "image/avif": ".avif",
    JSON: ".json",
}
"""How the name of a file ends that we send, by what it is."""
_MAIN_PARTS = {
    b"wordprocessingml.document.main+xml": WORD,
    b"spreadsheetml.sheet.main+xml": _OFFICE + "spreadsheetml.sheet",
    b"presentationml.presentation.main+xml": _OFFICE + "presentationml.presentation",
}
OFFICE_FILES = frozenset(_MAIN_PARTS.values())
_OLD_OFFICE = (
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
)
_OLD_OFFICE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DIRECTORY_ENTRY = 128
_OLD_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_LARGEST_LIST = 1 << 20
_STILL = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))
_AVIF_BRANDS = frozenset((b"avif", b"avis"))
_SOUND = (b"M4A", b"M4B")
"""Recordings and books for the ear; the pictures of their chapters are a track that moves."""
_RAW = b"crx "
"""A camera's own negative: a picture in a film's box, which nothing here shows."""
_BEFORE_PDF = 64
"""Some scanners put a byte order mark or blank lines before the head of a PDF; every reader passes over them."""
_HANDLER = re.compile(rb"hdlr.{8}(vide|soun)", re.DOTALL)
_PICTURE = re.compile(rb"hdlr.{8}pict", re.DOTALL)
_MATROSKA_VIDEO = re.compile(rb"\x86[\x81-\xff]V_")
_MATROSKA_SOUND = re.compile(rb"\x86[\x81-\xff]A_")


def media_type_of(content: bytes) -> str | None:
    """The type of a file by its content; None for kinds that are not taken, documents with macros among them."""
    for offset, signature, media_type in _SIGNATURES:
        if content[offset : offset + len(signature)] == signature and (offset == 0 or content.startswith(b"RIFF")):
            return media_type
    if content[4:8] == b"ftyp":
        return _of_boxes(content)
    if content.startswith(b"\x1aE\xdf\xa3"):
        sound_only = _MATROSKA_SOUND.search(content) and not _MATROSKA_VIDEO.search(content)
        return "audio/webm" if sound_only else "video/webm"
    if content.startswith(b"PK\x03\x04"):
        return _of_zip(content)
    if content.startswith(_OLD_OFFICE_MAGIC):
        return _of_old_office(content)
    return _of_frames(content[:2]) or _of_pdf(content[:_BEFORE_PDF])


def _of_pdf(head: bytes) -> str | None:
    return "application/pdf" if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-") else None


def sent_type_of(content: bytes) -> str | None:
    """The type of a file that we send: of what people sent, or of the JSON we made ourselves."""
    return media_type_of(content) or (JSON if content.startswith(b'{\n "') else None)


def has_macros(content: bytes) -> bool:
    """Whether a document brings programs along, which are never taken."""
    if content.startswith(_OLD_OFFICE_MAGIC):
        return _OLD_MACROS in content
    listed = _listed_parts(content) if content.startswith(b"PK\x03\x04") else None
    return listed is not None and (b"macroenabled" in listed.lower() or b"vbaproject" in listed.lower())


def _of_boxes(content: bytes) -> str | None:
    """ISO media: brands tell pictures, the tracks tell sound from moving pictures (a brand like mp42 tells neither)."""
    length = int.from_bytes(content[:4], "big")
    major = content[8:12]
    brands = {major, *(content[at : at + 4] for at in range(16, min(length, 256), 4))}
    if major in _AVIF_BRANDS or (major in _STILL and brands & _AVIF_BRANDS):
        return AVIF
    if major in _STILL:
        return HEIC
    if major == _RAW:
        return None
    tracks = set(_HANDLER.findall(content))
    if not tracks and _PICTURE.search(content):
        return HEIC
    sound = tracks == {b"soun"} or major.startswith(_SOUND)
    kind = "3gpp" if major.startswith(b"3g") else "mp4"
    return f"{'audio' if sound else 'video'}/{kind}"


def _of_zip(content: bytes) -> str | None:
    listed = _listed_parts(content)
    if listed is None or has_macros(content):
        return None
    return next((media_type for part, media_type in _MAIN_PARTS.items() if part in listed), None)


def _listed_parts(content: bytes) -> bytes | None:
    """The list of parts of an Office file together with their names; None for any other zip and a broken one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("[Content_Types].xml") as types:
            names = "\n".join(archive.namelist()).encode(errors="replace")
            return types.read(_LARGEST_LIST) + b"\n" + names
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, ValueError, RuntimeError):
        return None


def _of_old_office(content: bytes) -> str | None:
    """Word and Excel before 2007, by the streams their directory names; one under a password or with macros is none."""
    if _OLD_MACROS in content:
        return None
    for stream, media_type in _OLD_OFFICE:
        named = (stream + "\0").encode("utf-16-le")
        at = content.find(named)
        while at >= 0:
            if at % _DIRECTORY_ENTRY == 0:
                return media_type
            at = content.find(named, at + 1)
    return None


def _of_frames(head: bytes) -> str | None:
    """Sound without a heading of its own: the first frame of MP3 (layer III) or AAC."""
    if len(head) < 2 or head[0] != 0xFF:  # noqa: PLR2004
        return None
    if head[1] & 0xE6 == 0xE2:  # noqa: PLR2004
        return "audio/mpeg"
    return "audio/aac" if head[1] & 0xF6 == 0xF0 else None  # noqa: PLR2004
