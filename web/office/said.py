"""What an act tells on the next page ("Đã giao 12 câu hỏi"): kept for a minute in a cookie that only we can write."""

import base64
import hmac
import json
from collections.abc import Sequence
from hashlib import sha256

from intake.rules.message import Param, Term, pack, unpack

SAID_COOKIE = "ban-loi"
SAID_FOR = 60
"""Seconds; the next page comes at once."""
_MOST = 3000
"""Bytes; browsers drop a cookie beyond 4096, and then nothing would be said at all."""


def kept_said(secret: str, said: Sequence[Param]) -> str:
    """Sentences as the cookie holds them; the last of too many are left out."""
    for count in range(len(said), -1, -1):
        packed = json.dumps([pack(one) for one in said[:count]], separators=(",", ":")).encode()
        kept = base64.urlsafe_b64encode(packed).decode()
        if len(kept) <= _MOST:
            break
    return f"{_signed(secret, kept)}.{kept}"


def read_said(secret: str, cookie: str) -> Sequence[Param]:
    """The sentences; none where the cookie was not written for this session."""
    signature, _, kept = cookie.partition(".")
    if not kept or not hmac.compare_digest(signature.encode(), _signed(secret, kept).encode()):
        return ()
    return [unpack(one) for one in json.loads(base64.urlsafe_b64decode(kept))]


def _signed(secret: str, kept: str) -> str:
    return hmac.new(secret.encode(), kept.encode(), sha256).hexdigest()


def sentence(key: str, **params: Param) -> Term:
    """A sentence of the catalogue to be said on the next page."""
    return Term(key, params)
