"""Every step that takes free words: a text that is too long, or says nothing there, costs nobody what they typed."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from handlers.engine.said import without_said
from handlers.wiring import conversation_table
from intake.ports import Chat
from intake.rules.people.person import Grant, Role
from tests.support.lines import PlainLine
from tests.support.office import Office, open_office, person_named
from tests.support.world import Entered, Phone, World, local, opened_world

LONG = "\n".join(f"{number}. Đường vào xóm {number} hỏng từ tháng 5, xe không vào được." for number in range(1, 200))
LAST_LINE = LONG.splitlines()[-1]
STEPS = [name for name, step in conversation_table().steps.items() if step.free_text]
SEEDS: dict[str, dict[str, Any]] = {
    "ask.preview": {"kind": "question"},
    "more.text": {"verb": "clarify"},
    "register.content": {"what": "speak"},
    "contact.text": {"kind": "hotline"},
    "conclusionshow.text": {"words": "Đang làm", "word": 1},
    "conclusionadd.questions": {"owner": "Văn phòng", "due": "none"},
    "publish.text": {"original": "Đường hỏng"},
    "openpoint.why": {"key": "preparation-anchor", "answer": "after-plan"},
    "newmeeting.why": {"session": "thang-4", "reading": "a"},
    "reading.why": {"reading": "a"},
    "demandenter.paper": {"text": "Bãi rác cạnh trường"},
    "demandopen.text": {"words": "Bãi rác cạnh trường"},
    "demandcount.paper": {"voters": "8000"},
    "demandgrant.reason": {"until": "2024-05-15"},
    "handsask.answers": {"question": "Họp buổi nào?"},
    "surveynew.hamlets": {"places": "1 TDP Hàng Gòn", "questions": "Làm gì trước?\nĐường\nCầu", "until": "2024-04-20"},
    "record.day": {"where": "Hàng Gòn"},
    "surveycount.people": {"where": "Hàng Gòn"},
    "surveycount.counts": {"questions": "Làm gì?\nĐường\nCầu", "people": "9", "where": "Hàng Gòn", "asks": "1. Gì?"},
    "handsenter.counts": {"question": "Họp buổi nào?", "answers": "Sáng\nChiều\nTối", "where": "Hàng Gòn"},
}
"""What the draft of a step has besides that of every other."""
FIRST = {"link.enter", "browser.code", "correct.who"}
NEEDS = {
    "household.erase": "a household",
    "taskhand.desk": "a task of a body",
    "madepublic.day": "a meeting that is over",
    "planpaper.file": "nothing: it reads a whole plan, and says what it made of it",
    "papers.question": "a question that is answered",
    "roster.reason": "a list of a unit",
    "roster.content": "a list of a unit",
    "quota.number": "a plan with quotas",
    "speaking.number": "somebody who is registered to speak",
    "speaking.reason": "somebody who is registered to speak",
    "newcomer.content": "somebody at the door",
    "guests.lines": "a list of guests",
    "gueststand.who": "a guest",
    "sealed.more": "a sealed matter",
    "direction.text": "a repeated matter",
    **dict.fromkeys(("paperreg.day", "paperreg.number", "paperreg.sent", "paperreg.file"), "a paper that was made"),
}
"""Steps whose things this office does not have; their own stories have them."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """Somebody with every role, in front of a chat that can be put into any step."""

    world: World
    phone: Phone
    chat: Chat
    draft: dict[str, Any]

    async def put_into(self, step: str) -> dict[str, Any]:
        """The chat stands in a step, with a draft that has whatever steps keep there; what it is now."""
        draft = {**self.draft, **SEEDS.get(step, {})}
        async with self.world.store.unit() as uow:
            met = await uow.accounts.meet(*self.chat)
            met.conversation.step, met.conversation.draft, met.conversation.offered = step, draft, []
            met.conversation.kept_letters = met.conversation.kept_bytes = 0
            await uow.accounts.keep([met.conversation])
            await uow.commit()
        self.phone.reads()
        self.world.clock.move(minutes=2)
        return draft

    async def stands(self) -> tuple[str, dict[str, Any]]:
        async with self.world.store.reading() as uow:
            met = await uow.accounts.meet(*self.chat)
            return met.conversation.step, without_said(met.conversation.draft)


_PREPARED: list[tuple[Entered, Chat, dict[str, Any]]] = []
"""The office as each step finds it, made once a process: every step goes on in a copy of its own."""


@pytest.fixture
async def sitting(tmp_path: Path) -> AsyncIterator[Sitting]:
    async with opened_world(tmp_path, PlainLine, local(2024, 3, 1), plan="di-lang-2024") as world:
        if _PREPARED:
            entered, chat, draft = _PREPARED[0]
            office = Office(world, *await world.go_on_from(entered))
            yield Sitting(world, office.secretary, chat, dict(draft))
            return
        office = await open_office(world)
        await office.fixed_meeting()
        await office.assigned()
        await office.asked()
        async with world.store.unit() as uow:
            thu = await person_named(uow, "Trần Văn Thư")
            town, hamlet = await uow.places.unit_by_code("DL"), await uow.places.unit_by_code("DL-hang-gon")
            assert town is not None
            assert hamlet is not None
            desk = (await uow.places.desks(town.id))[0]
            for role, unit, at_desk in (
                (Role.CHAIR, town, None),
                (Role.ADMIN, town, None),
                (Role.OFFICIAL, town, desk.id),
                (Role.HAMLET_HEAD, hamlet, None),
            ):
                await uow.people.give(Grant(thu.id, role, unit.id, at_desk, uow.now))
            thu.hamlet_id = hamlet.id
            [account] = await uow.accounts.all_of(thu.id)
            await uow.commit()
        numbers = ("question", "meeting", "registration", "plan", "item", "task", "grant", "proposal", "case", "guest")
        draft = {
            **dict.fromkeys(numbers, 1),
            "person": thu.id,
            "unit": town.id,
            "hamlet": hamlet.id,
            "desk": desk.name,
            "from": desk.id,
            "reference": "DL-2024-0001",
            "title": "Đối thoại",
            "label": "Đường xóm 3",
            "number": "1",
            "name": "Nguyễn Văn An",
            "neighbour": "Nguyễn Văn An",
            "text": "Đường hỏng",
            "reason": "vì mưa",
            "due": "2024-05-01",
            "day": "2024-04-25",
            "time": "08:00",
            "promised": "2024-05-01",
            "agency": "Sở",
            "key": "document-number",
            "kind": "speak",
            "content": "Đường",
            "venue": "Nhà văn hoá",
        }
        chat = (account.network, account.channel, account.address)
        prepared = await world.entered()
        if prepared is not None:
            _PREPARED.append((prepared, chat, dict(draft)))
        yield Sitting(world, office.secretary, chat, draft)


def untouched(step: str, before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Whether a draft is as it was, but for what the step itself asks for; a step that is the first has none yet."""
    own = step.rpartition(".")[2]
    return (step in FIRST and not after) or all(after.get(name) == before[name] for name in before if name != own)


@pytest.mark.parametrize("step", [name for name in STEPS if name not in NEEDS])
async def test_a_step_takes_away_nothing_that_was_typed(sitting: Sitting, step: str) -> None:
    """A text that is too long is taken whole, or its beginning can be and the rest is said back; a dot is no text."""
    draft = await sitting.put_into(step)
    await sitting.phone.says(LONG)

    heard = sitting.phone.hears()
    assert heard
    assert "hệ thống vừa gặp lỗi" not in heard
    at, kept = await sitting.stands()
    if sitting.phone.sees_button("✂️ Lấy phần đầu") or LAST_LINE not in heard:
        assert at == step
        assert untouched(step, draft, kept)
    else:
        assert at == step or at in conversation_table().steps[step].leads_to

    draft = await sitting.put_into(step)
    await sitting.phone.says("…")

    assert "hệ thống vừa gặp lỗi" not in sitting.phone.hears()
    at, kept = await sitting.stands()
    if at == step:
        assert untouched(step, draft, kept)
    else:
        assert at in conversation_table().steps[step].leads_to


def test_every_step_that_is_left_out_is_there() -> None:
    assert set(NEEDS) | set(SEEDS) | FIRST <= set(STEPS)
