"""Properties of the whole conversation: whatever is said, in whatever state, by whomever, the bot answers.

Random walks over the table as it is: people of every role tap what they are shown, type what fits and what does not,
guess codes, send files, on both databases. A walk is told by its seed; a failing one prints the way it took.
"""

import json
import os
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.heard import Heard, HeardKind
from handlers.texts import render
from handlers.wiring import conversation_table
from intake.rules.message import unpack_message
from intake.rules.person import Network, Role
from tests.conftest import load
from tests.support.lines import PlainLine
from tests.support.world import Phone, World, local, opened_world

LONGEST_LABEL = 60
LONGEST_CODE = 64
STEPS = int(os.environ.get("DOITHOAI_TEST_WALK", "90"))
SEEDS = range(int(os.environ.get("DOITHOAI_TEST_WALKS", "3")))

PLAUSIBLE = (
    "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?",
    "Nguyễn Thị Lụa",
    "15/03/2024",
    "15/3",
    "08:00",
    "8h30 ngày 25/04/2024",
    "0912345678",
    "UBND huyện Sơn Hà",
    "Nhà văn hoá thôn",
    "Không thuộc thẩm quyền của xã, xin gửi lên huyện.",
    "I would like to know when the road will be repaired.",
    "Gửi",
    "Bỏ qua",
    "đồng ý",
    "menu",
    "huỷ",
    "đăng ký",
    "toi muon hoi ve dat dai",
    "tra cứu DL-2024-0001",
    "DL-2024-0001",
    "3",
    "tôi muốn khiếu nại quyết định của chủ tịch",
)
ODD = (
    ".",
    "👍🏽👨‍👩‍👧",
    "   \u200b ",
    "{name} %s {0} {}",
    "<b>đậm</b> *nghiêng* _gạch_ [a](b)",
    "/",
    "/khongco",
    "//",
    "#",
    "# ",
    "/start",
    "/start i-AAAAAAAAAA",
    "/start h-KHONG-CO",
    "/start m-99999999999999999999",
    "/trangthai",
    "/trangthai DL-2024-9999",
    "/trangthai DL-2024-00000000000000000000001",
    "/cachtinh dl-2024-0001",
    "/cachtinh ' OR 1=1 --",
    "-1",
    "0",
    "99/99/9999",
    "31/02/2024",
    "25:61",
    "9" * 30,
    "²³",
    "٣",
    "x" * 200,
    "ạ" * 900,
    "dài " * 1200,
    "Tiếng\nnhiều\ndòng\n" * 20,
    "เมื่อไหร่ถนนจะซ่อม",
    "\u202etxet lasrever",
)
RESTS = ("", "1", "2", "3", "1.2", "2.1", "1.1", "0", "-1", "999999999", "9999999999999999999999", "x", "1.x", "²", "1.2.3", "ạ")


class WatchedLine(PlainLine):
    """Looks at every letter in both languages before it is sent."""

    async def start(self, world: World) -> None:
        await super().start(world)
        self._store = world.store

    async def settle(self) -> None:
        async with self._store.reading() as uow:
            waiting = await uow.outbox.waiting(Network.WEBCHAT, "plain", uow.now, 1000)
        for letter in waiting:
            for language in ("vi", "en"):
                check(render(unpack_message(letter.content), language).rows, letter.content["key"], language)
        await super().settle()


def check(rows: object, key: str, language: str) -> None:
    for row in rows:  # type: ignore[attr-defined]
        for tap in row:
            assert 0 < len(tap.label) <= LONGEST_LABEL, f"{key} in {language}: the label {tap.label!r} does not fit"
            assert len(tap.code.encode()) <= LONGEST_CODE, f"{key}: the code {tap.code!r} does not fit"
            assert tap.code or tap.url, f"{key}: the button {tap.label!r} does nothing"


@pytest.fixture
async def watched(tmp_path: Path, database_url: str) -> AsyncIterator[World]:
    """Di Lăng on each kind of database, every letter looked at."""
    async with opened_world(tmp_path, WatchedLine, local(2024, 3, 1), database_url) as opened:
        await load(opened, "di-lang-2024")
        yield opened


