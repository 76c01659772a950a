"""Who does what: the duties a paper gives to bodies, who watches over the dialogue, and the steps of the meeting.

R034-R045, R054, R140-R149, R185-R188. A clause is a duty where its own words say so; its leader is the body that heads
it, and those it works with are the ones the clause names. What fits no duty is no duty.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from intake.rules.plan.profile_terms import Duty, ProgrammeStep
from intake.rules.plan.reading.duties import bodies_with_duties, names_of
from intake.rules.plan.reading.hosts import title_in
from intake.rules.plan.reading.paper_text import PaperText, Paragraph
from intake.rules.plan.reading.vocabulary import BODIES, loose, one_of

_CLAUSE_ENDS = re.compile(r"[;.](?=\s|$)|\n(?=[ \t]*[-+•*])")
_ABOUT_PEOPLE = r"(?:tam tu|nguyen vong|y kien|kien nghi|du luan|tam trang|cau hoi)"
_DUTIES: "tuple[tuple[Duty, re.Pattern[str]], ...]" = (
    (Duty.SECRETARY, loose(r"\b(?:lam|cu|bo tri)(?: can bo)?(?: lam)? thu ky\b|\bthu ky (?:hoi nghi|buoi)")),
    (
        Duty.MINUTES,
        loose(r"\bghi(?: chep)?(?: noi dung| day du)? (?:bien ban|hoi nghi|noi dung)|lap bien ban|ghi chep"),
    ),
    (Duty.REGISTRAR, loose(r"(?:tiep nhan|tong hop)[^;.]{0,40} dang ky|tiep nhan dang ky")),
    (
        Duty.CONCLUSION,
        loose(
            r"(?<!co\s)(?<!theo\s)(?<!sau\s)(?<!hien\s)thong bao ket luan(?! cua [^;.]{0,60}den)",
            r"|(?:ban hanh|soan thao|du thao)(?: van ban)? ket luan",
        ),
    ),
    (
        Duty.FOLLOW_UP,
        loose(r"(?:theo doi|don doc|kiem tra)[^;.]{0,60}(?:thuc hien|giai quyet|ket qua|ket luan)|theo doi,? don doc"),
    ),
    (
        Duty.RESULTS,
        loose(r"(?:thong bao|cong khai|niem yet|tong hop)(?: cong khai)? ket qua(?: doi thoai| giai quyet| hoi nghi)?"),
    ),
    (Duty.PROGRAMME, loose(r"(?:chuan bi|xay dung|tham muu)[^;.]{0,40} chuong trinh(?! cong tac| hanh dong)")),
    (Duty.CONTENT, loose(r"(?:chuan bi|tham muu|xay dung)(?: [a-z]+,?){0,3} noi dung")),
    (Duty.TRIAGE, loose(r"phan loai[^;.]{0,20} (?:y kien|kien nghi|cau hoi|noi dung)")),
    (Duty.INVITATIONS, loose(r"(?:giay|thu) moi|\bmoi (?:cac |du |thanh phan|dai bieu)(?!\w* (?:thon|ap|xom|ban) co)")),
    (Duty.DELEGATES, loose(r"\b(?:cu|lua chon|chon)(?: cac)? (?:dai bieu|ho dan|nguoi)|lap danh sach")),
    (
        Duty.NOTICE,
        loose(
            r"\bthong bao(?: bang van ban)? (?:rong rai|cham nhat|it nhat|cong khai|thoi gian|lich"
            r"|truoc|cho|toi|den|noi dung|ve)",
            r"|niem yet|dang tai|(?:gui|ra) thong bao(?! ket)",
        ),
    ),
    (Duty.BROADCAST, loose(r"truyen thanh|phat thanh|dua tin|loan (?:tin|bao)")),
    (Duty.MOBILISATION, loose(r"tuyen truyen|\bvan dong\b")),
    (Duty.SURVEY, loose(r"khao sat")),
    (
        Duty.OPINION_DIGEST,
        loose(
            rf"(?:nam (?:bat|chac|ro|tinh|tam|y|du)|tap hop|tong hop"
            rf"|thu thap)(?:(?!ket qua)[^;.]){{0,50}}{_ABOUT_PEOPLE}"
        ),
    ),
    (
        Duty.LOGISTICS,
        loose(r"co so vat chat|hoi truong|am thanh|trang tri|khanh tiet|dieu kien[^;.]{0,40}(?:phuc vu|to chuc)"),
    ),
    (
        Duty.SECURITY,
        loose(r"an ninh[^;.]{0,20}trat tu|trat tu[^;.]{0,20}an toan|an ninh chinh tri|giu (?:gin )?trat tu"),
    ),
    (Duty.OBSTACLES, loose(r"(?:vuong mac|kho khan)[^;.]{0,40}(?:bao cao|phan anh)")),
)
_WATCHES = loose(
    r"giam sat|theo doi,? don doc",
    r"|kiem tra (?:viec |ket qua )?(?:thuc hien|giai quyet)[^;.]{0,30} (?:ket luan|kien nghi)",
)
_SCOPE = loose(r"(?:giam sat|don doc)(?: viec| qua trinh)? (?P<scope>[^;.]{4,160})")
_WITH = re.compile(
    rf"[Pp]hối hợp(?: chặt chẽ)?(?: với| cùng với| cùng)?(?: các)?\s+(?P<who>{one_of(*BODIES)}\b[^;.:\n]{{0,160}})"
)
_TELLS = re.compile(rf"^\s*(?:[Cc]hỉ đạo|[Gg]iao|[Đđ]ề nghị)\s+(?P<who>{one_of(*BODIES)}\b[^;.:\n]{{0,80}})")

_STEPS: "tuple[tuple[ProgrammeStep, re.Pattern[str]], ...]" = (
    (
        ProgrammeStep.OPENING,
        loose(r"tuyen bo ly do|neu ly do|on dinh to chuc|chao co|khai mac|gioi thieu dai bieu|don tiep"),
    ),
    (ProgrammeStep.AGREEMENT, loose(r"thong qua (?:noi dung|chuong trinh|quy che|phuong phap)")),
    (ProgrammeStep.CLOSING, loose(r"be mac|cam on|ket thuc (?:hoi nghi|buoi)")),
    (ProgrammeStep.FURTHER_ROUNDS, loose(r"(?:vong|luot) (?:2|hai|tiep)|tiep tuc (?:dang ky|phat bieu|trao doi)")),
    (ProgrammeStep.CONCLUSION, loose(r"ket luan(?! so| nam| lan)")),
    (
        ProgrammeStep.EARLIER_RESULTS,
        loose(r"ket qua (?:giai quyet|thuc hien|tra loi)[^;.]{0,60}(?:kien nghi|y kien|ket luan|doi thoai)"),
    ),
    (
        ProgrammeStep.REPORT,
        loose(r"\b(?:bao cao|thong bao|trinh bay|thong tin)\b[^;.]{0,60}(?:tinh hinh|ket qua|kinh te|van de|noi dung)"),
    ),
    (ProgrammeStep.ANSWERS, loose(r"tra loi|giai trinh|giai dap|lam ro|giai thich|chi dao,? giai quyet")),
    (
        ProgrammeStep.SPEAKING,
        loose(
            r"phat bieu|\bneu y kien|dat cau hoi|nghe (?:cac )?(?:y kien|nhan dan|phan anh)"
            r"|dong gop y kien|\bdoi thoai\b"
        ),
    ),
    (ProgrammeStep.DIRECTION, loose(r"(?<!ban\s)\bchi dao\b")),
    (ProgrammeStep.CHAIRING, loose(r"(?:moi|gioi thieu) (?:chu tri|chu toa)|chu tri dieu hanh")),
)
_HEADS_STEPS = loose(
    r"(?:du kien )?(?:chuong trinh|trinh tu|tien trinh|cac buoc)(?: (?:hoi nghi|tiep xuc,?|doi thoai"
    r"|to chuc|lam viec|buoi|cuoc|dien ra))*\W*$"
)
_HEADS_CONTENT = loose(r"noi dung(?: doi thoai| hoi nghi| buoi doi thoai)?\W*$")
_BEGINS_STEP = loose(
    r"thong bao|nghe\b|tiep (?:nhan|thu)|truc tiep (?:chi dao|giai quyet|doi thoai|tra loi)|giai thich|trao doi|tra loi"
)
_HOUR = re.compile(
    r"(?:\(\d{1,2}\))?\s*(?:[-–+]\s*)?(?:[Tt]ừ\s+)?\d{1,2}\s*(?:h|giờ|g"
    r"|:)\s*\d{0,2}'?(?:\s*phút)?(?:\s*(?:-|–|đến)\s*\d{1,2}\s*(?:h|giờ|g|:)\s*\d{0,2}'?(?:\s*phút)?)?\s*[:.-]?\s*"
)
_BODY_DOES = re.compile(
    rf"\s*(?:Đại diện\s+)?(?P<who>(?!Các\b){one_of(*BODIES)}\b[^;.:\n]{{0,80}}?)"
    r"\s+(?:tuyên bố|nêu|giới thiệu|báo cáo|trình bày|điều hành|thông qua|trả lời|ghi|kết luận)\b"
)
_SHORT_HEAD, _SEVERAL = 90, 2


@dataclass(frozen=True, slots=True)
class PaperDuty:
    """A duty with the body that leads it and those it works with, by their names in the paper."""

    duty: Duty
    lead: str
    phrase: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperSupervision:
    """A body that watches over the dialogue, and over what."""

    who: str
    scope: str
    phrase: str


@dataclass(frozen=True, slots=True)
class PaperStep:
    """A step of the meeting in the words of the paper; `by` is the title that does it, where it names one."""

    step: ProgrammeStep
    title: str
    phrase: str
    by: str | None = None


def read_assignments(text: PaperText, body: int) -> list[PaperDuty]:
    """The duties in the order of the paper, each body's each once."""
    once: dict[tuple[Duty, str], PaperDuty] = {}
    for lead, others, clause in _clauses(text, body):
        phrase = text.phrase(*clause).strip(" ,;.-–+")
        for duty, says in _DUTIES:
            if says.search(text.folded, *clause):
                once.setdefault((duty, lead.casefold()), PaperDuty(duty, lead, phrase, others))
    return list(once.values())


