"""The people of an office with their phones, and what they do again and again in the stories of the office."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from intake.actions.sealed.keys import set_up
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.deadline import ClockState
from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.people.person import Person, Role
from intake.rules.questions.question import Proposal, Question
from storage import tables as t
from storage.unit_of_work import SqlUnitOfWork
from tests.conftest import load

from .broadcasts import begin, spread
from .stories import planned_meeting, question_of, residents_of, set_meeting
from .world import Entered, Phone, World, local

DESK = "Cán bộ, công chức chuyên môn thị trấn"
OTHER_DESK = "Bộ phận Kiểm tra - Tuyên giáo - Dân vận Đảng ủy"
ROAD = "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?"


@dataclass(frozen=True, slots=True)
class Office:
    """Di Lăng: a resident, the secretary, an official, one of another desk, the chair."""

    world: World
    mai: Phone
    secretary: Phone
    official: Phone
    other: Phone
    chair: Phone

    async def asked(self, text: str = ROAD) -> str:
        """The resident asks; the reference comes back. Everybody puts the phone away."""
        await self.mai.says("/hoi")
        await self.mai.says(text)
        if self.mai.sees_button("Hỏi"):  # what accuses somebody is asked about; here it is an ordinary question
            await self.mai.presses("Hỏi")
        await self.mai.presses("Gửi")
        async with self.world.store.reading() as uow:
            count = len(await uow.questions.of_person((await person_named(uow, "Nguyễn Thị Mai")).id))
        self.put_away()
        return f"DL-2024-{count:04}"

    async def assigned(self, text: str = ROAD) -> str:
        """The resident asks, the secretary gives it to the official's desk."""
        reference = await self.asked(text)
        await self.secretary.presses("Mở")
        await self.secretary.presses("Giao bộ phận")
        await self.secretary.presses(DESK)
        self.put_away()
        return reference

    async def proposed(self, text: str = "Xã sửa trong quý II.") -> str:
        """The desk has an answer before the chair."""
        reference = await self.assigned()
        await self.official.presses("Mở")
        await self.official.presses("Trả lời")
        await self.official.says(text)
        await self.official.presses("Gửi")
        self.put_away()
        return reference

    async def seals(self, role: Role = Role.CHAIR) -> str:
        """What is sealed has an officer from now on: the first who holds the role. Returns what stands on the paper."""
        async with self.world.store.unit() as uow:
            unit = await uow.places.unit_by_code("DL")
            assert unit is not None
            first = sa.select(t.grants.c.id).where(t.grants.c.role == role).order_by(t.grants.c.id).limit(1)
            paper = await set_up(uow, uow.seals, unit=unit, grant_id=(await uow.session.scalars(first)).one())
            await uow.commit()
        return paper

    async def invites(self) -> None:
        """Everybody of the town is told of something at once, as they are of each meeting."""
        async with self.world.store.reading() as uow:
            town = await uow.places.unit_by_code("DL")
            assert town is not None
            hamlets = [one.id for one in await uow.places.hamlets(town.id)]
        await begin(self.world.store, town.id, hamlets, "Kính mời bà con dự hội nghị đối thoại")
        await spread(self.world.store)
        await self.world.settle()
        self.put_away()

    def put_away(self) -> None:
        """Everybody has read everything, and some time passes."""
        for phone in (self.mai, self.secretary, self.official, self.other, self.chair):
            phone.reads()
        self.world.clock.move(minutes=1)

    async def question(self, reference: str) -> Question:
        """The question as it is stored."""
        async with self.world.store.reading() as uow:
            return await question_of(uow, reference)

    async def clocks(self, reference: str, state: ClockState = ClockState.RUNNING) -> dict[ClockKind, date]:
        """The clocks of a question in a state: the due date of each kind."""
        async with self.world.store.reading() as uow:
            question = await question_of(uow, reference)
            clocks = await uow.clocks.of_question(question.id)
            return {clock.kind: clock.due_on for clock in clocks if clock.state is state}

    async def proposals(self, reference: str) -> list[Proposal]:
        """What was proposed for a question, oldest first."""
        async with self.world.store.reading() as uow:
            question = await question_of(uow, reference)
            return list(await uow.questions.proposals(question.id))

    async def fixed_meeting(self, *hamlets: str) -> Meeting:
        """A meeting fixed for the 25th of April, 14:00."""
        meeting = await planned_meeting(self.world, *hamlets)
        await set_meeting(self.world, meeting, MeetingState.FIXED)
        return meeting

    async def opened(self) -> None:
        """It is the day of the meeting, and the secretary opens it."""
        self.world.clock.move_to(local(2024, 4, 25, 14))
        await self.secretary.says("/dieuhanh")
        await self.secretary.presses("Khai mạc")
        self.put_away()

    async def closed(self) -> None:
        """The secretary ends the meeting at half past four."""
        self.world.clock.move_to(local(2024, 4, 25, 16, 30))
        await self.secretary.says("/dieuhanh")
        await self.secretary.presses("Kết thúc buổi")
        await self.secretary.presses("Đúng")


_OPENED: dict[tuple[object, ...], Entered] = {}


async def open_office(world: World) -> Office:
    """Everybody has agreed and taken up the role. How, is the same each time: once a process they do it."""
    if not world.untouched():
        return Office(world, *await _take_up_roles(world))
    key = (type(world.line), world.beginning)
    if key in _OPENED:
        return Office(world, *await world.go_on_from(_OPENED[key]))
    office = Office(world, *await _take_up_roles(world))
    entered = await world.entered()
    if entered is not None:
        _OPENED[key] = entered
    return office


async def _take_up_roles(world: World) -> list[Phone]:
    return [
        await world.resident("DL-hang-gon", "Nguyễn Thị Mai"),
        await world.staff(Role.SECRETARY, "DL", "Trần Văn Thư"),
        await world.staff(Role.OFFICIAL, "DL", "Lê Thị Hoa", desk="chuyen-mon"),
        await world.staff(Role.OFFICIAL, "DL", "Phạm Văn Dân", desk="kt-tg-dv"),
        await world.staff(Role.CHAIR, "DL", "Đinh Văn Chủ"),
    ]


async def neighbour_unit(world: World, role: Role) -> Phone:
    """Somebody with the role in another commune, An Dương, which has its own plan."""
    await load(world, "an-duong-2024")
    async with world.store.reading() as uow:
        unit = next(one for one in await uow.places.roots() if one.code != "DL")
    return await world.staff(role, unit.code, "Người Nơi Khác")


async def person_named(uow: SqlUnitOfWork, name: str) -> Person:
    """Whoever of the town has this name: the one resident or official of a story."""
    for code in ("DL-hang-gon", "DL-lang-dau"):
        hamlet = await uow.places.unit_by_code(code)
        assert hamlet is not None
        for person in await residents_of(uow, hamlet.id):
            if person.name == name:
                return person
    town = await uow.places.unit_by_code("DL")
    assert town is not None
    holders = [one for role in Role for one in await uow.people.holders(role, town)]
    return next(person for person in holders if person.name == name)
