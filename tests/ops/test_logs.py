"""Nothing personal and nothing secret reaches a log, whichever way it is written (CONTRIBUTING.md, Style)."""

import json
import logging
import sys

import pytest
import structlog
from telegram.error import TelegramError
from telegram.request import BaseRequest

from bot.ops.logs import Seldom, hide, set_up_logs
from tests.support.logged import Logged

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
URL = f"https://api.telegram.org/bot{TOKEN}/getMe"


@pytest.fixture(autouse=True)
def own_handlers(plain_logs):
    """The test's own changes to the root logger are taken back."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.parametrize(
    "secret",
    [
        *(TOKEN, f"bot{TOKEN}", URL, TOKEN.replace(":", "%3A")),
        *("0912345678", "+84912345678", "84912345678", "02583828282"),
        *("0912 345 678", "0912.345.678", "091-234-5678", "+84 912 345 678"),
    ],
)
def test_tokens_and_phones_are_hidden(secret):
    hidden = hide(f"before {secret} after")

    assert "AAHdqTcvCH1" not in hidden
    assert "678" not in hidden
    assert "82828" not in hidden
    assert hidden.startswith("before ")
    assert hidden.endswith(" after")


@pytest.mark.parametrize(
    "harmless", ["DL-2024-0001", "2026-11-21T02:35:45.123456Z", "letter 123456", "12:30", "3,5 km"]
)
def test_what_is_neither_stays(harmless):
    assert hide(harmless) == harmless


def test_our_own_events_are_one_json_line_without_secrets_however_deep(logged: Logged):
    structlog.get_logger().info(
        "something_happened",
        url=URL,
        number=12,
        fine=True,
        nothing=None,
        deep={"phones": ["0912345678", ("+84912345678",)], "by": {"0912345678": 1}},
        other=ValueError("0912345678"),
    )

    (line,) = logged()
    assert line["event"] == "something_happened"
    assert line["level"] == "info"
    assert (line["number"], line["fine"], line["nothing"]) == (12, True, None)
    assert line["deep"] == {"phones": ["[phone]", ["[phone]"]], "by": {"[phone]": 1}}
    assert "AAHdqTcvCH1" not in str(line)
    assert "0912345678" not in str(line)


def test_an_exception_says_where_and_what_kind_but_not_its_words(logged: Logged):
    def inner() -> None:
        raise KeyError("điều riêng tư")

    try:
        try:
            inner()
        except KeyError as cause:
            raise RuntimeError("bí mật") from cause
    except RuntimeError:
        structlog.get_logger().exception("it_failed")

    (line,) = logged()
    assert "RuntimeError" in line["exception"]
    assert "KeyError" in line["exception"]
    assert "in inner" in line["exception"]
    assert "bí mật" not in line["exception"].replace('raise RuntimeError("bí mật")', "")


def test_every_part_of_a_group_is_told(logged: Logged):
    def fail() -> None:
        raise OSError

    try:
        try:
            fail()
        except OSError as trouble:
            raise ExceptionGroup("several", [trouble, ValueError()]) from None
    except ExceptionGroup:
        structlog.get_logger().exception("they_failed")

    (line,) = logged()
    assert line["exception"].splitlines()[0] == "ExceptionGroup"
    assert "OSError" in line["exception"]
    assert "in fail" in line["exception"]
    assert "ValueError" in line["exception"]


def test_what_libraries_log_is_hidden_too_with_the_words_of_their_exceptions(capsys):
    set_up_logs()
    library = logging.getLogger("some.library")
    library.warning("called %s for %s", URL, "0912345678")
    try:
        raise ConnectionError(f"cannot reach {URL}")
    except ConnectionError:
        library.exception("failed")

    written = capsys.readouterr().err
    assert "some.library called https://api.telegram.org/bot[token]/getMe for [phone]" in written
    assert "ConnectionError" in written
    assert "test_logs.py" in written
    assert "AAHdqTcvCH1" not in written
    assert "cannot reach" not in written.replace('raise ConnectionError(f"cannot reach {URL}")', "")


def test_libraries_that_repeat_addresses_are_heard_only_when_they_warn(capsys):
    set_up_logs()
    for name in ("httpx", "httpcore", "aiogram", "telegram", "apscheduler"):
        logging.getLogger(name).info("GET %s", URL)
    logging.getLogger("other").info("chatter")

    assert capsys.readouterr().err == ""


def test_half_an_answer_of_the_network_is_never_logged(capsys):
    """The answer to a message repeats its words and whom it was for; the library logs whatever it cannot read."""
    set_up_logs()

    with pytest.raises(TelegramError, match="Invalid server response"):
        BaseRequest.parse_json_payload('{"ok": true, "result": {"text": "Đường vào nhà bà Mai'.encode())

    assert capsys.readouterr() == ("", "")


def test_quiet_logs_keep_warnings_only(capsys):
    set_up_logs(quiet=True)
    structlog.get_logger().info("started")
    structlog.get_logger().warning("stumbled")

    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["event"] for line in lines] == ["stumbled"]


def test_somebody_who_watches_gets_lines_to_read(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    set_up_logs()
    try:
        raise ValueError("0912345678")
    except ValueError:
        structlog.get_logger().exception("stumbled", phone="0912345678")

    written = capsys.readouterr().err
    assert "stumbled" in written
    assert not written.startswith("{")
    assert "test_logs.py" in written
    assert "[phone]" in written
    assert "0912345678" not in written.replace('raise ValueError("0912345678")', "")


def test_what_strangers_provoke_by_the_thousand_is_one_line_a_minute() -> None:
    now = 0.0
    seldom = Seldom(lambda: now)

    def passes(words: str, level: int = logging.WARNING) -> str | None:
        record = logging.LogRecord("uvicorn.error", level, "", 1, words, (), None)
        return record.getMessage() if seldom.filter(record) else None

    assert passes("Invalid HTTP request received.") == "Invalid HTTP request received."
    assert [passes("Invalid HTTP request received.") for _ in range(999)] == [None] * 999
    assert passes("something else") == "something else"
    assert passes("Invalid HTTP request received.", logging.INFO) is not None
    now = 60.0
    assert passes("Invalid HTTP request received.") == "Invalid HTTP request received. (and 999 more of these)"
    now = 120.0
    assert passes("Invalid HTTP request received.") == "Invalid HTTP request received."
    for number in range(200):
        assert passes(f"words {number}") == f"words {number}", "what was never said is always said"


def test_the_logs_are_set_up_so() -> None:
    set_up_logs()

    for name in ("uvicorn.error", "asyncio"):
        assert [one for one in logging.getLogger(name).filters if isinstance(one, Seldom)]
