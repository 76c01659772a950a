"""On the way to an open point of a plan, and what a plan has kept of it."""

from intake.rules.people.person import Role
from intake.rules.plan.plan import Plan

from .office import Office
from .world import Phone, World

DI_LANG, AN_DUONG, THACH_THAT, TUYET_DIEM, VINH_BAO = (
    "di-lang-2024",
    "an-duong-2024",
    "thach-that-2023",
    "tuyet-diem-2025",
    "vinh-bao-2026",
)
LATER = "Để sau"


async def secretary_of(world: World, unit: str) -> Phone:
    """The secretary of a unit."""
    return await world.staff(Role.SECRETARY, unit, "Lê Thị Minh Thư")


async def plan_called(world: World, code: str) -> Plan:
    """A plan as it is stored."""
    async with world.store.reading() as uow:
        plan = await uow.plans.by_code(code)
        assert plan is not None
        return plan


async def goes_to(secretary: Phone, question: str) -> None:
    """`/kehoach`, and on with `Để sau` until this question is asked."""
    await secretary.says("/kehoach")
    labels = [label for shown in secretary.news() for label in shown.buttons]
    await secretary.presses(next(label for label in labels if label.startswith("Trả lời từng điểm")))
    while question not in secretary.hears():
        await secretary.presses(LATER)


async def decides(office: Office, key: str, *answers: str) -> None:
    """The secretary answers one point; an answer that is a button is tapped."""
    await office.secretary.taps_code(f"planpoint.1.{key}")
    for answer in answers:
        if office.secretary.sees_button(answer):
            await office.secretary.presses(answer)
        else:
            await office.secretary.says(answer)
    assert "Đã ghi" in office.secretary.hears(), office.secretary.hears()
    office.put_away()
