"""With whom one meets, and how: the people a paper names, what they are, in person or online (R213, R216)."""

import re
from itertools import takewhile

from intake.rules.plan.profile_terms import AudienceKind
from intake.rules.plan.reading.hamlets import hamlets_in
from intake.rules.plan.reading.paper_text import PaperText, Paragraph
from intake.rules.plan.reading.turns import is_a_turns_own, turns_of
from intake.rules.plan.reading.venues import venue_beside
from intake.rules.plan.reading.vocabulary import loose, one_of

_PEOPLE = (
    "[Nn]hân dân", "[Nn]gười dân", "bà con", "cử tri", "thanh niên", "[Đđ]oàn viên", "hội viên",
    "doanh nghiệp", "hộ kinh doanh", "hợp tác xã", "hộ dân", "công nhân", "phụ nữ", "nông dân",
    "ngư dân", "cựu chiến binh", "đồng bào", "trẻ em", "người lao động", "đảng viên", "MTTQ",
    "Mặt trận",
)  # fmt: skip
_WITH = re.compile(
    r"\b(?:(?:với|dành cho|cho(?=\s+(?:bà con|[Nn]hân dân|[Nn]gười dân)))|[Đđ]ối tượng(?:\s+tham (?:gia|dự))?\s*:)\s+"
    r"(?P<who>(?:toàn thể |các (?=hộ|doanh|hợp)|cán bộ,? (?:và )?|đại diện |các tầng lớp |đại biểu )*"
    rf"{one_of(*_PEOPLE)}[^.;:(]{{0,160}})"
)
_WHOM_ENDS = re.compile(r"\s(?:đã|dự kiến|vào (?:lúc|ngày|hồi)|lúc \d|theo (?:[Kk]ế|[Tt]hông|[Gg]iấy))\b")
_HEADED = loose(r"(?:ve )?doi tuong|thanh phan (?:tham gia )?doi thoai$|thanh phan tiep xuc")
_MEETS = loose(
    r"(?:\bmoi (?:toan the )?(?:nhan dan|nguoi dan|ba con)",
    r"|doi thoai[^.;:]{0,160}? (?:voi|va) (?:toan the )?(?:nhan dan|nguoi dan|ba con|cong dan|ho dan))",
    r"(?P<whom>[^.;:]{0,160}?)(?=[.;:]| vao | luc | tai | ngay )",
)
_ADDRESSED = loose(
    r"(?:kinh (?:gui|moi) ?:?(?:[^\n;]{0,100}\n)?|thong bao (?:toi|den|cho)) ?",
    r"(?:(?:toan the|dai dien|dai bieu(?: va)?) )*",
    r"(?:ba con|nhan dan|nguoi dan|cac ho|ho (?:gia dinh|dan))[^.;\n]{0,200}",
)
"""A page that speaks to people names those it is for."""
_DIALOGUE = loose(r"doi thoai[^.;:\n]{0,300}")
_ALL_INVITED = loose(r"kinh moi")
"""Without a marker of its own it stands above all points behind it."""
_INVITES_BELOW = loose(r"kinh moi ?: ?\Z")
"""At the end of a paragraph: "Thực hiện …, UBND xã trân trọng kính mời:"."""
_PRESENT = loose(
    r"kinh moi|thanh phan|dai bieu|nguoi (?:tham )?du\b|nguoi (?:duoc )?moi|khach moi|tham du|ba con (?:tham|du)"
)
_OWN_PEOPLE = loose(
    r"nhan dan|nguoi dan|\bho\b|ba con|thanh nien|hoi vien|cong dan|moi (?:thon|ap|xom|ban|khu|to|lang)"
)
_WHEN_OF_TITLE = re.compile(r"\s*(?:trong )?(?:6 tháng \w+ )?(?:quý \w+ )?năm\s+\d{4}.*$", re.DOTALL)
_KINDS = (
    (AudienceKind.YOUTH, loose(r"thanh nien|doan vien")),
    (AudienceKind.BUSINESS, loose(r"doanh nghiep|ho kinh doanh|hop tac xa")),
    (AudienceKind.WORKERS, loose(r"cong nhan|nguoi lao dong")),
    (AudienceKind.WOMEN, loose(r"phu nu|\blhpn\b")),
    (AudienceKind.FARMERS, loose(r"nong dan")),
    (AudienceKind.CHILDREN, loose(r"tre em|thieu nhi")),
    (AudienceKind.VETERANS, loose(r"cuu chien binh|\bccb\b")),
    (AudienceKind.MEMBERS, loose(r"dang vien|hoi vien|doan the|to chuc chinh tri")),
    (AudienceKind.RESIDENTS, loose(r"nhan dan|nguoi dan|ba con")),
)
EVERYBODY = (AudienceKind.MEMBERS, AudienceKind.RESIDENTS)
_FORM = loose(r"hinh thuc")
_ONLINE, _IN_PERSON, _BOTH = loose(r"truc tuyen"), loose(r"(?<!phat\s)truc tiep"), loose(r"ket hop|truc tiep")
_SHORT_HEAD, _BELOW_LISTS = 90, 10


def people_in(text: PaperText, start: int, end: int) -> str | None:
    """The people named behind "với" between two places."""
    found = _WITH.search(text.words(start, end))
    return _WHOM_ENDS.split(found["who"])[0].strip(" ,") if found else None


