"""What a paper asks of people by when: notice, registration, replies, seats, reports, fixed dates, desks.

R050, R070-R080, R090, R091, R160, R184, R211, R216, R217.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from intake.rules.plan.reading.days import DAY, WINDOW, TimeSpan, windows
from intake.rules.plan.reading.paper_text import PaperText, Paragraph
from intake.rules.plan.reading.vocabulary import (
    ADDRESSES,
    BODIES,
    COMMUNES,
    GROUPS,
    HAMLETS,
    HEADS_OF_DUTIES,
    SEATED,
    SUPERIORS,
    loose,
    one_of,
)

_N = r"\d{1,3}"


def _count(which: str = "") -> str:
    """A number of days, calendar or working, or of weeks: groups `n`, `working` and `weeks`, each with a suffix."""
    return (
        rf"(?:(?:[a-z]+ ){{1,4}}\()?(?P<n{which}>{_N})(?:\s*\([^)]{{1,20}}\)|\))? "
        rf"(?:ngay(?P<working{which}> lam viec)?|(?P<weeks{which}>tuan)\b(?! (?:thu|dau|cuoi)))"
    )


_DAYS_BEFORE = loose(
    rf"{one_of('cham nhat', 'it nhat', 'toi thieu', 'muon nhat')}(?: la| truoc)? {_count()}(?: \w+){{0,3}}? truoc",
    rf"|truoc(?: \w+){{0,9}}?(?: it nhat| toi thieu)? {_count('2')}",
    rf"|truoc {_count('3')}(?= (?:truoc|khi|so|ngay|to chuc|ke|tinh|dien ra|cho))",
    rf"|{_count('4')} truoc (?=moi|khi|ngay|buoi|hoi nghi|cuoc|dot|doi thoai)",
)
_ABOUT_NOTICE = loose(
    r"thong bao|cong khai|niem yet|dang tai|dang tin|dang lich",
    r"|(?:cong bo|bao) (?:lich|thoi gian|ke hoach|chuong trinh|chu de)",
    rf"|bao (?:cho|toi|den)(?: cac)? {one_of('nhan dan', 'ba con', 'nguoi dan', 'tung ho', *HAMLETS)}\b",
    r"|dua tin|loan (?:tin|bao)|tuyen truyen|truyen thanh|phat thanh|thong tin(?: rong| den| cho)",
)
_NOT_NOTICE = loose(
    r"dang ky|gui y kien|bao cao|gui ve|tong hop|thong bao ket (?:luan|qua)|chuan bi|giay moi|ket qua giai quyet"
)
_TO_PEOPLE = loose(r"thong bao (?:rong|cong khai|tren|cho|den|ve|thoi|noi)")
_READY = loose(
    rf"cham nhat(?: la)?(?: truoc)? {_count()}",
    rf"|truoc(?: (?:hoi nghi|buoi|ngay|doi thoai|to chuc|khi)){{0,4}} {_count('2')}",
)
_WITHIN = loose(
    r"(?:(?:cham nhat|toi da)(?: la)?(?: khong qua| sau)?|khong qua|khong cham qua|thoi han",
    r"|sau(?: moi)?(?: (?:buoi|cuoc|hoi nghi|dot))?(?: doi thoai)?",
    rf"|trong(?: thoi han| thoi gian| vong| han)?(?: khong qua| toi da)?) (?:la )?{_count()}",
)
_ABOUT_REPLY = loose(r"tra loi|giai quyet|giai trinh|phan hoi|phuc dap")
_NOT_REPLY = loose(
    r"thong bao ket luan|ban hanh (?:thong bao|ket luan)|bao cao ket qua(?! giai quyet)|dang ky|niem yet|cong khai"
)
_TO_ANSWER = loose(r"tra loi")
_BY_NAME = loose(r"dang ky")
_BEFORE_IT = loose(r" (?:lam viec )?truoc\b")
_AFTER_IT = loose(r" (?:sau|ke tu|tinh tu|tu ngay)\b")
"""Days before the meeting are none for what comes of it, nor days after it for what is made ready."""
_RESULT = loose(r"cong bo|cong khai|niem yet|thong bao ket (?:qua|luan)|ban hanh (?:thong bao|ket luan)|bien ban")
_REGISTER = loose(
    r"dang ky|gui (?:truoc )?(?:ve |den )|gui truoc\b|gui (?:cau hoi|y kien|noi dung|phieu)",
    r"|(?:tiep nhan|nhan) (?:y kien|cau hoi|dang ky)|(?:lap|gui) danh sach|nhu cau (?:hoi|phat bieu)",
    r"|\b(?:y kien|cau hoi|phieu)[^.;]{0,30} gui\b|\bmuon (?:hoi|phat bieu|neu y kien)\b",
    r"|\b(?:ai|ba con|nguoi dan|nhan dan)(?: nao)? co (?:cau hoi|y kien|kien nghi)\b",
)
_IN_ORDER = loose(r"theo thu tu (?:noi dung )?(?:da )?dang ky|thu tu dang ky")
_BY_HAMLETS = loose(
    r"tiep nhan dang ky|(?:lap|gui) danh sach",
    r"|(?:truong thon|chi bo|to truong|truong ban cong tac)[^.;]{0,160}(?:dang ky|danh sach)",
)
_GATHERS = loose(
    r"t(?:ong|ap) hop (?:cac )?(?:y kien|kien nghi|cau hoi|noi dung|de xuat)|lay y kien|phat phieu|\bbao cao\b",
    r"|chuan bi (?:noi dung|tai lieu)",
)
"""What an office does; whoever sends that on registers nobody."""
_TAKES_IN = loose(r"tiep nhan")
_IN_ROOM = loose(
    r"truc tiep tiep nhan|dang ky phat bieu cua cac dai bieu",
    r"|dang ky (?:phat bieu )?(?:truc tiep )?tai (?:hoi nghi|buoi)",
)
_TO = re.compile(
    r"(?:gửi(?:\s+(?:về|đến|cho|qua|tới|lên))?|nộp\s+(?:về|cho|tại)"
    r"|đăng ký\s+(?:với|tại|qua|trực tiếp (?:với|tại))|về|qua|tại)\s+"
    rf"(?P<to>{one_of(*ADDRESSES)}[^.;:(\n]{{0,90}}?)"
    r"(?=\s*(?:,?\s*(?:trước|chậm nhất|từ|đến|qua|để|theo|hạn|bằng|hoặc|khi|vào|trong|;)\b|[.;:(\n]|$))"
)
_OPINIONS = loose(
    r"\b(?:y kien|cau hoi|kien nghi)[^.;]{0,40} gui\b",
    r"|(?:tiep nhan|nhan|thu thap|lay|gui|lay phieu)[^.;]{0,60}(?:y kien|cau hoi|kien nghi)",
)
_EACH = one_of(*HAMLETS, "pho", "gia dinh", *COMMUNES, *GROUPS)
_SEATS = loose(
    rf"(?:moi|mot) (?P<per>{_EACH}(?:\s*[,/]\s*{_EACH})*(?: [a-z]+){{0,6}}?)[:,]? ",
    r"(?:(?:cu|gioi thieu|moi|chon|la|tu|lap danh sach|dang ky|bo tri|phan bo|co|van dong|huy dong|phan cong|can) )?",
    r"(?:(?:it nhat|toi thieu|khong qua|toi da|khoang|tu) )?",
    rf"(?P<n>{_N})(?:\s*(?:-|–|den)\s*{_N})? (?P<who>{one_of(*SEATED)}[^.;:\n()]{{0,80}})",
)
_SEATS_TURNED = loose(
    rf"(?P<n>{_N})(?:\s*[-–]\s*{_N})? (?P<who>{one_of(*SEATED)}(?: [a-z]+){{0,7}}?)\s*",
    rf"(?:/|(?:cua |cho |o |tu )?moi )\s*(?P<per>{_EACH}(?:\s*,\s*{_EACH})*)\b",
)
_TOTAL = loose(
    r"(?:tong so|so luong|khoang|uoc|du kien|gom|toan bo)",
    r"(?: dai bieu| nguoi| thanh phan| tham du| tham gia| du hoi nghi| moi)*\s*:?\s*(?:khoang |du kien |la )?",
    rf"(?P<n>\d{{2,4}}) (?P<who>{one_of(*SEATED, 'cho ngoi')}\b[^.;:,\n()]{{0,40}})",
)
_TOTAL_LABELLED = loose(
    r"^[^:\n]{0,40}?(?:dai bieu|thanh phan|thanh nien|doan vien|hoi vien|nhan dan|nguoi dan|ho dan",
    r"|doanh nghiep|doi tuong)",
    r"[^:\n]{0,40}: (?:khoang |du kien |tu |gom )?(?P<n>\d{2,4})",
    rf" (?P<who>{one_of(*SEATED)}\b[^.;:,\n()]{{0,40}})",
)
_GUESSED = loose(r"\bkhoang\b|\buoc\b|\bdu kien\b|\btu \d")
_SEAT_OF_ONE = loose(
    rf"(?:^|[-+;,]\s*|va )(?P<n>{_N}) (?P<who>(?:dong chi|dai bieu|nguoi) (?:dai dien|la)[^.;:\n()]{{3,100}})"
)
_AMONG_PRESENT = loose(
    r"^[^:\n]{0,20}(?:thanh phan|tham du|tham gia|dai bieu|doi tuong)[^:\n]{0,30}:[^.\n]*?[;,] (?:khoang )?",
    rf"(?P<n>[1-9]\d{{1,3}}) (?P<who>{one_of(*SEATED)}\b[^.;:,\n()]{{0,40}})",
)
"""Of those who come, a number behind others: "Tham dự: lãnh đạo các phòng; 120 thanh niên tiêu biểu"."""
_NUMBER_FIRST = loose(rf"(?:khoang )?(?P<n>[1-9]\d{{1,3}}) (?P<who>{one_of(*SEATED)}\b[^.;:,\n()]{{0,40}})")
_WHO_COMES = loose(r"^(?:thanh phan|dai bieu|doi tuong|tham du|tham gia)")
_KINDS_OF_UNITS = loose(rf"{one_of(*COMMUNES)}(?:, {one_of(*COMMUNES)})+$")
_CUT_WHO = re.compile(
    r"\s+(?:tham dự|tham gia|dự hội|dự đối|đi dự|là người|để|trong đó|do|theo|gửi|có mặt|về dự)\b.*$", re.DOTALL
)
_WHERE_EACH_LIVES = re.compile(r"\s+(?:trên địa bàn|trong xã|thuộc).*$", re.DOTALL)
_BEFORE_DAY = loose(
    r"(?P<how>truoc|cham nhat(?: la)?(?: den)?(?: truoc)?|xong truoc|den het|muon nhat(?: la)?",
    r"|han(?: cuoi| chot)?(?: la| den)?|het|\bden(?=\s*\d{1,2}\s*(?:h|g|gio)))\s*",
    r"(?:ngay\s*|:?\s*)?(?:\d{1,2}\s*(?:h|gio|g)\s*(?:\d{2})?,?\s*)?$",
)
_HOUR_OF_DAY = re.compile(r"\d\s*h")
_MEETING_ENDS = loose(r"(?:ket thuc|hoan thanh) truoc(?: ngay)?$")
_REPORT = loose(r"bao cao(?! vien| khai quat| viec| de| trung tam| giai trinh)")
_ABOUT_RESULTS = loose(r"tong hop[^.;]{0,80}bao cao|bao cao[^.;]{0,40}(?:ket qua|tinh hinh)")
_RHYTHM = loose(
    r"dinh ky(?: [^.;,]{0,30}?)?(?: (?:hang|moi|01|1))? ?(?:quy|thang|nam|6 thang|tuan)(?:\s*/\s*lan)?",
    r"|(?:hang|moi) (?:quy|thang|tuan)|(?:quy|6 thang|9 thang)(?:,? (?:9 thang|nam|6 thang))+",
)
_REPORT_TO = re.compile(
    r"(?:báo cáo|gửi(?:\s+báo cáo)?(?:\s+(?:về|đến|cho))?|trình|về)\s+(?:với\s+|cho\s+|kết quả\s+(?:về|cho|lên)\s+)?"
    rf"(?P<to>{one_of(*SUPERIORS)}[^.;,(\n]{{0,90}}?(?:\s+và\s+{one_of(*SUPERIORS)}[^.;,(\n]{{2,60}}?)?)"
    r"(?=\s*(?:[.;,(\n]|trước|chậm nhất|theo|để|trong|sau|về|định kỳ|kết quả|$))"
)
_DUTIES = loose(HEADS_OF_DUTIES)
_STEPS = loose(HEADS_OF_DUTIES, r"|tien do|lo trinh")
_ANSWERS = loose(
    r"tra loi (?:cac |truc tiep |nhung |y kien|cau hoi|kien nghi)|giai trinh|giai dap|tra loi,? giai quyet",
    r"|giai quyet[^.;]{0,60}(?:kien nghi|y kien|phan anh)|tham muu[^.;]{0,30}tra loi",
)
_WATCHES = loose(
    r"kiem tra|giam sat|theo doi|don doc|nhac nho|thong bao ket qua|tong hop|bao cao|tuyen truyen|to chuc dang",
    r"|yeu cau cua|tham du de",
)
_BODY_NAME = re.compile(rf"(?P<name>(?:Đề nghị\s+)?{one_of(*BODIES)}[^:.\n]{{0,140}})")
_OWED_BY = re.compile(rf"(?:Trách nhiệm|Nhiệm vụ) của (?P<name>{one_of(*BODIES)}[^:.\n]{{0,100}})")
"""A heading that says whose duties stand below it: "Điều 4. Trách nhiệm của Ủy ban MTTQ Việt Nam xã"."""
_VERB = re.compile(
    r"\s+(?:và\s+)?(?:phối hợp|chủ trì|có trách nhiệm|tham mưu|thông báo|(?<!vụ\s)tổng hợp|tập hợp|nắm"
    r"|tuyên truyền|vận động|chuẩn bị"
    r"|bảo đảm|đảm bảo|giúp|theo dõi|giám sát|tiến hành|lập|gửi|mời|cử|xây dựng|ban hành|ra(?=\s+thông)|trong|để|về|làm"
    r"|thực hiện|tổ chức(?!\s+chính trị)|chỉ đạo"
    r"|hướng dẫn|đôn đốc|phân công|phân loại|trả lời|đưa|phát|kiểm tra|rà soát|phổ biến|niêm yết|đăng"
    r"|khảo sát|lấy|tiếp nhận"
    r"|giữ(?=\s+(?:gìn|vững|trật|an))|loan|ghi|bố trí"
    r"|trang trí|triển khai|quan tâm|thường xuyên|kịp thời|trước|sau|theo)\b.*$",
    re.DOTALL,
)
_NEXT_BODY = re.compile(rf"(?<!HĐND)(?<!HĐND\s)\s*(?:,|\bvà\b|;)\s*(?=(?:các\s+)?{one_of(*BODIES)}\b)")
_COUNCIL = re.compile(r"(?<=Hội đồng nhân)$")
"""A Council without its last word, where a comma ends the name: "Thường trực Hội đồng nhân, Ủy ban nhân dân"."""
_LONGEST_NAME, _HEADING, _SENTENCE = 120, 60, 100
_ASKED = re.compile(r"^Đề nghị\s+")
_BODY_LEVELS = {1, 2, 5}
_NO_BODY = re.compile(r"Các (?:ý kiến|nội dung|kiến nghị|vấn đề|câu hỏi)")
_LATER = loose(r"(?:thoi gian|dia diem|ngay|lich)(?: \w+){0,4} (?:se )?(?:co )?thong bao (?:cu the )?sau|thong bao sau")


@dataclass(frozen=True, slots=True)
class DaysRule:
    """A number of days with what they count: `working` days, and where the paper limits or counts back."""

    days: int
    working: bool
    phrase: str


@dataclass(frozen=True, slots=True)
class PaperRegistration:
    """How people register: in which way (`before_meeting`, `hamlet_officers`, `in_room`), with whom, until when.

    `inclusive` for "đến hết ngày", not for "trước ngày": the day `until` is then too late (R079).
    """

    mode: str
    phrase: str
    where: str | None = None
    until: date | None = None
    inclusive: bool = True


@dataclass(frozen=True, slots=True)
class PaperQuota:
    """Seats: `number` of `who` for each `per`; None where nobody in particular sends them.

    `in_all`: it is the number of places, and none that is only guessed at ("khoảng 100 người").
    """

    who: str
    number: int
    per: str | None
    phrase: str
    in_all: bool = False


@dataclass(frozen=True, slots=True)
class PaperReport:
    """A report that is owed: what about, to whom, when or how often."""

    what: str
    to: str | None
    when: str | None
    phrase: str


@dataclass(frozen=True, slots=True)
class PaperDate:
    """A day by which something is done; `inclusive` for "chậm nhất ngày", not for "trước ngày" (R079)."""

    day: date
    inclusive: bool
    task: str
    phrase: str


@dataclass(frozen=True, slots=True)
class PaperDesk:
    """A body that has to answer."""

    name: str
    phrase: str


@dataclass(frozen=True, slots=True)
class BodyDuties:
    """Bodies that head duties together, and where in the text the duties stand."""

    names: tuple[str, ...]
    phrase: str
    parts: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class PaperWindow:
    """When opinions are taken (R217), both days included; None for an end that is not said."""

    opens: date | None
    closes: date | None
    phrase: str


def read_notice(text: PaperText, body: int) -> DaysRule | None:
    """How many days before the meeting it is made public; None where no number is said."""
    for first, last in _sentences(text, body):
        for found in _DAYS_BEFORE.finditer(text.folded, first, last):
            behind = re.split(r";|\bva\b", text.folded[found.end() : min(last, found.end() + 40)])[0]
            near = text.folded[max(first, found.start() - 330) : found.end()] + behind
            notice, other = _last_said(_ABOUT_NOTICE, near), _last_said(_NOT_NOTICE, near)
            if notice >= 0 and (_TO_PEOPLE.search(near) or notice > other):
                return _days_rule(text, first, last, found)
    return None


def _last_said(pattern: "re.Pattern[str]", words: str) -> int:
    """Where a pattern is found last, -1 where it is not: a number is of what was said last before it."""
    return max((found.start() for found in pattern.finditer(words)), default=-1)


def read_preparation(text: PaperText, body: int) -> DaysRule | None:
    """How many days before the meeting all is prepared (R070), where the paper says it of preparing."""
    for first, last in _sentences(text, body):
        for found in _READY.finditer(text.folded, first, last):
            near = text.folded[max(first, found.start() - 420) : found.end()]
            clause = near.rpartition(";")[2]
            answers = _ABOUT_REPLY.search(clause) and "chuan bi" not in clause
            if answers or _AFTER_IT.match(text.folded, found.end(), last):
                continue
            if "chuan bi" in near and not (_ABOUT_NOTICE.search(near[-200:]) or _REGISTER.search(near[-160:])):
                return _days_rule(text, first, last, found)
    return None


def read_reply(text: PaperText, body: int) -> DaysRule | None:
    """Within how many days what was not answered in the room is answered; None where no number is said."""
    for first, last in _sentences(text, body):
        for found in _WITHIN.finditer(text.folded, first, last):
            near = text.folded[max(first, found.start() - 260) : min(last, found.end() + 160)]
            before = text.folded[max(first, found.start() - 120) : found.start()].rpartition(";")[2]
            clause = f"{before}{text.folded[found.start() : last]}".partition(";")[0]
            of_a_paper = _RESULT.search(clause) and not _ABOUT_REPLY.search(clause)
            if of_a_paper or _BEFORE_IT.match(text.folded, found.end(), last):
                continue
            if _ABOUT_REPLY.search(near) and not _NOT_REPLY.search(before):
                return _days_rule(text, first, last, found)
    return None


def read_results(text: PaperText, body: int) -> DaysRule | None:
    """Within how many days results or a conclusion are made public (R211), where the paper says so."""
    for first, last in _sentences(text, body):
        for found in _WITHIN.finditer(text.folded, first, last):
            before = text.folded[max(first, found.start() - 200) : found.start()].rpartition(";")[2]
            behind = text.folded[found.end() : min(last, found.end() + 140)].partition(";")[0]
            near = f"{before}{behind}"
            if _RESULT.search(near) and not (_TO_ANSWER.search(near) or _BEFORE_IT.match(behind)):
                return _days_rule(text, first, last, found)
    return None


def read_registration(text: PaperText, body: int, year: int | None) -> PaperRegistration | None:
    """How people register, from the sentence that says most: a day, an address, who gathers the names."""
    best: tuple[int, PaperRegistration | None] = (0, None)
    for first, last in _sentences(text, body):
        said = _REGISTER.search(text.folded, first, last)
        if said is None:
            continue
        where = _TO.search(text.flat, max(first, said.end() - 8), last)
        limit = next(_limits(text, first, last, year), None)
        until = limit[0].first if limit else _end_of_days(text, first, last, year)
        inclusive = limit is None or _counts_in(text.folded[limit[1] : limit[0].start])
        by_name = _BY_NAME.search(text.folded, first, last) is not None
        mode = _mode(text, first, last)
        gathers = _GATHERS.search(text.folded, first, last) and not _TAKES_IN.search(text.folded, first, last)
        if gathers and not by_name and mode != "hamlet_officers":
            continue
        if (_IN_ORDER.search(text.folded, first, last) and not until) or not (by_name or where or until):
            continue
        weight = 1 + 2 * bool(where) + 3 * bool(until) + 2 * by_name + (mode == "hamlet_officers")
        if weight > best[0]:
            to = " ".join(where["to"].split()).strip(" ,") if where else None
            best = (weight, PaperRegistration(mode, text.phrase(first, last), to, until, inclusive))
    return best[1]


def _end_of_days(text: PaperText, first: int, last: int, year: int | None) -> date | None:
    """The last of the days "từ ngày … đến ngày …" in which people register."""
    named = [window for window in windows(text.folded, first, last, year) if window.precision == WINDOW]
    return named[0].last if named and not named[0].either else None


def _mode(text: PaperText, first: int, last: int) -> str:
    if _BY_HAMLETS.search(text.folded, first, last):
        return "hamlet_officers"
    return "in_room" if _IN_ROOM.search(text.folded, first, last) else "before_meeting"


def read_opinions(text: PaperText, body: int, year: int | None) -> PaperWindow | None:
    """The days in which opinions and questions are taken, where both are named."""
    for first, last in _sentences(text, body):
        if _OPINIONS.search(text.folded, first, last):
            for window in windows(text.folded, first, last, year):
                if window.precision == "window":
                    return PaperWindow(window.first, window.last, text.phrase(first, last))
    return None


def read_quotas(text: PaperText, start: int) -> list[PaperQuota]:
    """Seats for each hamlet or body, and the places in all."""
    quotas: list[PaperQuota] = []
    for pattern in (_SEATS, _SEATS_TURNED):
        for found in pattern.finditer(text.folded, start):
            per = _WHERE_EACH_LIVES.sub("", text.words(found.start("per"), found.end("per")))
            quotas.append(_quota(text, found, per))
    for pattern in (_SEAT_OF_ONE, _AMONG_PRESENT, _NUMBER_FIRST, _TOTAL, _TOTAL_LABELLED):
        for found in _on_lines(text) if pattern is _NUMBER_FIRST else pattern.finditer(text.folded, start):
            if not any(text.phrase(found.start("n"), found.end("who")) in quota.phrase for quota in quotas):
                quota = _quota(text, found, _of_each(text, found))
                in_all = pattern in {_TOTAL, _TOTAL_LABELLED} and quota.per is None and not _GUESSED.search(found[0])
                quotas.append(replace(quota, in_all=in_all))
    once: dict[tuple[int, str | None, str], PaperQuota] = {}
    for quota in quotas:
        once.setdefault((quota.number, quota.per, quota.who.casefold()[:12]), quota)
    return list(once.values())


def _on_lines(text: PaperText) -> Iterator["re.Match[str]"]:
    """Lines that begin with a number of people, below a head that says who comes."""
    for paragraph in text.paragraphs:
        heads = [text.folded[text.paragraphs[at].body : text.paragraphs[at].end] for at in paragraph.above]
        begins = paragraph.body
        if "\n" in text.flat[paragraph.body : paragraph.after_label]:
            heads, begins = [*heads, paragraph.label], paragraph.after_label
        found = _NUMBER_FIRST.match(text.folded, begins, paragraph.end)
        if found and any(_WHO_COMES.search(head) for head in heads):
            yield found


def _of_each(text: PaperText, found: "re.Match[str]") -> str | None:
    """ "01 đồng chí … xã, thị trấn": whoever names several kinds of units means one of each."""  # noqa: D210
    kinds = _KINDS_OF_UNITS.search(text.folded, found.start("who"), found.end("who"))
    return text.words(*kinds.span()) if kinds else None


def _quota(text: PaperText, found: "re.Match[str]", per: str | None) -> PaperQuota:
    who = _CUT_WHO.sub("", text.words(found.start("who"), found.end("who"))).strip(" ,;")
    start = found.start() + len(found[0]) - len(found[0].lstrip(" \n\t-+,;"))
    return PaperQuota(who, int(found["n"]), per, text.phrase(start, found.end()).strip(" ,;"))


def read_fixed_dates(text: PaperText, body: int, year: int | None) -> list[PaperDate]:
    """ "… trước ngày 05/9/2023": what is owed by which day."""  # noqa: D210 -- it begins with a quotation
    dates: list[PaperDate] = []
    duties = next((one.start for one in text.paragraphs if _heads_duties(text, one, body, _STEPS)), None)
    for first, last in _sentences(text, duties or body):
        for window, at in _limits(text, first, last, year):
            if text.folded[at : window.start].startswith("den het") and _TAKES_IN.search(text.folded, first, at):
                continue
            if duties or not _MEETING_ENDS.match(text.folded[max(first, at - 12) : window.start].strip()):
                task = text.words(first, at).strip(" ,;-–+*")
                inclusive = _counts_in(text.folded[at : window.start])
                dates.append(PaperDate(window.first, inclusive, task, text.phrase(first, window.end)))
    return dates


def read_reports(text: PaperText, body: int, year: int | None) -> list[PaperReport]:
    """Reports that are owed to somebody: with a rhythm, a day, or about the results."""
    reports: list[PaperReport] = []
    for first, last in _sentences(text, body):
        said = _REPORT.search(text.folded, first, last)
        if said is None:
            continue
        rhythm = _RHYTHM.search(text.folded, first, last)
        to = _REPORT_TO.search(text.flat, first, last)
        day = next(iter(_limits(text, first, last, year)), None)
        if not (rhythm or day or (to and _ABOUT_RESULTS.search(text.folded, first, last))):
            continue
        when = text.phrase(*rhythm.span()) if rhythm else text.phrase(day[1], day[0].end) if day else None
        what = text.words(said.start(), min(last, said.start() + 160)).strip(" .;")
        reports.append(PaperReport(what, " ".join(to["to"].split()) if to else None, when, text.phrase(first, last)))
    return reports


def read_desks(text: PaperText, body: int) -> list[PaperDesk]:
    """The bodies whose duties include answering or settling, as the paper heads their duties."""
    return [
        PaperDesk(name, duties.phrase)
        for duties in bodies_with_duties(text, body)
        if any(_answers_itself(text, *part) for part in duties.parts)
        for name in duties.names
    ]


def bodies_with_duties(text: PaperText, body: int) -> Iterator[BodyDuties]:
    """The bodies under the heading of the duties, each with where it stands what they do."""
    duties = next(
        (
            index
            for index, paragraph in enumerate(text.paragraphs)
            if _heads_duties(text, paragraph, body) and not _OWED_BY.match(text.flat, paragraph.body, paragraph.end)
        ),
        None,
    )
    for index, paragraph in enumerate(text.paragraphs):
        if owed := _OWED_BY.match(text.flat, paragraph.body, paragraph.end) if paragraph.level <= 1 else None:
            below = ((owed.end(), paragraph.end), *((other.body, other.end) for other in text.under(index)))
            yield BodyDuties(tuple(names_of(owed["name"])), text.phrase(*owed.span("name")), below)
            continue
        if duties is None or duties not in paragraph.above or _is_owed_above(text, paragraph):
            continue
        name = _BODY_NAME.match(text.flat, paragraph.body, paragraph.after_label if paragraph.label else paragraph.end)
        does = _VERB.search(text.flat, paragraph.body, paragraph.end)
        told = paragraph.after_label if paragraph.label else does.start() if does else paragraph.end
        listed = paragraph.above[-1] == duties and does and not _NO_BODY.match(text.flat, paragraph.body)
        if name is None or not (paragraph.level in _BODY_LEVELS or listed):
            continue
        parts = [(told, paragraph.end), *((other.body, other.end) for other in text.under(index))]
        if names := names_of(name["name"]):
            yield BodyDuties(tuple(names), text.phrase(paragraph.body, name.end()), tuple(parts))


def _is_owed_above(text: PaperText, paragraph: Paragraph) -> bool:
    """Whether a heading above it says whose duty it is, so that it is one of that body's."""
    above = (text.paragraphs[at] for at in paragraph.above)
    return any(_OWED_BY.match(text.flat, one.body, one.end) for one in above)


