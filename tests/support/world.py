"""A small world to live through: a database, the conversation, people with phones, a clock that moves when told.

Everything is real but the networks and the clock. `Phone` is how a test speaks: `says`, `presses`, `sends_photo`,
`shares_phone`, `hears`, `hears_nothing_more`. A `Line` carries what it does to the product and brings back what the
product sent: one line per network (`tests/support/lines.py`), so that the same story runs on each.
"""

import asyncio
import tempfile
import tomllib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import greenlet_spawn

from bot.media.attachments import AttachmentStore
from bot.media.kept_papers import KeptPapers
from bot.media.links import ChatLinks, KeptPictures
from bot.media.press import PaperPress
from bot.outbox.fan_out import FanOut
from bot.outbox.ordered_papers import OrderedPapers
from bot.outbox.relay import OutboxRelay
from bot.sealing import SEALED_FOLDER, AgeSeals
from bot.vault import KeyVault
from intake.actions.people.enrol import enrol
from intake.actions.people.note_activity import note_activity
from intake.actions.plan.load_plan import load_plan
from intake.ports import Pictures
from intake.rules.deadlines.calendar import LOCAL, WorkCalendar
from intake.rules.outbox.channel_policy import ChannelPolicy
from intake.rules.people.person import Grant, Network, Person, Role
from intake.rules.plan.profile_parse import parse_profile
from scheduler.lease import Lease
from storage.calendar_source import load_calendar
from storage.engine import open_engine
from storage.tables import metadata
from storage.unit_of_work import SqlUnitOfWork, Store
from wording.texts import Rendered

from .engines import engine_on

PLANS = Path(__file__).parents[2] / "plans"
DATABASE = "test.sqlite3"


_UNDER_WAY = "SELECT id FROM broadcasts WHERE ended_at IS NULL LIMIT 1"
_ORDERED = "SELECT id FROM paper_orders LIMIT 1"
_WAITING = """
    SELECT EXISTS (SELECT 1 FROM broadcasts) OR EXISTS (SELECT 1 FROM message_recalls)
    OR EXISTS (SELECT 1 FROM letters WHERE state = 'on_return')
    WHERE EXISTS (SELECT 1 FROM letters WHERE state IN ('waiting', 'on_return'))
"""
"""A row where a letter waits, which says whether there can be anything to send but replies and news of one's own."""


_MAY_GO_ON = 1000
"""Letters from which on the answer is waited for a moment: a network may have cut the text, and the rest may follow."""


_TRIED_AT_ONCE = 15
"""Buttons that are tried at the same moment: not so many that a resident has to wait."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as a phone shows it: the text, the buttons (label → what goes back), the attachments.

    `names` are what the files are called, of those the phone is told a name of.
    """

    text: str
    buttons: dict[str, str] = field(default_factory=dict)
    attachments: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def as_shown(rendered: Rendered) -> Shown:
    """What a network that cuts nothing and adds nothing shows of a message."""
    buttons = {tap.label: tap.code for row in rendered.rows for tap in row}
    files = rendered.attachments
    return Shown(rendered.text, buttons, tuple(one.sha256 for one in files), tuple(one.name for one in files))


class Line(Protocol):
    """A network, seen from the phones of a test."""

    network: str

    async def start(self, world: "World") -> None: ...
    async def stop(self) -> None: ...
    async def text(self, address: str, text: str) -> None: ...
    async def tap(self, address: str, code: str) -> None: ...
    async def photo(self, address: str, content: bytes, caption: str) -> None: ...
    async def contact(self, address: str, phone: str) -> None: ...
    async def chat(self, address: str) -> tuple[Network, str, str]:
        """Where the database finds the chat of this phone, which was just heard from: network, channel, address."""
        ...

    async def settle(self) -> None:
        """Wait until everything heard is dealt with and every letter that may go out is sent."""
        ...

    def shown(self, address: str) -> list[Shown]:
        """Everything this phone has been sent, oldest first."""
        ...


@runtime_checkable
class KeyedLine(Protocol):
    """A line that holds what is in no database: the keys of the chats, or how many events it has brought."""

    def keys(self) -> Any:
        """What the chats there are go on with."""
        ...

    def take_keys(self, keys: Any) -> None:
        """Have the chats of another world with the same database."""
        ...


