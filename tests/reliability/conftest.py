"""A Telegram that outlives the bots, lines to it that can be cut, and bots in processes of their own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot import app
from bot.clock import Clock
from bot.db.engine import Database
from bot.delivery import loop
from bot.settings import load_settings
from tests.support.coach import TOKEN
from tests.support.process import BotProcess
from tests.support.telegram import Telegram, running_telegram
from tests.support.wire import Wire, laid_wire

Launch = Callable[..., BotProcess]
Serving = Callable[..., AbstractAsyncContextManager[None]]


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with running_telegram() as running:
        yield running


@pytest.fixture
async def wire(telegram: Telegram) -> AsyncIterator[Wire]:
    async with laid_wire(telegram.url) as wire:
        yield wire


@pytest.fixture
def frequent_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The delivery loop of this process looks at the clock so often that weeks pass in seconds."""
    monkeypatch.setattr(loop, "EVERY", 0.02)


@pytest.fixture
async def launch(telegram: Telegram, sqlite_url: str) -> AsyncIterator[Launch]:
    """Makes a bot's process, not started yet; keyword arguments are settings.

    None outlives its test, and none may tell its token.
    """
    launched: list[BotProcess] = []

    def make(**settings: str) -> BotProcess:
        launched.append(BotProcess(telegram, sqlite_url, **settings))
        return launched[-1]

    yield make
    for process in launched:
        await process.kill()
        secret = TOKEN.partition(":")[2]
        assert not [line for line in process.log if secret in line]


@pytest.fixture
def serving(telegram: Telegram, sqlite_url: str) -> Serving:
    """A bot in this process, for the length of a block; keyword arguments are settings."""

    @asynccontextmanager
    async def serve(clock: Clock | None = None, **settings: str) -> AsyncIterator[None]:
        told = load_settings(bot_token=TOKEN, database_url=sqlite_url, **{"bot_api_url": telegram.url, **settings})
        db, ending = Database(told.database_url), asyncio.Event()
        running = asyncio.create_task(app.serve(told, db, clock or Clock(), ending.wait))
        try:
            yield
        finally:
            ending.set()
            await asyncio.wait([running])
            await db.close()
            running.result()  # tells of a crash

    return serve


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """These proofs kill processes and wait for outages: `make slow` runs them."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.slow)
