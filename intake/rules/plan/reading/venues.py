"""Where one meets: "tại …" beside a time, or "Địa điểm: …" for all meetings of a paper."""

import re

from intake.rules.plan.reading.days import windows
from intake.rules.plan.reading.hamlets import hamlets_in
from intake.rules.plan.reading.paper_text import PaperText, Paragraph, Stated
from intake.rules.plan.reading.turns import is_a_turns_own, turns_of
from intake.rules.plan.reading.vocabulary import loose

_AT = re.compile(
    r"(?:\b[Tt]ại\s*:?|[Đđ]ịa điểm\s*:(?:\s*[Tt]ại\b)?"
    r"|\b[Ởở](?=\s+(?:[Nn]hà (?:văn|sinh|rông|cộng)|[Hh]ội trường|[Tt]rụ sở|[Đđ]ình )))\s+"
    r"(?P<where>(?:[^.;\n()]|\n(?![ \t]*(?:\n|[-+•*]|\d+(?!\d|[A-Z]?\.?[ \t]*(?:\n|$))))){3,140}"
    r"(?:\((?!\s*(?:thời|địa|có|sẽ"
    r"|nếu|không|giữ|như|vẫn|theo|thay|các|gồm|dành|cho|đối với|với|[Nn]hân dân)\b)[^()\n]{3,60}\))?)"
)
_IS_PLACE = loose(
    r"nha van hoa|hoi truong|tru so|trung tam|diem truong|nha sinh hoat|phong hop|san |truong |dinh |nha cong dong",
    r"|nha rong|ubnd|khu |uy ban|nha |ban chi huy",
    r"|diem cau|thiet che|lang (?!nghe)|chua |mieu |hoi quan|thanh that|sala\b",
)
_SURELY_PLACE = loose(r"nha (?:van hoa|sinh hoat|cong dong|rong)|hoi truong|tru so|diem truong|trung tam")
"""Places that are one without a capital as well."""
_IS_PAPER = loose(
    r"(?:ke hoach|thong bao|quyet dinh|giay moi|thu moi|to trinh",
    r"|quy (?:che|dinh)|luat|nghi (?:dinh|quyet)|cong van|huong dan|dieu|khoan|muc",
    r"|phu luc|hoi nghi|buoi|dai hoi|ky hop|cuoc hop)\b",
)
"""What "tại" cites, or happens at, and is no place."""
_INSTEAD = re.compile(r"\s*[Tt]ừ\s[^.;\n]{3,140}?\s(?:thành|sang)\s")
_MOVED_TO = loose(r"dia diem(?: [a-z]+){0,6}? (?:sang|thanh|ve|toi|la|den)(?: tai)?[:\"“]? ?")
_NEW_PLACE = loose(r"dia diem(?: to chuc)? moi ?: ?")
_HELD_AT = loose(
    r"\b(?:hoi nghi|buoi|cuoc)(?: tiep xuc,?| doi thoai)* (?:se |duoc )?(?:hop|to chuc|dien ra|tien hanh)\b"
)
_MOVED_THERE = loose(r"\bchuyen (?:hoi nghi|buoi|cuoc|dia diem)[^.;\n]{0,200}? (?:ve|sang|den|toi) (?:tai )?")
_PUT_RIGHT = loose(r"\b(?:dung|(?:sua|dinh chinh|doc|viet)(?: lai)?) (?:la|thanh) ?:? ?[\"“]? ?")
"""Before what a correction puts right: "Viết đúng là: …"."""
_FROM_PLACE = re.compile(r"\b[Tt]ừ\s+(?P<old>[^.;:\n]{3,100}?)\s+(?:sang|thành|về)\s+")
_AROUND = ' .;,-–"“”'
_COMMA = re.compile(r"(?:\s*\((?:[Tt]hứ|[Cc]hủ) [^()\d]{2,6}\))?\s*[,;–-]\s*|\)\s*,\s*")
_COLON, _HYPHEN = re.compile(r"\s*:\s*"), re.compile(r"\s[–-]\s+")
_TIME_ENDS = re.compile(r"(?:\d|gio|phut|sang|chieu|toi|\))[\s,;]*\Z")
_ENDS = re.compile(
    r"\s*(?:,\s*(?=(?:[Nn]hân dân|[Nn]gười dân|bà con|doanh nghiệp|hội viên|đoàn viên"
    r"|thanh niên|[Tt]hành phần|[Đđ]ối tượng|dành cho|mời|vào|lúc|thời gian|ngày|từ ngày|dự kiến|với|do|gồm|để|đối với"
    r"|bàn|trao đổi|nhằm|về các|về việc"
    r"|[Cc]hủ tịch|[Bb]í thư|[Đđ]ồng chí|cho (?:bà con|[Nn]hân dân|[Nn]gười dân|các)|bắt đầu|hồi|nay|sáng|chiều|thứ)\b)"
    r"|\bvào (?:lúc|ngày|hồi|sáng|chiều)|\blúc \d|\bđể \b|\bvới (?:sự|nhân|thành)|\bdo đồng|\bngày \d|\bdự kiến|\bgồm\b"
    r"|\bcho đến khi|\bnhư sau"
    r"|\b(?:theo|như) (?:[Kk]ế|[Tt]hông|[Qq]uyết)|(?<=\D)\bThời gian)"
)
_AND_ONLINE = re.compile(
    r"[,;]?\s*(?:(?<=;)\s*|(?:kết hợp|đồng thời|cùng)(?: với)?|và)(?: hình thức| kết nối| phát)? trực tuyến"
)
_THEN = re.compile(
    r"[,;]\s+(?:đồng thời\s+)?(?=phát |truyền (?:hình|thanh|trực)|tường thuật|livestream)"
    r"|[,;]\s+(?=(?:trường hợp|nếu|khi) (?:trời|có|thời tiết|mưa))|,\s*do\s+(?=[^,;.]{0,60}\b(?:[Bb]í thư|[Cc]hủ tịch))"
)
"""Behind a labelled place: more about the meeting, or who is there."""
_HEADED = loose(
    r"(?:^|\b(?:hop|to chuc|dien ra|tien hanh|doi thoai) )tai$|(?:thoi gian(?: va|,)? )?\bdia diem\b|^noi to chuc",
    r"|^diem cau(?: chinh| chu tri| trung tam)?$",
)
_ONLY_PLACES = loose(r"dia diem(?: to chuc| doi thoai| hoi nghi)*[.:]?\s*")
_NOT_OURS = loose(r"dang ky|gui |tiep nhan|nop ")
_LATER = loose(
    r"giu nguyen|khong (?:thay )?doi|(?:nhu|theo) (?:cu|ke hoach|thong bao|lich)",
    r"|(?:se )?thong bao sau|(?:dia diem )?cu the|[^.;]*\b(?:se|co) thong bao(?: cu the)? sau|luan phien",
)
_STAYS_THERE = loose(
    r"(?:giu nguyen|khong (?:thay )?doi)[^.;:(\n]{0,30}(?:\(|[:,] )(?:van )?(?:tai )?(?P<where>[^()\n;]{5,140})"
)
_ALL_OF_THEM = loose(r"[^.;]*\bcac (?:thon|lang|ban|ap|xom|buon|khu pho|to dan pho|tdp|khu|to)\b[^.]*(?:sau|cu the)\b")
"""Places in general, of which another paper says which one."""
_NOTE = loose(r"thong bao sau|cu the|thay (?:cho|vi)|(?:ke hoach|thong bao) so|truoc day")
_THERE = re.compile(r"\s*(?:[-–+•]\s*)?(?:[Vv]ẫn (?:tại|ở)|[Nn]gay tại|Tại|Ở)\s+")
"""A line or a sentence that begins with a place."""
_IN_PASSING = re.compile(r"(?<=[.;]\s)Địa điểm\s*:\s")
_PLACE_IS = re.compile(r"\b[Đđ]ịa điểm(?: tổ chức| đối thoại| họp)*(?: vẫn)?(?: là| tại| ở)+\s+")
_APART = loose(r"\brieng (?P<which>[^.;:,\n]{2,40}?)(?: (?:to chuc|hop))? (?=tai )")
_SOME_PLACE = loose(r"^(?:noi(?! (?:dung|nhan))|cho|diem|hien truong|vi tri)\b")
"""In a label before a place: "Nơi diễn ra", "Điểm hẹn"."""
_LEADS_THERE = re.compile(
    r"(?:(?:[Tt]ổ chức|[Tt]rực tiếp|[Tt]ập trung|[Đđ]ối thoại|[Dd]ự kiến)\s+)*(?:[Tt]ại|[Ởở])\s*:?\s+"
)
"""Before the place itself, whatever its label is: "Trực tiếp tại Hội trường …"."""
_ARRANGED = loose(
    r"(?:giao|do|de nghi|uy quyen|phan cong|ubnd|uy ban|dang uy|thuong truc|van phong)\b[^.;:\n(]{2,90}?",
    r" (?:bo tri|sap xep|chuan bi|lua chon|chon|quyet dinh|thong nhat)\b"
    r"(?: ?,? ?(?:va )?(?:dia diem|du kien|bo tri|chon|to chuc))*",
)
"""Who finds the place, before the place or without one: "Giao UBND xã bố trí tại …"."""
_SHORT_HEAD, _LONGEST = 90, 200


