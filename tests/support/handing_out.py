"""How the tests of a run are handed out to its workers."""

import pytest
from xdist.scheduler import LoadGroupScheduling
from xdist.workermanage import WorkerController


class HandingOut(LoadGroupScheduling):
    """One test at a time, those of a group to the same worker; what is done is forgotten.

    xdist keeps it, and counts through all of it after each test for what is left: with nine thousand tests that took
    nine seconds of the processor.
    """

    def mark_test_complete(self, node: WorkerController, item_index: int, duration: float = 0) -> None:  # noqa: ARG002 - as xdist calls it
        name = self.registered_collections[node][item_index]
        group = self._split_scope(name)
        given = self.assigned_work[node]
        given[group][name] = True
        if all(given[group].values()):
            del given[group]
        self._reschedule(node)


def scheduler(config: pytest.Config, log: object) -> HandingOut | None:
    """What hands tests out where they are in groups (`--dist loadgroup`); None where they are not."""
    return HandingOut(config, log) if config.getvalue("dist") == "loadgroup" else None  # type: ignore[arg-type]
