"""Tasks of an office in the stories: a plan that is amended, a report that falls due, a request about own data."""

from intake.actions.deadlines.office_tasks import open_fixed_dates, open_reports
from intake.rules.plan.plan import Plan
from storage.unit_of_work import SqlUnitOfWork

from .amending import amended
from .office import Office
from .world import World

WISH = "Tên tôi trong biên bản ghi sai, xin sửa thành Nguyễn Thị Mai."


async def the_plan(uow: SqlUnitOfWork) -> Plan:
    plan = await uow.plans.by_code("di-lang-2024")
    assert plan is not None
    return plan


async def plan_says(world: World, **clocks: object) -> None:
    """The plan of Di Lăng is amended, and loaded again."""
    async with world.store.unit() as uow:
        plan = await the_plan(uow)
        plan.profile = amended(plan.profile, clocks=clocks)
        await uow.commit()


async def opens_reports(world: World) -> int:
    async with world.store.unit() as uow:
        opened = await open_reports(uow)
        await uow.commit()
    return opened


async def wishes(office: Office, wish: str = WISH) -> None:
    await office.mai.says("/dulieu")
    await office.mai.presses("Yêu cầu khác")
    await office.mai.says(wish)
    await office.mai.presses("Gửi")


def fixed(key: str, before: str, task: str = "Gửi báo cáo 9 tháng") -> dict[str, object]:
    return {"key": key, "before": before, "task": task, "lead": "van-phong", "to": ["Đảng ủy"], "phrase": "trước ngày"}


async def loads_again(world: World) -> None:
    async with world.store.unit() as uow:
        plan = await the_plan(uow)
        await open_fixed_dates(uow, plan)
        await uow.commit()


REPORT = {"lead": "van-phong", "to": ["Đảng ủy"], "phrase": "định kỳ 01 quý/lần", "every": "quarter"}


async def a_question_of_a_meeting(office: Office) -> str:
    """A question of the meeting of 25 April, taken on at its end."""
    await office.fixed_meeting()
    reference = await office.assigned()
    await office.opened()
    await office.closed()
    office.put_away()
    return reference
