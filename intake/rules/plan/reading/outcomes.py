"""What became of the questions of a meeting held, as the office's own report counts them (R143)."""

from dataclasses import dataclass, fields

from intake.rules.plan.reading.paper_text import PaperText, Stated
from intake.rules.plan.reading.vocabulary import loose

_COUNT = loose(
    r"(?<![\d/.-])(?P<n>\d{1,5})(?: \([a-z ]{2,40}\))? (?P<turns>luot )?",
    r"(?:y kien|kien nghi|cau hoi|noi dung|phan anh|vu viec|vuong mac)",
    r"(?:(?:,| va|/) ?(?:y kien|kien nghi|phan anh|cau hoi))*",
)
_LABELLED = loose(r"(?:y kien|kien nghi|cau hoi|phan anh)[^.;:\n]{0,80}: (?P<n>\d{1,5})(?P<turns>)(?= ?(?:[.;\n]|$))")
"""A number behind what it counts: "Tổng số ý kiến của Nhân dân: 36"."""
_BREAK = loose(r"[;.\n]")
_COMMA = loose(r"[;.\n]|,(?! (?:tra loi|giai quyet|chuyen)\b)")
"""Where what is said behind a count ends: "3 ý kiến giao UBND xã xem xét, trả lời bằng văn bản" goes on."""
_KINDS = (
    ("total", loose(r"tong (?:so|cong)")),
    ("declined", loose(r"khong thuoc|ngoai (?:pham vi|noi dung|tham quyen)|khong (?:tiep nhan|xem xet|du dieu kien)")),
    (
        "forwarded",
        loose(
            r"\bchuyen(?! mon\b| vien\b| de\b| nganh\b)|de nghi cap",
            r"|cap tren|cap co tham quyen|thuoc tham quyen cua|\bvuot (?:qua )?tham quyen",
        ),
    ),
    ("open", loose(r"\bdang\b|\bchua\b|con lai|\bcon $|tiep tuc (?:giai quyet|xem xet|theo doi)")),
    (
        "there",
        loose(
            r"tai (?:hoi nghi|buoi|cuoc|cho)",
            r"|(?:chu tri|chu toa|chu tich|bi thu)[^;.]{0,40} (?:da )?(?:tra loi|giai dap|lam ro|giai trinh)[ a-z,]*$",
            r"|(?:tra loi|giai dap|lam ro|giai trinh),? (?:\w+ ){0,2}?(?:ngay|truc tiep)",
        ),
    ),
    (
        "later",
        loose(r"sau (?:hoi nghi|buoi|doi thoai|cuoc)|bang van ban|(?:da|duoc) (?:giai quyet|tra loi)|giai quyet xong"),
    ),
    (
        "received",
        loose(
            r"tiep nhan|nhan duoc|ghi nhan|tiep thu|thu thap|tap hop|duoc (?:neu|gui)|phat bieu",
            r"|\bnghe\b|(?<!do\s)\bco $",
        ),
    ),
)
"""In this order: what is counted together stands before what is counted meeting by meeting, and "đang tiếp tục giải
quyết tại …" is open, "không tiếp nhận" declined."""


_RAISED = loose(r"tai (?:hoi nghi|buoi|cuoc)[^.;]*?\b(?:co|ghi nhan|tiep nhan|nhan duoc|tiep thu)(?: tong so)? $")
"""Said where, they are those that were raised there: "Tại Hội nghị … có 17 kiến nghị"."""
_AFTER = loose(r" (?:duoc |da )*(?:neu|phat bieu|dat ra)\b(?![^.;,]*(?:tra loi|giai dap))")
_HEARD = loose(
    r" (?:con lai )?(?:da |duoc )*(?:tiep thu|ghi nhan|tiep nhan) ?(?:,|va)",
    r"(?= (?:da |duoc |se )*(?:tra loi|giai quyet))",
)
"""Heard and answered is answered."""
_LEFT = loose(r"\bcon(?: lai)? $")
"""What is left of them is open, unless it is said what became of it."""
_SETTLED = loose(r"tra loi|giai dap|giai quyet|lam ro")


@dataclass(frozen=True, slots=True)
class PaperOutcome:
    """Counts of questions, each with its words; None for what the report does not count, or counts in two ways."""

    received: Stated[int] | None = None
    there: Stated[int] | None = None
    later: Stated[int] | None = None
    forwarded: Stated[int] | None = None
    declined: Stated[int] | None = None
    open: Stated[int] | None = None


OUTCOMES = tuple(one.name for one in fields(PaperOutcome))


def read_outcome(text: PaperText, start: int) -> PaperOutcome | None:
    """The counts of a report; None for one that does not say how many questions there were.

    A count belongs to what is said of it before it in its clause, else behind it, which then says nothing of the next.
    """
    found: dict[str, list[Stated[int]]] = {}
    counts = sorted(
        [*_COUNT.finditer(text.folded, start), *_LABELLED.finditer(text.folded, start)], key=lambda one: one.start("n")
    )
    told = start
    for place, count in enumerate(counts):
        begins = max(
            counts[place - 1].end() if place else start,
            told,
            max((one.end() for one in _BREAK.finditer(text.folded, start, count.start("n"))), default=start),
        )
        heard = _HEARD.match(text.folded, count.end())
        behind = _COMMA.search(text.folded, heard.end() if heard else count.end())
        ends = min(
            behind.start() if behind else len(text.folded),
            counts[place + 1].start() if place + 1 < len(counts) else len(text.folded),
        )
        raised = _RAISED.search(text.folded, begins, count.start("n")) and not _SETTLED.search(
            text.folded, count.end(), ends
        )
        before = None if raised else _kind(text, begins, count.start("n"))
        if before == "open" and _LEFT.search(text.folded, begins, count.start("n")):
            before = _kind(text, count.end(), ends) or before
        after = _AFTER.match(text.folded, count.end(), ends)
        kind = (
            "received"
            if raised or (after and not before)
            else before or _kind(text, heard.end() if heard else count.end(), ends)
        )
        told = start if before else ends
        kind = "received" if kind is None and count["turns"] else kind
        if kind is not None:
            words = text.phrase(begins, ends).strip(" ,:;-–+")
            found.setdefault(kind, []).append(Stated(int(count["n"]), words))
    found["received"] = found.pop("total", found.get("received", []))
    if not found["received"]:
        return None
    return PaperOutcome(
        **{kind: stated[0] for kind, stated in found.items() if len({one.value for one in stated}) == 1}
    )


def _kind(text: PaperText, start: int, end: int) -> str | None:
    return next((kind for kind, pattern in _KINDS if pattern.search(text.folded, start, end)), None)
