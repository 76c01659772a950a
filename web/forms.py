"""What a form of a page of ours brings: read to an end that is known beforehand, and made clean."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from fastapi import HTTPException, Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from intake.rules.text import clean

LONGEST_FORM = 64 * 1024
LONGEST_WITH_FILE = 2 * 1024 * 1024
"""Bytes of a form that brings a sheet: a list of two thousand people takes a tenth of it."""
LONGEST_FIELD = 512 * 1024
"""Bytes of one field of such a form: a long paper, or the list, comes back as text with the button that takes it in."""
_MOST_FIELDS = 500


@dataclass(frozen=True, slots=True)
class FormFile:
    """A file a form brings: what it is called there, and what is in it."""

    name: str
    content: bytes


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form, the last of several with one name; its files are `request.state.files`.

    Raises `HTTPException` for what is none or too long.
    """
    request.state.files = {}
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        body = await _body(request, LONGEST_WITH_FILE)
        fields, request.state.files = _parts(kind, body)
        return fields
    if not kind.startswith("application/x-www-form-urlencoded"):
        raise HTTPException(422, "no form")
    body = await _body(request, LONGEST_FORM)
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise HTTPException(422, "no form") from None
    return {name: clean(value) for name, value in pairs}


async def _body(request: Request, longest: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > longest:
            raise HTTPException(413, "too big")
    return bytes(body)


@dataclass(slots=True)
class _Part:
    """One part of a form as it is being read."""

    headers: dict[bytes, bytes] = field(default_factory=dict)
    name: bytearray = field(default_factory=bytearray)
    value: bytearray = field(default_factory=bytearray)
    data: bytearray = field(default_factory=bytearray)


def _parts(kind: str, body: bytes) -> tuple[dict[str, str], dict[str, FormFile]]:
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
        parser.write(body)
        parser.finalize()
        return _sorted(parts)
    except (FormParserError, UnicodeDecodeError):
        raise HTTPException(422, "no form") from None


def _sorted(parts: list[_Part]) -> tuple[dict[str, str], dict[str, FormFile]]:
    fields: dict[str, str] = {}
    files: dict[str, FormFile] = {}
    for part in parts:
        _, about = parse_options_header(part.headers.get(b"content-disposition", b""))
        name = about.get(b"name", b"").decode()
        if b"filename" in about:
            files[name] = FormFile(about[b"filename"].decode(), bytes(part.data))
        elif len(part.data) > LONGEST_FIELD:
            raise HTTPException(413, "too big")
        else:
            fields[name] = clean(part.data.decode())
    return fields, files