def venue_beside(text: PaperText, start: int, end: int) -> tuple[Stated[str], int, int] | None:
    """The first place that "tại" names between two places of the text, where "tại" stands, and where it ends."""
    place = start
    while found := _AT.search(text.flat, place, end):
        at, stop = found.span("where")
        place = at  # "tại Giấy mời số … (… tại Văn phòng ấp)": the place stands within what is behind the first "tại"
        cut = _ENDS.search(text.flat, at, stop)
        stop = cut.start() if cut else stop
        if _IS_PAPER.match(text.folded, at, stop):
            continue
        if _IS_PLACE.search(text.folded, at, stop) or _is_named_place(text, found.start(), at):
            venue = Stated(text.words(at, stop).rstrip(" ,.;"), text.phrase(at, stop).rstrip(" ,.;"))
            return venue, found.start(), stop
    return None


def venue_behind(text: PaperText, start: int, end: int) -> tuple[Stated[str], int, int] | None:
    """The place that follows a day or an hour without "tại": "… lúc 19 giờ, Nhà văn hóa thôn …", and where it stands.

    Behind a hyphen it may follow the people, behind a colon the time: "Tháng 3: Khu phố 1, 2 - Hội trường phường".
    """
    colon = _COLON.match(text.flat, start, end)
    later = [*_HYPHEN.finditer(text.flat, start, end), *([colon] if colon else [])]
    comma = _COMMA.match(text.flat, start, end) or next(
        (one for one in later if _IS_PLACE.match(text.folded, one.end(), end)), None
    )
    if comma is None:
        return None
    if not (text.flat[comma.end() : comma.end() + 1].isupper() or _SURELY_PLACE.match(text.folded, comma.end(), end)):
        return None
    if any(hamlet.start == comma.end() for hamlet in hamlets_in(text, comma.end(), end)):
        return None
    stop = comma.end() + len(re.split(r"[.;\n(]", text.flat[comma.end() : end], maxsplit=1)[0])
    cut = _ENDS.search(text.flat, comma.end(), stop)
    stop = cut.start() if cut else stop
    venue = venue_words(text, comma.end(), stop) if _IS_PLACE.match(text.folded, comma.end(), stop) else None
    return (venue, comma.end(), stop) if venue else None


