"""Whoever is named in a matter never sorts, reads, answers or approves it; somebody else does (R026, R126, LAW C4)."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
import sqlalchemy as sa
from starlette.routing import Route

from bot.media.links import ChatLinks
from bot.office import make_office
from handlers.wiring import conversation_table
from intake.actions.questions.group_questions import join
from intake.actions.questions.groups import assign_group
from intake.actions.sealed.access import assignable
from intake.actions.sealed.naming import confirm_named, drop_named, name
from intake.actions.sealed.sorting import nobodys
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.outbox.letter import Letter, LetterState
from intake.rules.people.person import Role
from intake.rules.people.unit import DeskId, Unit
from intake.rules.questions.question import ProposalState, Question, QuestionState
from intake.rules.sealed.named import Named, NamedKind
from scheduler.enforcement import run_sweep
from storage.unit_of_work import SqlUnitOfWork
from tests.support.desk import desk_app, sit_down
from tests.support.office import DESK, OTHER_DESK, Office, open_office, person_named
from tests.support.stories import put_in_state, question_of
from tests.support.world import Phone, World
from web.office.office import HOME
from web.office.routes import office_router

ABOUT = "Cầu tre qua suối Nước Lạnh mục nát mà bao lần hứa sửa"
NOBODYS = "DL-2024-9999"
"""The code of a question there is none of."""
WORDS = "suối Nước Lạnh"


@dataclass(frozen=True, slots=True)
class Town:
    """The office of Di Lăng with everybody else who may hold a role there."""

    office: Office
    supervisor: Phone
    head: Phone
    admin: Phone

    def everybody(self) -> dict[str, Phone]:
        office = self.office
        return {
            "secretary": office.secretary,
            "official": office.official,
            "other": office.other,
            "chair": office.chair,
            "supervisor": self.supervisor,
            "head": self.head,
            "admin": self.admin,
        }

    def put_away(self) -> None:
        self.office.put_away()
        for phone in (self.supervisor, self.head, self.admin):
            phone.reads()


@pytest.fixture
async def town(plain_world: World) -> Town:
    office = await open_office(plain_world)
    return Town(
        office,
        await plain_world.staff(Role.SUPERVISOR, "DL", "Cao Thị Giám"),
        await plain_world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Văn Trưởng"),
        await plain_world.staff(Role.ADMIN, "DL", "Hồ Quản Trị"),
    )


async def unit_of_town(uow: SqlUnitOfWork) -> Unit:
    unit = await uow.places.unit_by_code("DL")
    assert unit is not None
    return unit


async def code_of(uow: SqlUnitOfWork, who: str) -> Named:
    """What a case names: an office of the town, the head of the hamlet, the desk, or the person of a story."""
    unit = await unit_of_town(uow)
    match who:
        case "chair" | "secretary":
            return Named(NamedKind(who), unit.id)
        case "head":
            hamlet = await uow.places.unit_by_code("DL-hang-gon")
            assert hamlet is not None
            return Named(NamedKind.HAMLET_HEAD, hamlet.id)
        case "desk":
            desks = {desk.name: desk for desk in await uow.places.desks(unit.id)}
            return Named(NamedKind.DESK, desks[DESK].id)
        case _:
            return Named(NamedKind.PERSON, (await person_named(uow, who)).id)


async def say_named(world: World, reference: str, who: str, by: str) -> Question:
    """Somebody of the office says whom the question names."""
    async with world.store.unit() as uow:
        question = await question_of(uow, reference)
        await name(
            uow,
            by=await person_named(uow, by),
            question_id=question.id,
            named=await code_of(uow, who),
            reason="Dân nói rõ tên",
        )
        await uow.commit()
        return question


async def proposed(town: Town) -> str:
    """A question that lies on a desk, with an answer before the chair."""
    office = town.office
    reference = await office.assigned(ABOUT)
    await office.official.presses("Mở")
    await office.official.presses("Trả lời")
    await office.official.says("Xã sửa trong quý II.")
    await office.official.presses("Gửi")
    town.put_away()
    return reference


KEPT = [
    ("desk", "Trần Văn Thư", {"official"}),
    ("Lê Thị Hoa", "Trần Văn Thư", {"official"}),
    ("secretary", "Lê Thị Hoa", {"secretary"}),
    ("chair", "Trần Văn Thư", {"chair", "secretary"}),  # where a chair is named, nobody who works under them sorts it
    ("head", "Trần Văn Thư", {"head"}),
    ("Cao Thị Giám", "Trần Văn Thư", {"supervisor"}),
]


@pytest.mark.parametrize(("who", "by", "kept"), KEPT)
async def test_no_way_leads_to_a_question_for_whom_it_names(town: Town, who: str, by: str, kept: set[str]) -> None:
    """Every command and every button there is, with the number of the question and of its draft."""
    reference = await proposed(town)
    question = await say_named(town.office.world, reference, who, by)
    await town.office.world.settle()
    town.put_away()
    async with town.office.world.store.reading() as uow:
        draft = (await uow.questions.proposals(question.id))[-1].id
        before = await state_of(uow, reference)
    table = conversation_table()
    numbers = {question.id, draft}
    for name_of_role in kept:
        phone = town.everybody()[name_of_role]
        for command in table.commands:
            if command not in {"xoa", "huy", "start"}:
                await phone.says(f"/{command}")
                await assert_unheard(phone, reference, f"/{command}")
        for command in ("trangthai", "cachtinh"):
            await phone.says(f"/{command} {NOBODYS}")
            of_none = phone.reads().replace(NOBODYS, reference)
            await phone.says(f"/{command} {reference}")
            assert phone.reads() == of_none, command
        for heard in await phone.taps_codes([f"{verb}.{number}" for verb in table.choices for number in numbers]):
            assert WORDS not in heard
            assert reference not in heard, heard
    async with town.office.world.store.reading() as uow:
        assert await state_of(uow, reference) == before


@pytest.mark.parametrize(("who", "by", "kept"), KEPT)
async def test_no_page_of_the_desk_leads_to_a_question_for_whom_it_names(
    town: Town, who: str, by: str, kept: set[str]
) -> None:
    """Every page there is, the approvals' among them, with every number of the question."""
    reference = await proposed(town)
    world = town.office.world
    question = await say_named(world, reference, who, by)
    async with world.store.reading() as uow:
        proposal = (await uow.questions.proposals(question.id))[-1]
    draft = proposal.id
    known = {"question": str(question.id), "reference": reference, "proposal": str(draft)}
    app = desk_app(world)
    reads: dict[str, set[str]] = {f"/duyet/{draft}": set(), f"/cau-hoi/{reference}": set()}
    for role, phone in town.everybody().items():
        browser = await sit_down(app, phone)
        for path, readers in reads.items():
            await browser.opens(path)
            readers.update({role} if WORDS in browser.reads() else ())
        for path in desk_pages(world, known) if role in kept else ():
            await browser.opens(path)
            told = browser.reads()
            assert WORDS not in told, (role, path)
            assert reference not in told or reference in path, (role, path)
    assert reads[f"/cau-hoi/{reference}"], "somebody else reads it"
    waits = proposal.state is ProposalState.PROPOSED  # that of a desk that is named was withdrawn
    assert bool(reads[f"/duyet/{draft}"]) is waits, "and approves it"
    assert not kept & set().union(*reads.values())


