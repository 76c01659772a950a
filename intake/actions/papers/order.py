"""Documents asked for in a chat: noted there, laid out by whoever has time, told once.

Laying one out takes up to seconds, and on SQLite whoever holds the transaction of a conversation holds up every other
one. So a conversation only notes what is wanted; `bot.outbox.ordered_papers` makes it (decision 0033).
"""

from collections.abc import Mapping
from dataclasses import replace

from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import MeetingId
from intake.rules.message import CarriedFile, Message, Param, pack_message, unpack_message
from intake.rules.outbox.letter import NewLetter, Priority
from intake.rules.papers.facts import PaperFacts, stamp_of
from intake.rules.papers.figures import FigureSheet
from intake.rules.papers.kinds import PaperFormat, PaperKind, PaperSubject
from intake.rules.papers.order import PaperOrder, WantedPaper
from intake.rules.papers.register import MadePaper, OfficeDocument, OfficeDocumentId
from intake.rules.people.person import AccountId, Person
from intake.rules.plan.plan import Plan

from .make import facts_named
from .read_figures import figures_for
from .register import finish_file


async def order_paper(
    uow: UnitOfWork,
    *,
    by: Person,
    account_id: AccountId,
    plan: Plan,
    kind: PaperKind,
    about: str,
    form: PaperFormat | None,
    message: Message,
    version: int = 0,
    document: OfficeDocument | None = None,
) -> PaperOrder:
    """Note that a document is wanted in a chat; `message` will carry it. Whoever calls has asked who may have it."""
    document_id = None if document is None else document.id
    content = pack_message(message)
    order = PaperOrder(
        plan.id, kind, about, form, by.id, account_id, content, uow.now, version=version, document_id=document_id
    )
    return await uow.documents.order(order)


async def wanted_by(uow: UnitOfWork, order: PaperOrder) -> WantedPaper:
    """The document an order asks for, with the number and the day it has in the register."""
    stamp = None if order.document_id is None else stamp_of(await uow.documents.get(order.document_id))
    return WantedPaper(order.plan_id, order.kind, order.about, order.form, order.version, stamp, order.person_id)


async def facts_wanted(uow: UnitOfWork, wanted: WantedPaper, subject: PaperSubject) -> PaperFacts:
    """What a document is filled from, as it is known now.

    Raises `NotFound` or `RuleBroken` where no document tells it any more.
    """
    plan = await uow.plans.get(wanted.plan_id)
    facts = await facts_named(uow, plan=plan, kind=wanted.kind, subject=subject, about=wanted.about)
    return replace(facts, stamp=wanted.stamp, version=wanted.version)


async def sheet_wanted(uow: UnitOfWork, wanted: WantedPaper) -> tuple[FigureSheet, str]:
    """The figures somebody wants to see, and the language they read. Raises `NotFound` where they may not."""
    person = None if wanted.person_id is None else await uow.people.get(wanted.person_id)
    if person is None:
        raise NotFound
    meeting_id = MeetingId(int(wanted.about)) if wanted.kind is PaperKind.MEETING_FIGURES else None
    unit_id = (await uow.plans.get(wanted.plan_id)).unit_id
    sheet = await figures_for(uow, by=person, unit_id=unit_id, period=wanted.about, meeting_id=meeting_id)
    return sheet, person.language


async def deliver(
    uow: UnitOfWork, order: PaperOrder, made: MadePaper, files: tuple[CarriedFile, ...], said: Mapping[str, Param]
) -> None:
    """Write the letter with the files, and be done with the order: both or neither, and once.

    Where a number stands on it the file is kept with its document, unless somebody handed in another meanwhile. `said`
    is added to what the message says. Nothing happens where it is not wanted any more; raises `ChangedMeanwhile` where
    it has to be made anew (`finish_file`).
    """
    if not await uow.documents.fill(order.id):
        return
    await finish_file(uow, made, files[0].sha256)
    if order.document_id is not None:
        await _keep(uow, order, order.document_id, files[0].sha256)
    message = unpack_message(order.content)
    await _tell(uow, order, replace(message, attachments=files, params={**message.params, **said}))


async def _keep(uow: UnitOfWork, order: PaperOrder, document_id: OfficeDocumentId, file: str) -> None:
    document = await uow.documents.get(document_id, lock=True)
    if document.has_file:
        return
    document.final_sha256 = file
    detail = {"kind": document.kind.value}
    await uow.ledger.write(AuditEntry(uow.now, order.person_id, "keep_final", f"document:{document.id}", detail))


async def give_up(uow: UnitOfWork, order: PaperOrder, why: Message) -> None:
    """Say in its place why there is no file, where it is still wanted."""
    if await uow.documents.fill(order.id):
        await _tell(uow, order, why)


async def _tell(uow: UnitOfWork, order: PaperOrder, message: Message) -> None:
    letter = NewLetter(order.account_id, order.person_id, Priority.REPLY, pack_message(message), uow.now, uow.now)
    await uow.letters.add(letter)
