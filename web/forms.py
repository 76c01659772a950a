"""What a form of a page of ours brings: read to an end that is known beforehand, and made clean."""

from urllib.parse import parse_qsl

from fastapi import HTTPException, Request

from intake.rules.text import clean

LONGEST_FORM = 64 * 1024
_MOST_FIELDS = 500


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form, the last of several with one name. Raises `HTTPException` for what is none or too long."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise HTTPException(422, "no form")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_FORM:
            raise HTTPException(413, "too big")
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise HTTPException(422, "no form") from None
    return {name: clean(value) for name, value in pairs}
