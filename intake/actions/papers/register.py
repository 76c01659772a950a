"""Documents in the register: a version at each making, a number and a day once, signed, sent, the files of both."""

from collections.abc import Mapping
from datetime import date

from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import ChangedMeanwhile, RuleBroken
from intake.rules.meetings.meeting import Meeting
from intake.rules.message import Term
from intake.rules.papers.issuer import layout_of, numbered, symbol_of, two_digits
from intake.rules.papers.kinds import PaperKind
from intake.rules.papers.register import MadePaper, OfficeDocument, OfficeDocumentId, recipient_named, series_year
from intake.rules.people.permissions import require
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import UnitId
from intake.rules.plan.plan import Plan

from .make import MAKERS

SERIES = "document:"
"""What the name of a counter of numbers begins with; the type follows."""


async def note_making(
    uow: UnitOfWork, *, by: Person, plan: Plan, kind: PaperKind, code: str, about: str
) -> OfficeDocument:
    """Count a making of a document: the draft has one more version, or begins.

    What bears a number stays as it is: the draft of a next document about the same thing begins beside it.
    """
    document = await uow.documents.draft(plan.id, kind, about)
    if document is None:
        document = await uow.documents.add(OfficeDocument(plan.unit_id, plan.id, kind, about, code, by.id, uow.now))
    else:
        document.version += 1
        document.made_by, document.made_at = by.id, uow.now
    await _note(uow, by, "draft_document", document, version=document.version)
    return document


async def begin_file(uow: UnitOfWork, *, plan: Plan, kind: PaperKind, about: str) -> MadePaper:
    """Remember that a file of a document is being made: names and words that are to go are looked for in it by this.

    It is remembered before the document's facts are gathered, so that no erasure comes between them and the file.
    """
    return await uow.documents.begin_file(MadePaper(plan.id, kind, about, "", uow.now))


async def finish_file(uow: UnitOfWork, made: MadePaper, file: str) -> None:
    """Remember which file it has become.

    Raises `ChangedMeanwhile` where somebody erased their data who may be named in it: it has to be made anew.
    """
    if not await uow.documents.finish_file(made.id, file):
        raise ChangedMeanwhile


async def document_for(
    uow: UnitOfWork, by: Person, document_id: OfficeDocumentId, *roles: Role, lock: bool = False
) -> OfficeDocument:
    """A document of a unit in which `by` holds one of the roles (else who may make documents); `NotFound` else."""
    document = await uow.documents.get(document_id, lock=lock)
    unit = await uow.places.unit(document.unit_id)
    require(await uow.people.grants_of(by.id), roles or MAKERS, unit)
    return document


async def next_number(uow: UnitOfWork, document: OfficeDocument, day: date) -> int:
    """The number a document of that day would get now; it is only given by `register_document`."""
    last = await uow.documents.last_of(document.unit_id, document.series, await _year(uow, document, day))
    return 1 if last is None or last.number is None else last.number + 1


async def register_document(
    uow: UnitOfWork, *, by: Person, document_id: OfficeDocumentId, dated_on: date, number: int | None = None
) -> OfficeDocument:
    """Give a document its number and its day; for the secretary.

    Without `number` it is the next of its series. The office's book may have used numbers for other papers: a higher
    one may be typed, and the series goes on from there; one that was passed is never given again. The final file of a
    clerk who handed it in before stays. Raises
    `ChangedMeanwhile` for a document that has a number, `RuleBroken` for a day to come or before that of the number
    before, and for a number that is used up.
    """
    document = await document_for(uow, by, document_id, Role.SECRETARY, lock=True)
    if document.number is not None:
        raise ChangedMeanwhile
    if dated_on > uow.today:
        raise RuleBroken("refusal.document_day_to_come", {"today": uow.today})
    year = await _year(uow, document, dated_on)
    # the counter's row is locked from here on, so that whoever registers at the same moment waits and gets the next
    given = await uow.ledger.next_number(f"{SERIES}{document.series}", document.unit_id, year, least=number or 1)
    last = await uow.documents.last_of(document.unit_id, document.series, year)
    if last is not None and last.dated_on is not None and dated_on < last.dated_on:
        raise RuleBroken("refusal.document_day_order", {"day": last.dated_on})
    if number is not None and number < given:
        raise RuleBroken("refusal.document_number_used", {"next": given})
    document.number, document.series_year, document.dated_on = given, year, dated_on
    document.registered_by, document.registered_at = by.id, uow.now
    await _note(uow, by, "register_document", document, number=given)
    return document