class Clock:
    """The time of the world; it stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def move(self, **delta: float) -> None:
        self.at += timedelta(**delta)

    def move_to(self, at: datetime) -> None:
        assert at >= self.at, "the clock does not go back"
        self.at = at


def local(year: int, month: int, day: int, hour: int = 8, minute: int = 0) -> datetime:
    """A moment as people in Việt Nam say it."""
    return datetime(year, month, day, hour, minute, tzinfo=LOCAL)


class Phone:
    """Somebody with a phone. What was already read is not heard again: `hears` gives what came since."""

    def __init__(self, line: Line, address: str, clock: "Clock", settle: Callable[[], Awaitable[None]]) -> None:
        self.line = line
        self.address = address
        self._clock = clock
        self._settle = settle
        self._read = 0

    async def says(self, text: str) -> None:
        self.acts()
        await self.line.text(self.address, text)
        await self._settle()
        if len(text) > _MAY_GO_ON:
            await self.waits()

    async def waits(self) -> None:
        """Do nothing for a moment; what came before is still there to be heard."""
        self._clock.move(seconds=3)
        await self._settle()

    async def presses(self, label: str) -> None:
        """Tap the newest button with this label (exactly as it is written)."""
        code = self.button(label)
        self.acts()
        await self.line.tap(self.address, code)
        await self._settle()

    async def taps_code(self, code: str) -> None:
        """Send a button's code that nobody showed this phone, as somebody who guesses would."""
        self.acts()
        await self.line.tap(self.address, code)
        await self._settle()

    async def taps_codes(self, codes: Sequence[str]) -> list[str]:
        """Send many such codes in their order, and read what comes; for whoever tries every button there is.

        As many at once as anybody is listened to, with one transaction and one round of the sender for all of them.
        What is dealt with is the same as one by one, in a third of the time. Every one has to be answered.
        """
        heard: list[str] = []
        for start in range(0, len(codes), _TRIED_AT_ONCE):
            tried = codes[start : start + _TRIED_AT_ONCE]
            for _ in tried:
                self.acts()
            await asyncio.gather(*(self.line.tap(self.address, code) for code in tried))
            await self._settle()
            said = [message.text for message in self.news()]
            assert len(said) >= len(tried), f"{len(said)} answers to {tried}"
            assert not [text for text in said if "nhắn nhanh quá" in text], tried
            heard += said
        self._forget()
        return heard

    async def guesses(self, code: str) -> None:
        """Send a code for the question this phone was asked last, though no button of it bears that code."""
        asked = (
            code.partition("~")[2]
            for message in reversed(self.line.shown(self.address))
            for code in message.buttons.values()
        )
        await self.taps_code(f"{code}~{next(filter(None, asked))}")

    async def sends_photo(self, content: bytes, caption: str = "") -> None:
        self.acts()
        await self.line.photo(self.address, content, caption)
        await self._settle()

    async def shares_phone(self, phone: str) -> None:
        self.acts()
        await self.line.contact(self.address, phone)
        await self._settle()

    def button(self, label: str) -> str:
        for message in reversed(self.line.shown(self.address)):
            if label in message.buttons:
                return message.buttons[label]
        last = self.line.shown(self.address)[-1:]
        raise AssertionError(f"no button {label!r}; the last message was {last}")

    def sees_button(self, label: str) -> bool:
        """Whether the messages that came since the last thing this person did offer the button."""
        return any(label in message.buttons for message in self.news())

    def news(self) -> list[Shown]:
        return self.line.shown(self.address)[self._read :]

    def hears(self) -> str:
        """The text of everything that came since this person last did something (or since `reads`)."""
        return "\n".join(message.text for message in self.news())

    def reads(self) -> str:
        """Like `hears`, and puts the phone away: what was read is not heard again."""
        heard = self.hears()
        self._forget()
        return heard

    def acts(self) -> None:
        """Doing something takes a moment, and what was heard before is not heard again."""
        self._clock.move(seconds=2)
        self._forget()

    def _forget(self) -> None:
        self._read = len(self.line.shown(self.address))


@dataclass(frozen=True, slots=True)
class Entering:
    """Somebody new, with a phone."""

    phone: Phone
    person: Person


@dataclass(frozen=True, slots=True)
class Entered:
    """A world in which some have entered, and what they did is all in its database: that, and the keys of their chats.

    What they were shown is not kept: their phones are put away.
    """

    database: bytes
    keys: Any
    phones: int
    at: datetime


