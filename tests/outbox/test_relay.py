"""The sender: every letter goes out once, in order per chat, whatever the network answers and whoever dies."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.outbox.rate_limit import Allowance, Rate, RateLimiter
from bot.outbox.relay import ROUND, OutboxRelay
from intake.rules.message import Message, pack_message
from intake.rules.outbox.delivery import DeliveryFailure, Rejected, Throttled, Unavailable, Unreachable, retry_delay
from intake.rules.outbox.letter import Letter, LetterState, Priority
from intake.rules.people.person import Account, Network
from scheduler.lease import DURATION
from storage import tables as t
from storage.unit_of_work import Store
from tests.support.broadcasts import begin, settle_people, spread
from tests.support.logged import Logged
from tests.support.processes import PATIENCE
from tests.support.village import a_letter, build, meet
from tests.support.world import Clock
from wording.texts import Rendered


class Script:
    """A channel that does what the test says: `answers[text]` holds failures to raise, one a try, before it sends."""

    network = Network.WEBCHAT
    name = "plain"

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.letter_ids: list[int] = []
        self.tries: list[str] = []
        self.answers: dict[str, list[Exception]] = {}
        self.under_way = self.most_under_way = 0
        self.on_send: Callable[[], object] = lambda: None

    async def send(self, letter_id: int, address: str, rendered: Rendered) -> str:
        self.tries.append(rendered.text)
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            await asyncio.sleep(0)
            outcome = self.on_send()
            if asyncio.iscoroutine(outcome):
                await outcome
            failures = self.answers.get(rendered.text)
            if failures:
                raise failures.pop(0)
        finally:
            self.under_way -= 1
        self.sent.append((address, rendered.text))
        self.letter_ids.append(letter_id)
        return f"m{letter_id}"


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
async def relay(store: Store, script: Script, clock: Clock) -> OutboxRelay:
    await build(store)
    return OutboxRelay(store, script, "here", clock.now)


async def write(store: Store, address: str, *texts: str, **more: object) -> list[Letter]:
    """Put letters into the outbox that read like their texts."""
    async with store.unit() as uow:
        account = await meet(uow, address)
        letters = [
            a_letter(account, uow.now, content=pack_message(Message("tell.relay", {"name": "", "text": text})), **more)
            for text in texts
        ]
        for letter in letters:
            await uow.letters.add(letter)
        await uow.commit()
    return letters


def reads(text: str) -> str:
    return f"Nhờ bà/ông báo lại cho :\n{text}"


async def row(store: Store, letter: Letter) -> Letter:
    async with store.reading() as uow:
        found = await uow.session.get(Letter, letter.id)
        assert found is not None
        return found


async def test_letters_go_out_in_the_order_they_were_written_and_are_emptied(
    store: Store, relay: OutboxRelay, script: Script, clock: Clock
):
    letters = await write(store, "100", "một", "hai", "ba")

    assert await relay.work_off() == 3
    assert await relay.work_off() == 0

    assert script.sent == [("100", reads(text)) for text in ("một", "hai", "ba")]
    sent = await row(store, letters[0])
    assert sent.state is LetterState.SENT
    assert (sent.sent_at, sent.network_message_id) == (clock.now(), f"m{letters[0].id}")
    assert "một" not in str(sent.content), "what was told is not kept"


async def test_replies_go_before_news_and_news_before_broadcasts(store: Store, relay: OutboxRelay, script: Script):
    async with store.reading() as uow:
        east = await uow.places.unit_by_code("VB-dong")
    assert east is not None
    assert east.parent_id is not None
    await begin(store, east.parent_id, [east.id], "tin chung")
    await spread(store)
    await write(store, "100", "tin riêng", priority=Priority.PUSH)
    await write(store, "100", "trả lời", priority=Priority.REPLY)

    assert await relay.work_off() == 3

    assert [text for _, text in script.sent] == [reads("trả lời"), reads("tin riêng"), "tin chung"]


async def test_a_letter_is_put_into_the_language_of_its_reader(store: Store, relay: OutboxRelay, script: Script):
    async with store.unit() as uow:
        account = await meet(uow, "100")
        assert account.person_id is not None
        person = await uow.people.get(account.person_id)
        assert person is not None
        person.language = "en"
        await uow.letters.add(a_letter(account, uow.now))
        stranger = await meet(uow, "200")
        await uow.letters.add(
            a_letter(stranger, uow.now, content={**pack_message(Message("talk.cancelled")), "language": "en"})
        )
        unknown = await meet(uow, "300")
        await uow.letters.add(a_letter(unknown, uow.now))
        await uow.commit()

    await relay.work_off()

    said = dict(script.sent)
    assert said["100"] == said["200"] != said["300"]
    assert said["300"] == "Đã huỷ. Chưa có gì được gửi đi."


async def test_many_chats_are_served_at_once_but_one_chat_one_letter_at_a_time(
    store: Store, relay: OutboxRelay, script: Script
):
    at_once = Allowance().at_once
    for number in range(at_once + 4):
        await write(store, str(number), "một", "hai")

    await relay.work_off()

    assert script.most_under_way == at_once
    for number in range(at_once + 4):
        assert [text for address, text in script.sent if address == str(number)] == [reads("một"), reads("hai")]


class Paced(Script):
    """The same on a network that sets limits."""

    def __init__(self, allowance: Allowance) -> None:
        super().__init__()
        self.limiter = RateLimiter(allowance)

    async def send(self, letter_id: int, address: str, rendered: Rendered) -> str:
        await self.limiter.message(address)
        return await super().send(letter_id, address, rendered)


async def test_a_reply_goes_before_every_letter_of_a_broadcast_that_has_not_begun(store: Store, clock: Clock):
    village = await build(store)
    await settle_people(store, village.west, 9)
    await begin(store, village.commune.id, [village.west.id], "tin chung")
    await spread(store)
    script = Paced(Allowance(at_once=1))
    relay = OutboxRelay(store, script, "here", clock.now)

    async def somebody_asks() -> None:
        """While the first letter of the broadcast is under way; it ends when the sender has taken up the answers."""
        script.on_send = lambda: None
        await write(store, "300", "tin riêng", priority=Priority.PUSH)
        await write(store, "200", "trả lời", priority=Priority.REPLY)
        relay.wake()
        await until(lambda: {"200", "300"} <= {permit.address for permit in script.limiter._waiting})  # noqa: SLF001

    script.on_send = somebody_asks
    running = asyncio.create_task(relay.run())
    await until(lambda: len(script.sent) == 11)
    running.cancel()
    await asyncio.wait([running])

    said = [text for _, text in script.sent]
    assert said == ["tin chung", reads("trả lời"), reads("tin riêng"), *["tin chung"] * 8]


async def test_a_chat_that_has_to_be_left_alone_does_not_keep_a_round_waiting(store: Store, clock: Clock):
    await build(store)
    script = Paced(Allowance(per_chat=Rate(1, 0.05)))
    letters = await write(store, "100", "một", "hai")
    await write(store, "200", "ba")
    relay = OutboxRelay(store, script, "here", clock.now)

    await relay.work_off()
    assert sorted(script.sent) == [("100", reads("một")), ("200", reads("ba"))]
    left = await row(store, letters[1])
    assert (left.state, left.attempts, left.not_before) == (LetterState.WAITING, 0, clock.now())
    await relay.work_off()
    assert script.sent[2:] == [("100", reads("hai"))]


async def test_a_sender_that_waits_for_its_pace_stops_when_it_is_told_to(store: Store, clock: Clock):
    await build(store)
    script = Paced(Allowance())
    letters = await write(store, "100", "một", "hai")
    script.limiter.hold(3600)
    relay = OutboxRelay(store, script, "here", clock.now)
    running = asyncio.create_task(relay.run())
    await until(lambda: bool(script.limiter._waiting))  # noqa: SLF001
    running.cancel()
    async with asyncio.timeout(PATIENCE):
        await asyncio.wait([running])

    assert script.sent == []
    for letter in letters:
        kept = await row(store, letter)
        assert (kept.state, kept.attempts) == (LetterState.WAITING, 0)


async def test_more_than_a_round_is_sent_in_rounds(store: Store, relay: OutboxRelay, script: Script):
    await write(store, "100", *(f"tin {number}" for number in range(ROUND + 1)))

    assert await relay.work_off() == ROUND
    assert await relay.work_off() == 1
    assert len(set(script.letter_ids)) == ROUND + 1


async def test_a_chat_that_is_lost_leaves_its_letters_to_be_told_in_person(
    store: Store, relay: OutboxRelay, script: Script, clock: Clock
):
    letters = await write(store, "100", "một", "hai")
    others = await write(store, "200", "ba")
    script.answers[reads("một")] = [Unreachable()]

    await relay.work_off()
    assert await relay.work_off() == 0

    assert [(await row(store, letter)).state for letter in letters] == [LetterState.UNREACHABLE] * 2
    assert (await row(store, others[0])).state is LetterState.SENT
    async with store.reading() as uow:
        account = await uow.session.scalar(sa.select(Account).where(t.accounts.c.address == "100"))
    assert account is not None
    assert account.unreachable_since == clock.now()
    assert "một" in str((await row(store, letters[0])).content), "somebody has to be able to read it out"


async def test_a_letter_the_network_refuses_is_put_aside_with_an_alarm_and_the_next_one_goes_out(
    store: Store, relay: OutboxRelay, script: Script, logged: Logged
):
    letters = await write(store, "100", "xấu", "tốt")
    script.answers[reads("xấu")] = [Rejected("can't parse 0912345678")]

    await relay.work_off()
    assert await relay.work_off() == 0

    bad = await row(store, letters[0])
    assert (bad.state, bad.attempts) == (LetterState.QUARANTINED, 1)
    assert bad.failure == "Rejected: can't parse 0912345678"
    assert script.sent == [("100", reads("tốt"))]
    log = logged()
    assert {"event": "letter_quarantined", "level": "error", "letter": bad.id}.items() <= log[-1].items()
    assert "parse" not in str(log)


async def test_when_the_network_is_away_tries_come_less_and_less_often(
    store: Store, relay: OutboxRelay, script: Script, clock: Clock
):
    (letter,) = await write(store, "100", "một")
    script.answers[reads("một")] = [Unavailable("timeout") for _ in range(4)]
    waits = []
    for attempt in range(4):
        assert await relay.work_off() == 1
        kept = await row(store, letter)
        assert (kept.state, kept.attempts) == (LetterState.WAITING, attempt + 1)
        waits.append(kept.not_before - clock.now())
        clock.at = kept.not_before - timedelta(microseconds=1)
        assert await relay.work_off() == 0, "not a moment before"
        clock.move(microseconds=1)

    assert waits == [retry_delay(attempt) for attempt in range(4)]
    assert waits == sorted(set(waits))
    assert await relay.work_off() == 1
    assert script.sent == [("100", reads("một"))]


async def test_when_the_network_says_how_long_to_wait_that_is_how_long(
    store: Store, relay: OutboxRelay, script: Script, clock: Clock
):
    (letter,) = await write(store, "100", "một")
    script.answers[reads("một")] = [Throttled(37)]

    await relay.work_off()
    assert (await row(store, letter)).not_before == clock.now() + timedelta(seconds=37)
    clock.move(seconds=37)
    await relay.work_off()

    assert script.sent == [("100", reads("một"))]


@pytest.mark.parametrize("failure", [Unavailable("timeout"), Throttled(2)])
async def test_nothing_overtakes_a_letter_that_waits_for_its_next_try(
    store: Store, relay: OutboxRelay, script: Script, clock: Clock, failure: DeliveryFailure
):
    await write(store, "100", "một", "hai")
    await write(store, "200", "khác")
    script.answers[reads("một")] = [failure]
    await relay.work_off()
    assert script.sent == [("200", reads("khác"))]

    await write(store, "100", "ba")  # written while the first one waits
    await write(store, "200", "nữa")
    await relay.work_off()
    assert script.sent[1:] == [("200", reads("nữa"))]
    clock.move(seconds=2)
    while await relay.work_off():
        pass

    assert [text for address, text in script.sent if address == "100"] == [reads("một"), reads("hai"), reads("ba")]


@pytest.mark.parametrize(
    "content",
    [
        {"key": "no.such.sentence"},
        {"key": "tell.relay"},  # its params are missing
        {"key": "talk.cancelled", "params": {"when": {"$moment": "soon"}}},
        {"key": "talk.cancelled", "params": {"when": 1.5}},
        {"key": "talk.cancelled", "buttons": [["no button"]]},
    ],
)
async def test_a_letter_nobody_can_put_into_words_is_put_aside(
    store: Store, relay: OutboxRelay, script: Script, logged: Logged, content: dict[str, object]
):
    whole = {**pack_message(Message("talk.cancelled")), **content}
    if content == {"key": "tell.relay"}:
        whole["params"] = {"text": "một"}
    async with store.unit() as uow:
        account = await meet(uow, "100")
        letters = [a_letter(account, uow.now, content=whole), a_letter(account, uow.now)]
        for letter in letters:
            await uow.letters.add(letter)
        await uow.commit()

    await relay.work_off()
    assert await relay.work_off() == 0

    assert (await row(store, letters[0])).state is LetterState.QUARANTINED
    assert (await row(store, letters[1])).state is LetterState.SENT
    assert [line["event"] for line in logged() if line["level"] == "error"] == ["letter_quarantined"]


async def test_a_defect_in_a_networks_folder_stops_neither_the_others_nor_the_sender(
    store: Store, relay: OutboxRelay, script: Script, clock: Clock, logged: Logged
):
    (letter,) = await write(store, "100", "một")
    await write(store, "200", "hai")
    script.answers[reads("một")] = [ZeroDivisionError("bí mật")]

    await relay.work_off()

    assert script.sent == [("200", reads("hai"))]
    kept = await row(store, letter)
    assert (kept.state, kept.failure) == (LetterState.WAITING, "Unavailable: ZeroDivisionError")
    taken, *log = logged()
    assert taken["event"] == "lease_taken"
    assert {"event": "sending_failed", "letter": letter.id}.items() <= log[0].items()
    assert "bí mật" not in str(log)
    clock.move(seconds=2)
    await relay.work_off()
    assert script.sent[1:] == [("100", reads("một"))]


async def test_two_senders_never_send_the_same_letter(
    store: Store, new_store: Callable[[], Store], relay: OutboxRelay, script: Script, clock: Clock
):
    for number in range(12):
        await write(store, str(number), "một", "hai")
    other = OutboxRelay(new_store(), script, "there", clock.now)

    async def all_of(one: OutboxRelay) -> int:
        sent = 0
        while tried := await one.work_off():
            sent += tried
        return sent

    counts = await asyncio.gather(all_of(relay), all_of(other))

    assert sum(counts) == 24
    assert sorted(script.letter_ids) == sorted(set(script.letter_ids))
    assert len(script.letter_ids) == 24


async def test_the_channel_of_a_sender_that_died_is_taken_over_when_its_lease_runs_out(
    store: Store, new_store: Callable[[], Store], relay: OutboxRelay, script: Script, clock: Clock
):
    await write(store, "100", "một")
    await relay.work_off()  # holds the channel now, and dies
    await write(store, "100", "hai")
    heir = OutboxRelay(new_store(), script, "there", clock.now)

    clock.at += DURATION - timedelta(microseconds=1)
    assert await heir.work_off() == 0
    clock.move(microseconds=1)
    assert await heir.work_off() == 1

    assert [text for _, text in script.sent] == [reads("một"), reads("hai")]
    await write(store, "100", "ba")
    assert await relay.work_off() == 0, "and who comes back finds it taken"


async def test_a_slow_round_ends_before_its_lease(
    store: Store, new_store: Callable[[], Store], relay: OutboxRelay, script: Script, clock: Clock
):
    """Letters that could not be begun in time are left for the next round, or for whoever holds the channel then."""
    await write(store, "100", *(f"tin {number}" for number in range(9)))
    script.on_send = lambda: clock.move(seconds=4)
    other = OutboxRelay(new_store(), script, "there", clock.now)

    await relay.work_off()
    assert 4 <= len(script.sent) < 9
    assert clock.now() - timedelta(seconds=4 * len(script.sent)) + DURATION > clock.now()
    clock.at += DURATION
    while await other.work_off():
        pass

    assert [text for _, text in script.sent] == [reads(f"tin {number}") for number in range(9)]


async def test_a_channel_without_letters_is_not_taken(store: Store, relay: OutboxRelay):
    assert await relay.work_off() == 0
    async with store.reading() as uow:
        assert await uow.session.scalar(sa.select(sa.func.count()).select_from(t.leases)) == 0


async def test_letters_of_other_channels_are_left_alone(store: Store, relay: OutboxRelay, script: Script):
    async with store.unit() as uow:
        account, *_ = await uow.accounts.meet(Network.WEBCHAT, "another", "100")
        await uow.letters.add(a_letter(account, uow.now))
        account, *_ = await uow.accounts.meet(Network.TELEGRAM, "plain", "100")
        await uow.letters.add(a_letter(account, uow.now))
        await uow.commit()

    assert await relay.work_off() == 0
    assert script.sent == []


async def test_a_reply_costs_the_sender_no_transaction_before_it_is_sent(
    store: Store, relay: OutboxRelay, script: Script, clock: Clock
):
    """What somebody did was committed once; with the channel in hand the reply goes out after reading alone."""
    await write(store, "100", "một")
    await relay.work_off()
    clock.move(seconds=3)
    await write(store, "100", "hai")
    before_it_was_sent: list[str] = []

    @sa.event.listens_for(store.engine.sync_engine, "before_cursor_execute")
    def note(_connection, _cursor, statement: str, _parameters, _context, _many) -> None:
        if len(script.sent) == 1:
            before_it_was_sent.append(statement.split(maxsplit=1)[0])

    assert await relay.work_off() == 1
    assert "SELECT" in before_it_was_sent
    assert not {"INSERT", "UPDATE", "DELETE"} & set(before_it_was_sent)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.005)


async def test_a_running_sender_sends_when_it_is_woken_and_gives_the_channel_back(
    store: Store, new_store: Callable[[], Store], relay: OutboxRelay, script: Script, clock: Clock
):
    running = asyncio.create_task(relay.run())
    await write(store, "100", "một")
    relay.wake()
    await until(lambda: len(script.sent) == 1)
    running.cancel()
    await asyncio.wait([running])

    await write(store, "100", "hai")
    assert await OutboxRelay(new_store(), script, "there", clock.now).work_off() == 1, (
        "at once: the channel was given back"
    )


async def test_a_running_sender_outlives_trouble_with_the_database(
    store: Store, relay: OutboxRelay, script: Script, logged: Logged
):
    await write(store, "100", "một")
    async with store.engine.begin() as connection:
        await connection.execute(sa.text("ALTER TABLE leases RENAME TO elsewhere"))
    lines: list[dict[str, object]] = []

    def noticed() -> bool:
        relay.wake()
        lines.extend(logged())
        return any(line.get("event") == "lease_unknown" for line in lines)

    running = asyncio.create_task(relay.run())
    await until(noticed)
    async with store.engine.begin() as connection:
        await connection.execute(sa.text("ALTER TABLE elsewhere RENAME TO leases"))
    await until(lambda: relay.wake() is None and len(script.sent) == 1)
    running.cancel()
    await asyncio.wait([running])


async def test_a_letter_in_hand_is_finished_and_noted_and_none_is_begun(
    store: Store, relay: OutboxRelay, script: Script, clock: Clock
):
    letters = await write(store, "100", "một", "hai")
    begun, answering = asyncio.Event(), asyncio.Event()

    async def slowly() -> None:
        begun.set()
        await answering.wait()

    script.on_send = slowly
    running = asyncio.create_task(relay.run())
    await asyncio.wait_for(begun.wait(), PATIENCE)
    running.cancel()
    await asyncio.sleep(0)
    answering.set()
    await asyncio.wait([running])

    assert script.sent == [("100", reads("một"))]
    assert [(await row(store, letter)).state for letter in letters] == [LetterState.SENT, LetterState.WAITING]
    async with store.reading() as uow:
        assert await uow.session.scalar(sa.select(sa.func.count()).select_from(t.leases)) == 0


async def test_a_letter_that_hangs_is_cut_off_and_waits_as_if_it_had_not_been_tried(
    store: Store, relay: OutboxRelay, script: Script, logged: Logged, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("bot.ops.shutdown.FINISH_SECONDS", 0.0)
    (hangs,) = await write(store, "100", "một")
    (goes,) = await write(store, "200", "hai")
    begun = asyncio.Event()

    async def hang() -> None:
        if not begun.is_set():  # the first one
            begun.set()
            await asyncio.Event().wait()

    script.on_send = hang
    running = asyncio.create_task(relay.run())
    await asyncio.wait_for(begun.wait(), PATIENCE)
    await until(lambda: bool(script.sent))
    running.cancel()
    await asyncio.wait([running])

    assert "letter_cut_off" in [line.get("event") for line in logged()]
    found = await row(store, hangs)
    assert (found.state, found.attempts, found.failure) == (LetterState.WAITING, 0, None)
    assert (await row(store, goes)).state is LetterState.SENT


async def test_a_channel_of_ours_that_runs_out_of_time_by_itself_is_a_defect(
    store: Store, relay: OutboxRelay, script: Script, logged: Logged
):
    (letter,) = await write(store, "100", "một")
    script.answers[reads("một")] = [TimeoutError()]

    await relay.work_off()

    assert (await row(store, letter)).failure == "Unavailable: TimeoutError"
    assert "sending_failed" in [line.get("event") for line in logged()]
