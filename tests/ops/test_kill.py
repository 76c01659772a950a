"""Killed at any point between hearing and being done: nothing lost, nothing done twice, nothing told twice but one.

The network brings everything again after a death. A letter that the network took in the very moment before we could
write that down is the one that may be sent twice: no network we use lets us ask whether it has a message.
"""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.whole_processes,
    pytest.mark.xdist_group("kill"),  # all of it looks at the same lives, which one worker lives
]


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    run = subprocess.run(  # noqa: S603 - our own module in our own interpreter
        [sys.executable, "-m", "tests.support.dying", str(tmp_path_factory.mktemp("lives") / "all")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found: list[dict[str, Any]] = json.loads(run.stdout)
    return found


@pytest.fixture
def undisturbed(lives: list[dict[str, Any]]) -> dict[str, Any]:
    return lives[-1]


def test_every_point_was_died_at(lives: list[dict[str, Any]], undisturbed: dict[str, Any]) -> None:
    assert {life["ended_by"] for life in lives[:-1]} == {signal.SIGKILL}
    assert len(lives) == len(undisturbed["points"]) + 1
    assert {"before a commit", "after a commit", "before a send", "after a send", "heard"} == set(undisturbed["points"])
    assert len(lives) > 20


def test_the_undisturbed_life_is_the_story_we_mean(undisturbed: dict[str, Any]) -> None:
    assert undisturbed["between"]["questions"] == [["DL-2024-0001", "received"]]
    assert undisturbed["between"]["heard"] == list(range(1, 10))
    assert undisturbed["sent_second"] == [], "everything brought again, nothing said again"


def test_nothing_is_lost_and_nothing_is_done_twice(lives: list[dict[str, Any]], undisturbed: dict[str, Any]) -> None:
    for life in lives:
        for what in ("questions", "audit", "letters", "talks", "heard"):
            assert life["after"][what] == undisturbed["after"][what], (life["point"], what)


def test_every_letter_goes_out(lives: list[dict[str, Any]]) -> None:
    for life in lives:
        before_the_story = set(lives[0]["between"]["marked"]) - set(lives[0]["sent_first"])
        gone = {*life["sent_first"], *life["sent_second"], *before_the_story}
        assert gone >= set(life["after"]["all_letters"]), life["point"]
        assert life["after"]["marked"] == life["after"]["all_letters"], life["point"]


def test_what_is_marked_as_sent_is_never_sent_again(lives: list[dict[str, Any]]) -> None:
    for life in lives:
        assert not set(life["between"]["marked"]) & set(life["sent_second"]), life["point"]
        assert len(life["sent_first"]) == len(set(life["sent_first"]))
        assert len(life["sent_second"]) == len(set(life["sent_second"]))


def test_only_a_letter_that_was_on_its_way_may_come_twice(lives: list[dict[str, Any]]) -> None:
    for life in lives:
        twice = set(life["sent_first"]) & set(life["sent_second"])
        assert twice <= set(life["sent_first"]) - set(life["between"]["marked"]), life["point"]
        assert len(twice) <= 4, "at most what one moment had to say"
    assert any(set(life["sent_first"]) & set(life["sent_second"]) for life in lives), "the gap is real, and documented"


def test_a_chat_hears_in_the_order_it_was_told(lives: list[dict[str, Any]]) -> None:
    for life in lives:
        for chat in life["chats"]:
            assert chat == sorted(chat), life["point"]