@dataclass
class World:
    """Everything of one test."""

    store: Store
    clock: Clock
    line: Line
    data_dir: Path
    beginning: tuple[str, datetime] | None = None
    """The plan and the moment it began with, where its database is a file."""
    phones: int = 0
    others: list[Line] = field(default_factory=list)

    def untouched(self) -> bool:
        """Whether nothing has happened in it: nobody has come, nothing was written."""
        return (
            self.beginning is not None
            and self.beginning[1] == self.clock.at
            and not (self.phones or self.others)
            and self._is_written_down()
        )

    async def entered(self) -> Entered | None:
        """What another world of the same beginning can go on from, if it is all in the file."""
        await self.store.engine.dispose()
        if not self._is_written_down():
            return None
        keys = self.line.keys() if isinstance(self.line, KeyedLine) else None
        return Entered(self._database.read_bytes(), keys, self.phones, self.clock.at)

    async def go_on_from(self, entered: Entered) -> list[Phone]:
        """Have those enter, in their order, who have entered there; this world is untouched."""
        await self.store.engine.dispose()
        self._database.write_bytes(entered.database)
        if isinstance(self.line, KeyedLine):
            self.line.take_keys(entered.keys)
        phones = [self.phone() for _ in range(entered.phones)]
        for phone in phones:
            phone.acts()
            await self.line.chat(phone.address)
        self.clock.move_to(entered.at)
        return phones

    @property
    def _database(self) -> Path:
        return self.data_dir / DATABASE

    def _is_written_down(self) -> bool:
        """Whether the log beside the database is empty: SQLite writes there first."""
        log = self._database.with_name(f"{DATABASE}-wal")
        return not log.exists() or log.stat().st_size == 0

    async def connect(self, line: Line) -> None:
        """Serve one more network beside the first."""
        await line.start(self)
        self.others.append(line)

    def phone(self, address: str = "", line: Line | None = None) -> Phone:
        """A new phone, on the first network or on another one that was connected."""
        self.phones += 1
        return Phone(line or self.line, address or str(7_000_000 + self.phones), self.clock, self.settle)

    async def resident(self, hamlet: str, name: str, line: Line | None = None) -> Phone:
        """A resident who has agreed, in the hamlet with this code, ready to talk."""
        async with self._entering(name, line) as (uow, entering):
            home = await uow.places.unit_by_code(hamlet)
            assert home is not None, hamlet
            entering.person.hamlet_id = home.id
        return entering.phone

    async def staff(self, role: Role, unit: str, name: str, desk: str = "", line: Line | None = None) -> Phone:
        """Somebody who holds a role in the unit with this code (an official: at the desk with this code)."""
        async with self._entering(name, line) as (uow, entering):
            place = await uow.places.unit_by_code(unit)
            assert place is not None, unit
            desks = {one.code: one for one in await uow.places.bodies(place.id)}
            given = Grant(entering.person.id, role, place.id, desks[desk].id if desk else None, uow.now)
            await uow.people.give(given)
            if role is Role.HAMLET_HEAD:
                entering.person.hamlet_id = place.id
        return entering.phone

    @asynccontextmanager
    async def _entering(self, name: str, line: Line | None) -> AsyncIterator[tuple[SqlUnitOfWork, "Entering"]]:
        """Somebody who was heard from and is known at once: how one agrees is told in stories of its own."""
        phone = self.phone(line=line)
        phone.acts()
        where = await phone.line.chat(phone.address)
        async with self.store.unit() as uow:
            account, *_ = await uow.accounts.meet(*where)
            await note_activity(uow, [account])
            person = await enrol(
                uow, account, name=name, hamlet_id=None, language="vi", language_known=False, phone=None
            )
            yield uow, Entering(phone, person)
            await uow.commit()
        phone.reads()

    async def settle(self) -> None:
        """Wait for every network; once more where there are several, since letters may change over."""
        under_way = await self._spread()
        for line in (self.line, *self.others, *((self.line, *self.others) if self.others else ())):
            await line.settle()
        if under_way:
            await self._spread()
        if await self._made():
            await self.settle()

    async def _made(self) -> bool:
        """Let the documents be made that were asked for in a chat; False where none were."""
        if not await is_any(self.store, _ORDERED):
            return False
        lease = Lease("papers", "test", self.store.unit, self.clock.now)
        ordered = OrderedPapers(self.store, lease, lambda: None)
        while await ordered.make_one():
            pass
        return True

    async def _spread(self) -> bool:
        """Let the letters of broadcasts be written, and note those that have run out; False where there are none."""
        if not await is_any(self.store, _UNDER_WAY):
            return False
        fan_out = FanOut(self.store, lambda: None)
        while await fan_out.spread():
            pass
        return True


