"""Personal data got out: who runs the installation enters it, the office hears of it, and 72 hours run (LAW C5)."""

from datetime import timedelta

import pytest

from intake.actions.people.breaches import close_breach, note_breach, report_breach
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.people.breach import Breach, BreachId
from intake.rules.people.person import Role
from scheduler.jobs import JOBS, JobContext
from tests.support.command_line import Command, refused
from tests.support.recorded import deeds
from tests.support.world import Phone, World

WHAT = "Một máy tính của văn phòng bị mất, có danh sách đăng ký"


async def noted(world: World, hours_ago: int = 2) -> Breach:
    async with world.store.unit() as uow:
        unit = await uow.places.unit_by_code("DL")
        assert unit is not None
        noticed = uow.now - timedelta(hours=hours_ago)
        breach = await note_breach(uow, unit=unit, noticed_at=noticed, what=WHAT, people=40, by="Thư")
        await uow.commit()
    await world.settle()
    return breach


async def an_hour_passes(world: World) -> None:
    [job] = [one for one in JOBS if one.name == "remind_breaches"]
    await job.action(JobContext(world.store.unit))
    await world.settle()


@pytest.fixture
async def staff(world: World) -> tuple[Phone, Phone]:
    """The secretary and the admin of Di Lăng."""
    people = (
        await world.staff(Role.SECRETARY, "DL", "Lê Thị Thu"),
        await world.staff(Role.ADMIN, "DL", "Phạm Văn Quản"),
    )
    for phone in people:
        phone.reads()
    return people


async def test_secretary_and_admin_hear_at_once_on_the_last_day_and_when_it_is_late(
    world: World, staff: tuple[Phone, Phone]
) -> None:
    await noted(world)
    await an_hour_passes(world)
    for phone in staff:
        (letter,) = phone.news()
        assert WHAT in letter.text
        assert "phát hiện lúc 06:00, 01/03/2024" in letter.text
        assert "trước 06:00, 04/03/2024" in letter.text
        phone.reads()

    world.clock.move(hours=47)
    for phone in staff:
        await phone.says("/menu")
        phone.reads()
    await an_hour_passes(world)
    await an_hour_passes(world)
    for phone in staff:
        (letter,) = phone.news()
        assert "chưa đầy 24 giờ" in letter.text
        phone.reads()

    world.clock.move(hours=24)
    await an_hour_passes(world)
    for phone in staff:
        (letter,) = phone.news()
        assert "quá hạn" in letter.text


async def test_what_was_reported_is_reminded_of_no_more_and_is_closed_with_what_was_done(
    world: World, staff: tuple[Phone, Phone]
) -> None:
    breach = await noted(world)
    async with world.store.unit() as uow:
        await report_breach(uow, breach_id=breach.id, at=uow.now, by="Thư")
        with pytest.raises(ChangedMeanwhile):
            await report_breach(uow, breach_id=breach.id, at=uow.now, by="Thư")
        await uow.commit()
    for phone in staff:
        phone.reads()
    world.clock.move(hours=90)
    await an_hour_passes(world)
    assert not any(phone.news() for phone in staff)

    async with world.store.unit() as uow:
        await close_breach(uow, breach_id=breach.id, measures="Đã đổi khoá, báo từng người", by="Thư")
        with pytest.raises(ChangedMeanwhile):
            await close_breach(uow, breach_id=breach.id, measures="lần nữa", by="Thư")
        with pytest.raises(NotFound):
            await close_breach(uow, breach_id=BreachId(99), measures="không có", by="Thư")
        await uow.commit()
    async with world.store.reading() as uow:
        told = [(deed.act, deed.detail) for deed in await deeds(uow, subject=f"breach:{breach.id}")]
    assert told == [(f"{verb}_breach", {"by": "Thư"}) for verb in ("note", "report", "close")]


async def test_what_cannot_be_is_refused(world: World) -> None:
    async with world.store.unit() as uow:
        unit = await uow.places.unit_by_code("DL")
        assert unit is not None
        later = uow.now + timedelta(minutes=1)
        for moment, what in ((later, WHAT), (uow.now, "  "), (uow.now, "x" * 2001)):
            with pytest.raises(RuleBroken):
                await note_breach(uow, unit=unit, noticed_at=moment, what=what, people=None, by="Thư")
        breach = await note_breach(uow, unit=unit, noticed_at=uow.now, what=WHAT, people=None, by="Thư")
        with pytest.raises(RuleBroken):
            await report_breach(uow, breach_id=breach.id, at=later, by="Thư")


def test_the_register_from_the_command_line(doithoai: Command) -> None:
    refused(doithoai("breach", "note", WHAT, "--unit", "DL"), "no unit with the code DL")
    doithoai("plans", "load", "plans/di-lang-2024.toml", "--yes")
    assert doithoai("breach", "list")[1] == "no breach was entered\n"
    status, out, _ = doithoai("breach", "note", WHAT, "--unit", "DL", "--people", "40", "--by", "Thư")
    assert status == 0
    assert f"{WHAT} (40 people)  report it by" in out
    assert "left" in out
    number = out.split()[0]
    refused(doithoai("breach", "report", number, "--at", "hôm qua"), "is no moment")
    refused(doithoai("breach", "report", number, "--at", "2099-01-01 08:00"), "still to come")
    refused(doithoai("breach", "report", "77"), "no such breach")
    assert "reported" in doithoai("breach", "report", number)[1]
    refused(doithoai("breach", "report", number), "noted before")
    refused(doithoai("breach", "close", number, "--measures", " "), "1 to 2000 letters")
    assert "closed" in doithoai("breach", "close", number, "--measures", "Đã đổi khoá")[1]
    old = doithoai("breach", "note", WHAT, "--unit", "DL", "--noticed", "2024-03-01 08:00")[1]
    assert "LATE: it was to be reported by 2024-03-04 08:00" in old
    assert len(doithoai("breach", "list")[1].splitlines()) == 2
