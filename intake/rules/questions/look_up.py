"""Looking up how far a question is, without an account: its reference, and four signs that only its receipt bears.

References are numbered one after the other, so a reference alone proves nothing. The signs are made of a keyed digest:
nothing is stored, and every question has its own (R222).
"""

from collections.abc import Iterable

from intake.rules.text import without_marks

_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without signs that are mistaken for each other: 31 of them, 923,521 ways to write four."""
SIGNS = 4


def digested(reference: str) -> str:
    """What the signs of a question are the digest of."""
    return f"look-up:{reference}"


def signs_of(digest: str) -> str:
    """The four signs of a digest (hex)."""
    number = int(digest, 16)
    signs = ""
    for _ in range(SIGNS):
        number, place = divmod(number, len(_ALPHABET))
        signs += _ALPHABET[place]
    return signs


def fits(typed: str, digests: Iterable[str]) -> bool:
    """Whether what somebody typed are the signs of one of these digests; case, blanks and dashes do not matter."""
    plain = "".join(sign for sign in without_marks(typed.casefold()) if sign.isalnum()).upper()
    return any(plain == signs_of(digest) for digest in digests)
