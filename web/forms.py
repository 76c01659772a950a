"""What a form of a page of ours brings: read to an end that is known beforehand, and made clean."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from fastapi import HTTPException, Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from intake.rules.text import clean

LONGEST_FORM = 64 * 1024
LONGEST_WITH_FILE = 2 * 1024 * 1024
"""Bytes of a form that brings a sheet: a list of two thousand people takes a tenth of it."""
LONGEST_WITH_SCAN = 10 * 1024 * 1024 + 64 * 1024
"""Bytes of a form that brings a document as it was signed: the largest file that is kept, and the form around it."""
LONGEST_FIELD = 512 * 1024
"""Bytes of one field of such a form: a long paper, or the list, comes back as text with the button that takes it in."""
_MOST_FIELDS = 500


@dataclass(frozen=True, slots=True)
class FormFile:
    """A file a form brings: what it is called there, and what is in it."""

    name: str
    content: bytes


async def read_form(request: Request, longest: int = LONGEST_WITH_FILE) -> dict[str, str]:
    """The fields of a form, the last of several with one name; its files are for `sent_file` and `sent_files`.

    Raises `HTTPException` for what is none or too long: one that brings a file has at most `longest` bytes.
    """
    request.state.files = {}
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        fields, request.state.files = await _parts(kind, _pieces(request, longest))
        return fields
    if not kind.startswith("application/x-www-form-urlencoded"):
        raise HTTPException(422, "no form")
    body = await _body(request, LONGEST_FORM)
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise HTTPException(422, "no form") from None
    return {clean(name): clean(value) for name, value in pairs}


def sent_file(request: Request, name: str) -> FormFile | None:
    """The file a field of a form that was read brings, the last of several; None where none was chosen."""
    files: list[FormFile] = request.state.files.get(name, [])
    return files[-1] if files else None


def sent_files(request: Request, name: str) -> list[FormFile]:
    """All files a field brings; a browser sends an empty one without a name where none was chosen."""
    files: list[FormFile] = request.state.files.get(name, [])
    return [one for one in files if one.name or one.content]


async def _body(request: Request, longest: int) -> bytes:
    return b"".join([piece async for piece in _pieces(request, longest)])


async def _pieces(request: Request, longest: int) -> AsyncIterator[bytes]:
    """What is sent, as it comes; what goes on for longer is not read to its end."""
    length = 0
    async for piece in request.stream():
        length += len(piece)
        if length > longest:
            raise HTTPException(413, "too big")
        yield piece


@dataclass(slots=True)
class _Part:
    """One part of a form as it is being read."""

    headers: dict[bytes, bytes] = field(default_factory=dict)
    name: bytearray = field(default_factory=bytearray)
    value: bytearray = field(default_factory=bytearray)
    data: bytearray = field(default_factory=bytearray)


async def _parts(kind: str, pieces: AsyncIterator[bytes]) -> tuple[dict[str, str], dict[str, list[FormFile]]]:
    parts: list[_Part] = []

    def begin() -> None:
        parts.append(_Part())
        if len(parts) > _MOST_FIELDS:
            raise HTTPException(422, "no form")

    def name(data: bytes, start: int, end: int) -> None:
        parts[-1].name += data[start:end]

    def value(data: bytes, start: int, end: int) -> None:
        parts[-1].value += data[start:end]

    def header() -> None:
        part = parts[-1]
        part.headers[bytes(part.name).lower()] = bytes(part.value)
        part.name, part.value = bytearray(), bytearray()

    def content(data: bytes, start: int, end: int) -> None:
        parts[-1].data += data[start:end]

    _, options = parse_options_header(kind)
    parser = MultipartParser(
        options.get(b"boundary", b""),
        {
            "on_part_begin": begin,
            "on_header_field": name,
            "on_header_value": value,
            "on_header_end": header,
            "on_part_data": content,
        },
    )
    try:
        async for piece in pieces:
            parser.write(piece)
        parser.finalize()
        return _sorted(parts)
    except (FormParserError, UnicodeDecodeError):
        raise HTTPException(422, "no form") from None


def _sorted(parts: list[_Part]) -> tuple[dict[str, str], dict[str, list[FormFile]]]:
    fields: dict[str, str] = {}
    files: dict[str, list[FormFile]] = {}
    for part in parts:
        _, about = parse_options_header(part.headers.get(b"content-disposition", b""))
        name = clean(about.get(b"name", b"").decode())
        if b"filename" in about:
            files.setdefault(name, []).append(FormFile(clean(about[b"filename"].decode()), bytes(part.data)))
        elif len(part.data) > LONGEST_FIELD:
            raise HTTPException(413, "too big")
        else:
            fields[name] = clean(part.data.decode())
    return fields, files
