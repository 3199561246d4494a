"""python -m benchmarks.broadcast URL MESSAGES LIMIT: the whole bot sends a broadcast, ledger and all."""

import asyncio
import json
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import people
from benchmarks.subject import settings_for
from bot import app
from bot.clock import Clock
from bot.db.audience import Audience
from bot.db.engine import Database
from bot.db.models import BroadcastState
from bot.domain.identity import BroadcastId, Locale, UserId
from bot.logs import configure_logging
from bot.services import broadcasting
from bot.services.pushes import Content
from bot.settings import LogFormat, LogLevel

TEXT = "Новые вопросы уже в наборе: откройте /today."
STARTED_WITHIN = 3
"""Seconds until the bot has set its name and commands and waits for updates."""


async def begin(db: Database) -> BroadcastId:
    """Starts a broadcast to everybody who reads Russian."""
    now = Clock().now()
    async with db.begin() as session:
        contents, everybody = {Locale.RU: Content(text=TEXT)}, Audience((Locale.RU,))
        news = await broadcasting.draft(session, UserId(1), contents, everybody, now=now)
        await broadcasting.start(session, news, now=now)
    return news


async def _until_done(db: Database, news: BroadcastId) -> None:
    while True:
        await asyncio.sleep(0.5)
        async with db.read() as session:
            if (await broadcasting.progress(session, news)).state is BroadcastState.DONE:
                return


async def _send(url: str, messages: int, limit: int, folder: Path) -> dict[str, float]:
    settings = settings_for(url, f"sqlite:///{folder}/bot.db", limit)
    ending = asyncio.Event()
    async with app.open_database(settings.database_url) as db:
        await people.fill(db, messages)
        app.spare_the_collector()
        running = asyncio.create_task(app.serve(settings, db, Clock(), ending.wait))
        await asyncio.sleep(STARTED_WITHIN)
        started, cpu = time.perf_counter(), time.process_time()
        await _until_done(db, await begin(db))
        taken = {"seconds": time.perf_counter() - started, "cpu_seconds": time.process_time() - cpu}
        ending.set()
        await running
    return taken


def main() -> None:
    url, messages, limit = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    configure_logging(LogLevel.WARNING, LogFormat.CONSOLE)
    with TemporaryDirectory() as folder:
        print(json.dumps(asyncio.run(_send(url, messages, limit, Path(folder)))))


if __name__ == "__main__":
    main()