def desk_pages(world: World, known: dict[str, str]) -> list[str]:
    """The pages of the desk whose address names nothing, or nothing but what is known."""
    site = make_office(world.store, ChatLinks(), lambda: None, world.clock.now)
    found = []
    for route in office_router(site).routes:
        names = set(re.findall(r"{([^}]+)}", getattr(route, "path", "")))
        page = isinstance(route, Route) and "GET" in (route.methods or ()) and route.path.startswith(HOME)
        if page and names <= set(known) and not route.path.endswith("/vao"):
            found.append(route.path.format(**known).removeprefix(HOME))
    assert len(found) > 20
    return found


async def assert_unheard(phone: Phone, reference: str, way: str) -> None:
    heard = phone.reads()
    assert WORDS not in heard, way
    assert reference not in heard, way


async def state_of(uow: SqlUnitOfWork, reference: str) -> tuple[object, ...]:
    question = await question_of(uow, reference)
    drafts = [(one.id, one.state) for one in await uow.questions.proposals(question.id)]
    return question.state, question.desk_id, question.sensitive, question.named, question.urgent, drafts


async def test_a_draft_that_names_the_secretary_waits_on_the_list_of_who_approves_it(town: Town) -> None:
    reference = await proposed(town)
    await say_named(town.office.world, reference, "secretary", "Lê Thị Hoa")
    await town.office.world.settle()
    town.put_away()

    await town.office.chair.says("/duyet")
    assert reference in town.office.chair.hears()