def place_apart(text: PaperText, start: int, end: int, of: str) -> Stated[str] | None:
    """The place of one meeting that is excepted, "riêng quý IV tại Hội trường phường"; `of` are its words, folded."""
    for apart in _APART.finditer(text.folded, start, end):
        beside = venue_beside(text, apart.end(), min(apart.end() + _LONGEST, end))
        if beside and beside[1] == apart.end() and " ".join(apart["which"].split()) in of:
            return beside[0]
    return None


def begins_with_place(text: PaperText, start: int, end: int) -> bool:
    """Whether the words between two places begin with a place, behind "tại" or without it."""
    return _IS_PLACE.match(text.folded, start, end) is not None or (
        text.folded.startswith(("tai ", "o "), start) and venue_beside(text, start, end) is not None
    )


def _is_named_place(text: PaperText, tai: int, at: int) -> bool:
    """Whether a name follows right behind a day or an hour: "19h30 ngày 03/8 tại Hội quán …"."""
    beside_time = _TIME_ENDS.search(text.folded, max(0, tai - 40), tai)
    return bool(beside_time) and text.flat[at : at + 1].isupper()


def venue_words(text: PaperText, start: int, end: int) -> Stated[str] | None:
    """All words between two places as a venue, without "tại"; of "từ A thành B" it is B. None where there are none."""
    changed = _INSTEAD.match(text.flat, start, end)
    if changed:
        start = changed.end()
    words = text.words(start, end).strip(_AROUND)
    there = _LEADS_THERE.match(words)
    words = words[there.end() :] if there else words
    return Stated(words, text.phrase(start, end).strip(_AROUND)) if words else None


