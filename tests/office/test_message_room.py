"""The room of messages to everybody: looked at with whom it reaches, confirmed in the chat, followed, paused."""

import re

import pytest
from fastapi import FastAPI

from intake.actions.outbox.broadcast import start_broadcast
from intake.rules.message import Message
from intake.rules.people.person import Role
from tests.plan.test_plan_paper_changes import announced, the_meeting
from tests.support.amending import amended
from tests.support.desk import desk_app, sit_down
from tests.support.meetings import pushes_notice
from tests.support.office import Office, neighbour_unit, open_office
from tests.support.stories import refuse_replies
from tests.support.world import World


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


@pytest.fixture
def app(office: Office) -> FastAPI:
    return desk_app(office.world)


def words_in(page: str) -> str:
    return page.partition("</textarea>")[0].rpartition(">")[2].strip()


async def test_a_notice_is_written_confirmed_in_the_chat_and_goes_out(office: Office, app: FastAPI) -> None:
    meeting = await office.fixed_meeting()
    head = await office.world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Trần Văn Thôn")
    secretary = await sit_down(app, office.secretary)
    await secretary.opens("/tin")
    assert "Soạn thông báo" in secretary.reads()
    path = f"/tin/soan/{meeting.id}"
    await secretary.opens(path)
    assert "Trò chuyện trên web" in secretary.reads() or "Telegram" in secretary.reads() or "Zalo" in secretary.reads()
    text = words_in(secretary.page)
    assert "ĐỐI THOẠI THÁNG 4" in text.upper()
    await secretary.sends(path, form="notice", text="Mời bà con đến họp.")
    assert secretary.status == 422
    assert "Mời bà con đến họp." in secretary.page, "nothing typed is lost"
    await secretary.sends(path, form="notice", text=text)
    assert secretary.status == 422
    assert "cần xác nhận trong trò chuyện" in secretary.reads()
    await office.world.settle()
    assert "phát hành thông báo tới mọi người" in office.secretary.hears()
    await secretary.sends(path, form="notice", text=text)
    assert secretary.status == 422, "not yet"
    await office.secretary.presses("Đúng là tôi")
    await secretary.sends(path, form="notice", text=f"{text} Ai cũng phải đến.")
    assert secretary.status == 422, "a yes to these words is none to others"
    await office.world.settle()
    await secretary.sends(path, form="notice", text=text)
    assert secretary.status == 422, "and what was asked last counts"
    await office.world.settle()
    await office.secretary.presses("Đúng là tôi")
    await secretary.sends(path, form="notice", text=text)
    assert "Đã phát hành thông báo" in secretary.reads()
    await office.world.settle()
    await pushes_notice(head)

    await secretary.opens("/tin")
    assert "Thông báo" in secretary.reads()


async def test_a_message_under_way_is_paused_resumed_and_stopped(office: Office, app: FastAPI) -> None:
    meeting = await office.fixed_meeting()
    chair = await sit_down(app, office.chair)
    async with office.world.store.unit() as uow:
        hamlets = [one.id for one in await uow.places.hamlets(meeting.unit_id)]
        said = Message("meetings.news_cancelled", {"title": meeting.title, "reason": "Bão"})
        name = f"conclusion:{meeting.id}"
        started = await start_broadcast(uow, said, name=name, unit_id=meeting.unit_id, hamlets=hamlets)
        await uow.commit()
    path = f"/tin/{started.broadcast_id}/trang-thai"
    await chair.opens("/tin")
    await chair.sends(path, to="tam-dung")
    assert "tạm dừng" in chair.reads().casefold()
    await chair.sends(path, to="gui-tiep")
    await chair.sends(path, to="dung-han")
    assert chair.status == 422
    await chair.sends(path, to="khac")
    assert chair.status == 404
    await chair.opens("/tin")
    await chair.sends(path, to="dung-han", sure="yes")
    assert chair.status == 200
    stranger = await sit_down(app, await neighbour_unit(office.world, Role.CHAIR))
    await stranger.opens("/tin")
    assert meeting.title not in stranger.page
    await stranger.sends(path, to="tam-dung")
    assert stranger.status == 404
    await stranger.opens(f"/tin/soan/{meeting.id}")
    assert stranger.status == 404


async def test_a_notice_to_many_is_laid_before_a_second_person(office: Office, app: FastAPI) -> None:
    meeting = await office.fixed_meeting()
    async with office.world.store.unit() as uow:
        plan = await uow.plans.get(meeting.plan_id)
        plan.profile = amended(plan.profile, clocks={"notice": {"second_person_above": 0}})
        await uow.commit()
    secretary = await sit_down(app, office.secretary)
    path = f"/tin/soan/{meeting.id}"
    await secretary.opens(path)
    assert "cần người thứ hai phát hành" in secretary.reads()
    await secretary.sends(path, form="notice", text=words_in(secretary.page))
    assert secretary.at == "/ban-lam-viec/tin", secretary.reads()
    await office.world.settle()
    assert meeting.title in office.chair.hears()


async def test_whoever_wrote_and_heard_nothing_is_counted_above_the_messages(office: Office, app: FastAPI) -> None:
    await office.mai.says("/menu")
    await office.mai.says("/lich")
    secretary, chair = await sit_down(app, office.secretary), await sit_down(app, office.chair)
    elsewhere = await sit_down(app, await neighbour_unit(office.world, Role.SECRETARY))
    await secretary.opens("/tin")
    assert "không thấy trả lời" not in secretary.reads()
    await refuse_replies(office.world, "Nguyễn Thị Mai")
    for desk in (secretary, chair):
        await desk.opens("/tin")
        assert "Người nhắn tới mà không thấy trả lời, vì mạng đã từ chối tin trả lời tự động." in desk.reads()
        assert "2 tin, gần nhất" in desk.reads()
        assert "Nguyễn Thị Mai" not in desk.page
    await elsewhere.opens("/tin")
    assert "không thấy trả lời" not in elsewhere.reads()


async def test_a_notice_goes_to_a_place_without_a_head_from_here_and_from_its_card(plain_world: World) -> None:
    clerk, lan = await announced(plain_world)
    meeting = await the_meeting(plain_world)
    desk = await sit_down(desk_app(plain_world), clerk)
    await clerk.taps_code(f"noticecard.{meeting.id}")
    assert clerk.sees_button("Gửi tới xã An Dương")
    await desk.opens("/tin")
    path = re.search(r"/tin/toi/[0-9]+/[0-9]+", desk.page)
    assert path is not None
    await desk.sends(path[0])
    assert "Đã gửi tới xã An Dương" in desk.reads()
    assert "/tin/toi/" not in desk.page, "it has gone there"
    await desk.sends(path[0])
    assert desk.status == 422
    plain_world.clock.move(hours=2)
    await plain_world.settle()
    assert "THÔNG BÁO" in lan.hears()
    await clerk.taps_code(f"noticecard.{meeting.id}")
    assert not clerk.sees_button("Gửi tới xã An Dương")
