"""Properties of the whole conversation: whatever is said, in whatever state, by whomever, the bot answers.

Random walks over the table as it is: people of every role tap what they are shown, type what fits and what does not,
guess codes, send files, on both databases. A walk is told by its seed; a failing one prints the way it took.
"""

import ast
import asyncio
import os
import random
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from functools import cache, partial
from itertools import cycle
from pathlib import Path

import pytest

from handlers.engine.converse import converse
from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.wiring import conversation_table
from intake.rules.meetings.meeting import MeetingState
from intake.rules.message import unpack_message
from intake.rules.people.person import Network, Role
from locales import catalogue
from tests.support.lines import PlainLine
from tests.support.stories import lay_on_desk, planned_meeting, set_meeting
from tests.support.world import Phone, World, local, opened_world
from wording.texts import render

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
RESTS = (
    "",
    "1",
    "2",
    "3",
    "1.2",
    "2.1",
    "1.1",
    "0",
    "-1",
    "999999999",
    "9999999999999999999999",
    "x",
    "1.x",
    "²",
    "1.2.3",
    "ạ",
)


class WatchedLine(PlainLine):
    """Looks at every letter in both languages before it is sent."""

    async def start(self, world: World) -> None:
        await super().start(world)
        self._store = world.store

    async def settle(self) -> None:
        async with self._store.reading() as uow:
            waiting = await uow.outbox.direct(Network.WEBCHAT, "plain", uow.now, 1000)
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
    async with opened_world(tmp_path, WatchedLine, local(2024, 3, 1), database_url, plan="di-lang-2024") as opened:
        yield opened


async def everybody(world: World) -> dict[str, Phone]:
    """One of each role and a stranger; a meeting is fixed, another planned, a question lies on the official's desk."""
    async with world.store.reading() as uow:
        unit = await uow.places.unit_by_code("DL")
        assert unit is not None
        desk = (await uow.places.desks(unit.id))[0].code
    resident = await world.resident("DL-hang-gon", "Đinh Văn Rin")
    await set_meeting(world, await planned_meeting(world, "DL-hang-gon"), MeetingState.FIXED)
    await planned_meeting(world, title="Đối thoại quý III năm 2024")
    for text in ("/hoi", "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?"):
        await resident.says(text)
    await resident.presses("Gửi")
    await lay_on_desk(world, "DL-2024-0001", desk)
    return {
        "resident": resident,
        "head": await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Thị Hà"),
        "official": await world.staff(Role.OFFICIAL, "DL", "Phạm Văn Tú", desk=desk),
        "secretary": await world.staff(Role.SECRETARY, "DL", "Lê Thị Mai"),
        "chair": await world.staff(Role.CHAIR, "DL", "Trần Quang Vinh"),
        "supervisor": await world.staff(Role.SUPERVISOR, "DL", "Hồ Thị Nga"),
        "stranger": world.phone(),
    }


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
        return [
            code for age, message in enumerate(messages) for code in list(message.buttons.values()) * (age + 1) if code
        ]

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
        async with watched.store.unit() as uow:
            _, _, person, _ = await uow.accounts.meet(Network.WEBCHAT, "plain", phone.address)
        if person is None:  # never agreed to be known, or erased on the way
            continue
        assert {"ℹ️ Trợ giúp", "ℹ️ Help"} & set(phone.news()[-1].buttons), f"{who}: /huy ends in the menu"


async def test_the_same_event_delivered_twice_says_once(watched: World):
    resident = await watched.resident("DL-hang-gon", "Đinh Văn Rin")
    table = conversation_table()
    for event, text in (("t1", "/hoi"), ("t2", "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?"), ("t3", "Gửi")):
        for _ in range(2):
            async with watched.store.unit() as uow:
                await converse(
                    uow, InboundEvent(Network.WEBCHAT, "plain", resident.address, event, InboundKind.TEXT, text), table
                )
                await uow.commit()
    before = len(resident.line.shown(resident.address))
    await watched.settle()

    assert len(resident.line.shown(resident.address)) == before + 3
    assert resident.hears().count("DL-2024-0001") == 1


async def test_whoever_sorts_questions_may_tap_faster_than_anybody_types(watched: World):
    secretary = await watched.staff(Role.SECRETARY, "DL", "Lê Thị Mai")
    for number in range(45):  # all at the same moment
        await secretary.line.text(secretary.address, f"/menu {number}")
    await secretary.line.settle()

    assert not [one for one in secretary.line.shown(secretary.address) if "nhắn nhanh quá" in one.text]