async def send_waiting(store: Store, relay: OutboxRelay) -> int:
    """A round of a sender, who looks in four places: only in the first where there can be nothing in the others.

    Where nothing waits at all, it is not even asked.
    """
    waiting = await _first_row(store, _WAITING)
    if waiting is None:
        return 0
    return await (relay.work_off() if waiting[0] else relay.send_direct())


async def is_any(store: Store, asked: str) -> bool:
    """Whether there is a row."""
    return await _first_row(store, asked) is not None


async def _first_row(store: Store, asked: str) -> Sequence[Any] | None:
    """Asked after everything anybody does, so SQLite is asked without a transaction."""
    if store.engine.dialect.name == "sqlite":
        return await greenlet_spawn(_first_row_in_file, store, asked)
    async with store.engine.connect() as connection:
        return (await connection.execute(sa.text(asked))).first()


def _first_row_in_file(store: Store, asked: str) -> Sequence[Any] | None:
    with closing(store.engine.sync_engine.raw_connection()) as pooled:
        driver: Any = pooled.driver_connection
        row: Sequence[Any] | None = driver.execute(asked).fetchone()
        return row


_DATABASES: dict[tuple[str, datetime], bytes] = {}


async def _made(plan: str, at: datetime) -> bytes:
    """An SQLite file with every table, and a plan that was loaded at a moment (or none).

    Made once a process, copied for each test.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.sqlite3"
        store = make_store(open_engine(f"sqlite+aiosqlite:///{path}", synced=False), Clock(at))
        async with store.engine.begin() as connection:
            await connection.run_sync(metadata.create_all)
        if plan:
            await load_into(store, plan)
        await store.close()
        return path.read_bytes()


async def load_into(store: Store, plan: str) -> None:
    """Load one of the five plans."""
    profile = parse_profile(tomllib.loads((PLANS / f"{plan}.toml").read_text("utf-8")), name=plan)
    async with store.unit() as uow:
        await load_plan(uow, profile)
        await uow.commit()


@cache
def working_days() -> WorkCalendar:
    return load_calendar()


def make_store(
    engine: AsyncEngine,
    clock: Clock,
    pictures: Pictures | None = None,
    channel_policy: ChannelPolicy | None = None,
    key: str = "a test key",
) -> Store:
    vault = KeyVault(key)
    return Store(
        engine, now=clock.now, calendar=working_days, vault=vault, pictures=pictures, channel_policy=channel_policy
    )


@asynccontextmanager
async def opened_world(
    tmp_path: Path,
    make_line: Callable[[], Line],
    at: datetime,
    url: str = "",
    channel_policy: ChannelPolicy | None = None,
    *,
    plan: str = "",
) -> AsyncIterator[World]:
    """A world with one network, which carries everything unless `channel_policy` says otherwise.

    Its database is the empty one at `url`, or else a file with nothing in it but the plan with the code `plan`.
    """
    async with engine_on(url or await _copy(tmp_path, plan, at)) as engine:
        clock = Clock(at)
        store = make_store(
            engine, clock, KeptPictures(AttachmentStore(tmp_path / "attachments"), ChatLinks()), channel_policy
        )
        store.papers = KeptPapers(AttachmentStore(tmp_path / "attachments"))
        store.press = PaperPress(AttachmentStore(tmp_path / "attachments"), store.reading)
        store.seals = AgeSeals(AttachmentStore(tmp_path / "attachments"), tmp_path / SEALED_FOLDER)
        if url:
            async with engine.begin() as connection:
                await connection.run_sync(metadata.create_all)
            if plan:
                await load_into(store, plan)
        beginning = None if url or channel_policy else (plan, at)
        world = World(store, clock, make_line(), tmp_path, beginning)
        await world.line.start(world)
        try:
            yield world
        finally:
            for line in (world.line, *world.others):
                await line.stop()
            await store.close()


async def _copy(tmp_path: Path, plan: str, at: datetime) -> str:
    """The address of a copy of the file with the plan."""
    if (plan, at) not in _DATABASES:
        _DATABASES[plan, at] = await _made(plan, at)
    path = tmp_path / DATABASE
    path.write_bytes(_DATABASES[plan, at])
    return f"sqlite+aiosqlite:///{path}"
