"""The conclusion as people get it bears its number once the office has given it one, in the manner of its issuer."""

from dataclasses import replace

import pytest

from intake.actions.meetings.conclude import add_item, publish_conclusion
from intake.actions.papers.register import note_making, register_document
from intake.rules.meetings.meeting import Meeting
from intake.rules.papers.kinds import PaperKind
from intake.rules.plan.plan import PlanId
from intake.rules.plan.profile_terms import Layout
from tests.support.office import Office, open_office, person_named
from tests.support.world import World

ISSUERS = {
    Layout.PARTY: ("Ban Thường vụ Đảng ủy", "KH/ĐU", "số 07-TB/ĐU"),
    Layout.STATE: ("UBND thị trấn Di Lăng", "KH-UBND", "số 07/TB-UBND"),
}


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


async def concluded(office: Office, layout: Layout) -> Meeting:
    """A meeting after which an answer to the resident stands in the conclusion; the plan's issuer is this one."""
    meeting = await office.fixed_meeting("DL-hang-gon")
    reference = await office.assigned()
    await office.opened()
    await office.closed()
    issuer, symbol, _ = ISSUERS[layout]
    async with office.world.store.unit() as uow:
        plan, by = await uow.plans.get(PlanId(1)), await person_named(uow, "Trần Văn Thư")
        head = replace(plan.profile.plan, layout=layout, issuer=issuer, symbol=symbol)
        plan.profile = replace(plan.profile, plan=head)
        await add_item(
            uow,
            by=by,
            meeting_id=meeting.id,
            text="Sửa đường vào xóm 3",
            desk_id=None,
            owner="UBND thị trấn",
            due_on=None,
            references=[reference],
        )
        await uow.commit()
    office.put_away()
    return meeting


async def publishes(office: Office, meeting: Meeting, *, number: int | None) -> None:
    async with office.world.store.unit() as uow:
        by, chair = await person_named(uow, "Trần Văn Thư"), await person_named(uow, "Đinh Văn Chủ")
        if number is not None:
            plan, kind = await uow.plans.get(PlanId(1)), PaperKind.CONCLUSION
            made = await note_making(uow, by=by, plan=plan, kind=kind, code="TB", about=str(meeting.id))
            await register_document(uow, by=by, document_id=made.id, dated_on=uow.today, number=number)
        await publish_conclusion(uow, by=chair, meeting_id=meeting.id)
        await uow.commit()
    await office.world.settle()


@pytest.mark.parametrize("layout", ISSUERS)
async def test_the_letter_to_whoever_asked_and_the_one_to_everybody_bear_the_number(
    office: Office, layout: Layout
) -> None:
    meeting = await concluded(office, layout)
    await publishes(office, meeting, number=7)

    mine, everybodys = office.mai.news()
    assert "có trong kết luận buổi" in mine.text
    assert "📌 Kết luận buổi đối thoại" in everybodys.text
    assert all(f"Thông báo kết luận {ISSUERS[layout][2]}, ngày 25/04/2024" in one.text for one in (mine, everybodys))


async def test_no_number_is_promised_before_there_is_one(office: Office) -> None:
    await publishes(office, await concluded(office, Layout.STATE), number=None)

    assert "📌 Kết luận buổi đối thoại" in office.mai.hears()
    assert "Thông báo kết luận số" not in office.mai.hears()
