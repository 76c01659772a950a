"""Whether Zalo wrote an event: SHA-256 over application id, raw body, timestamp and the account's secret, in a row."""

import hashlib
import hmac

HEADER = "X-ZEvent-Signature"
_PREFIX = "mac="


def signature_of(app_id: str, body: bytes, timestamp: str, secret: str) -> str:
    """What Zalo writes into the header (hex). It is a plain digest, not an HMAC: so Zalo has it."""
    return hashlib.sha256(app_id.encode() + body + timestamp.encode() + secret.encode()).hexdigest()


def is_genuine(header: str, app_id: str, body: bytes, timestamp: str, secret: str) -> bool:
    """Whether the header, with or without `mac=`, is right; compared in a time that tells nothing."""
    expected = signature_of(app_id, body, timestamp, secret)
    given = header.strip().removeprefix(_PREFIX)
    return hmac.compare_digest(given.encode(errors="replace"), expected.encode())
