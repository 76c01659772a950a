"""Making the documents people asked for in chats: beside the conversations, one after the other, each told once."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import structlog
from sqlalchemy.exc import SQLAlchemyError

from intake.actions.papers.order import deliver, give_up, wanted_by
from intake.actions.papers.register import begin_file
from intake.rules.errors import ChangedMeanwhile, RuleBroken
from intake.rules.message import CarriedFile, Message, Param, Term
from intake.rules.papers.kinds import PaperFormat
from intake.rules.papers.order import MOST_TRIES, PaperOrder
from intake.rules.papers.register import MadePaper
from scheduler.lease import Lease
from storage.unit_of_work import Store
from wording.papers.file_names import carried_papers

LOOK_AGAIN = 1.0
log = structlog.get_logger()


class OrderedPapers:
    """Lays ordered documents out while it holds their lease, and writes the letters that bring them.

    Args:
        store: where the orders lie.
        lease: held by one process at a time.
        on_letters: called after every document, so that the relays wake up.

    Whatever is cut off is begun anew: the letter is written in the transaction that takes the order away.
    """

    def __init__(self, store: Store, lease: Lease, on_letters: Callable[[], None]) -> None:
        self._store = store
        self._lease = lease
        self._on_letters = on_letters
        self._waker = asyncio.Event()

    def wake(self) -> None:
        """There may be an order."""
        self._waker.set()

    async def run(self) -> None:
        """Make documents until cancelled; trouble with the database is waited out."""
        try:
            while True:
                self._waker.clear()
                try:
                    while await self.make_one():
                        self._on_letters()
                except (SQLAlchemyError, OSError) as trouble:
                    log.warning("paper_orders_not_reached", error=type(trouble).__name__)
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_AGAIN):
                        await self._waker.wait()
        finally:
            await self._lease.give_back()

    async def make_one(self) -> bool:
        """Make the document that was asked for first. False: none is wanted, or another process makes them."""
        async with self._store.reading() as uow:
            if not await uow.documents.has_orders():
                return False
        if not await self._lease.keep():
            return False
        async with self._store.unit() as uow:
            order = await uow.documents.next_order()
            if order is None:
                return False
            order.tries += 1
            if order.tries > MOST_TRIES:
                await give_up(uow, order, Message("papers.not_made"))
                await uow.commit()
                return True
            plan = await uow.plans.get(order.plan_id)
            made = await begin_file(uow, plan=plan, kind=order.kind, about=order.about)
            await uow.commit()
        try:
            await self._make(order, made)
        except ChangedMeanwhile:
            log.info("paper_made_anew", order=order.id)
        except (SQLAlchemyError, OSError):
            raise
        except Exception as defect:
            # it is begun again, behind the others, and after a few times given up
            log.exception("paper_not_made", order=order.id, kind=order.kind.value, error=type(defect).__name__)
        return True

    async def _make(self, order: PaperOrder, made: MadePaper) -> None:
        refused: Message | None = None
        files, said = tuple[CarriedFile, ...](), dict[str, Param]()
        try:
            files, said = await self._files(order)
        except RuleBroken as refusal:
            refused = refusal.message
        async with self._store.unit() as uow:
            if refused is None:
                await deliver(uow, order, made, files, said)
            else:
                await give_up(uow, order, refused)
            await uow.commit()

    async def _files(self, order: PaperOrder) -> tuple[tuple[CarriedFile, ...], dict[str, Param]]:
        """The files of an order, and what is said of them; the database is let go of before they are made."""
        async with self._store.reading() as uow:
            wanted, press = await wanted_by(uow, order), uow.press
        made = await press.make(wanted)
        async with self._store.reading() as uow:
            files = await carried_papers(uow, wanted, made)
        look = Term("papers.look_copy" if made[0].copy else "papers.look_printed")
        return files, {"look": look} if order.form is PaperFormat.PDF else {}
