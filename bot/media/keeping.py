"""Files as they are kept: nothing in them says where, when or with what they were taken.

A phone writes all that into a picture or a film, and whoever reports a neighbour would give their own gate away. What a
document is made of is looked through too: scanning programs and Word lay photos into it as the camera wrote them. A
document that was signed stays as it is, since one changed byte makes the signature worthless.
"""

import io
import zipfile
import zlib

from .kinds import OFFICE_FILES, media_type_of
from .pictures import UnreadablePictureError, notes_within, picture_for_keeping

_NOTES = frozenset((b"udta", b"meta", b"uuid"))
_HOLDING_NOTES = frozenset((b"moov", b"trak", b"moof", b"traf"))
_BOX = 8
_LONG_BOX = 16
_SIGNED_PDF = b"/ByteRange"
_SIGNED_OFFICE = "_xmlsignatures/"
_PICTURES_INSIDE = "/media/"
_LARGEST_INSIDE = 200 * 1024 * 1024
"""What an Office file may be unpacked; no office writes one that large in ten megabytes."""


class UnreadableFileError(Exception):
    """A picture or document that cannot be opened, or would be larger than we unpack."""


def for_keeping(content: bytes, media_type: str) -> bytes:
    """The file to keep. Raises `UnreadableFileError`. Slow: never on the event loop."""
    try:
        if media_type.startswith("image/"):
            return picture_for_keeping(content, media_type)
        if media_type in OFFICE_FILES:
            return _clean_office_file(content)
    except (UnreadablePictureError, zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError) as why:
        raise UnreadableFileError from why
    if media_type == "application/pdf":
        return _clean_pdf(content)
    if content[4:8] == b"ftyp":
        return _clean_recording(content)
    return content


def _clean_recording(content: bytes) -> bytes:
    """Film or sound with its notes emptied where they lie: nothing moves, so every frame is found as before."""
    kept = bytearray(content)
    _empty_notes(kept, 0, len(kept))
    return bytes(kept)


def _empty_notes(kept: bytearray, at: int, end: int) -> None:
    while at + _BOX <= end:
        size, name, head = int.from_bytes(kept[at : at + 4], "big"), bytes(kept[at + 4 : at + 8]), _BOX
        if size == 1:
            size, head = int.from_bytes(kept[at + 8 : at + 16], "big"), _LONG_BOX
        size = size or end - at
        if size < head:
            return
        after = min(at + size, end)
        if name in _NOTES:
            kept[at + 4 : at + 8] = b"free"
            kept[at + head : after] = bytes(max(0, after - at - head))
        elif name in _HOLDING_NOTES:
            _empty_notes(kept, at + head, after)
        at = after


def _clean_pdf(content: bytes) -> bytes:
    """Photos that lie in it as the camera wrote them lose what they tell, at the same length."""
    if _SIGNED_PDF in content:
        return content
    kept = bytearray(content)
    for start, end in notes_within(content):
        kept[start:end] = bytes(end - start)
    return bytes(kept)


def _clean_office_file(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if any(one.filename.startswith(_SIGNED_OFFICE) for one in parts):
            return content
        cleaned: dict[str, bytes] = {}
        for one in parts:
            if _PICTURES_INSIDE not in one.filename:
                continue
            if one.file_size > _LARGEST_INSIDE:
                raise UnreadableFileError
            told = archive.read(one)
            kept = _clean_inside(told)
            if kept != told:
                cleaned[one.filename] = kept
        if not cleaned:
            return content
        if sum(one.file_size for one in parts) > _LARGEST_INSIDE:
            raise UnreadableFileError
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as anew:
            for one in parts:
                anew.writestr(one, cleaned.get(one.filename) or archive.read(one))
    return written.getvalue()


def _clean_inside(told: bytes) -> bytes:
    """A picture or recording inside a document, of the same kind as before: the document names it by its kind."""
    sort = media_type_of(told)
    if sort in ("image/jpeg", "image/png", "image/gif", "image/webp"):
        return picture_for_keeping(told, sort)
    return _clean_recording(told) if told[4:8] == b"ftyp" and sort not in ("image/heic", "image/avif") else told
