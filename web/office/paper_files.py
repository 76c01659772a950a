"""A kept file of a document as an answer: to be saved, never shown as part of a page."""

from fastapi.responses import Response

from intake.rules.errors import NotFound
from web.files import file_answer

from .visiting import Visit

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NOT_TAKEN = tuple(f"ask.file_{why}" for why in ("too_big", "type", "empty", "macros", "unreadable"))
"""What is said of a file that is not kept."""
_SAFE = {"X-Content-Type-Options": "nosniff"}


async def handed_out(visit: Visit, sha256: str, media_type: str, name: str) -> Response:
    """The file of that content name; `NotFound` where it lies in the store no more."""
    found = None if visit.office.files is None else await visit.office.files(sha256)
    if found is None:
        raise NotFound
    return file_answer(visit.request, found, media_type=media_type, filename=name, inline=False, headers=_SAFE)
