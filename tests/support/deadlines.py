"""What stories about deadlines start from: a question that a desk has taken on, and everybody who may hear of it."""

from dataclasses import dataclass
from datetime import date

from intake.actions.deadlines.clocks import stop_clocks
from intake.actions.deadlines.sweep import SweepResult
from intake.rules.deadlines.clock import ClockKind
from intake.rules.people.person import Role
from intake.rules.questions.question import Act, QuestionId, after
from scheduler.enforcement import run_sweep

from .world import Phone, World, local

DESK = "chuyen-mon"
ASKED_ON = date(2024, 3, 1)
DUE = date(2024, 4, 1)  # 30 days after 1 March is Sunday 31 March, so Monday 1 April


@dataclass
class Office:
    """The phones of everybody an overdue question concerns."""

    asker: Phone
    official: Phone
    secretary: Phone
    chair: Phone
    supervisor: Phone

    def everybody(self) -> tuple[Phone, ...]:
        return (self.asker, self.official, self.secretary, self.chair, self.supervisor)

    def read(self) -> dict[str, str]:
        """What each has heard since the last reading; who heard nothing is left out."""
        heard = {name: getattr(self, name).reads() for name in self.__dataclass_fields__}
        return {name: text for name, text in heard.items() if text}


async def open_office(world: World) -> Office:
    return Office(
        asker=await world.resident("DL-hang-gon", "Nguyễn Thị Mai"),
        official=await world.staff(Role.OFFICIAL, "DL", "Đinh Văn Ba", desk=DESK),
        secretary=await world.staff(Role.SECRETARY, "DL", "Phạm Thị Thu"),
        chair=await world.staff(Role.CHAIR, "DL", "Đinh Văn Chủ"),
        supervisor=await world.staff(Role.SUPERVISOR, "DL", "Lê Thị Giám"),
    )


async def ask(phone: Phone, text: str = "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?") -> QuestionId:
    """Send a question outside a meeting; returns its id."""
    await phone.says("/hoi")
    await phone.says(text)
    await phone.presses("Gửi")
    code = phone.button("Theo dõi")
    phone.reads()
    return QuestionId(int(code.removeprefix("status.")))


async def take_on(world: World, question_id: QuestionId, desk_code: str | None = DESK) -> None:
    """As a secretary's triage leaves it: taken on, at a desk (or at none), acknowledged."""
    async with world.store.unit() as uow:
        question = await uow.questions.get(question_id, lock=True)
        desks = {desk.code: desk for desk in await uow.places.desks(question.unit_id)}
        question.state = after(question.state, Act.TAKE_ON)
        question.desk_id = None if desk_code is None else desks[desk_code].id
        await stop_clocks(uow, question, ClockKind.ACKNOWLEDGE)
        await uow.commit()


async def sweep_at(world: World, day: date, hour: int = 7, minute: int = 30) -> SweepResult:
    """Go to a moment, sweep, and let the letters go out."""
    world.clock.move_to(local(day.year, day.month, day.day, hour, minute))
    result = await run_sweep(world.store.unit)
    await world.settle()
    return result