async def test_what_names_somebody_is_joined_with_no_other_question(town: Town) -> None:
    office = town.office
    first, second = await office.asked(ABOUT), await office.asked(f"{ABOUT} từ năm ngoái")
    await say_named(office.world, first, "head", "Trần Văn Thư")
    async with office.world.store.unit() as uow:
        secretary = await person_named(uow, "Trần Văn Thư")
        named, other = [await question_of(uow, reference) for reference in (first, second)]
        with pytest.raises(RuleBroken, match=r"refusal\.join_named"):
            await join(uow, by=secretary, question_id=other.id, with_id=named.id)


async def test_at_the_end_of_a_meeting_the_desk_hears_of_what_names_somebody_by_itself(town: Town) -> None:
    office = town.office
    await office.fixed_meeting()
    on_desk, without_desk = await office.assigned(ABOUT), await office.asked(f"{ABOUT} từ năm ngoái")
    for reference in (on_desk, without_desk):
        await say_named(office.world, reference, "head", "Trần Văn Thư")
    await office.opened()
    await office.closed()

    assert on_desk in office.official.hears()
    assert without_desk not in office.official.hears()
    assert "câu hỏi phải trả lời. Hạn" not in office.official.hears(), "it is counted among no others"


@pytest.mark.parametrize(("who", "by", "kept"), KEPT)
async def test_no_clock_tells_whom_it_names_and_somebody_else_hears(
    town: Town, who: str, by: str, kept: set[str]
) -> None:
    reference = await proposed(town)
    world = town.office.world
    await say_named(world, reference, who, by)
    heard: dict[str, str] = dict.fromkeys(town.everybody(), "")
    for _ in range(14):
        world.clock.move_to(world.clock.at + timedelta(days=3))
        await run_sweep(world.store.unit)
        await world.settle()
        for role, phone in town.everybody().items():
            heard[role] += phone.reads()

    assert not [role for role in kept if reference in heard[role]]
    assert [role for role in heard if reference in heard[role]], "the matter is still somebody's"


async def test_a_named_desk_is_neither_suggested_nor_offered_and_its_reading_protects_at_once(town: Town) -> None:
    """Before anybody has confirmed anything."""
    office = town.office
    await office.mai.says("Cán bộ chuyên môn vòi tiền khi tôi làm sổ đỏ ở suối Nước Lạnh")
    await office.mai.presses("Hỏi")
    await office.mai.presses("Gửi")
    await office.secretary.presses("Mở")

    assert f"👤 Có thể nêu: {DESK} – máy nhận ra, chưa ai xác nhận" in office.secretary.hears()
    assert not office.secretary.sees_button(f"Giao {DESK}")
    await office.secretary.presses("Giao bộ phận")
    assert not office.secretary.sees_button(DESK)
    assert office.secretary.sees_button(OTHER_DESK)


async def test_the_office_confirms_adds_and_drops_each_with_a_reason_that_is_kept(town: Town) -> None:
    office = town.office
    await office.mai.says("Cán bộ chuyên môn vòi tiền khi tôi làm sổ đỏ")
    await office.mai.presses("Hỏi")
    await office.mai.presses("Gửi")
    await office.secretary.presses("Mở")
    await office.secretary.presses("👤 Người bị nêu")
    await office.secretary.presses("Đúng những người này")
    assert f"– {DESK} (đã xác nhận)" in office.secretary.hears()
    await office.secretary.presses("Ghi thêm người bị nêu")
    await office.secretary.says("pham van dan")
    assert "Vì sao bà/ông cho rằng" in office.secretary.hears()
    await office.secretary.says("Bà Mai nói là ông Dân")
    await office.secretary.presses("Gửi")
    assert "nêu Phạm Văn Dân" in office.secretary.hears()
    await office.secretary.presses("Mở")
    await office.secretary.presses("👤 Người bị nêu")
    await office.secretary.presses(f"Không nêu: {DESK}")
    await office.secretary.says("Chỉ nói một người")
    await office.secretary.presses("Gửi")
    await office.secretary.presses("Mở")

    heard = office.secretary.hears()
    assert "👤 Nêu: Phạm Văn Dân – không được xem" in heard
    assert f"👤 Trần Văn Thư ghi không nêu {DESK}" in heard
    assert "Chỉ nói một người" in heard
    assert f"👤 Nêu: {DESK}" not in heard


