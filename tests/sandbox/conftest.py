"""A running sandbox with three people, a bot that talks to it and a clock that can be moved."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.sandbox import Sandbox, SandboxUser
from tests.support.person import Person

TOKEN = "42:sandbox-test-token"
SARA, IVAN, ADMIN = 101, 202, 303
USERS = [
    SandboxUser(SARA, "Sara", "fa", "Candidate, Persian"),
    SandboxUser(IVAN, "Ivan", "ru", "Candidate, Russian"),
    SandboxUser(ADMIN, "Ada", None, "Admin"),
]


class HandClock:
    def __init__(self) -> None:
        self.at = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
        self.push: datetime | None = None

    def now(self) -> datetime:
        return self.at

    def advance(self, step: timedelta) -> None:
        self.at += step

    async def next_push(self) -> datetime | None:
        return self.push


class Raw:
    """Calls without a client library, for what a well-behaved client would never send."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self.url = url

    async def call(self, method: str, params: dict[str, Any] | None = None, token: str = TOKEN) -> dict[str, Any]:
        async with self._session.post(f"{self.url}/bot{token}/{method}", json=params or {}) as response:
            answer: dict[str, Any] = await response.json()
            assert answer["ok"] or answer["error_code"] == response.status
            return answer

    async def refusal(self, method: str, **params: Any) -> str:
        answer = await self.call(method, params)
        assert not answer["ok"], f"{method} was accepted: {answer}"
        return str(answer["description"])

    async def people(self, verb: str, path: str, body: Any = None) -> tuple[int, Any]:
        async with self._session.request(verb, f"{self.url}{path}", json=body) as response:
            return response.status, await response.json()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def sandbox(clock: HandClock) -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(token=TOKEN, users=USERS, now=clock.now, advance=clock.advance, next_push=clock.next_push)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def raw(sandbox: Sandbox, http: aiohttp.ClientSession) -> Raw:
    return Raw(http, sandbox.url)


class PromptSession(AiohttpSession):
    """Closes at once: aiogram's own waits a quarter of a second for encrypted connections."""

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    session = PromptSession(api=TelegramAPIServer.from_base(sandbox.url))
    async with Bot(TOKEN, session=session).context() as bot:
        yield bot


@pytest.fixture
async def sara(sandbox: Sandbox, http: aiohttp.ClientSession, bot: Bot) -> Person:
    """Sara has pressed START, and the bot has seen it."""
    sara = Person(http, sandbox.url, SARA)
    await sara.starts()
    await bot.get_updates(offset=(await bot.get_updates())[-1].update_id + 1)
    return sara


@pytest.fixture
def ivan(sandbox: Sandbox, http: aiohttp.ClientSession) -> Person:
    """Ivan has never met the bot."""
    return Person(http, sandbox.url, IVAN)
