"""Many people who started the bot long ago, and the news that is sent to all of them."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp
from sqlalchemy import insert

from benchmarks.people import zone_at_noon
from bot.db.audience import Audience
from bot.db.deliveries import UNDER_WAY
from bot.db.engine import Database
from bot.db.models import BroadcastState, DeliveryStatus, User
from bot.domain.identity import BroadcastId, Locale, UserId
from bot.services import broadcasting
from bot.services.broadcasting import Progress
from bot.services.pushes import Content
from bot.settings import load_settings
from tests.support.coach import TOKEN
from tests.support.person import Person

ADMIN = UserId(1)
NEWS = "Новые вопросы уже здесь."
_FIRST_ID = 100_001
_GLANCE = 0.05


class Crowd:
    """People who read Russian; all of them have started the bot, and it has nothing else to tell them."""

    def __init__(self, http: aiohttp.ClientSession, url: str, database_url: str, count: int) -> None:
        self.people = [Person(http, url, _FIRST_ID + number) for number in range(count)]
        self._http = http
        self._url = url
        self._db = Database(load_settings(database_url=database_url).database_url)

    async def gathers(self, now: datetime) -> None:
        """To be called while no bot runs: none gets to see that they press START."""
        await asyncio.gather(*(self._arrives(person.id) for person in self.people))
        await self._forget_updates()
        zone = zone_at_noon(now)
        rows = [
            {"id": person.id, "locale": Locale.RU, "zone": zone, "created_at": now, "seen_at": now}
            for person in self.people
        ]
        async with self._db.begin() as session:
            await session.execute(insert(User), rows)

    async def blocks(self, some: Collection[int]) -> None:
        """These block the bot, and it does not get to know; no bot may be running."""
        await asyncio.gather(*(person.blocks() for person in self.people if person.id in some))
        await self._forget_updates()

    async def is_told(self, now: datetime) -> BroadcastId:
        """An admin starts the broadcast to everybody."""
        async with self._db.begin() as session:
            contents, audience = {Locale.RU: Content(text=NEWS)}, Audience((Locale.RU,))
            news = await broadcasting.draft(session, ADMIN, contents, audience, now=now)
            await broadcasting.start(session, news, now=now)
            return news

    async def progress(self, news: BroadcastId) -> Progress:
        async with self._db.read() as session:
            return await broadcasting.progress(session, news)

    async def reaches(self, news: BroadcastId, sent: int, within: float = 60.0) -> None:
        """Waits until so many messages are known to be sent."""
        deadline = time.monotonic() + within
        while (progress := await self.progress(news)).sent < sent:
            assert time.monotonic() < deadline, f"the broadcast stands still: {progress}"
            await asyncio.sleep(_GLANCE)

    async def is_through(self, news: BroadcastId, within: float = 120.0) -> Progress:
        """Waits until the broadcast is done."""
        deadline = time.monotonic() + within
        while (progress := await self.progress(news)).state is not BroadcastState.DONE:
            assert time.monotonic() < deadline, f"the broadcast is not done: {progress}"
            await asyncio.sleep(_GLANCE)
        return progress

    async def copies(self) -> Counter[int]:
        """How many times each person sees the news in the chat."""
        inboxes = await asyncio.gather(*(person.inbox() for person in self.people))
        return Counter(
            {
                person.id: sum(message.text == NEWS for message in inbox)
                for person, inbox in zip(self.people, inboxes, strict=True)
            }
        )

    async def lets_go_of_the_database(self) -> None:
        """Until it is asked for something again, only the bot has the file open."""
        await self._db.close()

    async def _arrives(self, id_: int) -> None:
        user = {"id": id_, "first_name": f"No. {id_}", "language_code": "ru", "label": f"No. {id_}"}
        await self._post("people/", user)
        await self._post(f"people/{id_}/start")

    async def _forget_updates(self) -> None:
        await self._post(f"bot{TOKEN}/deleteWebhook", {"drop_pending_updates": True})

    async def _post(self, path: str, body: Any = None) -> None:
        async with self._http.post(f"{self._url}/{path}", json=body) as response:
            response.raise_for_status()


@asynccontextmanager
async def gathered_crowd(url: str, database_url: str, count: int, now: datetime) -> AsyncIterator[Crowd]:
    """So many people in the sandbox at `url` and in the database; no bot may be running yet."""
    async with aiohttp.ClientSession() as http:
        crowd = Crowd(http, url, database_url, count)
        try:
            await crowd.gathers(now)
            yield crowd
        finally:
            await crowd.lets_go_of_the_database()


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger says of somebody's copy of the news."""

    status: DeliveryStatus
    tries: int

    @property
    def is_in_hand(self) -> bool:
        return self.status is DeliveryStatus.CLAIMED

    @property
    def is_under_way(self) -> bool:
        """Still to be sent, or being sent."""
        return self.status in UNDER_WAY


def ledger_of(file: Path) -> dict[int, Entry]:
    """The broadcasts' rows in an SQLite file, by user."""
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT user_id, status, tries FROM deliveries WHERE broadcast_id IS NOT NULL")
        return {user_id: Entry(DeliveryStatus(status), tries) for user_id, status, tries in rows}


def ledger_left_by_the_dead(file: Path) -> dict[int, Entry]:
    """As `ledger_of`, read from a copy: whoever opens the file itself tidies up in place of the next bot."""
    with TemporaryDirectory() as folder:
        for part in (file, file.with_name(f"{file.name}-wal")):
            if part.exists():
                shutil.copy(part, folder)
        return ledger_of(Path(folder) / file.name)


def file_of(database_url: str) -> Path:
    return Path(database_url.removeprefix("sqlite:///"))
