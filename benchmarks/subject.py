"""python -m benchmarks.subject URL DATABASE LIMIT FILE: the whole bot in a process of its own, until it is ended."""

import asyncio
import sys
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.telegram import TOKEN
from bot import app
from bot.clock import Clock
from bot.logs import configure_logging
from bot.settings import FREE_RATE, LogFormat, LogLevel, Settings, load_settings

ROOT = Path(__file__).parents[1]
JUST_UNDER = 29.9 / 30
"""As the default SEND_RATE is to what Telegram takes."""

LONGEST_START, LONGEST_END = 60, 20  # seconds


def settings_for(url: str, database_url: str, limit: int, heartbeat: Path | None = None) -> Settings:
    """Those of a bot that may send `limit` messages a second."""
    return load_settings(
        bot_token=TOKEN,
        bot_api_url=url,
        database_url=database_url,
        paid_broadcast=limit > FREE_RATE,
        send_rate=limit * JUST_UNDER,
        heartbeat_file=heartbeat,
    )


@asynccontextmanager
async def running(url: str, database_url: str, limit: int, heartbeat: Path) -> AsyncIterator[Process]:
    """The bot at work, after its first round; `heartbeat` is a file that it makes then."""
    command = [sys.executable, "-m", "benchmarks.subject", url, database_url, str(limit), str(heartbeat)]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
    try:
        await asyncio.to_thread(_wait_for, heartbeat)
        yield process
    finally:
        await _end(process)


def _wait_for(heartbeat: Path) -> None:
    last = time.monotonic() + LONGEST_START
    while not heartbeat.exists():
        if time.monotonic() > last:
            raise TimeoutError("the bot does not start")
        time.sleep(0.05)


async def _end(process: Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), LONGEST_END)
    except TimeoutError:
        process.kill()


def resident_mb(process: Process) -> float:
    """The memory that a process holds now, in megabytes; Linux tells it in a file."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


async def _serve(settings: Settings) -> None:
    async with app.open_database(settings.database_url) as db:
        app.spare_the_collector()
        await app.serve(settings, db, Clock(), app.interrupted)


def main() -> None:
    url, database_url, limit, heartbeat = sys.argv[1:]
    configure_logging(LogLevel.WARNING, LogFormat.CONSOLE)
    asyncio.run(_serve(settings_for(url, database_url, int(limit), Path(heartbeat))))


if __name__ == "__main__":
    main()
