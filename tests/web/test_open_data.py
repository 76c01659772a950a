"""What programs and calendars read of a unit: open data, an Atom feed, meetings for the calendar of a phone."""

import csv
import io
import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from icalendar import Calendar
from lxml import etree

from intake.actions.meetings.cancel_meeting import cancel_meeting
from intake.actions.meetings.conclude import add_item, publish_conclusion
from intake.actions.meetings.fix_meeting import fix_meeting
from intake.actions.meetings.release_notice import release_notice
from intake.rules.meetings.meeting import Meeting
from tests.support.office import Office, open_office, person_named
from tests.support.public import Reader, passer_by
from tests.support.stories import planned_meeting
from tests.support.world import World, local
from tests.web.test_public_page import UNIT, publishes
from tests.web.test_public_page import held as held  # noqa: PLC0414 - the same meeting, read by programs

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


@pytest.fixture
async def reader(plain_world: World) -> AsyncIterator[Reader]:
    async with passer_by(plain_world) as opened:
        yield opened


async def table(reader: Reader, name: str) -> list[dict[str, str]]:
    """A file as a spreadsheet reads it, and the same as a program does."""
    text = (await reader.client.get(f"{UNIT}/du-lieu/{name}.csv")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    same = json.loads(await reader.reads(f"{UNIT}/du-lieu/{name}.json"))
    assert [{key: "" if value is None else str(value) for key, value in row.items()} for row in same] == [
        {key: value.removeprefix("'") for key, value in row.items()} for row in rows
    ]
    return rows


async def test_every_public_figure_and_answer_is_there_to_take(office: Office, held: Meeting, reader: Reader) -> None:
    await publishes(office, "DL-2024-0001", "=HYPERLINK(1) bao giờ sửa đường?")
    await planned_meeting(office.world, title="Buổi sau")
    async with office.world.store.unit() as uow:
        thu, chu = await person_named(uow, "Trần Văn Thư"), await person_named(uow, "Đinh Văn Chủ")
        due = office.world.clock.now().date() + timedelta(days=5)
        await add_item(uow, by=thu, meeting_id=held.id, text="Sửa.", desk_id=None, owner="Sở Xây dựng", due_on=due)
        await publish_conclusion(uow, by=chu, meeting_id=held.id)
        await uow.commit()
    after, meeting = sorted(await table(reader, "buoi"), key=lambda row: row["title"])
    assert (meeting["received"], meeting["answered_there"], meeting["not_put"]) == ("3", "1", "2")
    assert meeting["ended_at"] == "2024-04-25T16:30+07:00"
    assert (after["received"], after["starts_at"]) == ("", "")
    (answer,) = await table(reader, "hoi-dap")
    assert answer["question"].startswith("'="), "a spreadsheet reads it, and calculates nothing"
    assert answer["page"].endswith(f"/buoi/{held.id}#DL-2024-0001")
    (item,) = await table(reader, "ket-luan")
    assert (item["owner"], item["due_on"], item["late"]) == ("Sở Xây dựng", "2024-04-30", "0")


async def test_every_column_is_explained(office: Office, held: Meeting, reader: Reader) -> None:
    page = await reader.reads(f"{UNIT}/du-lieu")
    for name in ("buoi", "hoi-dap", "ket-luan"):
        head = (await reader.client.get(f"{UNIT}/du-lieu/{name}.csv")).content.decode("utf-8-sig").splitlines()[0]
        assert all(f"<code>{column}</code>" in page for column in head.split(","))
    assert "Open data" in await reader.reads(f"{UNIT}/du-lieu?lang=en")


async def test_the_feed_has_what_is_new_with_names_that_stay(office: Office, held: Meeting, reader: Reader) -> None:
    async with office.world.store.unit() as uow:
        thu, chu = await person_named(uow, "Trần Văn Thư"), await person_named(uow, "Đinh Văn Chủ")
        await add_item(uow, by=thu, meeting_id=held.id, text="Sửa.", desk_id=None, owner="Sở Xây dựng", due_on=None)
        await publish_conclusion(uow, by=chu, meeting_id=held.id)
        await uow.commit()
    for title in ("Buổi dời", "Buổi huỷ"):
        await planned_meeting(office.world, title=title, window=(local(2024, 6, 1), local(2024, 6, 30)))
    async with office.world.store.unit() as uow:
        moved, off = [one for one in await uow.meetings.of_plan(held.plan_id) if one.id != held.id]
        values = {"by": chu, "starts_at": local(2024, 6, 20, 8), "venue": "Nhà văn hoá", "beyond_plan": True}
        await fix_meeting(uow, meeting_id=moved.id, **values)
        await fix_meeting(uow, meeting_id=off.id, **values)
        await uow.commit()
    async with office.world.store.unit() as uow:
        text = (
            "Lúc 08:00 ngày 20/06/2024 tại Nhà văn hoá. Nội dung: đường. Chương trình: nghe. "
            "Mục đích: nghe. Đăng ký, hỏi."
        )
        await release_notice(uow, by=thu, meeting_id=moved.id, text=text)
        await cancel_meeting(uow, by=thu, meeting_id=off.id, reason="Mưa bão")
        await uow.commit()
    feed = etree.fromstring((await reader.reads(f"{UNIT}/tin.atom")).encode())
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert set(titles) == {
        "Đã huỷ: Buổi huỷ",
        "Thông báo: Buổi dời",
        "Ngày giờ, địa điểm: Buổi dời (08:00, 20/06/2024)",
        "Kết luận: Đối thoại tháng 4 năm 2024",
        "Đã họp, số liệu: Đối thoại tháng 4 năm 2024",
    }
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    assert all(one and one.startswith("tag:xa.test,2026:dl/") for one in ids)
    moments = [datetime.fromisoformat(one.findtext(f"{ATOM}updated") or "") for one in feed.iter(f"{ATOM}entry")]
    assert moments == sorted(moments, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == moments[0].isoformat()
    assert "thư ký" not in etree.tostring(feed, encoding="unicode")


async def test_a_feed_without_news_is_a_feed_all_the_same(office: Office, reader: Reader) -> None:
    assert etree.fromstring((await reader.reads(f"{UNIT}/tin.atom")).encode()).find(f"{ATOM}entry") is None


async def test_a_phones_calendar_takes_over_what_changed(office: Office, reader: Reader) -> None:
    meeting = await planned_meeting(office.world, window=(local(2024, 6, 1), local(2024, 6, 30)))
    assert await reader.status(f"{UNIT}/buoi/{meeting.id}.ics") == 404, "no day yet"

    async def event() -> tuple[object, ...]:
        whole = Calendar.from_ical(await reader.reads(f"{UNIT}/lich.ics"))
        (one,) = whole.walk("VEVENT")
        (alone,) = Calendar.from_ical(await reader.reads(f"{UNIT}/buoi/{meeting.id}.ics")).walk("VEVENT")
        assert alone == one
        assert whole.walk("VTIMEZONE"), "the zone is explained"
        return one["uid"], one["sequence"], one["dtstart"].dt, one["status"], one["location"]

    async with office.world.store.reading() as uow:
        chu = await person_named(uow, "Đinh Văn Chủ")
    values = {"by": chu, "meeting_id": meeting.id, "beyond_plan": True}
    async with office.world.store.unit() as uow:
        await fix_meeting(uow, starts_at=local(2024, 6, 20, 8), venue="Nhà văn hoá", **values)
        await uow.commit()
    first = await event()
    assert first[1:] == (1, local(2024, 6, 20, 8), "CONFIRMED", "Nhà văn hoá")
    async with office.world.store.unit() as uow:
        await fix_meeting(uow, starts_at=local(2024, 6, 21, 8), venue="Đình làng", **values)
        await uow.commit()
    second = await event()
    assert second[0] == first[0]
    assert second[1:3] == (2, local(2024, 6, 21, 8))
    async with office.world.store.unit() as uow:
        await cancel_meeting(uow, by=chu, meeting_id=meeting.id, reason="Mưa bão")
        await uow.commit()
    assert (await event())[1:4:2] == (3, "CANCELLED")


async def test_whoever_takes_file_after_file_is_asked_to_slow_down(plain_world: World) -> None:
    async with passer_by(plain_world) as reader:
        path = "/cong-khai/dl/du-lieu/ket-luan.csv?lang=en"
        taken = [await reader.status(path) for _ in range(31)]
        assert taken == [200] * 30 + [429]
        assert await reader.status("/cong-khai/dl?lang=en") == 200, "pages are read on"
        plain_world.clock.move(seconds=3)
        assert await reader.status(path) == 200