async def test_whom_nobody_knows_is_asked_for_again_and_of_several_one_is_chosen(town: Town) -> None:
    office = town.office
    await office.assigned()
    await office.official.presses("Mở")
    await office.official.presses("👤 Người bị nêu")
    assert "Chưa ghi ai." in office.official.hears()
    await office.official.presses("Ghi thêm người bị nêu")
    await office.official.says("Ông Nguyễn Không Có")
    assert "Không thấy ai có tên hoặc chức danh như vậy" in office.official.hears()
    await office.official.says("văn")
    assert "Bà/ông muốn nói ai?" in office.official.hears()
    await office.official.presses("Phạm Văn Dân")
    await office.official.says("Dân nói tên")
    await office.official.presses("Gửi")

    assert "nêu Phạm Văn Dân" in office.official.hears()


@pytest.mark.parametrize(
    ("text", "reader"),
    [
        ("Bà thư ký văn phòng hách dịch, quát mắng người già", "chair"),
        ("Ông chủ tịch xã nhận phong bì của nhà thầu", "supervisor"),
        ("Ông chủ tịch và cô thư ký ăn chia tiền cứu trợ", "supervisor"),
    ],
)
async def test_what_names_the_secretary_goes_to_the_chair_what_names_the_chair_to_the_inspection(
    town: Town, text: str, reader: str
) -> None:
    office = town.office
    await office.mai.says(text)
    await office.mai.presses("Phản ánh về cán bộ, gửi kín")
    await office.mai.presses("Gửi")

    told = {role for role, phone in town.everybody().items() if phone.news()}
    assert told == {reader}
    phone = town.everybody()[reader]
    await phone.says("/phanloai")
    await phone.presses("DL-2024-0001")
    assert text in phone.hears()
    assert "Nguyễn Thị Mai" in phone.hears()
    await phone.presses("Giao bộ phận")
    await phone.presses(OTHER_DESK)
    await office.other.presses("Mở")
    assert text in office.other.hears()
    await office.other.presses("Trả lời")
    await office.other.says("Đang kiểm tra, sẽ trả lời riêng.")
    await office.other.presses("Gửi")
    approver = town.everybody()["chair" if reader == "chair" else "supervisor"]
    await approver.presses("Duyệt")

    assert "Đang kiểm tra, sẽ trả lời riêng." in office.mai.hears()


async def test_where_everybody_is_named_the_asker_reads_so_and_it_waits(plain_world: World) -> None:
    office = await open_office(plain_world)
    await office.mai.says("Ông chủ tịch và cô thư ký ăn chia tiền cứu trợ")
    await office.mai.presses("Phản ánh về cán bộ, gửi kín")
    await office.mai.presses("Gửi")

    assert "nêu tất cả những người lẽ ra phân loại nó" in office.mai.hears()
    assert office.secretary.hears() == office.chair.hears() == ""
    late = await plain_world.staff(Role.SUPERVISOR, "DL", "Cao Thị Giám")
    await late.says("/phanloai")
    assert "DL-2024-0001" in late.hears()


async def test_a_head_named_by_a_neighbour_neither_carries_nor_follows_it(town: Town) -> None:
    """The head speaks for a neighbour without a phone, and is named by the office afterwards."""
    office = town.office
    await town.head.says("/hoho")
    await town.head.says("Bà Cụ Tám")
    await town.head.says(ABOUT)
    await town.head.presses("Gửi")
    reference = "DL-2024-0001"
    await office.secretary.presses("Mở")
    await office.secretary.presses("Giao bộ phận")
    await office.secretary.presses(DESK)
    town.put_away()
    await say_named(office.world, reference, "head", "Trần Văn Thư")
    await office.official.says("/hangdoi")
    await office.official.presses(reference)
    await office.official.presses("Trả lời")
    await office.official.says("Xã sửa trong quý II.")
    await office.official.presses("Gửi")
    await office.chair.presses("Duyệt")

    assert town.head.hears() == ""
    await town.head.says("/cauhoi")
    assert reference not in town.head.hears()
    await town.head.taps_code(f"rate.{(await office.question(reference)).id}.good")
    assert (await office.question(reference)).state is QuestionState.ANSWERED