def read_supervision(text: PaperText, body: int) -> list[PaperSupervision]:
    """Who is to watch over the dialogue or what comes of it; those it is done with watch as well."""
    once: dict[str, PaperSupervision] = {}
    for lead, others, clause in _clauses(text, body):
        if not _WATCHES.search(text.folded, *clause):
            continue
        said = _SCOPE.search(text.folded, *clause)
        scope = text.words(*said.span("scope")) if said else text.words(*clause)
        scope = scope.strip(" ,;.-–+")
        phrase = text.phrase(*clause).strip(" ,;.-–+")
        for who in (lead, *others):
            once.setdefault(who.casefold(), PaperSupervision(who, scope[:1].upper() + scope[1:], phrase))
    return list(once.values())


def read_programme(text: PaperText, title_end: int) -> list[PaperStep]:
    """The steps under "Chương trình", else those under "Nội dung" that say what is done there, and not what about."""
    for headed, needs_verb in ((_HEADS_STEPS, False), (_HEADS_CONTENT, True)):
        for index, paragraph in enumerate(text.paragraphs):
            if paragraph.start < title_end or not headed.match(_head(text, paragraph)):
                continue
            steps = [step for one in text.under(index) if (step := _step(text, one, needs_verb=needs_verb)) is not None]
            if len(steps) >= _SEVERAL:
                return steps
    return []