async def test_a_tap_that_came_too_fast_costs_neither_the_draft_nor_its_buttons(watched: World):
    resident = await watched.resident("DL-hang-gon", "Đinh Văn Rin")
    await resident.says("/hoi")
    await resident.says("Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
    send = resident.button("Gửi")
    for _ in range(25):
        await resident.line.tap(resident.address, "no.such")
    await resident.line.tap(resident.address, send)
    await resident.line.settle()
    assert "Đã nhận" not in resident.hears()

    watched.clock.move(minutes=1)
    await resident.presses("Gửi")
    assert "Đã nhận, mã DL-2024-0001" in resident.hears()


async def test_talking_too_fast_is_said_once_and_then_nothing_is_lost(watched: World):
    resident = await watched.resident("DL-hang-gon", "Đinh Văn Rin")
    heard = []
    for number in range(40):  # all at the same moment
        await resident.line.text(resident.address, f"/menu {number}")
    await resident.line.settle()
    heard = [message.text for message in resident.line.shown(resident.address)]
    assert heard.count("Bà/ông nhắn nhanh quá, xin chờ vài giây rồi nhắn tiếp.") == 1
    assert heard[-1] == "Bà/ông nhắn nhanh quá, xin chờ vài giây rồi nhắn tiếp."
    watched.clock.move(minutes=1)
    await resident.says("/menu")
    assert resident.hears() == "Bà/ông muốn làm gì?"


async def test_cancel_leaves_every_step(watched: World):
    """Wherever a chat stands, whatever its draft: commanded, typed or tapped, cancelling ends in the menu."""
    residents = [await watched.resident("DL-hang-gon", f"Đinh Văn {number}") for number in range(16)]
    line = watched.line
    ways = (partial(line.text, text="/huy"), partial(line.text, text="huỷ"), partial(line.tap, code="cancel"))
    in_turn = list(zip(sorted(conversation_table().steps), cycle(ways), strict=False))
    for start in range(0, len(in_turn), len(residents)):
        standing = list(zip(residents, in_turn[start : start + len(residents)], strict=False))
        await stand(watched, {resident.address: step for resident, (step, _) in standing})
        for resident, _ in standing:
            resident.acts()
        await asyncio.gather(*(cancels(resident.address) for resident, (_, cancels) in standing))
        await watched.settle()
        for resident, (step, _) in standing:
            kept = "Đã dừng ở đây. Những gì bà/ông đã gửi hoặc đã ghi vẫn được giữ nguyên."
            said = kept if conversation_table().steps[step].keeps else "Đã huỷ. Chưa có gì được gửi đi."
            assert resident.hears() == f"{said}\nBà/ông muốn làm gì?", step
        async with watched.store.unit() as uow:
            for resident, (step, _) in standing:
                _, conversation, _, _ = await uow.accounts.meet(Network.WEBCHAT, "plain", resident.address)
                assert (conversation.step, conversation.draft, conversation.offered) == ("", {}, []), step


async def stand(world: World, steps: Mapping[str, str]) -> None:
    """Put chats, by their address, into a step each, with a draft nobody expects."""
    async with world.store.unit() as uow:
        for address, step in steps.items():
            _, conversation, _, _ = await uow.accounts.meet(Network.WEBCHAT, "plain", address)
            conversation.step, conversation.draft = step, {"odd": True}
            await uow.accounts.keep([conversation])
        await uow.commit()
    world.clock.move(minutes=1)


CODES = ("\x00", "status.\x00", "a.\ud83d", "." * 64, "cmd.", "cmd.cmd", "Cancel", "ask.\x00.1")


async def test_no_code_breaks_the_bot(watched: World):
    """Sixty-four residents; all of them guess at the same moment, each an odd code behind a verb, again and again."""
    residents = [await watched.resident("DL-hang-gon", f"Đinh Văn {number}") for number in range(64)]
    verbs = ("", *sorted(conversation_table().choices))
    codes = [f"{verb}.{code}" if verb else code for verb in verbs for code in CODES]
    for start in range(0, len(codes), len(residents)):
        guesses = list(zip(residents, codes[start : start + len(residents)], strict=False))
        watched.clock.move(minutes=1)
        for resident, _ in guesses:
            resident.acts()
        await asyncio.gather(*(watched.line.tap(resident.address, code) for resident, code in guesses))
        await watched.settle()
        for resident, code in guesses:
            assert resident.news(), code
            assert "hệ thống vừa gặp lỗi" not in resident.hears(), code


@pytest.mark.parametrize("rest", ["\x00", "h-\x00", "i-\x00", "m-\x00", "m-9999999999", "h-\ud83d", "i-" + "A" * 4000])
async def test_no_link_breaks_the_bot(watched: World, rest: str):
    """What stands behind /start comes from posters and strangers: the networks' folders pass it on as it is."""
    known, stranger = await watched.resident("DL-hang-gon", "Đinh Văn Rin"), watched.phone()
    for phone in (known, stranger):
        await phone.says(f"/start {rest}")
        assert phone.news()
        assert "hệ thống vừa gặp lỗi" not in phone.hears()
    if rest.startswith("i-"):  # an invitation that opens nothing is told at once
        await stranger.says("Xin chào")
    await stranger.presses("Đồng ý")
    assert "hệ thống vừa gặp lỗi" not in stranger.hears()


# The sentences the code names are in the catalogues, and the other way round.

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "handlers", "intake", "scheduler", "web", "wording", "papers")
NAMING = {"Message": 0, "Term": 0, "RuleBroken": 0, "button": 0, "Button": 1, "words": 1}
"""Which argument of a call is a msgid."""


