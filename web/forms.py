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
_MEGABYTE = 1024 * 1024
_TO_THE_END = 64 * _MEGABYTE
"""Bytes of a form whose file is too big that are read all the same, and let go, for what was typed beside it."""


@dataclass(frozen=True, slots=True)
class FormFile:
    """A file a form brings: what it is called there, and what is in it."""

    name: str
    content: bytes


class FileTooBigError(HTTPException):
    """A form whose files are bigger than the `most` megabytes it may bring; `typed` are its fields."""

    def __init__(self, longest: int, typed: dict[str, str]) -> None:
        super().__init__(413, "too big")
        self.most, self.typed = longest // _MEGABYTE, typed


async def read_form(request: Request, longest: int = LONGEST_WITH_FILE, *, to_the_end: bool = False) -> dict[str, str]:
    """The fields of a form, the last of several with one name; its files are for `sent_file` and `sent_files`.

    Raises `HTTPException` for what is none or too long: one that brings a file has at most `longest` bytes.
    `to_the_end` reads what was typed beside a file that is too big as well: `FileTooBigError` has it.
    """
    request.state.files = {}
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        pieces = _pieces(request, _TO_THE_END if to_the_end else longest, FileTooBigError(longest, {}))
        fields, request.state.files = await _parts(kind, pieces, longest)
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
    return b"".join([piece async for piece in _pieces(request, longest, HTTPException(413, "too big"))])


async def _pieces(request: Request, longest: int, refusal: HTTPException) -> AsyncIterator[bytes]:
    """What is sent, as it comes; what goes on for longer is not read to its end."""
    length = 0
    async for piece in request.stream():
        length += len(piece)
        if length > longest:
            raise refusal
        yield piece


@dataclass(slots=True)
class _Part:
    """One part of a form as it is being read."""

    headers: dict[bytes, bytes] = field(default_factory=dict)
    name: bytearray = field(default_factory=bytearray)
    value: bytearray = field(default_factory=bytearray)
    data: bytearray = field(default_factory=bytearray)
    is_file: bool = False

    @property
    def about(self) -> dict[bytes, bytes]:
        """What its head says of it."""
        return parse_options_header(self.headers.get(b"content-disposition", b""))[1]


@dataclass(slots=True)
class _Reader:
    """What is told of a form while it is parsed; of files bigger together than `longest` bytes no more is held."""

    longest: int
    parts: list[_Part] = field(default_factory=list)
    of_files: int = 0
    of_fields: int = 0

    def begin(self) -> None:
        self.parts.append(_Part())
        if len(self.parts) > _MOST_FIELDS:
            raise HTTPException(422, "no form")

    def name(self, data: bytes, start: int, end: int) -> None:
        self.parts[-1].name += data[start:end]

    def value(self, data: bytes, start: int, end: int) -> None:
        self.parts[-1].value += data[start:end]

    def header(self) -> None:
        part = self.parts[-1]
        part.headers[bytes(part.name).lower()] = bytes(part.value)
        part.name, part.value = bytearray(), bytearray()

    def head(self) -> None:
        self.parts[-1].is_file = b"filename" in self.parts[-1].about

    def content(self, data: bytes, start: int, end: int) -> None:
        part = self.parts[-1]
        if part.is_file:
            self.of_files += end - start
        else:
            self.of_fields += end - start
        if self.of_fields > self.longest:
            raise HTTPException(413, "too big")
        if self.of_files <= self.longest or not part.is_file:
            part.data += data[start:end]


async def _parts(
    kind: str, pieces: AsyncIterator[bytes], longest: int
) -> tuple[dict[str, str], dict[str, list[FormFile]]]:
    """The fields and the files."""
    reader = _Reader(longest)
    _, options = parse_options_header(kind)
    parser = MultipartParser(
        options.get(b"boundary", b""),
        {
            "on_part_begin": reader.begin,
            "on_header_field": reader.name,
            "on_header_value": reader.value,
            "on_header_end": reader.header,
            "on_headers_finished": reader.head,
            "on_part_data": reader.content,
        },
    )
    try:
        async for piece in pieces:
            parser.write(piece)
        parser.finalize()
        fields, files = _sorted(reader.parts)
    except (FormParserError, UnicodeDecodeError):
        raise HTTPException(422, "no form") from None
    if reader.of_files > longest:
        raise FileTooBigError(longest, fields)
    return fields, files


def _sorted(parts: list[_Part]) -> tuple[dict[str, str], dict[str, list[FormFile]]]:
    fields: dict[str, str] = {}
    files: dict[str, list[FormFile]] = {}
    for part in parts:
        about = part.about
        name = clean(about.get(b"name", b"").decode())
        if part.is_file:
            files.setdefault(name, []).append(FormFile(clean(about[b"filename"].decode()), bytes(part.data)))
        elif len(part.data) > LONGEST_FIELD:
            raise HTTPException(413, "too big")
        else:
            fields[name] = clean(part.data.decode())
    return fields, files