def venue_of_all(text: PaperText, start: int, end: int) -> Stated[str] | None:
    """ "Địa điểm: …" for all meetings; what says that it is told later is no place."""  # noqa: D210
    turns = turns_of(text)
    for index, paragraph in enumerate(text.paragraphs):
        if not start <= paragraph.start < end or is_a_turns_own(paragraph, turns):
            continue
        if paragraph.label and paragraph.after_label < paragraph.end:
            if _HEADED.search(paragraph.label) and not _NOT_OURS.search(paragraph.label):
                return labelled_venue(text, paragraph)
        elif paragraph.end - paragraph.body < _SHORT_HEAD and "dia diem" in text.folded[paragraph.body : paragraph.end]:
            only_places = _ONLY_PLACES.fullmatch(text.folded, paragraph.body, paragraph.end)
            for other in text.under(index):
                if other.label and _HEADED.search(other.label):
                    return labelled_venue(text, other)
                if only_places and _IS_PLACE.match(text.folded, other.body, other.end):
                    return venue_words(text, other.body, next(text.sentences(other))[1])
                found = venue_beside(text, other.body, other.end)
                if found:
                    return found[0]
    told = list(_IN_PASSING.finditer(text.flat, start, end))
    beside = venue_beside(text, told[0].start(), min(told[0].end() + _LONGEST, end)) if len(told) == 1 else None
    return beside[0] if beside else _said_alone(text, start, end)


def _may_be_a_place(text: PaperText, start: int, end: int) -> bool:
    """Whether a label that asks for a place has one behind it: a known kind, or a name that is no hamlet's."""
    named = hamlets_in(text, start, end)
    called = text.flat[start : start + 1].isupper() and not (named and named[0].start == start)
    return called or _IS_PLACE.match(text.folded, start, end) is not None


def _said_alone(text: PaperText, start: int, end: int) -> Stated[str] | None:
    """The one place that a line or a sentence begins with: "Ở nhà rông làng Dôr 1.", "Vẫn tại nhà văn hóa bản Bua"."""
    found = []
    for paragraph in text.paragraphs:
        if not start <= paragraph.start < end:
            continue
        if _SOME_PLACE.search(paragraph.label) and _may_be_a_place(text, paragraph.after_label, paragraph.end):
            return labelled_venue(text, paragraph)
        led = _LEADS_THERE.match(text.flat, paragraph.after_label, paragraph.end) if paragraph.label else None
        if led and _IS_PLACE.match(text.folded, led.end(), paragraph.end):
            return labelled_venue(text, paragraph)
        for first, last in text.sentences(paragraph):
            there = _THERE.match(text.flat, first, last) or _PLACE_IS.search(text.flat, first, last)
            if there and _IS_PLACE.match(text.folded, there.end(), last):
                cut = _ENDS.search(text.flat, there.end(), last)
                found.append(venue_words(text, there.end(), cut.start() if cut else last))
    if found:
        return found[0] if len(found) == 1 else None
    told = (span for one in text.paragraphs if start <= one.start < end for span in text.sentences(one))
    beside = [venue_beside(text, *span) for span in told if _HELD_AT.search(text.folded, *span)]
    held = [one[0] for one in beside if one]
    return held[0] if len({one.value.casefold() for one in held}) == 1 else None