async def mark_signed(uow: UnitOfWork, *, by: Person, document_id: OfficeDocumentId, on: date) -> OfficeDocument:
    """Note that a registered document was signed, and on which day."""
    document = await _registered(uow, by, document_id)
    if on > uow.today:
        raise RuleBroken("refusal.document_day_to_come", {"today": uow.today})
    document.signed_on, document.signed_noted_by = on, by.id
    await _note(uow, by, "mark_signed", document)
    return document


async def mark_sent(uow: UnitOfWork, *, by: Person, document_id: OfficeDocumentId, to: str) -> OfficeDocument:
    """Note that a registered document went to a body today."""
    document = await _registered(uow, by, document_id)
    document.sent = [*document.sent, {"to": recipient_named(to), "on": uow.today.isoformat(), "by": by.id}]
    await _note(uow, by, "mark_sent", document)
    return document


async def keep_final(
    uow: UnitOfWork, *, by: Person, document_id: OfficeDocumentId, sha256: str, scan: bool
) -> OfficeDocument:
    """Keep what the clerk has made of a draft, or the scan of the signed sheet, with the document."""
    document = await document_for(uow, by, document_id, Role.SECRETARY, lock=True)
    if scan:
        document.scan_sha256 = sha256
    else:
        document.final_sha256 = sha256
    await _note(uow, by, "keep_final", document)
    return document


async def number_given(uow: UnitOfWork, unit_id: UnitId, kind: PaperKind, about: str) -> Term | None:
    """Number and day of the document of a kind about a meeting or a question, for whoever reads what it says.

    None while there is none: what people read has a number only once the office has given it.
    """
    document = await uow.documents.registered(unit_id, kind, about)
    if document is None or document.number is None or document.dated_on is None:
        return None
    profile = (await uow.plans.get(document.plan_id)).decided.profile
    symbol = symbol_of(profile, document.series)
    number = numbered(layout_of(profile), two_digits(document.number), symbol)
    return Term(f"papers.given_{kind.value}", {"number": number, "day": document.dated_on})


async def numbers_given(uow: UnitOfWork, meeting: Meeting) -> tuple[Term, ...]:
    """Number and day of the conclusion and of the notice of results of a meeting, as far as they have one."""
    kinds = (PaperKind.CONCLUSION, PaperKind.RESULTS_NOTICE)
    given = [await number_given(uow, meeting.unit_id, kind, str(meeting.id)) for kind in kinds]
    return tuple(one for one in given if one is not None)


async def _registered(uow: UnitOfWork, by: Person, document_id: OfficeDocumentId) -> OfficeDocument:
    document = await document_for(uow, by, document_id, Role.SECRETARY, lock=True)
    if document.number is None:
        raise RuleBroken("refusal.document_without_number")
    return document


async def _year(uow: UnitOfWork, document: OfficeDocument, day: date) -> int:
    plan = await uow.plans.get(document.plan_id)
    return series_year(layout_of(plan.decided.profile), day)


async def _note(uow: UnitOfWork, by: Person, act: str, document: OfficeDocument, **detail: int) -> None:
    named: Mapping[str, str | int] = {"kind": document.kind.value, **detail}
    await uow.ledger.write(AuditEntry(uow.now, by.id, act, f"document:{document.id}", dict(named)))
