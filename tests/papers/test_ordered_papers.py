"""A paper asked for in a chat comes by itself: nobody waits while it is made, and whatever dies, it comes once."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
import sqlalchemy as sa

from bot.media.attachments import AttachmentStore
from bot.media.kinds import WORD, media_type_of
from bot.media.press import PaperPress
from bot.outbox.ordered_papers import OrderedPapers
from intake.actions.papers.make import require_paper
from intake.actions.papers.order import order_paper
from intake.actions.papers.register import keep_final
from intake.actions.people.own_data import erase
from intake.ports import LaidOutPaper
from intake.rules.errors import RuleBroken
from intake.rules.message import Message
from intake.rules.papers.kinds import PaperFormat, PaperKind, PaperSubject
from intake.rules.papers.paper import OfficePaper
from intake.rules.papers.register import OfficeDocumentId
from intake.rules.plan.plan import PlanId
from scheduler.lease import Lease
from storage import tables as t
from tests.support.office import ROAD, Office, open_office, person_named
from tests.support.paper_check import words_of
from tests.support.stories import question_of
from tests.support.world import World

MADE = "Biên bản hội nghị: bản dự thảo"


class Deadly(BaseException):
    """The power goes."""


class EventfulPress(PaperPress):
    """Lays out like the real one; something happens before it does, and something after it did."""

    def __init__(self, world: World) -> None:
        super().__init__(AttachmentStore(world.data_dir / "attachments"), world.store.reading)
        self.before: list[Callable[[], Awaitable[None]]] = []
        self.after: list[Callable[[], Awaitable[None]]] = []
        self.laid_out = 0

    async def lay_out(self, paper: OfficePaper, as_file: PaperFormat, template: str = "") -> LaidOutPaper:
        self.laid_out += 1
        if self.before:
            await self.before.pop(0)()
        made = await super().lay_out(paper, as_file, template)
        if self.after:
            await self.after.pop(0)()
        return made


@pytest.fixture
async def office(plain_world: World) -> Office:
    plain_world.store.press = EventfulPress(plain_world)
    return await open_office(plain_world)


@pytest.fixture
async def minutes(office: Office) -> str:
    """What the button of the minutes of a meeting says."""
    return f"papermake.1.minutes.docx.{(await office.fixed_meeting('DL-hang-gon')).id}"


def press_of(office: Office) -> EventfulPress:
    press = office.world.store.press
    assert isinstance(press, EventfulPress)
    return press


def worker(office: Office, holder: str = "test") -> OrderedPapers:
    store, clock = office.world.store, office.world.clock
    return OrderedPapers(store, Lease("papers", holder, store.unit, clock.now), lambda: None)


async def orders(office: Office) -> int:
    async with office.world.store.reading() as uow:
        return await uow.session.scalar(sa.select(sa.func.count()).select_from(t.paper_orders)) or 0


async def dies() -> None:
    raise Deadly


async def fails() -> None:
    raise KeyError(ROAD)


async def test_whoever_asks_reads_that_it_is_being_made_and_then_has_it(office: Office, minutes: str) -> None:
    waited: list[str] = []

    async def another_has_an_answer() -> None:
        """While it is laid out the conversations of everybody go on, on a database with one writer too."""
        async with asyncio.timeout(5):
            await office.world.line.text(office.mai.address, "/trogiup")
        waited.append("answered")

    press_of(office).before.append(another_has_an_answer)
    await office.secretary.taps_code(minutes)

    assert waited == ["answered"]
    assert "⏳ Đang lập: Biên bản hội nghị" in office.secretary.hears()
    assert MADE in office.secretary.hears()
    assert await orders(office) == 0


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_kill_while_it_is_made_costs_nothing_and_it_comes_once(
    office: Office, minutes: str, moment: str
) -> None:
    getattr(press_of(office), moment).append(dies)
    with pytest.raises(Deadly):
        await office.secretary.taps_code(minutes)
    assert await orders(office) == 1

    office.secretary.reads()
    await office.world.settle()
    assert office.secretary.hears().count(MADE) == 1
    await office.world.settle()
    assert office.secretary.hears().count(MADE) == 1


async def test_what_fails_again_and_again_is_given_up_and_said_and_holds_up_nobody(
    office: Office, minutes: str
) -> None:
    press_of(office).before += [fails, fails, fails]
    await office.secretary.taps_code(minutes)

    assert "Chưa lập được tệp này do lỗi của hệ thống" in office.secretary.hears()
    assert MADE not in office.secretary.hears()
    assert press_of(office).laid_out == 3
    assert await orders(office) == 0


async def test_where_one_try_fails_the_next_brings_it(office: Office, minutes: str) -> None:
    press_of(office).before.append(fails)
    await office.secretary.taps_code(minutes)

    assert MADE in office.secretary.hears()


async def test_two_processes_bring_it_once(office: Office, minutes: str) -> None:
    """One of them was thought dead while it was slow: its lease ran out, and the other one made the paper."""

    async def lease_runs_out() -> None:
        office.world.clock.move(minutes=1)
        assert await worker(office, "another").make_one()

    press_of(office).after.append(lease_runs_out)
    await office.secretary.taps_code(minutes)

    assert press_of(office).laid_out == 2
    assert office.secretary.hears().count(MADE) == 1


async def test_whoever_refuses_what_another_has_brought_says_nothing(office: Office, minutes: str) -> None:
    async def another_brings_it_and_this_one_refuses() -> None:
        office.world.clock.move(minutes=1)
        assert await worker(office, "another").make_one()
        raise RuleBroken("papers.not_made")

    press_of(office).before.append(another_brings_it_and_this_one_refuses)
    await office.secretary.taps_code(minutes)

    assert office.secretary.hears().count(MADE) == 1
    assert "Chưa lập được tệp này" not in office.secretary.hears()


async def test_a_process_that_does_not_hold_the_lease_makes_nothing(office: Office, minutes: str) -> None:
    async def another_looks() -> None:
        assert not await worker(office, "another").make_one()

    press_of(office).before.append(another_looks)
    await office.secretary.taps_code(minutes)

    assert press_of(office).laid_out == 1


async def test_a_question_that_turns_out_sensitive_meanwhile_is_told_by_no_paper(office: Office) -> None:
    reference = await office.assigned()
    press_of(office).before.append(dies)
    with pytest.raises(Deadly):
        await office.secretary.taps_code(f"papermake.1.answer_slip.docx.{reference}")
    async with office.world.store.unit() as uow:
        (await question_of(uow, reference)).sensitive = True
        await uow.commit()
    office.secretary.reads()
    await office.world.settle()

    assert "bản dự thảo" not in office.secretary.hears()
    assert await orders(office) == 0


async def test_whoever_erases_their_data_while_it_is_made_is_named_in_no_file(office: Office) -> None:
    reference = await office.assigned()

    async def erases() -> None:
        async with office.world.store.unit() as uow:
            await erase(uow, person=await person_named(uow, "Nguyễn Thị Mai"))
            await uow.commit()

    press_of(office).after.append(erases)
    await office.secretary.taps_code(f"papermake.1.answer_slip.docx.{reference}")

    assert press_of(office).laid_out == 2, "the one that named them was made anew"
    assert "Phiếu trả lời: bản dự thảo" in office.secretary.hears()
    async with office.world.store.reading() as uow:
        [made] = await uow.session.scalars(sa.select(t.made_papers.c.content_name))
    kept = office.world.data_dir / "attachments" / made[:2] / made
    assert ROAD in words_of(kept.read_bytes())
    assert "Nguyễn Thị Mai" not in words_of(kept.read_bytes())


async def test_a_clerk_who_erases_their_data_has_nothing_made_any_more(office: Office, minutes: str) -> None:
    press_of(office).before.append(dies)
    with pytest.raises(Deadly):
        await office.secretary.taps_code(minutes)
    async with office.world.store.unit() as uow:
        await erase(uow, person=await person_named(uow, "Trần Văn Thư"))
        await uow.commit()

    assert await orders(office) == 0


async def test_the_file_a_clerk_hands_in_meanwhile_is_the_one_that_is_kept(office: Office, minutes: str) -> None:
    await office.secretary.taps_code(minutes)
    await office.secretary.presses("🔢 Cấp số, ký, gửi")
    await office.secretary.presses("🔢 Cấp số")
    await office.secretary.presses("Hôm nay")

    async def hands_in() -> None:
        async with office.world.store.unit() as uow:
            clerk = await person_named(uow, "Trần Văn Thư")
            await keep_final(uow, by=clerk, document_id=OfficeDocumentId(1), sha256="a" * 64, scan=False)
            await uow.commit()

    press_of(office).before.append(hands_in)
    await office.secretary.presses("Cấp số 1")

    assert "Đã cấp số 01-BB/ĐU" in office.secretary.hears()
    assert "Bản có số đang được lập" in office.secretary.hears()
    assert "Bản có số 01-BB/ĐU, để in và ký" in office.secretary.hears()
    async with office.world.store.reading() as uow:
        assert (await uow.documents.get(OfficeDocumentId(1))).final_sha256 == "a" * 64


async def test_a_number_is_given_even_where_the_power_goes_and_the_file_follows(office: Office, minutes: str) -> None:
    await office.secretary.taps_code(minutes)
    await office.secretary.presses("🔢 Cấp số, ký, gửi")
    await office.secretary.presses("🔢 Cấp số")
    await office.secretary.presses("Hôm nay")
    press_of(office).after.append(dies)
    with pytest.raises(Deadly):
        await office.secretary.presses("Cấp số 1")
    await office.world.settle()

    assert "Bản có số 01-BB/ĐU, để in và ký" in office.secretary.hears()
    async with office.world.store.reading() as uow:
        final = (await uow.documents.get(OfficeDocumentId(1))).final_sha256
    assert final is not None
    content = (office.world.data_dir / "attachments" / final[:2] / final).read_bytes()
    assert media_type_of(content) == WORD
    assert "Số 01-BB/ĐU" in words_of(content)


async def test_charts_that_are_no_more_are_not_brought(office: Office) -> None:
    """Asked for by an official who is none any more."""
    async with office.world.store.unit() as uow:
        clerk = await person_named(uow, "Trần Văn Thư")
        plan = await uow.plans.get(PlanId(1))
        [account] = await uow.accounts.all_of(clerk.id)
        for kind, about in ((PaperKind.FIGURES, "2024"), (PaperKind.MEETING_FIGURES, "9")):
            message = Message("figures.pictures", {"about": about, "unit": "x"})
            await order_paper(
                uow, by=clerk, account_id=account.id, plan=plan, kind=kind, about=about, form=None, message=message
            )
        await uow.commit()
    office.secretary.reads()
    await office.world.settle()

    assert "Biểu đồ" not in office.secretary.hears()
    assert await orders(office) == 0


async def test_it_is_made_by_itself_soon_after_it_was_asked_for(office: Office, minutes: str) -> None:
    told = asyncio.Event()
    store, clock = office.world.store, office.world.clock
    ordered = OrderedPapers(store, Lease("papers", "test", store.unit, clock.now), told.set)
    running = asyncio.create_task(ordered.run())
    try:
        await office.world.line.text(office.secretary.address, "/vanban")
        async with store.unit() as uow:
            clerk = await person_named(uow, "Trần Văn Thư")
            plan, [account] = await uow.plans.get(PlanId(1)), await uow.accounts.all_of(clerk.id)
            kind, message = PaperKind.PLAN, Message("papers.made_docx", {"name": "Kế hoạch"})
            await require_paper(uow, by=clerk, plan=plan, kind=kind, subject=PaperSubject.PLAN, about="")
            await order_paper(
                uow,
                by=clerk,
                account_id=account.id,
                plan=plan,
                kind=kind,
                about="",
                form=PaperFormat.DOCX,
                message=message,
            )
            await uow.commit()
        ordered.wake()
        async with asyncio.timeout(120):  # documents are put behind the other work of the machine
            await told.wait()
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    assert await orders(office) == 0


async def test_what_was_begun_and_never_made_is_forgotten(office: Office, minutes: str) -> None:
    press_of(office).before.append(dies)
    with pytest.raises(Deadly):
        await office.secretary.taps_code(minutes)
    async with office.world.store.reading() as uow:
        [begun] = await uow.session.scalars(sa.select(t.made_papers.c.id))
    await office.world.settle()
    office.world.clock.move(days=2)
    async with office.world.store.unit() as uow:
        await uow.documents.forget_files(["nothing"])
        await uow.commit()
    async with office.world.store.unit() as uow:
        left = list(await uow.session.scalars(sa.select(t.made_papers.c.id)))
        assert begun not in left
        assert len(left) == 1, "the one that was made stays"
