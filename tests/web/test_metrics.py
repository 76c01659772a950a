"""`/metrics`: what the installation is measured by, told to whoever may ask and never about a person."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
import sqlalchemy as sa
from prometheus_client.parser import text_string_to_metric_families

from bot.inbound import InboundQueue
from bot.ops.health import STUCK_AFTER, trouble
from bot.ops.metrics import MEDIA_TYPE, Metrics
from bot.outbox.relay import OutboxRelay
from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.engine.scene import Scene, Turn
from handlers.engine.table import Table
from handlers.wiring import conversation_table
from intake.rules.message import Message
from intake.rules.outbox.delivery import Rejected, Throttled, Unavailable, Unreachable, WindowClosed
from intake.rules.outbox.letter import LetterState, Priority
from intake.rules.people.person import Network
from storage import tables as t
from storage.queries.outbox import measures
from storage.unit_of_work import Store
from tests.support.broadcasts import begin, settle_people, spread
from tests.support.village import Village, a_letter, build, meet
from tests.support.world import Clock
from web.metrics import metrics_router
from web.server import PROTECTION, create_app
from wording.texts import Rendered

TOKEN = "a-token-of-the-watcher"


async def render() -> bytes:
    return b"measured\n"


async def fine() -> str:
    return ""


async def asked(
    token: str | None = None,
    *,
    behind_proxy: bool = False,
    client: tuple[str, int] | None = ("127.0.0.1", 1),
    **headers,
) -> httpx.Response:
    app = create_app([metrics_router(render, MEDIA_TYPE, token, behind_proxy=behind_proxy)], fine)
    transport = httpx.ASGITransport(app, client=client)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://doithoai.test") as one:
        return await one.get("/metrics", headers={name.replace("_", "-"): value for name, value in headers.items()})


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2", "::1"])
async def test_without_a_token_this_machine_may_ask(address: str) -> None:
    answer = await asked(client=(address, 5))
    assert (answer.status_code, answer.text) == (200, "measured\n")
    assert answer.headers["content-type"] == MEDIA_TYPE
    assert {name: answer.headers[name] for name in PROTECTION} == PROTECTION


@pytest.mark.parametrize("address", ["10.0.0.7", "203.0.113.9", "::ffff:10.0.0.7", "testclient", ""])
async def test_without_a_token_nobody_else_may(address: str) -> None:
    answer = await asked(client=(address, 5))
    assert answer.status_code == 403
    assert "DOITHOAI_METRICS_TOKEN" in answer.text
    assert "measured" not in answer.text


async def test_who_comes_through_a_proxy_is_not_this_machine() -> None:
    """A proxy beside us hands on the whole world from 127.0.0.1, with a header that says so or without."""
    for header in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"):
        assert (await asked(**{header: "127.0.0.1"})).status_code == 403, header
    assert (await asked(behind_proxy=True)).status_code == 403
    assert (await asked(client=None)).status_code == 403


@pytest.mark.parametrize("address", ["127.0.0.1", "203.0.113.9"])
async def test_with_a_token_everybody_needs_it(address: str) -> None:
    for given in ({}, {"Authorization": f"Bearer {TOKEN}x"}, {"Authorization": TOKEN}):
        answer = await asked(TOKEN, client=(address, 5), **given)
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
        assert "measured" not in answer.text
    right = await asked(TOKEN, behind_proxy=True, client=(address, 5), Authorization=f"Bearer {TOKEN}")
    assert right.status_code == 200


Figures = dict[tuple[str, ...], float]


async def figures(metrics: Metrics) -> Figures:
    """Each sample by its name and the values of its labels, in the order of their names."""
    text = (await metrics.render()).decode()
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.fixture
async def village(store: Store) -> Village:
    return await build(store)


async def wait(store: Store, address: str, count: int = 1, **more: object) -> None:
    async with store.unit() as uow:
        account = await meet(uow, address)
        for _ in range(count):
            uow.session.add(a_letter(account, uow.now, **more))
        await uow.commit()


async def test_the_outbox_the_sweep_and_the_duties_are_measured(store: Store, village: Village, clock: Clock) -> None:
    metrics = Metrics(store)
    empty = await figures(metrics)
    assert empty["doithoai_database_up",] == 1
    assert empty["doithoai_letters_waiting", "bulk"] == 0
    assert empty["doithoai_oldest_letter_seconds", "reply"] == 0
    assert ("doithoai_sweep_age_seconds",) not in empty, "it has never run"

    async with store.unit() as uow:
        await uow.ledger.beat("sweep")
        await uow.ledger.take_lease("send:telegram:4242", "machine:1:ab", timedelta(seconds=30))
        await uow.commit()
    await settle_people(store, village.west, 3)
    number = await begin(store, village.commune.id, [village.west.id], "Mời bà con")
    await spread(store)
    await wait(store, "100", priority=Priority.REPLY, not_before=clock.now() + timedelta(hours=1))
    for state in (LetterState.QUARANTINED, LetterState.QUARANTINED, LetterState.ON_RETURN, LetterState.SENT):
        await wait(store, "100", state=state)
    clock.move(seconds=40)
    await begin(store, village.commune.id, [village.east.id], "Mời bà con nữa")
    await spread(store)
    found = await figures(metrics)

    assert found["doithoai_letters_waiting", "bulk"] == 4
    assert found["doithoai_broadcast_people", str(number), "running"] == 3
    assert found["doithoai_broadcast_letters_waiting", str(number), "running"] == 3
    assert found["doithoai_letters_waiting", "reply"] == 1
    assert found["doithoai_letters_waiting", "push"] == 0
    assert found["doithoai_oldest_letter_seconds", "bulk"] == 40
    assert found["doithoai_oldest_letter_seconds", "reply"] == 0, "its time has not come"
    aside = {key[1]: value for key, value in found.items() if key[0] == "doithoai_letters_put_aside"}
    assert aside == {"quarantined": 2, "unreachable": 0, "in_person": 0, "on_return": 1}
    assert found["doithoai_sweep_age_seconds",] == 40
    assert found["doithoai_lease_seconds", "machine:1:ab", "send:telegram:4242"] == -10, "it has run out"


async def test_counting_ends_somewhere(store: Store, village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measures, "MOST", 3)
    await settle_people(store, village.west, 5)
    await begin(store, village.commune.id, [village.west.id], "Mời bà con")
    await spread(store)
    await wait(store, "100", 5, state=LetterState.QUARANTINED)
    found = await figures(Metrics(store))
    assert found["doithoai_letters_waiting", "bulk"] == 3
    assert found["doithoai_letters_put_aside", "quarantined"] == 3


async def test_the_longest_waiting_is_found_behind_those_that_wait_for_their_next_try(
    store: Store, village: Village, clock: Clock
) -> None:
    await wait(store, "100", 4, not_before=clock.now() + timedelta(hours=1), attempts=1)
    await wait(store, "200")
    clock.move(seconds=70)
    assert (await figures(Metrics(store)))["doithoai_oldest_letter_seconds", "push"] == 70


async def test_measuring_reads_by_index(store: Store, village: Village) -> None:
    """A million letters that were sent cost nothing."""
    await wait(store, "100", 20, state=LetterState.SENT)
    statements: list[tuple[str, object]] = []

    @sa.event.listens_for(store.engine.sync_engine, "before_cursor_execute")
    def note(_connection, _cursor, statement: str, parameters: object, _context, _many) -> None:
        statements.append((statement, parameters))

    async with store.reading() as uow:
        statements.clear()
        await uow.measures.lines()
        await uow.measures.put_aside()
        await uow.measures.overdue(STUCK_AFTER)
        mine = [one for one in statements if "letters" in one[0]]
        connection = await uow.session.connection()
        sqlite = store.engine.dialect.name == "sqlite"
        if not sqlite:
            await connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        assert len(mine) == len(Priority) * 2 + len(measures.PUT_ASIDE) + 2
        for statement, parameters in mine:
            explain = "EXPLAIN QUERY PLAN " if sqlite else "EXPLAIN "
            rows = (await connection.exec_driver_sql(explain + statement, parameters)).all()  # type: ignore[arg-type]
            plan = " ".join(str(row) for row in rows)
            used = ("ix_letters_direct", "ix_letters_broadcast_id", "ix_letters_put_aside")
            assert any(index in plan for index in used), plan


async def test_nobody_is_named(store: Store, village: Village) -> None:
    await wait(store, "100")
    text = (await Metrics(store).render()).decode()
    for private in ("Lụa", "VB-dong", "Thôn", '"100"', "talk.cancelled"):
        assert private not in text


class Answers:
    """A network that answers as the test says, one answer a letter."""

    network = Network.TELEGRAM
    name = "4242"

    def __init__(self, *answers: Exception | None) -> None:
        self.answers = list(answers)

    async def send(self, letter_id: int, address: str, rendered: Rendered) -> str:  # noqa: ARG002
        answer = self.answers.pop(0)
        if answer is not None:
            raise answer
        return "m1"


async def test_sends_are_counted_by_what_the_network_said(store: Store, village: Village, clock: Clock) -> None:
    metrics = Metrics(store)
    failures = [Throttled(1), Unreachable(), WindowClosed("-230"), Rejected(), Unavailable(), KeyError("a defect")]
    channel = Answers(None, None, *failures)
    async with store.unit() as uow:
        for number in range(8):
            account, *_ = await uow.accounts.meet(Network.TELEGRAM, "4242", str(number))
            await uow.letters.add(a_letter(account, uow.now))
        await uow.commit()
    await OutboxRelay(store, channel, "here", clock.now, metrics.count_attempt).work_off()
    metrics.count_attempt(Network.TELEGRAM, None)

    found = await figures(metrics)
    assert {key[2]: value for key, value in found.items() if key[0] == "doithoai_sends_total"} == {
        "sent": 2,
        "throttled": 1,
        "unreachable": 1,
        "window_closed": 1,
        "rejected": 1,
        "unavailable": 2,
        "cut_off": 1,
    }


@asynccontextmanager
async def inbound(store: Store, metrics: Metrics, table: Table | None = None) -> AsyncIterator[InboundQueue]:
    opened = InboundQueue(store, table or conversation_table(), lambda: None, metrics.count_event, metrics.fell_back)
    task = asyncio.create_task(opened.run())
    try:
        yield opened
    finally:
        task.cancel()
        await asyncio.wait([task])


async def test_messages_are_counted_by_network_and_kind_with_their_time_in_the_door(store: Store) -> None:
    metrics = Metrics(store)
    async with inbound(store, metrics) as opened:
        for number in range(3):
            await opened.take(
                InboundEvent(Network.WEBCHAT, "plain", "1", str(number), InboundKind.TEXT, text="Xin chào")
            )
        async with store.engine.begin() as connection:
            await connection.execute(sa.text("ALTER TABLE inbox RENAME TO elsewhere"))
        with pytest.raises(sa.exc.DBAPIError):
            await opened.take(InboundEvent(Network.TELEGRAM, "4242", "1", "9", InboundKind.CHOICE, choice="x"))
    found = await figures(metrics)
    assert found["doithoai_messages_heard_total", "text", "webchat"] == 3
    assert found["doithoai_messages_heard_total", "choice", "telegram"] == 1, "what failed counts too"
    assert found["doithoai_door_seconds_count",] == 4
    assert found["doithoai_door_seconds_bucket", "+Inf"] == 4


async def test_a_crowd_that_had_to_be_heard_one_by_one_is_counted_once(store: Store) -> None:
    async def stumble(scene: Scene, heard: InboundEvent) -> Turn:
        if heard.text == "0":
            raise ZeroDivisionError
        return Turn(say=(Message("talk.too_fast"),), draft=scene.draft)

    metrics = Metrics(store)
    async with inbound(store, metrics, replace(conversation_table(), unprompted=stumble)) as opened:

        async def crowd(day: str, *texts: str) -> None:
            said = (
                InboundEvent(Network.WEBCHAT, "plain", str(chat), day, InboundKind.TEXT, text=text)
                for chat, text in enumerate(texts)
            )
            await asyncio.gather(*(opened.take(heard) for heard in said))

        await crowd("monday", "một", "hai", "ba")
        assert (await figures(metrics))["doithoai_inbound_fallbacks_total",] == 0
        await crowd("tuesday", "một", "0", "ba")
        assert (await figures(metrics))["doithoai_inbound_fallbacks_total",] == 1


async def test_without_a_database_the_process_still_tells_of_itself(store: Store) -> None:
    metrics = Metrics(store)
    async with store.engine.begin() as connection:
        await connection.execute(sa.text("ALTER TABLE leases RENAME TO elsewhere"))
    found = await figures(metrics)
    assert found["doithoai_database_up",] == 0
    assert ("doithoai_letters_waiting", "bulk") not in found
    assert found["process_cpu_seconds_total",] > 0


async def test_readiness_says_what_is_wrong(store: Store, village: Village, clock: Clock) -> None:
    silent = "the sweep of deadlines has not run for a day"
    assert await trouble(store) == silent, "it has never run"
    async with store.unit() as uow:
        await uow.ledger.beat("sweep")
        await uow.commit()
    assert await trouble(store) == ""

    await wait(store, "100", priority=Priority.BULK)
    await wait(store, "100", priority=Priority.REPLY, not_before=clock.now() + timedelta(days=2))
    clock.move(minutes=60)
    await wait(store, "100", priority=Priority.REPLY)
    async with store.unit() as uow:
        account, *_ = await uow.accounts.meet(Network.ZALO, "1", "1")
        await uow.letters.add(a_letter(account, uow.now, priority=Priority.AWAITED))
        await uow.commit()
    clock.move(minutes=10)
    assert await trouble(store) == "", "ten minutes are no more than ten minutes; broadcasts and later ones may wait"
    clock.move(minutes=2)
    late = ("replies to webchat have not been sent for 12 minutes", "replies to zalo have not been sent for 12 minutes")
    assert await trouble(store) == "; ".join(late)
    clock.move(days=1)
    assert (await trouble(store)).startswith(silent + "; replies to webchat")

    async with store.unit() as uow:
        await uow.ledger.beat("sweep")
        await uow.session.execute(sa.update(t.letters).values(state=LetterState.SENT))
        await uow.commit()
    assert await trouble(store) == ""
    async with store.engine.begin() as connection:
        await connection.execute(sa.text("ALTER TABLE heartbeats RENAME TO elsewhere"))
    assert await trouble(store) == "the database does not answer"
