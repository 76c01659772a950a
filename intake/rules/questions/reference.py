"""References people read aloud and type: `VB-2026-0012` for a question, `ĐK-VB-2026-0003` for a registration."""

import re

_REGISTRATION = re.compile(r"(?:^|[^A-ZĐ])(?:[ĐD]K|D)-([A-Z]{2,6}-\d{4}-\d{4,})")
_REFERENCE = re.compile(r"(?:[ĐD]K-)?[A-Z]{2,6}-\d{4}-\d{4,}")

_BARE = re.compile(r"(?:(?:CÂU HỎI|CAU HOI|MÃ|MA|SỐ|SO)(?: ?: ?| ?))*([A-Z]{2,6}[- ](?:19|20)\d\d[- ]\d{4,})[ .?!]*")
"""What stands before it can be read in one way only: two for each "số" would be tried 2ⁿ times over."""


def question_reference(unit_code: str, year: int, number: int) -> str:
    """The reference of the `number`-th question of a unit in a year; four digits or more (PRODUCT, References)."""
    return f"{unit_code}-{year}-{number:04d}"


def registration_reference(unit_code: str, year: int, number: int) -> str:
    """The reference of a registration, likewise."""
    return f"ĐK-{question_reference(unit_code, year, number)}"


def data_request_reference(unit_code: str, year: int, number: int) -> str:
    """The reference of a request about one's own data, `YC-VB-2026-0002` (yêu cầu)."""
    return f"YC-{question_reference(unit_code, year, number)}"


def find_reference(text: str) -> str | None:
    """The first reference in what somebody typed, in whatever case, or None."""
    found = _REFERENCE.search(text.upper())
    return None if found is None else found.group()


def bare_reference(text: str) -> str | None:
    """The reference of a question that somebody typed and nothing else, spaces in the place of hyphens too; or None."""
    found = _BARE.fullmatch(" ".join(text.upper().split()))
    return None if found is None else found.group(1).replace(" ", "-")


def start_code(reference: str) -> str:
    """What a link or QR code carries behind `/start` for a registration: `d-VB-2026-0003`, plain letters."""
    return f"d-{reference.partition('-')[2]}"


def find_registration(text: str) -> str | None:
    """The first reference of a registration in what somebody typed or scanned, with or without Đ; None when none."""
    found = _REGISTRATION.search(text.upper())
    return None if found is None else f"ĐK-{found.group(1)}"
