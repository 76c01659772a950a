"""Logs: events in past tense, ids not contents, one line each; nothing that is personal or secret."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{20,}")
_PHONE = re.compile(r"(?<!\d)(?:\+?84|0)\d{9,10}(?!\d)")


def set_up_logs(*, quiet: bool = False) -> None:
    """Send our events and the libraries' warnings to standard error, as JSON unless somebody is watching."""
    watching = sys.stderr.isatty()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            hide_secrets,
            structlog.dev.ConsoleRenderer() if watching else structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING if quiet else logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_hide_in_record)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True, format="%(name)s %(message)s")
    # these repeat addresses with tokens in them at INFO
    for chatty in ("httpx", "httpcore", "aiogram", "telegram", "apscheduler"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def hide(text: str) -> str:
    """The text without bot tokens and phone numbers: the last net, for what a library writes."""
    return _PHONE.sub("[phone]", _TOKEN.sub("[token]", text))


def hide_secrets(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take tokens and phone numbers out of whatever is written."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = hide(value)
    return event


def _hide_in_record(record: logging.LogRecord) -> bool:
    record.msg, record.args = hide(record.getMessage()), ()
    return True