async def test_who_leaves_the_named_office_stays_named_and_who_comes_after_is_named_too(town: Town) -> None:
    reference = await proposed(town)
    world = town.office.world
    await say_named(world, reference, "desk", "Trần Văn Thư")
    async with world.store.unit() as uow:
        person = await person_named(uow, "Lê Thị Hoa")
        unit = await unit_of_town(uow)
        desks = {desk.name: desk for desk in await uow.places.desks(unit.id)}
        (grant,) = await uow.people.grants_of(person.id)
        grant.desk_id = desks[OTHER_DESK].id
        await uow.commit()
    new = await world.staff(Role.OFFICIAL, "DL", "Võ Văn Mới", desk="chuyen-mon")
    async with world.store.unit() as uow:
        (await question_of(uow, reference)).desk_id = desks[OTHER_DESK].id
        await uow.commit()
    number = (await town.office.question(reference)).id
    for phone in (town.office.official, new):
        await phone.taps_code(f"queue.{number}")
        assert WORDS not in phone.hears()
    await town.office.other.taps_code(f"queue.{number}")
    assert WORDS in town.office.other.hears()


async def test_at_the_desk_in_a_browser_nobody_finds_what_names_them(town: Town) -> None:
    reference = await proposed(town)
    world = town.office.world
    app = desk_app(world)

    chair = await sit_down(app, town.office.chair)
    await chair.opens()
    assert reference in chair.reads()
    await say_named(world, reference, "chair", "Trần Văn Thư")
    await say_named(world, reference, "desk", "Cao Thị Giám")
    world.clock.move(days=60)
    for browser in (await sit_down(app, town.office.official), await sit_down(app, town.office.chair)):
        await browser.opens()
        assert reference not in browser.reads()
        await browser.opens(f"/cau-hoi/{reference}")
        assert WORDS not in browser.reads()
    supervisor = await sit_down(app, town.supervisor)
    await supervisor.opens()
    assert reference in supervisor.reads()
    await supervisor.opens(f"/cau-hoi/{reference}")
    assert WORDS in supervisor.reads()


async def test_a_desk_that_was_offered_and_is_named_since_is_refused(town: Town) -> None:
    office = town.office
    reference = await office.asked(ABOUT)
    await office.secretary.presses("Mở")
    await office.secretary.presses("Giao bộ phận")
    await say_named(office.world, reference, "desk", "Trần Văn Thư")
    await office.secretary.presses(DESK)

    assert not office.secretary.sees_button(DESK), "the list is shown again, without it"
    assert (await office.question(reference)).desk_id is None
    assert WORDS not in office.official.hears()
    async with office.world.store.unit() as uow:
        question, desk = await question_of(uow, reference), await code_of(uow, "desk")
        by = await person_named(uow, "Trần Văn Thư")
        with pytest.raises(RuleBroken, match=r"refusal\.desk_named"):
            await assign_group(uow, by=by, question_id=question.id, desk_id=DeskId(desk.id))


async def test_a_desk_where_everybody_is_named_is_no_way_until_somebody_else_sits_there(town: Town) -> None:
    office = town.office
    reference = await office.asked(ABOUT)
    await say_named(office.world, reference, "Lê Thị Hoa", "Trần Văn Thư")

    async def offered() -> set[str]:
        async with office.world.store.reading() as uow:
            question, unit = await question_of(uow, reference), await unit_of_town(uow)
            return {desk.name for desk in await assignable(uow, question, await uow.places.desks(unit.id))}

    assert DESK not in await offered()
    assert OTHER_DESK in await offered()
    await office.world.staff(Role.OFFICIAL, "DL", "Hồ Văn Mới", desk="chuyen-mon")
    assert DESK in await offered(), "somebody there may read it now"


async def test_naming_somebody_parts_the_questions_that_were_to_get_one_answer(town: Town) -> None:
    """The others go on as ordinary questions; nobody reads of the accusation through them."""
    office = town.office
    first, second = await office.asked(ABOUT), await office.asked(f"{ABOUT} từ năm ngoái")
    async with office.world.store.unit() as uow:
        lead, other = [await question_of(uow, one) for one in (first, second)]
        by = await person_named(uow, "Trần Văn Thư")
        await join(uow, by=by, question_id=lead.id, with_id=other.id)
        await uow.commit()
    await say_named(office.world, first, "desk", "Trần Văn Thư")

    async with office.world.store.reading() as uow:
        assert await uow.groups.members([lead.id]) == []
    assert not (await office.question(second)).named


