"""Who may decide what a plan leaves open, and what is no answer: asked of the deed itself (A7)."""

from datetime import date

import pytest
import sqlalchemy as sa

from intake.actions.plan.decide_open_point import decide_open_point
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.people.person import Grant, Person, Role
from intake.rules.plan.plan import Plan
from storage.unit_of_work import SqlUnitOfWork
from tests.conftest import load
from tests.support.world import World


async def person_with(uow: SqlUnitOfWork, role: Role | None, unit: str = "DL") -> Person:
    """Somebody with a role in a unit; None: with none."""
    person = await uow.people.add(Person("Phạm Thị Thu"))
    place = await uow.places.unit_by_code(unit)
    assert place is not None
    if role is not None:
        await uow.people.give(Grant(person.id, role, place.id))
    return person


async def di_lang(uow: SqlUnitOfWork) -> Plan:
    plan = await uow.plans.by_code("di-lang-2024")
    assert plan is not None
    return plan


@pytest.mark.parametrize(
    ("role", "unit"),
    [
        (None, "DL"),
        (Role.CHAIR, "DL"),
        (Role.SUPERVISOR, "DL"),
        (Role.OFFICIAL, "DL"),
        (Role.HAMLET_HEAD, "DL-hang-gon"),
        (Role.SECRETARY, "VB"),
        (Role.ADMIN, "VB"),
    ],
)
async def test_only_secretaries_and_admins_of_the_unit_decide(plain_world: World, role: Role | None, unit: str) -> None:
    await load(plain_world, "vinh-bao-2026")
    async with plain_world.store.unit() as uow:
        by = await person_with(uow, role, unit)
        plan = await di_lang(uow)
        with pytest.raises(NotFound):
            await decide_open_point(uow, by=by, plan_id=plan.id, key="reply-count", answer="working")
        assert plan.choices == {}


async def test_an_unknown_point_an_unknown_answer_and_a_stranger_are_refused(plain_world: World) -> None:
    async with plain_world.store.unit() as uow:
        by, plan = await person_with(uow, Role.ADMIN), await di_lang(uow)
        with pytest.raises(NotFound):
            await decide_open_point(uow, by=by, plan_id=plan.id, key="notice-days", answer="5")
        with pytest.raises(RuleBroken, match="not_an_option"):
            await decide_open_point(uow, by=by, plan_id=plan.id, key="reply-count", answer="weeks")
        await decide_open_point(uow, by=by, plan_id=plan.id, key="answer-approver", answer="delegate")
        stranger = await person_with(uow, None)
        with pytest.raises(NotFound):
            await decide_open_point(uow, by=by, plan_id=plan.id, key="answer-delegate", answer=str(stranger.id))


async def test_the_audit_trail_has_the_old_value_but_never_the_words_somebody_typed(plain_world: World) -> None:
    async with plain_world.store.unit() as uow:
        by, plan = await person_with(uow, Role.SECRETARY), await di_lang(uow)
        for key, answers in {
            "reply-count": ("working", "calendar"),
            "issued-on": ("2024-02-01", "2024-02-02"),
            "desk-officials": ("Bà Thu: hộ tịch", "Ông Hà: hộ tịch"),
        }.items():
            for answer in answers:
                await decide_open_point(uow, by=by, plan_id=plan.id, key=key, answer=answer)
        await uow.commit()
    async with plain_world.store.reading() as uow:
        asked = sa.select(AuditEntry).where(sa.column("act") == "decide_open_point").order_by(sa.column("id"))
        details = [entry.detail for entry in await uow.session.scalars(asked)]
        plan = await di_lang(uow)
    assert details == [
        {"question": "reply-count", "to": "working"},
        {"question": "reply-count", "from": "working", "to": "calendar"},
        {"question": "issued-on", "to": "2024-02-01"},
        {"question": "issued-on", "from": "2024-02-01", "to": "2024-02-02"},
        {"question": "desk-officials"},
        {"question": "desk-officials", "from": 1},
    ]
    assert [one["value"] for one in plan.chosen["desk-officials"]["earlier"]] == ["Bà Thu: hộ tịch"]


async def test_a_day_decided_for_a_plan_with_fixed_dates_starts_its_clock(plain_world: World) -> None:
    await load(plain_world, "an-duong-2024")
    async with plain_world.store.unit() as uow:
        by = await person_with(uow, Role.SECRETARY, "AD")
        plan = await uow.plans.by_code("an-duong-2024")
        assert plan is not None
        await decide_open_point(uow, by=by, plan_id=plan.id, key="opinions-due", answer="2024-07-15")
        [(task, due_on)] = await uow.tasks.open_in([plan.unit_id])
    assert (task.key, due_on) == ("an-duong-2024:tong-hop-y-kien", date(2024, 7, 12))