def kinds_of(audience: str | None) -> tuple[AudienceKind, ...]:
    """What kinds of people they are, as they are named; those that mean everybody last."""
    folded = PaperText(audience).folded if audience else ""
    found = {kind: at.start() for kind, pattern in _KINDS if (at := pattern.search(folded))}
    return tuple(sorted(found, key=lambda kind: (kind in EVERYBODY, found[kind])))


def audience_of_all(text: PaperText, title: tuple[int, int], body: int, end: int) -> tuple[tuple[str, ...], str | None]:
    """The hamlets and the people that a paper names once for all its meetings, else those of its title."""
    turns = turns_of(text)
    for index, paragraph in enumerate(text.paragraphs):
        if not body - 1 <= paragraph.start < end or not _heads_audience(text, paragraph):
            continue
        if is_a_turns_own(paragraph, turns):
            continue
        places = [(paragraph.after_label, paragraph.end)] if paragraph.label else []
        places += [(other.body, other.end) for other in text.under(index)]
        if places:
            hamlets = dict.fromkeys(hamlet.name for place in places for hamlet in hamlets_in(text, *place))
            return tuple(hamlets), people_in(text, *places[0]) or text.words(*places[0]).strip(" .;,") or None
    people = people_in(text, *title) or _people_met(text, title[1], end)
    addressed = _ADDRESSED.search(text.folded, 0, end)
    return (
        _hamlets_of_title(text, title)
        or tuple(hamlet.name for hamlet in (hamlets_in(text, *addressed.span()) if addressed else ()))
        or _hamlets_met(text, title[1], end)
        or _hamlets_present(text, title[1], end),
        _WHEN_OF_TITLE.sub("", people).strip(" ,") if people else None,
    )


def _hamlets_of_title(text: PaperText, title: tuple[int, int]) -> tuple[str, ...]:
    """The hamlets that a title names; not the one in which the place lies that it names."""
    venue = venue_beside(text, *title)
    parts = [(title[0], venue[1]), (venue[2], title[1])] if venue else [title]
    return tuple(dict.fromkeys(hamlet.name for part in parts for hamlet in hamlets_in(text, *part)))


def _people_met(text: PaperText, start: int, end: int) -> str | None:
    """The people of the first sentence that speaks of the dialogue, for a paper whose title does not."""
    met = _DIALOGUE.search(text.folded, start, end)
    return people_in(text, *met.span()) if met else None


def _hamlets_met(text: PaperText, start: int, end: int) -> tuple[str, ...]:
    """The hamlets of a sentence such as "… tổ chức đối thoại giữa … với Nhân dân các thôn A, B"."""
    for met in _MEETS.finditer(text.folded, start, end):
        named = hamlets_in(text, *met.span("whom"))
        if named:
            return tuple(hamlet.name for hamlet in named)
    return ()


def _hamlets_present(text: PaperText, body: int, end: int) -> tuple[str, ...]:
    """The hamlets whose people are named among those who are there; not those in whose name an officer comes."""
    for index, paragraph in enumerate(text.paragraphs):
        head = paragraph.label or text.folded[paragraph.body : min(paragraph.end, paragraph.body + _SHORT_HEAD)]
        invites = _INVITES_BELOW.search(text.folded, paragraph.body, paragraph.end)
        if not invites and (not body - 1 <= paragraph.start < end or not _PRESENT.match(head.strip())):
            continue
        points = takewhile(lambda one: one.level < _BELOW_LISTS, text.paragraphs[index + 1 :])
        below = points if invites or _ALL_INVITED.fullmatch(paragraph.label) else text.under(index)
        places = [(paragraph.body, paragraph.end), *((other.body, other.end) for other in below)]
        named = dict.fromkeys(
            hamlet.name
            for place in places
            if _OWN_PEOPLE.search(text.folded, *place)
            for hamlet in hamlets_in(text, *place)
        )
        if named:
            return tuple(named)
    return ()


def _heads_audience(text: PaperText, paragraph: Paragraph) -> bool:
    short = paragraph.end - paragraph.body < _SHORT_HEAD
    head = paragraph.label or (text.folded[paragraph.body : paragraph.end] if short else "")
    return _HEADED.match(head.strip()) is not None and "thoi gian" not in head


def form_of_all(text: PaperText, start: int, end: int) -> str | None:
    """`in_person`, `online` or `both`, where the paper says it under "Hình thức", or speaks of a meeting online."""
    for index, paragraph in enumerate(text.paragraphs):
        head = paragraph.label or text.folded[paragraph.body : paragraph.body + 40]
        if start <= paragraph.start < end and _FORM.search(head):
            parts = [(paragraph.body, paragraph.end), *((other.body, other.end) for other in text.under(index))]
            online = any(_ONLINE.search(text.folded, *part) for part in parts)
            if online or any(_IN_PERSON.search(text.folded, *part) for part in parts):
                in_person = any(_IN_PERSON.search(text.folded, *part) for part in parts)
                return "both" if online and in_person else "online" if online else "in_person"
    online_at = _ONLINE.search(text.folded, start, end)
    if online_at is None:
        return None
    return "both" if _BOTH.search(text.folded, max(0, online_at.start() - 120), online_at.end() + 60) else "online"