@cache
def sources() -> list[tuple[Path, list[ast.Call | ast.Constant | ast.JoinedStr]]]:
    """The files of the code with what can name a sentence in each."""
    found = []
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            nodes = ast.walk(ast.parse(path.read_text("utf-8")))
            found.append((path, [one for one in nodes if isinstance(one, ast.Call | ast.Constant | ast.JoinedStr)]))
    return found


def strings_in(node: ast.AST) -> Iterator[str]:
    """The literals an argument may become: itself, or either way of an `a if b else c`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from strings_in(node.body)
        yield from strings_in(node.orelse)


def named_in_code() -> Iterator[tuple[str, str]]:
    """Every msgid a call names outright, with where it stands."""
    for path, nodes in sources():
        for node in nodes:
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name not in NAMING or any(keyword.arg == "literal" for keyword in node.keywords):
                continue
            for argument in node.args[NAMING[name] : NAMING[name] + 1]:
                for key in strings_in(argument):
                    yield key, f"{path.relative_to(ROOT)}:{node.lineno}"


def mentioned_in_code() -> tuple[set[str], list[re.Pattern[str]]]:
    """Every string of the code, and a pattern for every f-string that could make a msgid."""
    whole: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    for _, nodes in sources():
        for node in nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            if isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(part.value) if isinstance(part, ast.Constant) else "[a-z0-9_.-]+" for part in node.values
                ]
                ends = (node.values[0], node.values[-1])
                if any(isinstance(end, ast.Constant) and re.fullmatch(r"[a-z_.]{4,}", str(end.value)) for end in ends):
                    patterns.append(re.compile("".join(parts)))
    return whole, patterns


@pytest.mark.xdist_group("sentences of the code")
def test_every_sentence_the_code_names_is_in_the_catalogues():
    named = list(named_in_code())
    unknown = {f"{key} ({where})" for key, where in named if key not in catalogue("vi")}

    assert unknown == set()
    assert len(named) > 100, "the search finds them"


def mentioned_in_templates() -> tuple[set[str], list[re.Pattern[str]]]:
    """The same of the pages: `t("web.menu")`, `t("demo." ~ role ~ "s")`."""
    pages = "\n".join(path.read_text("utf-8") for package in PACKAGES for path in (ROOT / package).rglob("*.html"))
    joined = re.findall(r'"([a-z_.]+)" ~ [\w.]+(?: ~ "([a-z_.]*)")?', pages)
    patterns = [re.compile(f"{re.escape(start)}[a-z0-9_-]+{re.escape(end)}") for start, end in joined]
    return set(re.findall(r"""["']([a-z0-9_.]+)["']""", pages)), patterns


@pytest.mark.xdist_group("sentences of the code")
def test_every_sentence_of_the_catalogues_is_said_somewhere():
    whole, patterns = mentioned_in_code()
    in_pages, page_patterns = mentioned_in_templates()
    ways = [*patterns, *page_patterns]
    migrations = (ROOT / "storage" / "migrations" / "versions").glob("*.py")
    by_migrations = {key for path in migrations for key in re.findall(r"'([^'\s]+)(?=')", path.read_text("utf-8"))}

    said = whole | in_pages | by_migrations
    unused = {key for key in catalogue("vi") if key not in said and not any(pattern.fullmatch(key) for pattern in ways)}

    assert unused == set()
