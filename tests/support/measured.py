"""Notes which lines and branches of the product the tests run: `pytest -p tests.support.measured`.

Loaded before anything of the product is, in each worker; what all of them saw is left in `coverage.json`, for
`tests.support.coverage_gates`. The plugin that slipcover brings for workers is not used: it wants to measure the tests
themselves as well, and warns that it cannot (slipcover 1.1.0 with pytest 9.2.0), which here is an error.
"""

import json
from typing import Any

import pytest
from slipcover import FileMatcher, ImportManager, Slipcover, merge_coverage

from tests.support.coverage_gates import LEFT_BY_THE_TESTS

ROOTS = ["bot", "handlers", "intake", "storage", "scheduler", "web", "wording", "papers", "locales", "zalo_sandbox"]
LEFT_OUT = ["storage/migrations/versions/*"]
RUN_IN_VAIN = 2_000
"""As often a line that was noted is noted again, before that is taken out of its function, which costs as much."""

A_PORT = r"^\s*\.\.\.$"
"""The body of what only says how others have to look."""

_seen = Slipcover(branch=True, source=ROOTS, omit=LEFT_OUT, d_miss_threshold=RUN_IN_VAIN, exclude_also=[A_PORT])
_seen_by_workers: list[dict[str, Any]] = []
ImportManager(_seen, FileMatcher(sources=ROOTS, omit=LEFT_OUT)).__enter__()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A worker has ended: keep what it saw; nothing where it died."""
    if "coverage" in getattr(node, "workeroutput", {}):
        _seen_by_workers.append(json.loads(node.workeroutput["coverage"]))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand over what was seen; whoever has no one to hand it to puts all together."""
    found = _seen.get_coverage()
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["coverage"] = json.dumps(found)
        return
    for one in _seen_by_workers:
        merge_coverage(found, one)
    LEFT_BY_THE_TESTS.write_text(json.dumps(found), "utf-8")
