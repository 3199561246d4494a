"""python -m benchmarks.broadcast URL MESSAGES LIMIT: the whole bot sends a broadcast, ledger and all."""

import asyncio
import json
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.telegram import TOKEN
from bot import app
from bot.clock import Clock
from bot.db.audience import Audience
from bot.db.engine import Database
from bot.db.models import BroadcastState, User
from bot.domain.identity import BroadcastId, Locale, UserId
from bot.logs import configure_logging
from bot.services import broadcasting
from bot.services.pushes import Content
from bot.settings import FREE_RATE, LogFormat, LogLevel, load_settings

JUST_UNDER = 29.9 / 30
"""As the default SEND_RATE is to what Telegram takes."""

TEXT = "Новые вопросы уже в наборе: откройте /today."
AT_ONCE = 1000
STARTED_WITHIN = 3
"""Seconds until the bot has set its name and commands and waits for updates."""


async def fill(db: Database, people: int) -> None:
    """Adds users 1 to `people`, who read Russian and want no question for now."""
    now = Clock().now()
    for first in range(1, people + 1, AT_ONCE):
        async with db.begin() as session:
            session.add_all(
                User(id=id_, locale=Locale.RU, zone="UTC", created_at=now, seen_at=now)
                for id_ in range(first, min(first + AT_ONCE, people + 1))
            )


async def begin(db: Database) -> BroadcastId:
    """Starts a broadcast to everybody."""
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
    settings = load_settings(
        bot_token=TOKEN,
        bot_api_url=url,
        database_url=f"sqlite:///{folder}/bot.db",
        paid_broadcast=limit > FREE_RATE,
        send_rate=limit * JUST_UNDER,
    )
    ending = asyncio.Event()
    async with app.open_database(settings.database_url) as db:
        await fill(db, messages)
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
