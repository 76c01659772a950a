"""The room of the audit trail: by person, thing and day, for whoever watches over the unit; reading is written down."""

import re
from datetime import timedelta

import pytest
from fastapi import FastAPI

from intake.actions.audit.read_audit import AuditAsked, read_audit
from intake.rules.audit import AuditEntry
from intake.rules.people.person import Grant, Role
from intake.rules.sealed.named import Named, NamedKind
from tests.people.test_roles import picks
from tests.support.desk import desk_app, sit_down
from tests.support.office import Office, neighbour_unit, open_office, person_named
from tests.support.recorded import deeds
from tests.support.stories import question_of
from tests.support.world import World


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


@pytest.fixture
def app(office: Office) -> FastAPI:
    return desk_app(office.world)


async def test_a_supervisor_follows_a_question_and_a_person_and_turns_the_pages(office: Office, app: FastAPI) -> None:
    reference = await office.assigned()
    watching = await sit_down(app, await office.world.staff(Role.SUPERVISOR, "DL", "Bùi Văn Sát"))
    await picks(office.secretary, "Phạm Văn Dân")
    await office.secretary.presses("Thu lại")
    await office.secretary.presses("Gửi")
    await watching.opens("/nhat-ky")
    assert "Thu lại vai trò: cán bộ chuyên môn" in watching.reads()
    assert "Phạm Văn Dân" in watching.page.partition("<tbody")[2], "whose role it was"
    at = watching.at.removeprefix("/ban-lam-viec")
    assert "Giao bộ phận" in watching.reads()
    assert "Trần Văn Thư" in watching.reads()
    assert "Nguyễn Thị Mai" not in watching.reads(), "who asked is named nowhere"
    await watching.opens(f"{at}?ve={reference.lower()}")
    assert "người dân" in watching.reads()
    assert "Nhận vai trò" not in watching.page.partition("<tbody")[2]
    async with office.world.store.reading() as uow:
        secretary = (await person_named(uow, "Trần Văn Thư")).id
        mai = (await person_named(uow, "Nguyễn Thị Mai")).id
    await watching.opens(f"{at}?nguoi={secretary}")
    assert "Trần Văn Thư" in watching.page.partition("<tbody")[2]
    assert "Lê Thị Hoa" not in watching.page.partition("<tbody")[2]
    await watching.opens(f"{at}?nguoi={mai}")
    assert "Không có gì" in watching.reads(), "nobody's steps are followed who holds no role"
    await watching.opens(f"{at}?den=2020-01-01&tu=hôm qua")
    assert "Không có gì" in watching.reads()
    await watching.opens(f"{at}?ve=XX-9")
    assert "Không tìm thấy mã “XX-9”" in watching.reads()
    async with office.world.store.unit() as uow:
        assert len(await deeds(uow, "read_audit")) == 5
        for number in range(60):
            await uow.ledger.write(AuditEntry(uow.now, secretary, "set_contact", f"unit:{number + 100_000}"))
            await uow.ledger.write(AuditEntry(uow.now, secretary, "reply_by_hand", f"account:{number}"))
        await uow.commit()
    await watching.opens(at)
    assert "đơn vị" not in watching.page.partition("<tbody")[2], "another unit's"
    older = re.search(r'rel="next" href="/ban-lam-viec([^"]+)"', watching.page)
    assert older is not None
    await watching.opens(older[1].replace("&amp;", "&"))
    assert "cuộc trò chuyện số 9" in watching.reads()
    assert "cuộc trò chuyện số 59" not in watching.reads()
    assert "Về mới nhất" in watching.reads()


async def test_words_are_shown_with_what_is_not_sensitive_and_nothing_of_what_names_the_reader(
    office: Office,
) -> None:
    first, second = await office.assigned(), await office.assigned("Đèn đường thôn tôi tắt.")
    await office.world.staff(Role.SUPERVISOR, "DL", "Bùi Văn Sát")
    async with office.world.store.unit() as uow:
        secretary = await person_named(uow, "Trần Văn Thư")
        for reference in (first, second):
            about = f"question:{(await question_of(uow, reference)).id}"
            await uow.ledger.write(
                AuditEntry(uow.now, secretary.id, "decline", about), words={"reason": f"Vì {reference}"}
            )
        (await question_of(uow, second)).sensitive = True
        await uow.commit()
    async with office.world.store.unit() as uow:
        supervisor = await person_named(uow, "Bùi Văn Sát")
        unit = await uow.places.unit_by_code("DL")
        assert unit is not None
        asked = AuditAsked(uow.today - timedelta(days=1), uow.today)
        page = await read_audit(uow, by=supervisor, unit_id=unit.id, asked=asked, most=200)
        said = [text for line in page.lines for text in line.words]
        assert said == [f"Vì {first}"]
        assert {first, second} <= {line.thing for line in page.lines}
        named = Named(NamedKind.PERSON, supervisor.id, confirmed=True, people=(supervisor.id,))
        (await question_of(uow, first)).named = (named,)
        page = await read_audit(uow, by=supervisor, unit_id=unit.id, asked=asked, most=200)
        assert first not in {line.thing for line in page.lines}


async def test_others_find_nothing(office: Office, app: FastAPI) -> None:
    secretary = await sit_down(app, office.secretary)
    await secretary.opens("/nhat-ky")
    assert secretary.status == 404
    stranger = await sit_down(app, await neighbour_unit(office.world, Role.SUPERVISOR))
    async with office.world.store.reading() as uow:
        unit = await uow.places.unit_by_code("DL")
    assert unit is not None
    for asked in ("", "?ve=XX-9"):
        await stranger.opens(f"/nhat-ky/{unit.id}{asked}")
        assert stranger.status == 404, "whatever is asked for"
        assert "Trần Văn Thư" not in stranger.page
    await stranger.opens("/nhat-ky")
    assert "Trần Văn Thư" not in stranger.reads()
    reference = await office.asked()
    await stranger.opens(f"{stranger.at.removeprefix('/ban-lam-viec')}?ve={reference}")
    assert "Không tìm thấy mã" in stranger.reads(), "nor whether another unit has it"


async def test_whoever_asked_is_not_named_also_where_they_hold_a_role(office: Office) -> None:
    await office.world.staff(Role.SUPERVISOR, "DL", "Bùi Văn Sát")
    reference = await office.asked()
    async with office.world.store.unit() as uow:
        supervisor, mai = await person_named(uow, "Bùi Văn Sát"), await person_named(uow, "Nguyễn Thị Mai")
        question = await question_of(uow, reference)
        town = await uow.places.unit(question.unit_id)
        await uow.people.give(Grant(mai.id, Role.HAMLET_HEAD, question.hamlet_id))
        await uow.ledger.write(AuditEntry(uow.now, mai.id, "push_notice", f"unit:{town.id}"))
        await uow.commit()
    async with office.world.store.unit() as uow:
        for person, acts in (
            (None, {("ask_question", ""), ("push_notice", mai.name)}),
            (mai.id, {("push_notice", mai.name)}),
        ):
            page = await read_audit(
                uow, by=supervisor, unit_id=town.id, asked=AuditAsked(uow.today, uow.today, person), most=50
            )
            assert {(one.act, one.actor) for one in page.lines if one.act in ("ask_question", "push_notice")} == acts
