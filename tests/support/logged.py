"""What the product logs while a test runs, as it would stand in the log of an installation."""

import json
import logging
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog

from bot.ops.logs import set_up_logs, where

Logged = Callable[[], list[dict[str, Any]]]


@pytest.fixture(autouse=True)
def plain_logs() -> None:
    """Short lines on standard error; structlog's own show the variables of every frame, which asks the database."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.ExceptionRenderer(where),
            structlog.processors.KeyValueRenderer(key_order=["event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )


@pytest.fixture
def logged(capsys: pytest.CaptureFixture[str]) -> Iterator[Logged]:
    """Set the logs up, give what was logged since the last look, put everything back afterwards."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    set_up_logs()
    # pytest puts another file in the place of standard error between here and the test
    structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.stderr))

    def look() -> list[dict[str, Any]]:
        lines = capsys.readouterr().err.splitlines()
        return [json.loads(line) if line.startswith("{") else {"line": line} for line in lines]

    yield look
    root.handlers[:] = handlers
    root.setLevel(level)
