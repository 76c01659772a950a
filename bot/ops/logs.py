"""Logs: events in past tense, ids not contents, one line each; nothing that is personal or secret."""

import logging
import re
import sys
import traceback
from collections.abc import Iterator, Mapping, MutableMapping
from types import TracebackType
from typing import Any

import structlog

_TOKEN = re.compile(r"\d{6,}(?::|%3A)[A-Za-z0-9_-]{20,}", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\d.-])(?:\+?84|0)(?:[ .-]?\d){9,10}(?!\d)")
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


class _Discreet(logging.Formatter):
    """Writes what a library logs, its exceptions included, without tokens and phone numbers."""

    def format(self, record: logging.LogRecord) -> str:
        """The whole line, or lines."""
        return hide(super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is the library's
        """Where it came from; the words of an exception are left out, as in our own events."""
        return where(ei)
