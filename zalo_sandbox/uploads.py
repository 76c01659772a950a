"""Uploads: pictures and documents that messages then name; each lives seven days."""

from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.datastructures import UploadFile

from .answers import Refused
from .guard import openapi
from .state import Asset, Sandbox, new_id

LIFE = timedelta(days=7)
IMAGE = 1024 * 1024
DOCUMENT = 5 * 1024 * 1024

_FIRST_BYTES = {
    "image": {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"},
    "gif": {b"GIF87a": "image/gif", b"GIF89a": "image/gif"},
    "file": {
        b"%PDF-": "application/pdf",
        b"PK\x03\x04": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        b"\xd0\xcf\x11\xe0": "application/msword",
    },
}
_ENDINGS = {
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/gif": (".gif",),
    "application/pdf": (".pdf",),
    "application/msword": (".doc",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
}
_MOST = {"image": IMAGE, "gif": DOCUMENT, "file": DOCUMENT}


def upload_router(sandbox: Sandbox) -> APIRouter:
    """The routes of uploads."""
    router = APIRouter()

    @router.post("/v2.0/oa/upload/{kind}")
    async def upload(request: Request, kind: str) -> JSONResponse:
        async def keep() -> dict[str, Any]:
            if kind not in _MOST:
                raise Refused(-201, kind)
            async with request.form() as form:
                file = form.get("file")
                if not isinstance(file, UploadFile):
                    raise Refused(-201, "multipart field file")
                asset = _asset(sandbox, kind, file.filename or "", await file.read())
            asset_id = new_id()
            sandbox.assets[asset_id] = asset
            return {"token" if kind == "file" else "attachment_id": asset_id}

        return await openapi(sandbox, request, keep)

    return router


def _asset(sandbox: Sandbox, kind: str, name: str, content: bytes) -> Asset:
    media_type = next((found for start, found in _FIRST_BYTES[kind].items() if content.startswith(start)), "")
    if not media_type or not name.lower().endswith(_ENDINGS[media_type]):
        raise Refused(-201, f"{name or 'a file without a name'} is not taken as {kind}")
    if len(content) > _MOST[kind]:
        raise Refused(-210, f"{len(content)} of {_MOST[kind]} bytes")
    if not sandbox.count(f"uploads {sandbox.now():%Y-%m}", sandbox.config.uploads_a_month):
        raise Refused(-211)
    return Asset(kind, name, content, media_type, sandbox.now() + LIFE)