async def everybody(world: World) -> dict[str, Phone]:
    """One of each role, one with all the roles, and a stranger."""
    profile_desk = await first_desk(world)
    people = {
        "resident": await world.resident("DL-hang-gon", "Đinh Văn Rin"),
        "head": await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Thị Hà"),
        "official": await world.staff(Role.OFFICIAL, "DL", "Phạm Văn Tú", desk=profile_desk),
        "secretary": await world.staff(Role.SECRETARY, "DL", "Lê Thị Mai"),
        "chair": await world.staff(Role.CHAIR, "DL", "Trần Quang Vinh"),
        "supervisor": await world.staff(Role.SUPERVISOR, "DL", "Hồ Thị Nga"),
        "stranger": world.phone(),
    }
    return people


async def first_desk(world: World) -> str:
    async with world.store.reading() as uow:
        unit = await uow.places.unit_by_code("DL")
        assert unit is not None
        return (await uow.places.desks(unit.id))[0].code


class Walk:
    """Somebody random does something random, again and again."""

    def __init__(self, world: World, people: dict[str, Phone], seed: int) -> None:
        self.world = world
        self.people = people
        self.chance = random.Random(seed)  # noqa: S311 - a walk, not a secret
        self.way: list[str] = []
        table = conversation_table()
        self.commands = sorted(table.commands)
        self.verbs = sorted(table.choices)

    async def step(self) -> None:
        chance = self.chance
        self.world.clock.move(minutes=chance.choice((1, 1, 1, 5, 60, 60 * 24 if chance.random() < 0.2 else 1)))
        who = chance.choice(sorted(self.people))
        phone = self.people[who]
        match chance.choices(
            ("tap", "plausible", "command", "odd", "guess", "photo", "contact", "twice"), (48, 20, 9, 8, 9, 2, 2, 2)
        )[0]:
            case "tap" if codes := self._offered(phone):
                code = chance.choice(codes)
                await self._note(who, f"taps {code}", phone.taps_code(code))
            case "command":
                text = f"/{chance.choice(self.commands)}"
                await self._note(who, text, phone.says(text))
            case "odd":
                text = chance.choice(ODD)
                await self._note(who, repr(text[:40]), phone.says(text))
            case "guess":
                code = f"{chance.choice(self.verbs)}.{chance.choice(RESTS)}" if chance.random() < 0.9 else "no.such"
                await self._note(who, f"guesses {code}", phone.taps_code(code))
            case "photo":
                content = b"\xff\xd8\xff" + bytes([chance.randrange(9)])
                await self._note(who, "a photo", phone.sends_photo(content, chance.choice(("", "Ảnh đường hỏng"))))
            case "contact":
                await self._note(who, "a contact", phone.shares_phone(chance.choice(("+84912345678", "113", ""))))
            case _:
                text = chance.choice(PLAUSIBLE)
                await self._note(who, text, phone.says(text))

    def _offered(self, phone: Phone) -> list[str]:
        """What the last few messages offer; the newest most often."""
        messages = [message for message in phone.line.shown(phone.address)[-4:] if message.buttons]
        return [code for age, message in enumerate(messages) for code in list(message.buttons.values()) * (age + 1) if code]

    async def _note(self, who: str, what: str, doing: object) -> None:
        self.way.append(f"{who}: {what}")
        await doing  # type: ignore[misc]
        heard = self.people[who].hears()
        self.way[-1] += f"  →  {heard[:70]!r}"
        assert heard, self._told("nothing was answered")
        assert "hệ thống vừa gặp lỗi" not in heard, self._told("a defect")
        assert "something went wrong" not in heard.casefold(), self._told("a defect")

    def _told(self, what: str) -> str:
        return what + " after\n" + "\n".join(self.way[-12:])


@pytest.mark.parametrize("seed", SEEDS)
async def test_whatever_anybody_says_the_bot_answers(watched: World, seed: int):
    people = await everybody(watched)
    walk = Walk(watched, people, seed)
    for _ in range(STEPS):
        await walk.step()

    for who, phone in people.items():  # and out again, wherever they are
        watched.clock.move(minutes=1)
        await phone.says("/huy")
        assert phone.news(), who
        if who == "stranger":
            continue
        assert {"ℹ️ Trợ giúp", "ℹ️ Help"} & set(phone.news()[-1].buttons), f"{who}: /huy ends in the menu"