async def test_what_is_answered_stays_so_when_its_desk_is_named_and_nobody_has_to_sort_it(town: Town) -> None:
    office = town.office
    reference = await office.assigned(ABOUT)
    await put_in_state(office.world, reference, QuestionState.ANSWERED)
    await say_named(office.world, reference, "desk", "Đinh Văn Chủ")
    await office.world.settle()

    question = await office.question(reference)
    assert (question.state, question.sensitive) == (QuestionState.ANSWERED, True)
    assert reference not in office.secretary.reads()
    await office.official.taps_code(f"queue.{question.id}")
    assert WORDS not in office.official.hears()


async def test_who_says_what_the_reading_proposed_confirms_it_once(town: Town) -> None:
    office = town.office
    reference = await office.asked("Cán bộ chuyên môn vòi tiền khi tôi làm sổ đỏ")
    assert [one.confirmed for one in (await office.question(reference)).named] == [False]
    await say_named(office.world, reference, "desk", "Trần Văn Thư")

    assert [one.confirmed for one in (await office.question(reference)).named] == [True]
    with pytest.raises(ChangedMeanwhile):
        await say_named(office.world, reference, "desk", "Trần Văn Thư")
    async with office.world.store.unit() as uow:
        by, number = await person_named(uow, "Trần Văn Thư"), (await question_of(uow, reference)).id
        with pytest.raises(ChangedMeanwhile):
            await confirm_named(uow, by=by, question_id=number)
        head = await code_of(uow, "head")
        with pytest.raises(ChangedMeanwhile):
            await drop_named(uow, by=by, question_id=number, named=head, reason="Không ai nói tới")
        for stranger in (Named(NamedKind.PERSON, 999), Named(NamedKind.CHAIR, 999)):
            with pytest.raises(NotFound):
                await name(uow, by=by, question_id=number, named=stranger, reason="Dân nói rõ tên")


async def test_only_what_nobody_is_left_for_waits_for_the_command_line(town: Town) -> None:
    reference = await proposed(town)
    await say_named(town.office.world, reference, "chair", "Trần Văn Thư")
    async with town.office.world.store.reading() as uow:
        assert await nobodys(uow) == []
    await say_named(town.office.world, reference, "secretary", "Cao Thị Giám")
    await say_named(town.office.world, reference, "Hồ Quản Trị", "Cao Thị Giám")
    await say_named(town.office.world, reference, "Cao Thị Giám", "Cao Thị Giám")
    async with town.office.world.store.reading() as uow:
        assert [one.reference for one in await nobodys(uow)] == [reference]


async def test_the_goodbye_of_a_silent_question_reaches_no_head_it_names_and_nobody_who_was_erased(town: Town) -> None:
    office = town.office
    world = office.world
    erased = await office.asked(ABOUT)
    await town.head.says("/hoho")
    await town.head.says("Bà Cụ Tám")
    await town.head.says(ABOUT)
    await town.head.presses("Gửi")
    neighbours = "DL-2024-0002"
    await say_named(world, neighbours, "head", "Trần Văn Thư")
    for reference in (erased, neighbours):
        await put_in_state(world, reference, QuestionState.ANSWERED, answered_at=world.clock.at)
    async with world.store.unit() as uow:
        mai = await person_named(uow, "Nguyễn Thị Mai")
        mai.name, mai.erased_at = "", uow.now
        await uow.commit()
    await world.settle()
    town.put_away()
    office.mai.reads()
    world.clock.move(days=20)
    await run_sweep(world.store.unit)
    await world.settle()

    for reference in (erased, neighbours):
        assert (await office.question(reference)).state is QuestionState.CLOSED
    assert neighbours not in town.head.reads()
    assert erased not in office.mai.reads()
    async with world.store.reading() as uow:
        told = await uow.session.scalars(sa.select(Letter).where(Letter.state == LetterState.IN_PERSON))
        assert (await question_of(uow, neighbours)).asker_id in {one.person_id for one in told}
