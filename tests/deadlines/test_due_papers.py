"""A report that falls due arrives with its reminder, made of what is known that day, in the chat of who is reminded."""

from datetime import date

import pytest
import sqlalchemy as sa

from intake.actions.papers.due_papers import order_due_paper
from intake.rules.deadlines.task import Task, TaskId, TaskKind
from intake.rules.papers.due import paper_due
from intake.rules.papers.kinds import PaperKind
from intake.rules.people.unit import UnitId
from storage import tables as t
from tests.support.deadlines import sweep_at
from tests.support.office import Office, open_office, person_named
from tests.support.office_tasks import REPORT, a_question_of_a_meeting, opens_reports, plan_says
from tests.support.paper_check import words_of
from tests.support.world import World, local

READY = "Báo cáo quý: lập sẵn theo số liệu đến hôm nay"


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


async def due_report(office: Office, every: str = "quarter", day: date = date(2024, 7, 1)) -> None:
    """A meeting was held in the second quarter; its report is a task by now."""
    await plan_says(office.world, periodic_report=REPORT | {"every": every})
    await a_question_of_a_meeting(office)
    office.world.clock.move_to(local(day.year, day.month, day.day, 6, 20))
    assert await opens_reports(office.world) == 1
    office.put_away()


async def reminded(office: Office, day: date) -> None:
    await sweep_at(office.world, day)
    await office.world.settle()


@pytest.mark.contract
async def test_the_quarterly_report_comes_with_its_reminder_and_one_tap_puts_it_into_the_register(
    office: Office,
) -> None:
    await due_report(office)
    await reminded(office, date(2024, 7, 5))

    assert READY in office.secretary.hears()
    async with office.world.store.reading() as uow:
        [made] = await uow.session.scalars(sa.select(t.made_papers.c.content_name))
        assert await uow.documents.of_units([UnitId(1)], 9) == [], "nobody has asked for a number yet"
    words = words_of((office.world.data_dir / "attachments" / made[:2] / made).read_bytes())
    assert "quý II năm 2024" in words
    assert "DỰ THẢO" in words
    assert READY not in office.mai.hears()
    await office.secretary.presses("📄 Lập báo cáo")
    assert "Báo cáo quý: bản dự thảo" in office.secretary.hears()
    assert office.secretary.sees_button("🔢 Cấp số, ký, gửi")


async def test_by_the_conclusion_of_2025_the_report_of_six_months_comes_too(office: Office) -> None:
    await due_report(office, "kl-215")
    await reminded(office, date(2024, 7, 5))

    assert "Báo cáo 6 tháng: lập sẵn" in office.secretary.hears()
    assert office.secretary.sees_button("📄 Lập báo cáo")


async def test_nobody_has_it_who_may_not_or_whom_no_chat_reaches(office: Office) -> None:
    await due_report(office)
    async with office.world.store.unit() as uow:
        [(task, _)] = await uow.tasks.open_in([UnitId(1)])
        for name in ("Nguyễn Thị Mai", "Lê Thị Hoa"):
            person = await person_named(uow, name)
            assert not await order_due_paper(uow, person_id=person.id, task_id=task.id), name
        secretary = await person_named(uow, "Trần Văn Thư")
        assert await order_due_paper(uow, person_id=secretary.id, task_id=task.id)
        [account] = await uow.accounts.all_of(secretary.id)
        account.person_id = (await person_named(uow, "Lê Thị Hoa")).id
        await uow.flush()
        assert not await order_due_paper(uow, person_id=secretary.id, task_id=task.id)


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ("opinion_digest", PaperKind.OPINION_DIGEST),
        ("opinion_report", PaperKind.OPINION_DIGEST),
        ("background_report", PaperKind.BACKGROUND_REPORT),
        ("earlier_results", PaperKind.EARLIER_RESULTS),
        ("logistics", None),
        ("", None),
    ],
)
def test_a_task_of_the_plan_comes_to_its_report(what: str, kind: PaperKind | None) -> None:
    task = Task(UnitId(1), TaskKind.DUTY, "k", "Đối thoại", local(2024, 3, 1), what=what)
    task.id = TaskId(1)
    assert paper_due(task) is None
    task.meeting_id = 7  # type: ignore[assignment]

    assert paper_due(task) == (None if kind is None else (kind, "7"))
