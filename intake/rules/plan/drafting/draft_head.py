"""The frame of a draft: what paper it is, who chairs, on what it rests, who receives and who signs it."""

from dataclasses import replace
from datetime import date

from intake.rules.plan.drafting.draft_keys import free_key, slug_of
from intake.rules.plan.profile_bodies import Host
from intake.rules.plan.profile_paper import Correction, LegalBasis, PlanPaper, Recipients, Signature
from intake.rules.plan.profile_terms import Layout, Period, Side
from intake.rules.plan.reading.bases import Basis
from intake.rules.plan.reading.hosts import PaperHost
from intake.rules.plan.reading.kinds import Paper
from intake.rules.plan.reading.reading import PlanReading
from intake.rules.text import fold

_KINDS = {Paper.PLAN: "Kế hoạch", Paper.NOTICE: "Thông báo", Paper.SCHEDULE: "Lịch"}
_NO_TITLE = "đối thoại với Nhân dân"


def year_of(reading: PlanReading) -> int | None:
    """The year of the title, of the first meeting, or of the day of issue; None where the paper names none."""
    head = reading.head
    if head.year is not None:
        return head.year.value
    if reading.meetings:
        return reading.meetings[0].window.first.year
    return None if head.issued_on is None else head.issued_on.value.year


def paper_of(reading: PlanReading, year: int) -> PlanPaper:
    """The paper as a document; number, day and place stay empty where it has none (R007, R009)."""
    head = reading.head
    about = head.title.value if head.title else _NO_TITLE
    kind = _KINDS.get(head.paper, "")
    if not fold(about).startswith(fold(kind)):
        about = f"{kind} {_lower_first(about)}"
    phrase = next((one.phrase for one in (head.title, head.issuer, head.year) if one is not None), about)
    period = head.period.value if head.period is not None and head.period.value in set(Period) else Period.YEAR
    return PlanPaper(
        title=about,
        year=year,
        phrase=phrase,
        period=Period(period),
        layout=Layout(head.layout.value) if head.layout else None,
        issuer=head.issuer.value if head.issuer else None,
        number=head.number.value if head.number else None,
        issued_on=head.issued_on.value if head.issued_on else None,
        place=head.place.value if head.place else None,
        predecessor=reading.predecessor.value if reading.predecessor else None,
    )


def _lower_first(words: str) -> str:
    """Without the capital of a beginning; a word in capitals throughout keeps them."""
    first = words.partition(" ")[0]
    return words if first.isupper() and len(first) > 1 else words[:1].lower() + words[1:]


def hosts_of(read: list[PaperHost]) -> tuple[Host, ...]:
    """Who chairs, by post; only the first who is said to conclude does."""
    hosts: list[Host] = []
    for one in read:
        key = free_key(slug_of(one.title), [host.key for host in hosts])
        concludes = one.concludes and not any(host.concludes for host in hosts)
        hosts.append(Host(key, one.title, one.phrase, concludes=concludes, deputy=one.deputy))
    return tuple(hosts)


def side_of(hosts: tuple[Host, ...]) -> Side | None:
    """Whose dialogue it is, by the posts of those who chair; None where no post says it."""
    sides: set[Side] = set()
    for title in (fold(host.title) for host in hosts if not host.deputy):
        if "bi thu" in title or "dang uy" in title:
            sides.add(Side.PARTY)
        if "bi thu" not in title and any(word in title for word in ("ubnd", "hdnd", "uy ban nhan dan")):
            sides.add(Side.STATE)
    if len(sides) > 1:
        return Side.BOTH
    return next(iter(sides), None)


def bases_of(reading: PlanReading, paper: PlanPaper) -> tuple[LegalBasis, ...]:
    """What it rests on; a day that lies behind the paper's own is a slip and is left out."""
    latest = paper.issued_on or date(paper.year, 12, 31)
    bases = [_basis(one) for one in reading.bases]
    return tuple(
        replace(one, issued_on=None) if one.issued_on is not None and one.issued_on > latest else one for one in bases
    )


def _basis(one: Basis) -> LegalBasis:
    reason = f"Văn bản dẫn “{one.number}”."
    return LegalBasis(
        kind=one.kind,
        phrase=one.phrase,
        number=one.number,
        issuer=one.issuer,
        issued_on=one.issued_on,
        summary=one.name,
        correction=Correction(*one.corrected, reason) if one.corrected else None,
    )


def recipients_of(reading: PlanReading) -> Recipients:
    """The block "Nơi nhận", by purpose."""
    named: dict[str, list[str]] = {}
    for one in reading.recipients:
        named.setdefault(one.purpose, []).append(one.who)
    return Recipients(**{purpose: tuple(dict.fromkeys(found)) for purpose, found in named.items()})


def signature_of(reading: PlanReading) -> Signature | None:
    """Who signs, by post and name; None where the paper shows no name."""
    read = reading.signature
    return None if read is None else Signature(read.title, read.name, read.phrase, read.authority)