def _head(text: PaperText, paragraph: Paragraph) -> str:
    whole = text.folded[paragraph.body : paragraph.end].strip()
    return whole if len(whole) < _SHORT_HEAD else ""


def _step(text: PaperText, paragraph: Paragraph, *, needs_verb: bool) -> PaperStep | None:
    hour = _HOUR.match(text.flat, paragraph.body, paragraph.end)
    start = hour.end() if hour else paragraph.body
    if needs_verb and not _BEGINS_STEP.match(text.folded, start, paragraph.end):
        return None
    said = [(at.start(), step) for step, says in _STEPS if (at := says.search(text.folded, start, paragraph.end))]
    if not said:
        return None
    _, step = min(said, key=lambda one: one[0])  # of several, the first is what happens; the rest goes with it
    title = text.words(start, paragraph.end).strip(" ,;.:-–+")
    by = title_in(text, start, paragraph.end) or _body_at(text, start, paragraph.end)
    return PaperStep(step, title, text.phrase(start, paragraph.end).strip(" ,;.:-–+"), by)


def _body_at(text: PaperText, start: int, end: int) -> str | None:
    """The body that a step begins with: "Văn phòng UBND xã tuyên bố lý do"."""
    named = _BODY_DOES.match(text.flat, start, end)
    return " ".join(named["who"].split()) if named else None


def _clauses(text: PaperText, body: int) -> Iterator[tuple[str, tuple[str, ...], tuple[int, int]]]:
    """Each clause of what bodies have to do, with who leads it and with whom."""
    for duties in bodies_with_duties(text, body):
        lead, *beside = duties.names
        for start, end in duties.parts:
            begin = start
            for stop in [*(found.start() for found in _CLAUSE_ENDS.finditer(text.flat, start, end)), end]:
                told = _TELLS.match(text.flat[begin:stop])
                leads = names_of(told["who"]) if told else []
                joined = _WITH.search(text.flat, begin, stop)
                others = [*leads[1:], *(names_of(joined["who"]) if joined else []), *([] if leads else beside)]
                who = leads[0] if leads else lead
                yield who, tuple(dict.fromkeys(name for name in others if name != who)), (begin, stop)
                begin = stop + 1
