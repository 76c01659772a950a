"""What kind of paper it is, and what its title says: only plans, notices and schedules make meetings."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from intake.rules.plan.reading.paper_text import PaperText
from intake.rules.plan.reading.vocabulary import CAPITALS, loose, one_of

_TYPES = (
    "ke hoach", "thong bao ket luan", "thong bao", "bao cao", "quy che", "quy dinh", "huong dan",
    "chuong trinh", "quyet dinh", "giay moi", "thu moi", "to trinh", "bien ban", "lich", "thong tri",
    "nghi quyet", "cong van", "chi thi", "ket luan",
)  # fmt: skip
_LETTER = "cong van"
_BY_LETTERS = {name.replace(" ", ""): name for name in _TYPES}
"""Scanned papers lose blanks: "KẾHOẠCH"."""
_TYPE_LINE = re.compile(
    rf"^[ \t]*(?P<type>{'|'.join(_TYPES).replace(' ', '[ ]?')})(?P<both>[ \t]+(?:lien tich|phoi hop))?"
    r"(?P<same>[ \t]+(?!so\b)[^\n]*)?$"
    r"|^[^\n]{0,80}?(?P<about>v/v|ve viec)[ \t]*:?",
    re.MULTILINE,
)
_HEAD_LETTERS = 2500
_TITLE_LETTERS = 700
_SHORT_TITLE = 300
_FIRST_PARAGRAPHS = 3
_BODY_BEGINS = re.compile(
    r"^[ \t]*(?:(?:[-–+] ?)?can cu"
    r"|nay (?:thay|dieu|dinh|thong|xin)|thoi gian|dia diem|thuong truc|chu tich"
    r"|\d{1,2}[./)\-–]\s|dieu \d|\(ban hanh|thuc hien|tiep tuc"
    r"|trien khai|de |nham |xet |theo |kinh gui"
    r"|[ia]\s*[./\-–]\s|-{2,}|uy ban nhan dan [^\n]{0,60} thong bao|ban thuong vu"
    r"|dang uy\b|hoi dong|uy ban|ubnd|nhu sau|s?tt\b|thu (?:hai|ba|tu|nam|sau|bay|[2-7]),? \(?(?:ngay )?\d{1,2}/\d"
    r"|[-–+•] ?(?:(?:sang|chieu|toi) )?ngay \d"
    r"|(?:vao )?(?:hoi|luc) \d|thang \d{1,2} ?:|\d{1,2}(?:h|g| gio)\d{0,2}|ngay \d{1,2}/\d{1,2}(?:/\d{4})? ?:)",
    re.MULTILINE,
)
_GOES_ON = loose(r"\b(?:giua|cua|voi|va|cho|ve|viec|chu tich|bi thu|truc tiep)\s*\Z")
"""No title ends with such a word: "… đối thoại giữa", and on the next line "Chủ tịch UBND xã …"."""
_INVITED_TO = 600
_WORD = 12
_EARLY = 1800
_PLANNING = frozenset(("ke hoach", "chuong trinh"))
"""Whose titles and introductions say what they are about; that dialogues are among it says little."""
_ROW = re.compile(r"^[^\n\t]*\t[^\n\t]*\t[^\n]*$", re.MULTILINE)
_RULE = re.compile(r"\n\s*[-–_*]{3,}\s*\n|-{5}")
_SENTENCE_BEHIND = re.compile(
    rf"\n[ \t]*(?=[{CAPITALS}][^\n]{{60,}}\.(?:/\.)?[ \t]*$)"
    rf"|\n[ \t]*\n[ \t]*(?:[{CAPITALS}][^\n]{{60,}}(?=\n)|(?=[{CAPITALS}][^\n]*[.;:][ \t]*$)"
    rf"|(?=[{CAPITALS}][^\n.]{{2,34}}: ))",
    re.MULTILINE,
)
"""A line that is a sentence, one of that length behind an empty line, or a label there: no title has them."""
_CHANGED = loose(
    one_of(
        "dieu chinh",
        "dinh chinh",
        "thay doi",
        "hoan",
        "tam hoan",
        "lui",
        "doi lich",
        "doi thoi gian",
        "doi ngay",
        "doi dia diem",
        "som hon",
    ),
    r"|\b(?:(?<!phat\s)huy(?! dong)|tam dung|(?<!xay\s)(?<!su\s)(?<!noi\s)dung) (?:\w+ ){0,4}?",
    one_of("ke hoach", "thoi gian", "lich", "hoi nghi", "buoi", "dia diem", "ngay", "to chuc", "viec", "cuoc"),
    r"|khong to chuc|(?:sua doi|bo sung|thay the)[^.]{0,40}(?:ke hoach|lich|thong bao)",
    r"|chuyen (?:thoi gian|dia diem|sang)|to chuc lai",
)
_HELD = loose(r"ket qua|tong ket|ket luan")
_TO_HOLD = loose(r"(?:ve viec )?to chuc")
_SCHEDULE = loose(r"(?:v/v |ve viec |ve )?(?:thong bao )?lich\b")
_SETS_RULES = loose(r"ban hanh|quy che|quy dinh")
_INVITES = loose(r"to chuc|tham (?:gia|du)|\bmoi (?:du|tham|ba con|nhan dan|dai bieu)|dang ky|thong bao")
_TO_COME = loose(
    r"\bse (?:to chuc|dien ra|tiep xuc|doi thoai|gap go)|kinh moi|moi (?:toan the|ba con|nhan dan)",
    r"|thong bao (?:den|de|toi|cho|thoi gian|(?:ve )?(?:viec )?to chuc)",
    r"|^[ \t]*thoi gian ?:",
)
_HAS_BEEN = loose(
    r"\b(?:da|vua) (?:to chuc|dien ra|doi thoai|nghe|lang nghe|ghi nhan|tra loi|giai dap|tiep thu)",
    r"|phat bieu tai (?:hoi nghi|buoi)",
)
_AT_WORK = loose(
    r"tai noi lam viec|nguoi lao dong (?:tai|trong) (?:doanh nghiep|cong ty|co quan)",
    r"|doi thoai noi bo|trong sinh hoat chi bo|hoi nghi can bo,? cong chuc",
    r"|\bvoi (?:can bo,? )?(?:doan vien,? )?(?:cong chuc|vien chuc)(?![^.]*(?:nhan|nguoi) dan)",
    r"|quy che dan chu (?:o|tai) (?:noi|co quan|doanh)",
)
_ABOUT_COMPLAINTS = loose(r"giai quyet (?:don |viec )?(?:khieu nai|to cao)|nguoi khieu nai|don khieu nai")
_OTHER_BODY = re.compile(
    r"^[ \t]*(?:thuế|chi cục|cục|bảo hiểm xã hội|bhxh|kho bạc|hải quan|ngân hàng|t(?:òa|oà) án|viện kiểm sát|công ty"
    r"|tổng công ty|trường|bệnh viện|sở|liên đoàn|công an (?:tỉnh|thành phố|huyện|xã|phường)|công đoàn"
    r"|hội đồng quản lý|ban quản lý)\b",
    re.IGNORECASE | re.MULTILINE,
)
"""The head of a paper of somebody else, whose dialogue is with taxpayers, customers, staff or pupils."""
_OUR_BODY = loose(r"uy ban nhan dan|ubnd|dang uy|huyen uy|dang bo|hoi dong nhan dan|hdnd|mttq|mat tran|bi thu|chu tich")
_BETWEEN = loose(r"doi thoai (?:truc tiep )?giua (?P<who>[^.;:]{3,120}?) (?:voi|va) ")
_OUR_SIDE = loose(
    r"bi thu|chu tich|lanh dao|dung dau|cap uy|chinh quyen|ubnd|uy ban|hdnd|hoi dong|thuong truc|dang|mat tran|mttq",
    r"|dai bieu|dai dien|nhan dan|nguoi dan",
)
"""Who of the two that a title names is of the Party, the State's committees or the Front."""
_WITH_PEOPLE = loose(r"nhan dan|nguoi dan|cong dan tren")
_OTHER_WORK = loose(
    r"\s*(?:v/v |ve viec |ve )?(?:to chuc |trien khai |thuc hien |phoi hop |cong tac )*",
    r"(?:mo )?(?:hoi nghi |doan |cuoc |lop |khoa )?",
    r"(?:kiem tra|giam sat|khao sat|thanh tra|so ket|tap huan|boi duong"
    r"|hoi thi|cuoc thi|hoi thao|tuyen truyen|truyen thong|tim hieu|danh gia"
    r"|bao dam an ninh|dam bao an ninh|thi dua|quan triet)\b",
)
"""What a title begins with that is about other work on dialogues than to hold one."""
_AND_MEETS = loose(
    r"\A(?:(?!\b(?:viec|quy che|ket qua|cong tac|ky nang)\b).)*?"
    r"(?<!xuc)(?:,|\bva|ket hop(?: voi)?) (?:to chuc )?(?:tiep xuc,? )?doi thoai (?:truc tiep )?(?:voi|giua|cua)",
)
"""Other work, and a dialogue besides; no rule, result or work that is about dialogues."""
_LOOK_ALIKES = (
    (loose(r"\bcong tac (?:tuan|thang|quy)\b|\blam viec (?:tuan|cua)\b"), "lịch công tác"),
    (loose(r"tiep xuc (?:voi )?cu tri"), "tiếp xúc cử tri"),
    (loose(r"tiep (?:cong )?dan\b"), "tiếp công dân"),
    (loose(r"chat van"), "chất vấn"),
    (loose(r"hop dan|hoi nghi nhan dan"), "họp dân"),
    (loose(r"lay y kien"), "lấy ý kiến Nhân dân"),
    (loose(r"dai hoi"), "đại hội"),
    (loose(r"dien dan"), "diễn đàn"),
    (loose(r"thuc hien (?:quy che )?dan chu"), "thực hiện dân chủ"),
)
_OURS = "doi thoai"


