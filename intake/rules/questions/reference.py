"""References people read aloud and type: `VB-2026-0012` for a question, `ĐK-VB-2026-0003` for a registration."""

import re

from intake.rules.text import fold

_REGISTRATION = re.compile(r"(?:^|[^A-ZĐ])(?:[ĐD]K|D)-([A-Z]{2,6}-\d{4}-\d{4,})")
_REFERENCE = re.compile(r"(?:[ĐD]K-)?[A-Z]{2,6}-\d{4}-\d{4,}")

_ALONE = re.compile(r"(?<!\w)[A-Z]{2,6}[- ](?:19|20)\d\d[- ]\d{4,}(?!\w)")
_HOW_IT_GOES = (
    *("cau", "hoi", "ma", "so", "cua", "toi", "em", "chau", "con", "minh", "da", "a", "den", "dau", "roi", "ra"),
    *("sao", "the", "nao", "thi", "vay", "co", "duoc", "tra", "loi", "giai", "quyet", "xong", "chua", "khong", "ko"),
    *("gi", "moi", "cho", "xem", "biet", "cuu", "ket", "qua", "tinh", "hinh", "trang", "thai"),
)
"""Without marks: what people put around a reference who only ask how it goes, "DL-2024-0001 đến đâu rồi ạ"."""


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
    """The reference of a question that somebody typed, spaces in the place of hyphens too, and nothing besides.

    Words that only ask how it goes count for nothing. None for all else, also where there are two references.
    """
    typed = " ".join(text.upper().split())
    found = _ALONE.findall(typed)
    if len(found) != 1:
        return None
    around = fold(typed.replace(found[0], " ")).split()
    return found[0].replace(" ", "-") if set(around) <= set(_HOW_IT_GOES) else None


def start_code(reference: str) -> str:
    """What a link or QR code carries behind `/start` for a registration: `d-VB-2026-0003`, plain letters."""
    return f"d-{reference.partition('-')[2]}"


def find_registration(text: str) -> str | None:
    """The first reference of a registration in what somebody typed or scanned, with or without Đ; None when none."""
    found = _REGISTRATION.search(text.upper())
    return None if found is None else f"ĐK-{found.group(1)}"
