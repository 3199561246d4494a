"""The token never reaches a log line, in whatever way a library or a fault brings it along."""

import json
import logging
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
import structlog

from bot.logs import configure_logging
from bot.settings import LogFormat, LogLevel
from tests.support.logging_state import logging_kept

SECRET = "AAE-w3lBqYc_a9dQmR2tVxZ0nJkLsPfGhUo"  # opens nothing
TOKEN = f"123456789:{SECRET}"
URL = f"https://api.telegram.org/bot{TOKEN}/getMe"

both = pytest.mark.parametrize("format_", LogFormat)


@pytest.fixture(autouse=True)
def logging_is_left_as_it_was() -> Iterator[None]:
    with logging_kept():
        yield


def fails() -> None:
    raise ConnectionError(f"Cannot connect to {URL}")


def fails_deep_down() -> None:
    try:
        fails()
    except ConnectionError as reason:
        raise RuntimeError("the call failed") from reason


class Client:
    def __repr__(self) -> str:
        return f"<Client {URL}>"


def log_of_a_fault() -> None:
    try:
        fails_deep_down()
    except RuntimeError:
        structlog.get_logger().exception("call.failed")


def log_of_a_librarys_fault() -> None:
    try:
        fails()
    except ConnectionError:
        logging.getLogger("aiohttp.client").exception("Request failed")


def log_of_a_bound_value() -> None:
    with structlog.contextvars.bound_contextvars(url=URL):
        structlog.get_logger().error("call")


WAYS: dict[str, Callable[[], object]] = {
    "in the event": lambda: structlog.get_logger().error(f"asked {URL}"),
    "as a value": lambda: structlog.get_logger().error("call", url=URL),
    "deep in a value": lambda: structlog.get_logger().error("call", request={"to": [URL]}),
    "by an object": lambda: structlog.get_logger().error("call", client=Client()),
    "with a fault": log_of_a_fault,
    "by a library": lambda: logging.getLogger("aiohttp.client").error("Cannot reach %s", URL),
    "by a library's object": lambda: logging.getLogger("aiohttp.client").error("Cannot reach %r", Client()),
    "with a library's fault": log_of_a_librarys_fault,
    "as part of a path": lambda: structlog.get_logger().error("file", path=f"/file/bot{TOKEN}/photos/1.jpg"),
    "quoted": lambda: structlog.get_logger().error("call", url=f"https://api.telegram.org/bot{quote(TOKEN)}/getMe"),
    "in bytes": lambda: structlog.get_logger().error("call", body=URL.encode()),
    "bound to the context": log_of_a_bound_value,
}


@both
@pytest.mark.parametrize("way", WAYS)
def test_the_token_is_hidden_when_it_comes(format_: LogFormat, way: str, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(LogLevel.INFO, format_)
    WAYS[way]()
    logged = capsys.readouterr()
    assert logged.out == ""
    assert SECRET not in logged.err
    assert "<token>" in logged.err, "nothing was logged, or more than the token is hidden"


def test_every_line_is_json_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(LogLevel.INFO, LogFormat.JSON)
    for log in WAYS.values():
        log()
    structlog.get_logger().info("پاسخ", text="first\nsecond «سلام»")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert len(lines) == len(WAYS) + 1
    assert all({"event", "level", "timestamp"} <= set(line) for line in lines)
    assert lines[-1]["text"] == "first\nsecond «سلام»"
    assert "ConnectionError" in json.dumps(lines)


@both
def test_what_is_no_token_stays_readable(format_: LogFormat, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(LogLevel.INFO, format_)
    for text in ("question:1001:2026-11-22", "127.0.0.1:8080/people/201", "2026-11-22T06:00:00.123456Z"):
        structlog.get_logger().info("delivery", key=text)
        assert text in capsys.readouterr().err


@both
def test_the_level_is_kept_and_libraries_stay_quiet(format_: LogFormat, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(LogLevel.WARNING, format_)
    structlog.get_logger().info("too quiet")
    structlog.get_logger().warning("loud enough")
    logged = capsys.readouterr().err
    assert "loud enough" in logged
    assert "too quiet" not in logged
    configure_logging(LogLevel.DEBUG, format_)
    logging.getLogger("aiohttp.access").info("GET /")
    logging.getLogger("aiosqlite").debug("executing")
    assert capsys.readouterr().err == ""