class Paper(StrEnum):
    """What kind of paper it is; only plans, notices and schedules make meetings."""

    PLAN = "plan"
    NOTICE = "notice"
    CHANGE = "change"
    SCHEDULE = "schedule"
    RULE = "rule"
    REPORT = "report"
    OTHER = "other"


_ANNOUNCING = frozenset(("thong bao", _LETTER))
_INVITATIONS = frozenset(("giay moi", "thu moi"))
_TO_DIALOGUE = loose(
    r"(?:hoi nghi|buoi|cuoc|chuong trinh)(?: tiep xuc,?| gap go,?)*(?: va)? doi thoai|doi thoai (?:giua|cua)"
)
_HOLDS_DIALOGUE = loose(
    r"doi thoai (?:truc tiep )?",
    r"(?:giua|cua|voi (?:(?:dong chi|ong|ba) )?(?:nhan dan|nguoi dan|ba con|cu tri|bi thu|chu tich))",
)
_MAY_TELL_CHANGES = frozenset(("thong bao", ""))
_PUT_OFF = loose(
    r"\b(?:hoan|lui|doi|huy|thay doi|dieu chinh|khong to chuc)(?: thoi gian| ngay| gio| lich| dia diem)?(?: to chuc)?",
    r" (?:buoi|cuoc|hoi nghi)(?: \w+){0,3}? doi thoai",
)
"""What a paper whose title is not about a dialogue does to one."""
_ON_PAPERS = loose(
    r"\b(?:dang ky|xay dung|lap|nop|gui|gop y|tham gia y kien|ra soat|bao cao)\b",
    r"[^.]{0,20}? ?\b(?:ke hoach|du thao|quy che|so lieu)",
)
"""What a letter asks of other offices that are to hold dialogues."""
_ASKS_FOR_REPORT = loose(r"(?:de nghi|yeu cau)[^.;]{0,160}\bbao cao\b[^.;]{0,160}\b(?:ve|truoc|gui)\b")
"""What a letter asks of others about dialogues that they have held."""
_SPEAKS_OF_ONE = loose(
    r"(?:hoi nghi|buoi|cuoc|chuong trinh|dien dan|lich|ke hoach|to chuc|ket qua|viec)[^.;:\n]{0,60}\bdoi thoai\b",
    r"|doi thoai (?:truc tiep )?(?:giua|cua|voi (?:nhan|nguoi) dan)",
)
"""A dialogue that is held, and not a word about how somebody is answered."""
_AFTERWARDS = loose(r"tra loi|giai quyet|ket qua|tong hop|bao cao|gop y|xin y kien")
"""What a letter about a dialogue is about that has been held, or is not yet settled."""
_RULES: "tuple[tuple[Paper, frozenset[str], Callable[[str], object] | None], ...]" = (
    (Paper.REPORT, frozenset(("bao cao", "bien ban", "thong bao ket luan", "ket luan")), None),
    (Paper.REPORT, _ANNOUNCING, lambda about: _HELD.search(about) and not _TO_HOLD.match(about)),
    (Paper.CHANGE, _ANNOUNCING | {"ke hoach", "quyet dinh", "lich"}, _CHANGED.search),
    (Paper.SCHEDULE, frozenset(("lich",)), None),
    (Paper.SCHEDULE, _ANNOUNCING | {"ke hoach", "chuong trinh"}, _SCHEDULE.match),
    (Paper.RULE, frozenset(("quy che", "quy dinh", "huong dan", "nghi quyet", "chi thi")), None),
    (Paper.RULE, frozenset(("quyet dinh",)), _SETS_RULES.search),
    (Paper.PLAN, frozenset(("ke hoach", "chuong trinh")), None),
    (Paper.NOTICE, frozenset(("thong bao", "thong tri")), None),
    (
        Paper.NOTICE,
        frozenset((_LETTER,)),
        lambda about: _INVITES.search(about) or (_TO_DIALOGUE.search(about) and not _AFTERWARDS.search(about)),
    ),
    (Paper.NOTICE, _INVITATIONS, _TO_DIALOGUE.search),
)


