"""Who issued a paper, and which layout that makes: Party, State, Front, Council, or two together (R219)."""

import re
from dataclasses import dataclass

from intake.rules.plan.reading.paper_text import PaperText, Stated
from intake.rules.plan.reading.units import PaperUnit
from intake.rules.plan.reading.vocabulary import COMMUNES, HIGHER_UNITS, PARTY_COMMITTEES, loose, one_of

_FRONT = one_of("ubmttq", "ub mttq", "uy ban mttq", "uy ban mat tran to quoc", "mttq", "mat tran to quoc")
_ORGANISATION = "organisation"
"""A mass organisation, whose papers have none of our layouts."""
_BODIES = {
    "party": rf"(?:(?:ban thuong vu|btv|ban chap hanh|bch) )?{one_of(*PARTY_COMMITTEES, 'dang bo')}",
    "council": r"(?:thuong truc )?(?:hoi dong nhan dan|hdnd)(?!\s*(?:-|–|va|,)?\s*(?:ubnd|uy ban nhan dan))",
    "front": rf"(?:ban thuong truc )?{_FRONT}(?: viet nam)?",
    "state": r"(?:uy ban nhan dan|ubnd)",
    _ORGANISATION: r"(?:(?:ban (?:thuong vu|chap hanh)|bch|btv) )"
    r"(?:doan(?= (?:xa|phuong|thi tran|huyen|thanh nien|tncs))|hoi (?:lhpn|lien hiep phu nu|nong dan|cuu chien binh))"
    r"(?: (?:thanh nien|tncs ho chi minh|viet nam))?",
}
_ALONE = {layout: loose(rf"\b{body}\b") for layout, body in _BODIES.items()}
_LAST = {layout: loose(rf"\b{body}\b(?P<of>[^;,.:]{{0,45}})\Z") for layout, body in _BODIES.items()}
_BEFORE_ANOTHER = {
    layout: loose(rf"\b{body}\b[^;.:,]{{0,40}}?(?:,| va| phoi hop voi| cung)\s+\Z") for layout, body in _BODIES.items()
}
_MAKES = loose(
    one_of(
        "xay dung", "ban hanh", "lap", "to chuc", "de ra", "thong bao", "trien khai", "thong nhat", "dieu chinh",
        "thay doi", "sua doi", "bo sung", "dinh chinh", "hoan", "tam hoan", "lui", "doi", "huy",
        "quyet dinh", "bao cao",
    ),
    r" (?:va (?:ban hanh|trien khai) )?(?:\w+ ){0,3}?",
    one_of(
        "ke hoach", "thong bao", "to chuc", "lich", "chuong trinh", "hoi nghi", "viec", "ve", "den", "noi dung",
        "thoi gian", "dieu chinh", "hoan", "buoi", "cuoc", "doi thoai", "tiep xuc", "gap go", "nhu sau", "ket qua",
    ),
    r"|thong bao ?:|(?:tran trong )?kinh moi",
)  # fmt: skip
_OF_UNIT = re.compile(rf"\s*(?:$|{one_of(*COMMUNES, *HIGHER_UNITS, 'viet nam', 'va', ',')})")
_JOINT = loose(
    r"khlt|lien tich|ctlt|tblt|(?:uy ban nhan dan|ubnd)[^\n]{0,30}\s*[-–]\s*",
    rf"(?:uy ban mat tran|{_FRONT})|dang uy[^\n]{{0,30}}[-–]\s*(?:hdnd|ubnd|uy ban)",
)
_MOTTO = loose(r"dang cong san viet nam|cong hoa xa hoi chu nghia")
_HELPED_BY = loose(r"phoi hop(?: cung)?(?: voi)?(?: cac)?\s+\Z")
_STANDING = loose(r"\bthuong truc \Z")
"""Whoever invites is or announces is named whole: "Thường trực Đảng ủy kính mời"."""
_SIGNED = re.compile(r"(?:^|\n|\t|\s{2,})\s*(?:t/m|tm\.?)\s+(?P<who>[^\n]{4,60})")
_BUREAU = loose(r"ban thuong vu")
_BODY_OF_COMMITTEE = loose(r"^[ \t]*(?P<body>ban (?:thuong vu|chap hanh))[ \t]*(?:$|\t|[ ]{2,})")
"""Under the committee at the head: "ĐẢNG ỦY XÃ ĐÔNG SƠN", "BAN THƯỜNG VỤ"."""
_SAYS_LEVEL = loose(r"(?:huyen|quan|thi|thanh|tinh) u[yỷ]")
_WORDS_BEFORE, _BEHIND_BODY = 160, 200
_PROPER = (
    ("đảng ủy", "Đảng ủy"), ("đảng uỷ", "Đảng uỷ"), ("đảng bộ", "Đảng bộ"), ("ban thường vụ", "Ban Thường vụ"),
    ("ban thường trực", "Ban Thường trực"), ("ban chấp hành", "Ban Chấp hành"),
    ("mặt trận tổ quốc", "Mặt trận Tổ quốc"), ("việt nam", "Việt Nam"), ("ubnd", "UBND"), ("hđnd", "HĐND"),
    ("ubmttq", "UBMTTQ"), ("mttq", "MTTQ"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Issuer:
    """The body that issues, with its layout and where its name begins; `layout_phrase` shows which layout it is.

    `layout` is None for a mass organisation, whose papers have none of ours.
    """

    layout: str | None
    layout_phrase: str
    name: Stated[str] | None
    at: int


def find_issuer(text: PaperText, type_at: int, body: int, head_end: int) -> Issuer | None:
    """The issuer as the introduction says it ("… xây dựng kế hoạch"), as the head has it, or as it is signed."""
    at_head = _at_head(text, head_end)
    said = _said(text, type_at, body) or _said(text, type_at, body + _BEHIND_BODY)
    named = said or at_head or _signed(text)
    if named is None:
        motto = _MOTTO.search(text.folded, 0, type_at)
        layout = "party" if motto and motto[0].startswith("dang") else "state"
        return Issuer(layout, text.phrase(*motto.span()), None, -1) if motto else None
    layout, start, end = named
    shown = text.phrase(start, end)
    joint = _JOINT.search(text.folded, 0, type_at)
    if joint:
        start, layout, shown = _first_of_two(text, start), "joint", text.phrase(*joint.span())
    elif at_head and at_head[0] != "state":
        layout, shown = at_head[0], text.phrase(at_head[1], at_head[2])
    named_as = Stated(text.words(start, end), text.phrase(start, end))
    acting = _acting_body(text, head_end) if layout == "party" and not said else None
    if acting and not _BUREAU.match(text.folded, start):
        named_as = Stated(f"{_small(acting.value)} {_small(named_as.value)}", acting.phrase)
    return Issuer(None if layout == _ORGANISATION else layout, shown, named_as, start)


def with_unit(name: Stated[str], unit: PaperUnit | None) -> Stated[str]:
    """An issuer with its unit, as letters address it; capitals of a head are written small."""
    words = _small(name.value) if name.value.isupper() and " " in name.value else name.value
    words = words[:1].upper() + words[1:]
    if unit and unit.name.casefold() not in words.casefold():
        committee_says_level = _SAYS_LEVEL.search(PaperText(words).folded) is not None
        of = unit.name.split(" ", 2 if unit.name.split()[0] in {"thị", "thành", "đặc"} else 1)[-1]
        words = f"{words} {of if committee_says_level else unit.name}"
    return Stated(words, name.phrase)


def _acting_body(text: PaperText, head_end: int) -> Stated[str] | None:
    """The body that acts for the committee of the head: named under it, else signed for ("T/M BAN THƯỜNG VỤ")."""
    below = _BODY_OF_COMMITTEE.search(text.folded, 0, head_end)
    if below:
        return Stated(text.words(*below.span("body")), text.phrase(*below.span("body")))
    for found in _SIGNED.finditer(text.folded):
        bureau = _BUREAU.search(text.folded, found.start("who"), found.end("who"))
        if bureau:
            return Stated(text.words(*bureau.span()), text.phrase(*found.span()).split("  ")[0])
    return None


def _first_of_two(text: PaperText, start: int) -> int:
    """Where two issuers that are named together begin ("UBND xã và Ban Thường trực …")."""
    before = text.folded[max(0, start - 90) : start]
    firsts = [found.start() for pattern in _BEFORE_ANOTHER.values() if (found := pattern.search(before))]
    return start - len(before) + min(firsts) if firsts else start


def _said(text: PaperText, type_at: int, end: int) -> tuple[str, int, int] | None:
    """ "Ban Thường vụ Đảng ủy xây dựng kế hoạch …": the last body before the verb that makes the paper."""  # noqa: D210
    for verb in reversed(list(_MAKES.finditer(text.folded, type_at, min(end, len(text.folded))))):
        offset = max(type_at, verb.start() - _WORDS_BEFORE)
        before = text.folded[offset : verb.start()].rstrip()
        bodies = [
            (layout, offset + found.start(), offset + found.start("of"))
            for layout, pattern in _LAST.items()
            if (found := pattern.search(before)) and not _HELPED_BY.search(before, 0, found.start())
        ]
        last = max(bodies, key=lambda one: one[1], default=None)
        if last and (verb[0].endswith("moi") or (last[0] == "party" and verb[0].startswith("thong bao"))):
            standing = _STANDING.search(text.folded, 0, last[1])
            last = (last[0], standing.start(), last[2]) if standing else last
        if last and (_OF_UNIT.match(before[last[2] - offset :]) or _is_named(text, last)):
            return last
    return None


def _is_named(text: PaperText, body: tuple[str, int, int]) -> bool:
    """Whether a committee whose word says its level has the name behind it: "Huyện ủy Sơn Liên"."""
    says_level = _SAYS_LEVEL.search(text.folded, body[1], body[2]) is not None
    return says_level and text.flat[body[2] :].lstrip()[:1].isupper()


def _at_head(text: PaperText, end: int) -> tuple[str, int, int] | None:
    """The issuing body is the last one over the number; the line above it is its superior."""
    bodies = [
        (layout, found.start(), found.end())
        for layout, pattern in _ALONE.items()
        for found in pattern.finditer(text.folded, 0, end)
    ]
    fronts = [body for body in bodies if body[0] == "front"]
    return max(fronts or bodies, key=lambda one: one[1], default=None)


def _signed(text: PaperText) -> tuple[str, int, int] | None:
    for found in _SIGNED.finditer(text.folded):
        for layout, pattern in _ALONE.items():
            named = pattern.search(text.folded, found.start("who"), found.end("who"))
            if named:
                return layout, named.start(), named.end()
        bureau = _BUREAU.search(text.folded, found.start("who"), found.end("who"))
        if bureau:
            return "party", bureau.start(), bureau.end()
    return None


def _small(words: str) -> str:
    """Capitals of a head as they are written in a sentence: "ỦY BAN NHÂN DÂN" → "Ủy ban nhân dân"."""
    small = words.lower()
    for plain, proper in _PROPER:
        small = re.sub(rf"\b{plain}\b", proper, small)
    return small[:1].upper() + small[1:]
