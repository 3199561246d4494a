"""The whole bot in this process, talking over real HTTP to the sandbox, with a clock in the test's hand."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import aiohttp

from bot import app
from bot.clock import Clock
from bot.db.engine import Database
from bot.sandbox import Sandbox, SandboxUser
from bot.services import deliveries
from bot.settings import Settings, load_settings
from tests.support.person import Person

TOKEN = "1000:a-token-for-the-tests-alone"
SARA = SandboxUser(id=201, first_name="سارا", language_code="fa", label="Sara in Tehran")
IVAN = SandboxUser(id=202, first_name="Иван", language_code="ru", label="Ivan in Moscow")
ADA = SandboxUser(id=203, first_name="Ada", language_code="en", label="Ada, an administrator")

START = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
"""A Sunday: 9:30 in Tehran, 9:00 in Moscow."""


class HandClock(Clock):
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime = START) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at

    def advance(self, by: timedelta) -> None:
        self._at += by

    def set(self, at: datetime) -> None:
        self._at = at


class Coach:
    """A running bot. `restart` ends it as SIGTERM would and starts it again on the same database."""

    def __init__(self, sandbox: Sandbox, clock: HandClock, settings: Settings, http: aiohttp.ClientSession) -> None:
        self.sandbox = sandbox
        self.clock = clock
        self.db = Database(settings.database_url)
        self._settings = settings
        self._http = http
        self._running: asyncio.Task[None] | None = None
        self._ending = asyncio.Event()

    def person(self, user: SandboxUser) -> Person:
        return Person(self._http, self.sandbox.url, user.id)

    async def newcomer(self, id_: int, language: str) -> Person:
        """One more pretend user of the sandbox."""
        user = {"id": id_, "first_name": f"No. {id_}", "language_code": language, "label": f"No. {id_}"}
        async with self._http.post(f"{self.sandbox.url}/people/", json=user) as response:
            response.raise_for_status()
        return Person(self._http, self.sandbox.url, id_)

    async def start(self) -> None:
        self._ending.clear()
        serving = app.serve(self._settings, self.db, self.clock, self._ending.wait)
        self._running = asyncio.create_task(serving)

    async def stop(self) -> None:
        self._ending.set()
        if self._running is not None:
            await self._running
            self._running = None

    async def restart(self) -> None:
        await self.stop()
        await self.start()


@asynccontextmanager
async def running_coach(database_url: str, clock: HandClock | None = None, *, port: int = 0) -> AsyncIterator[Coach]:
    """A bot on a database that is migrated and has its content already; port 0 is any free one."""
    clock = clock or HandClock()

    async def next_push() -> datetime | None:
        async with coach.db.read() as session:
            return await deliveries.next_moment(session)

    sandbox = Sandbox(token=TOKEN, users=(SARA, IVAN, ADA), now=clock.now, advance=clock.advance, next_push=next_push)
    await sandbox.start(port=port)
    settings = load_settings(
        bot_token=TOKEN, bot_api_url=sandbox.url, database_url=database_url, admin_ids=frozenset({ADA.id})
    )
    async with aiohttp.ClientSession() as http:
        coach = Coach(sandbox, clock, settings, http)
        await coach.start()
        try:
            yield coach
        finally:
            await coach.stop()
            await coach.db.close()
            await sandbox.stop()