@dataclass(frozen=True, slots=True)
class Title:
    """The type of a paper as it calls itself (folded; "" for none), where that stands, and the words about it.

    `told`: a page without a type tells of a dialogue, there or right behind it.
    """

    type: str
    type_at: int
    start: int
    end: int
    told: bool = False


def find_title(text: PaperText) -> Title:
    """The line with the type alone or in capitals, or "V/v" of a letter, and the words behind it."""
    for found in _TYPE_LINE.finditer(text.folded, 0, _HEAD_LETTERS):
        if found["about"]:
            return Title(_LETTER, found.start(), found.end(), _title_end(text, found.end()))
        written = text.flat[slice(*found.span("type"))]
        start = found.end("both") if found["both"] else found.end("type")
        if written.isupper() or (written[:1].isupper() and not found["same"]):
            return Title(_BY_LETTERS[found["type"].replace(" ", "")], found.start(), start, _title_end(text, start))
    return _headline(text)


def _headline(text: PaperText) -> Title:
    """The words about a dialogue at the top of a page without a type, which sites and groups of a commune have.

    They are its first paragraph where that is short and no sentence. Else a sentence may tell of it, behind a
    salutation too; that is no title, and what it says is read like the rest.
    """
    first = text.paragraphs[0] if text.paragraphs else None
    short = first is not None and first.end - first.start <= _SHORT_TITLE and text.flat[first.end - 1] != "."
    if first and short and _OURS in text.folded[first.start : first.end]:
        return Title("", first.start, first.start, first.end, told=True)
    for paragraph in text.paragraphs[:_FIRST_PARAGRAPHS]:
        if _HOLDS_DIALOGUE.search(text.folded, paragraph.start, paragraph.end):
            return Title("", paragraph.start, paragraph.start, paragraph.start, told=True)
    return Title("", 0, 0, 0)


