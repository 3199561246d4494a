"""How much memory the bot holds: idle, and sending a broadcast with a long ledger."""

import asyncio
from asyncio.subprocess import Process
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from benchmarks import people, standin, subject
from benchmarks.broadcast import begin
from bot import app
from bot.clock import Clock
from bot.services import broadcasting
from bot.settings import PAID_RATE, load_settings

SECONDS = 20
SHORT, LONG, QUICK_LONG = 30_000, 1_000_000, 50_000
"""Rows in the ledger: as many as are sent while it is measured, or far more."""


@dataclass(frozen=True, slots=True)
class Figures:
    """A row of the results: the most that was held at the end of any second."""

    bot: str
    ledger_rows: int
    per_second: float
    memory_mb: float
    over_idle_mb: float


def measure(share: float = 1.0) -> list[Figures]:
    """A bot with an empty ledger, with a short one and with a long one."""
    sizes = [0, SHORT, LONG if share == 1 else QUICK_LONG]
    return _rows(sizes, [asyncio.run(_measure_one(rows)) for rows in sizes])


def _rows(sizes: list[int], seen: list[tuple[float, float]]) -> list[Figures]:
    (_, idle), *_others = seen
    return [
        Figures("sending" if rows else "idle", rows, rate, most, most - idle)
        for rows, (rate, most) in zip(sizes, seen, strict=True)
    ]


async def _measure_one(rows: int) -> tuple[float, float]:
    """Messages a second, and megabytes."""
    with TemporaryDirectory() as folder, standin.standin(PAID_RATE) as url:
        database_url = load_settings(database_url=f"sqlite:///{folder}/bot.db").database_url
        await _enter(database_url, rows)
        async with subject.running(url, database_url, PAID_RATE, Path(folder) / "heartbeat") as process:
            most = await _most_held(process)
            async with aiohttp.ClientSession() as http:
                return (await standin.stats(http, url)).rate, most


async def _most_held(process: Process) -> float:
    most = 0.0
    for _ in range(SECONDS):
        await asyncio.sleep(1)
        most = max(most, subject.resident_mb(process))
    return most


async def _enter(database_url: str, rows: int) -> None:
    """Fills the ledger of a broadcast by the bot's own steps, in this process instead of the one that is measured."""
    async with app.open_database(database_url) as db:
        await app.publish_content(db, Clock())
        if not rows:
            return
        await people.fill(db, rows)
        await begin(db)
        for _ in range(rows // broadcasting.AT_ONCE + 2):
            async with db.begin() as session:
                await broadcasting.advance(session, now=Clock().now())
