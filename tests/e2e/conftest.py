"""Conversations are had in each language of the bot, and without waiting long for its next look at the clock."""

from collections.abc import Iterator

import pytest
import structlog

from bot.delivery import loop
from tests.support.talks import BETWEEN_LOOKS
from tests.support.words import FA, RU, Words


@pytest.fixture(autouse=True)
def _plain_tracebacks() -> Iterator[None]:
    """The usual ones show all local variables and take seconds, during which the whole bot stands still."""
    renderer = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    when = structlog.processors.TimeStamper(fmt="%H:%M:%S.%f", utc=False)
    structlog.configure(processors=[structlog.processors.add_log_level, when, renderer])
    yield
    structlog.reset_defaults()


@pytest.fixture(autouse=True)
def _frequent_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The delivery loop of this process looks at the clock more often: a night takes no real second."""
    monkeypatch.setattr(loop, "EVERY", BETWEEN_LOOKS)


@pytest.fixture(params=[FA, RU], ids=["persian", "russian"])
def words(request: pytest.FixtureRequest) -> Words:
    """What a candidate reads and presses; tests that ask for it run in both languages."""
    chosen: Words = request.param
    return chosen
