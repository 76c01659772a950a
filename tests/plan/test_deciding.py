"""Two secretaries decide open points of one plan at the same moment: neither answer is lost (A7)."""

import asyncio
import tomllib

from intake.actions.plan.decide_open_point import decide_open_point
from intake.actions.plan.load_plan import load_plan
from intake.rules.people.person import Grant, Person, Role
from intake.rules.plan.profile_parse import parse_profile
from storage.unit_of_work import Store
from tests.conftest import PLANS


async def test_answers_given_at_once_are_all_kept(store: Store, new_store):
    profile = parse_profile(tomllib.loads((PLANS / "di-lang-2024.toml").read_text("utf-8")), name="di-lang-2024")
    async with store.unit() as uow:
        plan = (await load_plan(uow, profile)).plan
        office = await uow.people.add(Person("Văn phòng"))
        await uow.people.give(Grant(office.id, Role.SECRETARY, plan.unit_id))
        await uow.commit()
    given = {
        "reply-count": "working",
        "session-hamlets": "both",
        "public-scope": "figures",
        "document-number": "15-KH/ĐU",
        "desk-officials": "Bà Thu: hộ tịch",
        "answer-approver": "chair",
    }
    stores = [store, new_store()]

    async def decide(turn: int, key: str, answer: str) -> None:
        async with stores[turn % 2].unit() as uow:
            await uow.plans.get(plan.id)  # what was read before the lock must not win
            await asyncio.sleep(0)
            await decide_open_point(uow, by=office, plan_id=plan.id, key=key, answer=answer)
            await uow.commit()

    await asyncio.gather(*(decide(turn, key, answer) for turn, (key, answer) in enumerate(given.items())))

    async with store.reading() as uow:
        kept = await uow.plans.get(plan.id)
    assert kept.choices == given
    assert set(kept.chosen) == set(given)