def paper_of(text: PaperText, title: Title) -> tuple[Paper, str | None]:
    """The kind, and for one that only looks like ours what it is about, in words of the office."""
    about = " ".join(text.folded[title.start : title.end].split())
    introduced = next((one.start for one in text.paragraphs if one.start > title.end and one.level <= 1), title.end)
    early = text.folded[title.start : introduced if title.type in _PLANNING else title.start + _EARLY]
    looks_like = _only_looks_alike(about, early) or _of_others(text, title)
    if looks_like:
        return Paper.OTHER, looks_like
    if (
        _OURS not in about
        and title.type in _MAY_TELL_CHANGES
        and _PUT_OFF.search(text.folded, title.end, title.end + _EARLY)
    ):
        return Paper.CHANGE, None
    if title.told:
        return _told(text), None
    if title.type == _LETTER and (_ON_PAPERS.search(about) or (_HELD.search(about) and _ASKS_FOR_REPORT.search(early))):
        return Paper.OTHER, None
    if title.type in _INVITATIONS:
        about = " ".join(text.folded[title.start : title.end + _INVITED_TO].split())
    return _kind(title.type, about), None


def _told(text: PaperText) -> Paper:
    """What a page without a type is: it tells of a meeting to come, or of one that was, or of neither."""
    early = text.folded[:_HEAD_LETTERS]
    if _HAS_BEEN.search(early):
        return Paper.REPORT
    return Paper.NOTICE if _TO_COME.search(early) else Paper.OTHER


