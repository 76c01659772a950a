"""Documents asked for in a chat: noted there, laid out by whoever has time, told once.

Laying one out takes up to seconds, and on SQLite whoever holds the transaction of a conversation holds up every other
one. So a conversation only notes what is wanted; `bot.outbox.ordered_papers` makes it (decision 0033).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.message import Message, Param, pack_message, unpack_message
from intake.rules.outbox.letter import NewLetter, Priority
from intake.rules.papers.facts import PaperFacts, stamp_of
from intake.rules.papers.kinds import PaperFormat, PaperKind, PaperSubject
from intake.rules.papers.order import PaperOrder
from intake.rules.papers.register import MadePaper, OfficeDocument, OfficeDocumentId
from intake.rules.people.person import AccountId, Person
from intake.rules.plan.plan import Plan

from .make import facts_named
from .register import finish_file
from .templates import template_for


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


@dataclass(frozen=True, slots=True)
class OrderedPaper:
    """What an order is made from: the facts, and the content name of the unit's own template (empty for none)."""

    facts: PaperFacts
    template: str = ""


async def facts_ordered(uow: UnitOfWork, order: PaperOrder, subject: PaperSubject) -> OrderedPaper:
    """What an ordered document is filled from, as it is known now.

    Raises `NotFound` or `RuleBroken` where no document tells it any more.
    """
    plan = await uow.plans.get(order.plan_id)
    facts = await facts_named(uow, plan=plan, kind=order.kind, subject=subject, about=order.about)
    if order.document_id is not None:
        facts = replace(facts, stamp=stamp_of(await uow.documents.get(order.document_id)))
    form = order.form or PaperFormat.PDF
    return OrderedPaper(replace(facts, version=order.version), await template_for(uow, plan.unit_id, order.kind, form))


async def deliver(
    uow: UnitOfWork, order: PaperOrder, made: MadePaper, files: tuple[str, ...], said: Mapping[str, Param]
) -> None:
    """Write the letter with the files, and be done with the order: both or neither, and once.

    Where a number stands on it the file is kept with its document, unless somebody handed in another meanwhile. `said`
    is added to what the message says. Nothing happens where it is not wanted any more; raises `ChangedMeanwhile` where
    it has to be made anew (`finish_file`).
    """
    if not await uow.documents.fill(order.id):
        return
    await finish_file(uow, made, files[0])
    if order.document_id is not None:
        await _keep(uow, order, order.document_id, files[0])
    message = unpack_message(order.content)
    await _tell(uow, order, replace(message, attachments=files, params={**message.params, **said}))


async def _keep(uow: UnitOfWork, order: PaperOrder, document_id: OfficeDocumentId, file: str) -> None:
    document = await uow.documents.get(document_id, lock=True)
    if document.final_sha256 is not None or document.scan_sha256 is not None:
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
