"""On which networks a story is told."""

from collections import Counter

import pytest

from tests.support.lines import NETWORKS, WISHED, chosen, networks_of, new_line, wish

STORIES = [f"test_story_number_{number}" for number in range(400)]


def test_a_story_is_told_once_and_always_on_the_same_network():
    told = {story: chosen(story, contract=False, wished="one") for story in STORIES}

    assert told == {story: chosen(story, contract=False, wished="one") for story in reversed(STORIES)}
    assert {len(networks) for networks in told.values()} == {1}
    # the same in every process and on every machine, whatever Python makes of its own hashes
    assert told["test_story_number_7"] == ("zalo-numbers",)


def test_every_network_gets_its_share_of_the_stories():
    shares = Counter(chosen(story, contract=False, wished="one")[0] for story in STORIES)

    assert set(shares) == set(NETWORKS)
    assert min(shares.values()) > len(STORIES) / 4 / 2


def test_a_contract_is_told_on_every_network_and_so_is_everything_when_all_are_wished_for():
    assert chosen("test_a_story", contract=True, wished="one") == NETWORKS
    assert chosen("test_a_story", contract=True, wished="all") == NETWORKS
    assert chosen("test_a_story", contract=False, wished="all") == NETWORKS


@pytest.mark.parametrize("contract", [True, False])
def test_what_was_told_once_and_the_rest_make_up_everything_and_nothing_twice(contract):
    for story in STORIES:
        told = (
            *chosen(story, contract=contract, wished="once"),
            *chosen(story, contract=contract, wished="rest"),
        )
        assert sorted(told) == sorted(NETWORKS)


@pytest.mark.parametrize("network", NETWORKS)
def test_one_network_may_be_wished_for(network):
    assert chosen("test_a_story", contract=False, wished=network) == (network,)
    assert chosen("test_a_story", contract=True, wished=network) == (network,)


def test_a_network_nobody_knows_is_a_mistake_that_names_those_there_are():
    with pytest.raises(pytest.UsageError, match=r"LINES=zalo: .* telegram, webchat, zalo-buttons, zalo-numbers$"):
        chosen("test_a_story", contract=False, wished="zalo")


@pytest.mark.parametrize(("said", "wished"), [(None, "one"), ("", "one"), ("all", "all")])
def test_the_height_of_a_screen_is_no_wish(said, wished, monkeypatch):
    monkeypatch.setenv("LINES", "48")
    monkeypatch.delenv(WISHED, raising=False)
    if said is not None:
        monkeypatch.setenv(WISHED, said)

    assert wish() == wished


def test_the_line_of_a_network_is_that_networks():
    assert [new_line(network).network for network in NETWORKS] == ["telegram", "webchat", "zalo", "zalo"]


@pytest.mark.contract
def test_what_is_marked_and_asks_for_a_line_is_told_on_each(make_line, request):
    assert make_line().network == request.node.callspec.params["make_line"].partition("-")[0]
    assert request.node.callspec.params["make_line"] in networks_of(request.node)
