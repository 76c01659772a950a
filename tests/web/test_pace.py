"""The pace of visitors: who counts as one, what is remembered of how many."""

from datetime import timedelta

import pytest
from starlette.requests import HTTPConnection

from intake.rules.people.flood_guard import TalkingPace
from tests.support.world import Clock, local
from web.pace import Paces, visitor_of


def paces(clock: Clock, most: int = 10) -> Paces:
    return Paces(TalkingPace(burst=2, per_second=0.1), clock.now, most)


def test_who_comes_too_often_is_told_when_to_come_again():
    clock = Clock(local(2024, 3, 1))
    visitors = paces(clock)

    assert [visitors.wait("mai") for _ in range(3)] == [0, 0, 10]
    assert visitors.wait("rin") == 0
    clock.at += timedelta(seconds=9)
    assert visitors.wait("mai") == 1
    clock.at += timedelta(seconds=1)
    assert visitors.wait("mai") == 0


def test_many_visitors_cost_no_more_memory_than_a_few_and_the_latest_are_known():
    clock = Clock(local(2024, 3, 1))
    visitors = paces(clock, most=2)
    for who in ("mai", "mai", "rin", "tâm"):
        visitors.wait(who)

    assert visitors.wait("rin") == 0
    assert visitors.wait("rin") == 10
    assert visitors.wait("mai") == 0, "forgotten, so a new visitor"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.7", "203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("2001:db8:1:2::7", "2001:db8:1:2:ffff::1", True),
        ("2001:db8:1:2::7", "2001:db8:1:3::7", False),
        ("", "", True),
        ("unix", "", False),
    ],
)
def test_a_customer_with_a_whole_network_is_one_visitor(one: str, other: str, same: bool):
    seen = [visitor_of(HTTPConnection({"type": "http", "client": (host, 1), "headers": []})) for host in (one, other)]

    assert (seen[0] == seen[1]) is same
    assert visitor_of(HTTPConnection({"type": "http", "client": None, "headers": []})) == ""