def new_place(text: PaperText, start: int) -> Stated[str] | None:
    """The place a meeting is moved to: "thay đổi địa điểm sang Hội trường …"."""
    right = (one for one in _PUT_RIGHT.finditer(text.folded, start) if _IS_PLACE.match(text.folded, one.end()))
    found = (
        _NEW_PLACE.search(text.folded, start)
        or _MOVED_TO.search(text.folded, start)
        or _from_place(text, start)
        or next(right, None)
        or _moved_there(text, start)
    )
    if found is None or not (
        text.flat[found.end() : found.end() + 1].isupper() or _SURELY_PLACE.match(text.folded, found.end())
    ):
        return None
    stop = found.end() + len(re.split(r"[.;\n]", text.flat[found.end() : found.end() + 160], maxsplit=1)[0])
    cut = _ENDS.search(text.flat, found.end(), stop)
    return venue_words(text, found.end(), cut.start() if cut else stop)


def _moved_there(text: PaperText, start: int) -> "re.Match[str] | None":
    """ "Chuyển buổi đối thoại … về Trường …", up to where the place begins."""  # noqa: D210
    found = (one for one in _MOVED_THERE.finditer(text.folded, start) if _IS_PLACE.match(text.folded, one.end()))
    return next(found, None)


def _from_place(text: PaperText, start: int) -> "re.Match[str] | None":
    """ "Từ Hội trường A sang Hội trường B", up to where the new place begins."""  # noqa: D210
    for found in _FROM_PLACE.finditer(text.flat, start):
        if all(_IS_PLACE.match(text.folded, at) for at in (found.start("old"), found.end())):
            return found
    return None


def labelled_venue(text: PaperText, paragraph: Paragraph) -> Stated[str] | None:
    """The place behind "Địa điểm:", without notes and what is said of taking part online."""
    if "thoi gian" in paragraph.label and windows(text.folded, paragraph.after_label, paragraph.end, None):
        found = venue_beside(text, paragraph.after_label, paragraph.end)
        return found[0] if found else None
    end = next((last for _, last in text.sentences(paragraph) if last > paragraph.after_label), paragraph.end)
    note = text.flat.find("(", paragraph.after_label, end)
    if note > 0 and _NOTE.search(text.folded, note, end):
        end = note
    online = _AND_ONLINE.search(text.flat, paragraph.after_label, end)
    end = online.start() if online else end
    cut = _THEN.search(text.flat, paragraph.after_label, end)
    end = cut.start() if cut else end
    said = text.folded[paragraph.after_label : paragraph.end].strip()
    if _LATER.match(said[: end - paragraph.after_label]) or _ALL_OF_THEM.match(said):
        return _place_in_brackets(text, paragraph)
    led = _LEADS_THERE.match(text.flat, paragraph.after_label, end)
    ends = _ENDS.search(text.flat, led.end(), end) if led else None
    end = ends.start() if ends else end
    arranged = _ARRANGED.match(text.folded, paragraph.after_label, end)
    if arranged:
        return _arranged_place(text, arranged.end(), end)
    return venue_words(text, paragraph.after_label, end)


def _place_in_brackets(text: PaperText, paragraph: Paragraph) -> Stated[str] | None:
    """The place that stays, where a change names it: "Không thay đổi (Hội trường UBND xã)"."""
    stays = _STAYS_THERE.match(text.folded, paragraph.after_label, paragraph.end)
    return venue_words(text, *stays.span("where")) if stays and _IS_PLACE.match(stays["where"]) else None


def _arranged_place(text: PaperText, start: int, end: int) -> Stated[str] | None:
    """The place behind the words for whoever finds it; None where they find it later."""
    beside = venue_beside(text, start, end)
    if beside:
        return beside[0]
    at = end - len(text.flat[start:end].lstrip(" :,"))
    return venue_words(text, at, end) if _IS_PLACE.match(text.folded, at, end) else None