def _title_end(text: PaperText, start: int) -> int:
    """Titles end where bases, an introduction, a heading or a line of hyphens begin; they have at most some lines."""
    first_line = re.compile(r"\S[^\n]*").search(text.folded, start)
    begun = next(
        (
            found
            for found in _BODY_BEGINS.finditer(text.folded, first_line.end() if first_line else start)
            if not _GOES_ON.search(text.folded[max(0, found.start() - _WORD) : found.start()])
        ),
        None,
    )
    rule = _RULE.search(text.raw, start)
    table = _ROW.search(text.flat, first_line.end() if first_line else start)
    end = min([start + _TITLE_LETTERS, len(text.raw), *(found.start() for found in (begun, rule, table) if found)])
    whole = _SENTENCE_BEHIND.search(text.flat, first_line.end() if first_line else start, end)
    if whole:
        end = whole.start()
    return start + len(text.flat[start:end].rstrip())


def _of_others(text: PaperText, title: Title) -> str | None:
    """A dialogue that a body holds which is neither of the Party nor of the State's committees of a unit."""
    other = _OTHER_BODY.search(text.flat, 0, title.type_at)
    if other and not _OUR_BODY.search(text.folded, other.start(), title.end):
        return "đối thoại của cơ quan khác"
    between = _BETWEEN.search(text.folded, title.start, title.end)
    return "đối thoại của cơ quan khác" if between and not _OUR_SIDE.search(between["who"]) else None


def _kind(written: str, about: str) -> Paper:
    """The first kind whose types the paper calls itself by, and whose title says so."""
    return next(
        (paper for paper, types, says in _RULES if written in types and (says is None or says(about))),
        Paper.OTHER,
    )


def _only_looks_alike(title: str, early: str) -> str | None:
    """What the paper is about instead of a dialogue with the people; None where it is about one."""
    if _OURS in title:
        if _OTHER_WORK.match(title) and not _AND_MEETS.search(title):
            return "việc khác"
        if _AT_WORK.search(title):
            return "đối thoại tại nơi làm việc"
        if _ABOUT_COMPLAINTS.search(title) and not _WITH_PEOPLE.search(title):
            return "đối thoại trong giải quyết khiếu nại"
        return None
    named = next((name for pattern, name in _LOOK_ALIKES if pattern.search(title or early)), None)
    told = _SPEAKS_OF_ONE if title else loose(_OURS)
    return named or (None if told.search(early) else "việc khác")
