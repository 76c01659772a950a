"""Phone numbers as people and offices write them: one reader for every place where one is typed.

Shape and validity are the business of `phonenumbers`; what stands here is how numbers stand in lines of text. Numbers
without a country code are read as Vietnamese ones. The eleven-digit mobile numbers that ended in 2018 ring nowhere and
are not guessed into new ones: who has one today cannot be told from it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers

from intake.rules.text import fold

_LABEL = re.compile(
    r"(?<![^\W_])(?:số\s*)?(?:đ[ti]ện\s*thoại|đ\s*/?\s*t\s*d\s*đ|đtdđ|đtdd|dtdd|đ\.?t|dt|sđt|sdt|tel|phone|mobile|hotline|di\s*động|dđ|nr"
    r"|cq|zalo|số\s+máy|liên\s+hệ|lh|số)(?:\s*(?:cơ\s*quan|nhà\s*riêng|bàn|di\s*động))?\s*[.:]*\s*(?=[+(]?\s*\d)",
    re.IGNORECASE,
)
_RUN = re.compile(
    r"(?:[+(]\s?|(?<!\w)[oO](?=\d{8}))?\d(?:(?:[.()\-–]|[ \u00a0][()]?(?![-–+])|[)][ \u00a0])?\d"
    r"|(?:\(0\)|\) ?\()\d|[ \u00a0]\(0\)[ \u00a0]?\d)*"
)
_MISTYPED = re.compile(r"(?<![\w+])(?:\+84|0)(?=[\d .-]*[oOlI])(?:[ .-]?[\doOlI]){8,10}(?!\w)")
"""A number with a letter where a digit looks like it: nobody says which digit was meant, so it is a bad one."""
_SAID_AROUND = re.compile(r"(?:(?:da|a|ah|nhe|so|dien thoai|may|cua|la|day|em|toi|tui|minh|con|chau)(?: |$))*")
"""What people say around their number and mean nothing by: "dạ số của em là 0912 345 678 ạ"."""
_FEWEST, _MOST = 8, 16
_LEADING_ZEROS = re.compile(r"^00(?=[1-9])")
_TRUNK_IN_BRACKETS = re.compile(r"(?<=84)[\s.-]*\(0\)|(?<=84)0(?=\d{9,10}$)")


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A piece of a text that is meant as a phone number: where it stands, and the number (E.164) unless it is bad."""

    start: int
    end: int
    number: str | None


def phone_typed(typed: str) -> str | None:
    """The number in E.164 ("+84900001234") of a text that says one number and no more, a label apart; else None."""
    found = numbers_in(typed)
    if len(found) != 1 or found[0].number is None:
        return None
    around = typed[: found[0].start] + typed[found[0].end :]
    return found[0].number if _SAID_AROUND.fullmatch(fold(around)) else None


def numbers_in(text: str) -> list[FoundNumber]:
    """What is meant as a phone number in a line, label included ("ĐT: …"), the bad ones too, in order.

    Years, numbers of hamlets and of documents are none: too short, and nothing says that they are numbers of phones.
    """
    mistyped = [one for one in _MISTYPED.finditer(text) if sum(map(str.isdigit, one[0])) >= _FEWEST]
    found = [FoundNumber(one.start(), one.end(), None) for one in mistyped]
    labels = {one.end(): one for one in _LABEL.finditer(text)}  # looked for once: a long text has many numbers
    for run in _runs(text):
        if any(one.start() < run.end() and run.start() < one.end() for one in mistyped):
            continue
        digits = re.sub(r"\D", "", run[0])
        label = labels.get(run.start())
        fewest = _FEWEST - 1 if digits.startswith("0") else _FEWEST
        if not (fewest <= len(digits) <= _MOST or (label and len(digits) > 5)):  # noqa: PLR2004 - no house number
            continue
        if _is_years(run[0]) and label is None:
            continue
        start = run.start() if label is None else label.start()
        found.append(FoundNumber(start, run.end(), e164(run[0])))
    return sorted(found, key=lambda one: one.start)


def _runs(text: str) -> Iterator[re.Match[str]]:
    """The runs of digits; two numbers with nothing but a space between them apart."""
    for run in _RUN.finditer(text):
        pieces = list(re.finditer(r"(?:\+84\s*)?\S+(?:\s+(?![0+]\d{7})\S+)*", run[0]))
        if len(pieces) == 1:
            yield run
            continue
        for piece in pieces:
            yield from _RUN.finditer(text, run.start() + piece.start(), run.start() + piece.end())


def _is_years(run: str) -> bool:
    """Whether it is a term of office or a day: "2022-2027", "25.04.2027"."""
    return re.fullmatch(r"(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d|\d{1,2}[.-]\d{1,2}[.-](?:19|20)\d\d", run) is not None


def e164(written: str) -> str | None:
    """A written number in E.164 when it is a valid one, else None."""
    plain = re.sub(r"[^\d+()]", "", re.sub("^[oO]", "0", written))
    plain = re.sub(r"[()]", "", _TRUNK_IN_BRACKETS.sub("", plain))
    plain = _TRUNK_IN_BRACKETS.sub("", _LEADING_ZEROS.sub("+", plain))
    tries = [plain]
    if plain.startswith("84") and len(plain) > 10:  # noqa: PLR2004 - 84 and nine digits
        tries.insert(0, f"+{plain}")
    for one in tries:
        try:
            number = phonenumbers.parse(one, "VN")
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return None