def names_of(words: str) -> list[str]:
    """The names of the bodies that a heading or a clause begins with, up to what they do."""
    names = (" ".join(one.split()).strip(" ,:") for one in _NEXT_BODY.split(_ASKED.sub("", _VERB.sub("", words))))
    return [_COUNCIL.sub(" dân", name) for name in names if 0 < len(name) < _LONGEST_NAME]


def _heads_duties(text: PaperText, paragraph: Paragraph, body: int, called: "re.Pattern[str]" = _DUTIES) -> bool:
    return paragraph.start > body and paragraph.level <= 1 and is_headed(text, paragraph, called)


def is_headed(text: PaperText, paragraph: Paragraph, called: "re.Pattern[str]") -> bool:
    """Whether a paragraph begins with what it is `called`, or has it in a heading; no sentence that speaks of it."""
    head = (paragraph.body, min(paragraph.end, paragraph.body + _HEADING))
    sentence = paragraph.end - paragraph.body > _SENTENCE and not paragraph.label
    found = called.match(text.folded, *head) if sentence else called.search(text.folded, *head)
    return found is not None


def _answers_itself(text: PaperText, start: int, end: int) -> bool:
    """Whether somebody answers, rather than watches or gathers what others answer."""
    for found in _ANSWERS.finditer(text.folded, start, end):
        before = re.split(r"[;.:]", text.folded[max(start, found.start() - 70) : found.start()])[-1]
        if not _WATCHES.search(before):
            return True
    return False


