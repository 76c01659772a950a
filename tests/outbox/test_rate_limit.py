"""The limiter of a channel: no limit of a network is passed, however slow the way there; what is awaited goes first."""

import asyncio
from bisect import bisect_left
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from itertools import cycle, pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.outbox.rate_limit import LEEWAY, MANY_CHATS, RECENT, Allowance, Rate, RateLimiter
from bot.telegram.limits import ALLOWED
from intake.rules.outbox.delivery import Throttled
from intake.rules.outbox.letter import Priority
from tests.support.strict_limits import StrictLimits
from tests.support.virtual_time import in_virtual_time

FAR_AWAY = [(0.1, 0.1), (0.11, 0.1), (0.13, 0.13), (0.1, 0.15), (0.12, 0.1)]
REPLY, PUSH, BULK = Priority.REPLY, Priority.PUSH, Priority.BULK


def virtually(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[[], None]:
    def run() -> None:
        in_virtual_time(test())

    run.__name__, run.__doc__ = test.__name__, test.__doc__
    return run


def now() -> float:
    return asyncio.get_running_loop().time()


@dataclass
class Network:
    """Notes when each message arrived; `ways` are the seconds there and back, in turn. `limits` may refuse some."""

    limiter: RateLimiter
    ways: list[tuple[float, float]] = field(default_factory=lambda: [(0.0, 0.0)])
    limits: StrictLimits | None = None
    arrived: list[tuple[float, str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._ways = cycle(self.ways)

    async def send(self, address: str, priority: Priority = REPLY, text: str = "", messages: int = 1) -> None:
        async with self.limiter.permit(address, priority) as given:
            assert given
            for _ in range(messages):
                await self.limiter.message(address)
                there, back = next(self._ways)
                await asyncio.sleep(there)
                wait = 0 if self.limits is None else self.limits.take(now(), address)
                if wait:
                    await asyncio.sleep(back)
                    self.limiter.slow(address, wait)
                    raise Throttled(wait)
                self.arrived.append((now(), address))
                self.said.append(text)
                await asyncio.sleep(back)

    def most(self, rate: Rate, address: str | None = None) -> int:
        """The most messages (of a chat) that arrived within the time of a rate."""
        times = sorted(at for at, one in self.arrived if address in (None, one))
        return max(
            (bisect_left(times, at + rate.seconds - 1e-9) - number for number, at in enumerate(times)), default=0
        )

    def used(self) -> float:
        """Messages a second, once the ways are known and until the last."""
        times = [at for at, _ in self.arrived[2 * RECENT :]]
        return len(times) / (times[-1] - times[0])

    def keeps(self, allowance: Allowance) -> None:
        """Fails where a limit was passed."""
        if allowance.overall:
            assert self.most(allowance.overall) <= allowance.overall.most
        for address in {one for _, one in self.arrived}:
            if allowance.per_chat:
                assert self.most(allowance.per_chat, address) <= allowance.per_chat.most
            if allowance.per_group and address.startswith("-"):
                assert self.most(allowance.per_group, address) <= allowance.per_group.most


async def crowd(network: Network, many: int, priority: Priority = BULK) -> None:
    """One letter to each of so many chats, at most fifty waiting at a time."""
    addresses = iter(range(1000, 1000 + many))

    async def some() -> None:
        for number in addresses:
            await network.send(str(number), priority)

    await asyncio.gather(*(some() for _ in range(50)))


@virtually
async def test_while_broadcasts_wait_the_rate_is_used_and_never_passed():
    network = Network(RateLimiter(ALLOWED))
    await crowd(network, 900)

    network.keeps(ALLOWED)
    assert network.used() >= 0.95 * 30


@virtually
async def test_a_network_far_away_is_used_no_less():
    """Three tenths of a second there and back, of which a tenth comes and goes."""
    network = Network(RateLimiter(ALLOWED), FAR_AWAY)
    await crowd(network, 900)

    network.keeps(ALLOWED)
    assert network.used() >= 0.95 * 30


@virtually
async def test_a_machine_with_much_else_to_do_passes_no_limit():
    """For two seconds everything is late on its way there, then nothing is: it must not arrive on top of the rest."""
    network = Network(RateLimiter(ALLOWED), [(0.005, 0.005)] * 60 + [(0.25, 0.005)] * 60)
    await crowd(network, 600)

    network.keeps(ALLOWED)


@virtually
async def test_a_server_that_lets_nothing_pass_refuses_nothing():
    limits = StrictLimits()
    network = Network(RateLimiter(ALLOWED), FAR_AWAY, limits)
    async with asyncio.TaskGroup() as group:
        group.create_task(crowd(network, 600))
        for priority in (REPLY, PUSH, BULK):
            for number in range(10):
                group.create_task(network.send(str(number), priority, messages=2))
                group.create_task(network.send("-1", priority))

    assert limits.refused == []
    assert len(limits.taken) == 600 + 60 + 30


@virtually
async def test_when_others_used_up_the_account_it_waits_and_goes_on_without_a_burst():
    limits = StrictLimits()
    network = Network(RateLimiter(ALLOWED), FAR_AWAY, limits)

    async def insist(address: str) -> None:
        for _ in range(9):
            try:
                await network.send(address, BULK)
            except Throttled as asked:
                await asyncio.sleep(asked.retry_after)
            else:
                return

    async with asyncio.TaskGroup() as group:
        for number in range(300):
            group.create_task(insist(str(number)))
        await asyncio.sleep(3)
        for number in range(25):
            limits.take(now(), f"another {number}")

    refused = [at for at, _ in limits.refused]
    assert 0 < len([chat for _, chat in limits.refused if not chat.startswith("another")]) <= ALLOWED.at_once
    assert max(refused) - min(refused) < 1, "not tried again before the pause was over, nor refused after it"
    assert len(network.arrived) == 300
    after = [at for at, _ in network.arrived if at > max(refused)]
    assert after[0] > max(refused) + 2
    network.keeps(ALLOWED)


@virtually
async def test_zalos_rate_is_kept_over_its_minute():
    allowance = Allowance(overall=Rate(4000, 60))
    network = Network(RateLimiter(allowance), [(0.01, 0.01)])
    await crowd(network, 5000)

    network.keeps(allowance)
    assert network.most(allowance.overall) == 4000


@settings(max_examples=150)
@given(
    many=st.integers(0, 120),
    seed=st.randoms(use_true_random=False),
    allowance=st.builds(
        Allowance,
        st.integers(1, 9),
        overall=st.builds(Rate, st.integers(1, 12), st.sampled_from([0.5, 1.0, 3.0])),
        per_chat=st.none() | st.builds(Rate, st.integers(1, 2), st.just(1.0)),
        per_group=st.none() | st.builds(Rate, st.integers(1, 4), st.just(5.0)),
    ),
    least=st.tuples(st.floats(0, 0.4), st.floats(0, 0.4)),
    more=st.lists(st.tuples(st.floats(0, 0.3), st.floats(0, 0.3)), max_size=9),
)
def test_no_limit_is_ever_passed(
    many: int,
    seed: Random,
    allowance: Allowance,
    least: tuple[float, float],
    more: list[tuple[float, float]],
) -> None:
    """Whoever wants to send what, whenever, however long the ways are; one message in ten meets no delay on them."""

    async def life() -> None:
        ways = [(least[0] + there, least[1] + back) for there, back in [*more, (0.0, 0.0)]]
        network = Network(RateLimiter(allowance), ways)

        async def one(address: str, priority: Priority, messages: int, at: float) -> None:
            await asyncio.sleep(at)
            await network.send(address, priority, messages=messages)

        wanted = [
            (seed.choice(["1", "2", "3", "-4"]), seed.choice(list(Priority)), seed.randint(1, 3), seed.uniform(0, 5))
            for _ in range(many)
        ]
        async with asyncio.TaskGroup() as group:
            for who in wanted:
                group.create_task(one(*who))
        network.keeps(allowance)
        assert len(network.arrived) == sum(messages for _, _, messages, _ in wanted)

    in_virtual_time(life())


@virtually
async def test_what_is_awaited_goes_first_however_long_the_others_have_waited():
    network = Network(RateLimiter(ALLOWED))
    async with asyncio.TaskGroup() as group:
        for number in range(200):
            group.create_task(network.send(str(number), BULK, "bulk"))
        await asyncio.sleep(2)
        for priority in (PUSH, REPLY, Priority.AWAITED):
            for number in range(3):
                group.create_task(network.send(f"{900 + number + 10 * priority}", priority, priority.name))
        before = len(network.said)

    assert network.said[before : before + 9] == ["AWAITED"] * 3 + ["REPLY"] * 3 + ["PUSH"] * 3
    network.keeps(ALLOWED)


@virtually
async def test_a_reply_goes_before_a_broadcast_of_its_own_chat_and_not_beside_it():
    network = Network(RateLimiter(Allowance()), [(1.0, 0.0)])
    async with asyncio.TaskGroup() as group:
        group.create_task(network.send("1", BULK, "first", messages=2))
        await asyncio.sleep(0.1)
        group.create_task(network.send("1", BULK, "broadcast"))
        await asyncio.sleep(0.1)
        group.create_task(network.send("1", REPLY, "reply"))

    assert network.said == ["first", "first", "reply", "broadcast"]
    assert [at for at, _ in network.arrived] == pytest.approx([1, 2, 3, 4])


@virtually
async def test_a_chat_that_has_to_wait_holds_up_nobody_else():
    network = Network(RateLimiter(ALLOWED))
    async with asyncio.TaskGroup() as group:
        for _ in range(3):
            group.create_task(network.send("1"))
        for number in range(2, 6):
            group.create_task(network.send(str(number), BULK))

    assert [one for _, one in network.arrived] == ["1", "2", "3", "4", "5", "1", "1"]
    assert network.limiter.rests("1")
    assert network.limiter.rests("5") is False
    network.keeps(ALLOWED)


@virtually
async def test_the_messages_of_a_long_letter_wait_for_their_time_too():
    network = Network(RateLimiter(ALLOWED))
    await network.send("1", messages=22)
    assert 21 < now() < 22
    await network.send("-1", messages=21)

    network.keeps(ALLOWED)
    assert now() > 21 + 60, "a group is allowed less"


@virtually
async def test_only_so_many_are_under_way_at_a_time():
    network = Network(RateLimiter(Allowance(at_once=2)), [(1.0, 0.0)])
    await crowd(network, 5)

    assert [at for at, _ in network.arrived] == [1, 1, 2, 2, 3]


@virtually
async def test_who_goes_away_while_waiting_or_as_the_permit_comes_leaves_nothing_behind():
    network = Network(RateLimiter(Allowance(at_once=1, overall=Rate(2, 10))))
    limiter = network.limiter
    inside = asyncio.Event()

    async def hold() -> None:
        async with limiter.permit("1", REPLY):
            await inside.wait()

    holding = asyncio.create_task(hold())
    waiting = [asyncio.create_task(network.send(str(number))) for number in (2, 3)]
    await asyncio.sleep(1)
    waiting[0].cancel()
    await asyncio.sleep(1)
    inside.set()
    await asyncio.sleep(0)
    waiting[1].cancel()  # the permit is on its way to it
    await asyncio.wait([holding, *waiting])
    assert network.arrived == []

    start = now()
    await network.send("4")
    await network.send("5")
    assert now() - start < 10, "what never was sent counts for nothing"
    await network.send("6")
    assert now() - start >= 10


@virtually
async def test_patience_has_an_end_and_so_has_waiting_when_everybody_is_sent_away():
    network = Network(RateLimiter(Allowance(overall=Rate(1, 100))))
    limiter = network.limiter
    await network.send("1")
    async with limiter.permit("2", REPLY, 5) as given:
        assert not given
    assert now() == 5

    async def ask() -> bool:
        async with limiter.permit("3", REPLY) as given:
            return given

    asking = asyncio.create_task(ask())
    await asyncio.sleep(1)
    limiter.dismiss()
    assert await asking is False
    assert now() == 6
    await network.send("4")
    assert now() == pytest.approx(100 + LEEWAY)


@virtually
async def test_after_a_pause_it_goes_on_at_its_pace():
    network = Network(RateLimiter(ALLOWED))
    limiter = network.limiter
    async with asyncio.TaskGroup() as group:
        for number in range(150):
            group.create_task(network.send(str(number), BULK))
        await asyncio.sleep(1.5)
        before = len(network.arrived)
        limiter.hold(7)
        assert limiter.pause() == limiter.pause("anybody") == 7
        limiter.hold(3)  # an earlier end changes nothing
        await asyncio.sleep(6.99)
        assert len(network.arrived) == before
    after = [at for at, _ in network.arrived[before:]]

    assert after[0] == 8.5
    assert min(later - earlier for earlier, later in pairwise(after[:30])) == pytest.approx(1 / 30)
    network.keeps(ALLOWED)
    assert limiter.pause() == 0


@virtually
async def test_one_chat_told_to_wait_holds_up_nobody_two_hold_up_everybody():
    network = Network(RateLimiter(ALLOWED))
    limiter = network.limiter
    limiter.slow("1", 7)
    assert (limiter.pause("1"), limiter.pause("2"), limiter.pause()) == (7, 0, 0)
    await network.send("2")
    assert now() == 0

    limiter.slow("3", 30)
    assert (limiter.pause("2"), limiter.pause("3")) == (7, 30)
    await network.send("4", BULK)
    assert now() == 7, "nobody else was tried until the first might be"
    await network.send("1")
    await network.send("3")
    assert now() == 30


@virtually
async def test_a_letter_under_way_is_given_up_when_the_network_asks_for_a_pause():
    """It is tried again as a whole: nobody knows how long a pause will be."""
    network = Network(RateLimiter(ALLOWED), [(0.1, 0.0)])
    limiter = network.limiter
    sending = asyncio.create_task(network.send("1", messages=3))
    late = asyncio.create_task(network.send("2", messages=2))
    await asyncio.sleep(0.5)
    limiter.dismiss()  # does not concern what has begun
    await asyncio.sleep(0.1)
    limiter.hold(20)
    for letter in (sending, late):
        with pytest.raises(Throttled) as caught:
            await letter
        assert caught.value.retry_after == 20

    limiter.slow("3", 40)
    async with limiter.permit("4", REPLY):
        await limiter.message("4")
        limiter.hold(5)
        with pytest.raises(Throttled):
            await limiter.message("4")


@virtually
async def test_nobody_sends_without_a_permit():
    with pytest.raises(RuntimeError):
        await RateLimiter(ALLOWED).message("1")


@virtually
async def test_a_network_may_change_its_rate():
    network = Network(RateLimiter(Allowance()))
    network.limiter.change(Rate(10, 1))
    await crowd(network, 20)
    assert network.most(Rate(10, 1)) == 10
    network.limiter.change(Rate(100, 1))
    start = now()
    await crowd(network, 200)
    assert now() - start < 3
    network.limiter.change(None)
    start = now()
    await crowd(network, 200)
    assert now() - start < 0.1


@virtually
async def test_chats_of_long_ago_are_forgotten():
    network = Network(RateLimiter(Allowance(per_chat=Rate(1, 1))))
    await crowd(network, MANY_CHATS)
    await asyncio.sleep(2)
    async with network.limiter.permit("-1", BULK):
        waiting = asyncio.create_task(network.send("-1", REPLY))
        await asyncio.sleep(0)
        await crowd(network, 3)
        assert len(network.limiter._chats) < 10  # noqa: SLF001 - memory is what is looked at
    await waiting


def test_so_many_answers_tell_how_long_one_takes():
    assert 2 <= RECENT <= ALLOWED.overall.most * 2
