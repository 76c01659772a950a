"""Logs: events in past tense, ids not contents, one line each; nothing that is personal or secret."""

import logging
import re
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from types import TracebackType
from typing import Any

import structlog

_TOKEN = re.compile(r"(?<!\d)\d{6,}(?::|%3A)[A-Za-z0-9_-]{20,}", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\d.-])(?:\+?84|0)(?:[ .-]?\d){9,10}(?!\d)")
SAID_EVERY = 60.0
"""Seconds in which a library says the same words once."""
_DIFFERENT_WORDS = 100
_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def set_up_logs(*, quiet: bool = False) -> None:
    """Send our events and the libraries' warnings to standard error, as JSON unless somebody is watching."""
    watching = sys.stderr.isatty()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.ExceptionRenderer(where),
            hide_secrets,
            structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
            if watching
            else structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING if quiet else logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Discreet("%(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    # what strangers provoke by the thousand: bad requests, and a system without descriptors
    for provoked in ("uvicorn.error", "asyncio"):
        library = logging.getLogger(provoked)
        library.filters[:] = [Seldom()]
    # these repeat addresses with tokens in them at INFO
    for chatty in ("httpx", "httpcore", "aiogram", "telegram", "apscheduler"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    # an answer that is no JSON is logged whole, with the message it repeats; what became of the call we say ourselves
    logging.getLogger("telegram.request").setLevel(logging.CRITICAL)


def hide(text: str) -> str:
    """The text without bot tokens and phone numbers: the last net, for what a library writes."""
    return _PHONE.sub("[phone]", _TOKEN.sub("[token]", text))


def where(exc_info: _ExcInfo) -> str:
    """Where an exception came from and which kinds led to it, but not their words: those may be a person's.

    Innermost last, as Python prints it.
    """
    return "\n".join(
        f"{type(one).__name__}\n{''.join(traceback.format_tb(one.__traceback__))}".rstrip()
        for one in _causes(exc_info[1])
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in seen:
        seen.append(one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    for cause in reversed(seen):
        yield cause
        if isinstance(cause, BaseExceptionGroup):
            for part in cause.exceptions:
                yield from _causes(part)


def hide_secrets(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take tokens and phone numbers out of whatever is written, however deep it lies."""
    for name, value in event.items():
        event[name] = _hidden(value)
    return event


def _hidden(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {hide(str(name)): _hidden(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_hidden(item) for item in value]
    return hide(str(value))


class Seldom(logging.Filter):
    """Lets the same words of a library through once a minute, with how often they were held back since."""

    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._ticks = ticks
        self._said: dict[str, tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written."""
        words = str(record.msg).splitlines()[0] if record.msg else ""
        if record.levelno < logging.WARNING or (len(self._said) >= _DIFFERENT_WORDS and words not in self._said):
            return True
        at, held_back = self._said.get(words, (-SAID_EVERY, 0))
        if self._ticks() - at < SAID_EVERY:
            self._said[words] = (at, held_back + 1)
            return False
        if held_back:
            record.msg = f"{record.msg} (and {held_back} more of these)"
        self._said[words] = (self._ticks(), 0)
        return True


class _Discreet(logging.Formatter):
    """Writes what a library logs, its exceptions included, without tokens and phone numbers."""

    def format(self, record: logging.LogRecord) -> str:
        """The whole line, or lines."""
        return hide(super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is the library's
        """Where it came from; the words of an exception are left out, as in our own events."""
        return where(ei)
