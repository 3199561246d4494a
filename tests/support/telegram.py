"""The sandbox on the real clock, for a bot that runs in a process of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import aiohttp

from bot.sandbox import Sandbox, SandboxUser
from tests.support.coach import ADA, IVAN, SARA, TOKEN
from tests.support.person import Json, Person


class Telegram:
    """A sandbox that outlives the bots that come and go, and what they asked of it."""

    def __init__(self, sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
        self.faults = sandbox.faults
        self.url = sandbox.url
        self._http = http

    def person(self, user: SandboxUser) -> Person:
        return Person(self._http, self.url, user.id)

    async def newcomer(self, id_: int, language: str) -> Person:
        """One more pretend user."""
        user = {"id": id_, "first_name": f"No. {id_}", "language_code": language, "label": f"No. {id_}"}
        async with self._http.post(f"{self.url}/people/", json=user) as response:
            response.raise_for_status()
        return Person(self._http, self.url, id_)

    async def calls(self, method: str, after: int = 0) -> Sequence[Json]:
        return await calls_of(self.url, method, after)


async def calls_of(url: str, method: str, after: int = 0) -> Sequence[Json]:
    """The calls of a method to the sandbox at `url` so far, those with a number above `after`."""
    query = {"method": method, "after": str(after)}
    async with aiohttp.ClientSession() as http, http.get(f"{url}/calls", params=query) as response:
        response.raise_for_status()
        found: list[Json] = await response.json()
        return found


@asynccontextmanager
async def running_telegram(users: Sequence[SandboxUser] = (SARA, IVAN, ADA)) -> AsyncIterator[Telegram]:
    sandbox = Sandbox(token=TOKEN, users=users, now=lambda: datetime.now(UTC))
    await sandbox.start()
    async with aiohttp.ClientSession() as http:
        yield Telegram(sandbox, http)
    await sandbox.stop()
