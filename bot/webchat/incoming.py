"""What pages send: how long it may be, what it means."""

import json
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from fastapi import HTTPException, Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from handlers.engine.inbound_event import InboundKind
from intake.actions.people.enrol import clean_phone
from intake.rules.errors import RuleBroken
from intake.rules.text import clean

from .limits import LARGEST_FILE_BODY, LARGEST_WAY_IN, LONGEST_CODE, LONGEST_EVENT, LONGEST_WORDS

START_CODE = r"^[A-Za-z0-9-]{0,80}$"
_SHOWN_OF_A_PHONE = 3


@dataclass(frozen=True, slots=True)
class WebChatInput:
    """What a person typed, tapped or shared, under the name the page gave the event."""

    event_id: str
    kind: InboundKind
    text: str = ""
    choice: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file with its caption."""

    event_id: str
    file: UploadFile
    size: int
    name: str
    caption: str


async def read_start(request: Request) -> str:
    """Read the form that opens a chat: the code of a link in `start`, or nothing. Raises 413 or 422."""
    body = b"".join([chunk async for chunk in _limited(request, LARGEST_WAY_IN)])
    try:
        start = dict(parse_qsl(body.decode())).get("start", "")
    except ValueError:
        raise HTTPException(422, "no form") from None
    if not re.fullmatch(START_CODE, start):
        raise HTTPException(422, "no code")
    return start


async def read_said(request: Request) -> WebChatInput:
    """Read a JSON body: `event_id` and one of `text`, `choice`, `contact`. Raises 413 or 422.

    What is read is made clean here already, since it is written into the chat before it reaches the inbound queue.
    """
    body = b"".join([chunk async for chunk in _limited(request, LONGEST_WORDS)])
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        raise HTTPException(422, "no JSON") from None
    if not isinstance(document, dict):
        raise HTTPException(422, "no object")
    event_id = _event_id(document.get("event_id"))
    match {name: clean(value) for name, value in document.items() if isinstance(value, str)}:
        case {"text": text} if text.strip():
            return WebChatInput(event_id, InboundKind.TEXT, text=text)
        case {"choice": code} if 0 < len(code.encode()) <= LONGEST_CODE:
            return WebChatInput(event_id, InboundKind.CHOICE, choice=code)
        case {"contact": phone} if phone.strip():
            return WebChatInput(event_id, InboundKind.CONTACT, phone=phone)
    raise HTTPException(422, "nothing was said")


@asynccontextmanager
async def read_file(request: Request) -> AsyncGenerator[SentFile, None]:
    """Read a multipart body with `event_id`, `file` and perhaps `caption`. Raises 413 or 422.

    A large file waits on the disk and is gone when this is left.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise HTTPException(422, "no form")
    parser = MultiPartParser(request.headers, _limited(request, LARGEST_FILE_BODY), max_files=1, max_fields=4)
    try:
        form = await parser.parse()
    except MultiPartException:
        raise HTTPException(422, "no form") from None
    try:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise HTTPException(422, "no file")
        yield SentFile(
            event_id=_event_id(form.get("event_id")),
            file=file,
            size=file.size or 0,
            name=clean(file.filename or ""),
            caption=clean(str(form.get("caption") or "")),
        )
    finally:
        await form.close()


def as_shown(said: WebChatInput) -> str:
    """The words as they stay in the chat: of a phone number only the last digits, it is kept sealed elsewhere."""
    typed = said.phone or said.text
    try:
        phone = clean_phone(typed)
    except RuleBroken:
        return typed if said.kind is InboundKind.TEXT else "•••"
    return f"••• ••• {phone[-_SHOWN_OF_A_PHONE:]}"


def _event_id(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_EVENT or not value.isprintable():
        raise HTTPException(422, "no event_id")
    return value


async def _limited(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    """The body as it comes, cut off with 413 as soon as it is longer than `most` bytes."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > most:
        raise HTTPException(413, "too big")
    length = 0
    async for chunk in request.stream():
        length += len(chunk)
        if length > most:
            raise HTTPException(413, "too big")
        yield chunk
