"""The workers of a run: each test is handed out once, a group stays with one worker, what is done is not kept."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.support.handing_out import HandingOut

TESTS = ["a::1", "a::2@pair", "b::1", "c::1[x@y.z]", "b::2@pair", *(f"d::{number}" for number in range(20))]


class Worker:
    """A worker that notes what it is given."""

    shutting_down = False

    def __init__(self, name: str) -> None:
        self.gateway = SimpleNamespace(id=name)
        self.waiting: list[int] = []
        self.done: list[int] = []

    def send_runtest_some(self, indices: list[int]) -> None:
        self.waiting += indices

    def shutdown(self) -> None:
        self.shutting_down = True


@pytest.fixture
def handing() -> tuple[Any, list[Any]]:
    two: Any = SimpleNamespace(getvalue=lambda _name: ["2*popen"], option=SimpleNamespace(loadscopereorder=True))
    handing: Any = HandingOut(two)
    workers: list[Any] = [Worker("one"), Worker("two")]
    for worker in workers:
        handing.add_node(worker)
        handing.add_node_collection(worker, TESTS)
    handing.schedule()
    return handing, workers


def do_next(handing: Any, worker: Worker) -> None:
    test = worker.waiting.pop(0)
    worker.done.append(test)
    handing.mark_test_complete(worker, test)


def test_each_test_is_handed_out_once_and_a_group_to_one_worker(handing: tuple[Any, list[Any]]) -> None:
    hands, workers = handing
    while any(worker.waiting for worker in workers):
        for worker in workers:
            if worker.waiting:
                do_next(hands, worker)
                kept = sum(len(units) for units in hands.assigned_work[worker].values())
                assert kept <= len(worker.waiting) + len(TESTS[1:5:3]), "what is done is counted through again"

    assert sorted(workers[0].done + workers[1].done) == list(range(len(TESTS)))
    assert sum({1, 4} <= set(worker.done) for worker in workers) == 1
    assert hands.tests_finished
    assert not hands.has_pending


def test_what_a_worker_had_when_it_broke_down_is_done_by_another(handing: tuple[Any, list[Any]]) -> None:
    hands, (broken, whole) = handing
    do_next(hands, broken)
    had = broken.waiting[0]

    assert hands.remove_node(broken) == TESTS[had]
    while whole.waiting:
        do_next(hands, whole)

    assert sorted(broken.done + whole.done) == list(range(len(TESTS)))