def said_later(text: PaperText) -> str | None:
    """The words that put a day or a place off ("thời gian cụ thể sẽ có thông báo sau")."""
    found = _LATER.search(text.folded)
    return text.phrase(found.start(), found.end()) if found else None


def _limits(text: PaperText, first: int, last: int, year: int | None) -> Iterator[tuple[TimeSpan, int]]:
    """The days by which something is to be done, and where the words "trước", "chậm nhất" begin."""
    for window in windows(text.folded, first, last, year):
        start = max(first, window.start - 40)
        how = _BEFORE_DAY.search(text.folded[start : window.start]) if window.precision == DAY else None
        if how:
            yield window, start + how.start()


def _counts_in(how: str) -> bool:
    """Whether the day behind these words still counts: not for "trước ngày", but for "trước 17 giờ ngày" (R079)."""
    return "truoc" not in how or "gio" in how or _HOUR_OF_DAY.search(how) is not None


def _sentences(text: PaperText, body: int) -> Iterator[tuple[int, int]]:
    for paragraph in text.paragraphs:
        if paragraph.end > body and paragraph.label not in {"noi nhan", "noi gui"}:
            for first, last in text.sentences(paragraph):
                yield max(first, paragraph.body), last


def _days_rule(text: PaperText, first: int, last: int, found: "re.Match[str]") -> DaysRule:
    """The rule with the clause around its number, not the page-long sentence it may stand in."""
    groups = found.groupdict()
    number = next(int(value) for key, value in groups.items() if key.startswith("n") and value)
    working = any(value for key, value in groups.items() if key.startswith("working"))
    if any(value for key, value in groups.items() if key.startswith("weeks")):
        number *= 7
    start = max(first, found.start() - _CLAUSE)
    if start > first:
        start = text.flat.find(" ", start) + 1
    end = last if last - found.end() < _CLAUSE // 2 else found.end()
    return DaysRule(number, working, text.phrase(start, end).strip(" ;,"))


_CLAUSE = 260
