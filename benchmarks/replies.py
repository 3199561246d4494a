"""How long people wait for a reply while a broadcast goes out, against how long they wait without one."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory

import aiohttp

from benchmarks import people, standin, subject
from benchmarks.broadcast import STARTED_WITHIN, begin
from benchmarks.people import NUMBER
from benchmarks.standin import Stats
from bot import app
from bot.clock import Clock
from bot.db.engine import Database
from bot.domain.identity import Locale, Track, UserId
from bot.services import asking
from bot.settings import FREE_RATE, PAID_RATE, load_settings

RATES = (FREE_RATE, PAID_RATE)
LEAST_ROOM, ROOM = 50, 0.2
"""What the stand-in takes a second beyond the broadcast's rate, in messages or as a share of it, for the replies:
what is measured is the queues in the bot, and not those that Telegram's limit makes."""

TALKERS, A_SECOND = 200, 10
FIRST = 10_000_000
"""Ids of who writes to the bot; the readers of the broadcast have lower ones, and another language."""

SETTLED_WITHIN = 3  # seconds
TEXT = "Сначала выслушаю клиента, уточню детали и предложу решение с понятным сроком."


@dataclass(frozen=True, slots=True)
class Figures:
    """A row of the results: milliseconds from a typed answer to the bot's reply, both at the stand-in."""

    limit: int
    broadcast_per_second: float
    unanswered: int
    refused: int
    quiet_p50_ms: float
    quiet_p95_ms: float
    p50_ms: float
    p95_ms: float
    p50_ratio: float
    p95_ratio: float


def measure(share: float = 1.0) -> list[Figures]:
    """At either rate, with a share of the people."""
    return [asyncio.run(_measure_one(rate, round(TALKERS * share))) for rate in RATES]


async def _measure_one(rate: int, talkers: int) -> Figures:
    with TemporaryDirectory() as folder, standin.standin(rate + max(LEAST_ROOM, round(rate * ROOM))) as url:
        database_url = load_settings(database_url=f"sqlite:///{folder}/bot.db").database_url
        async with app.open_database(database_url) as db, aiohttp.ClientSession() as http:
            await _fill(db, _enough(rate, talkers), 2 * talkers)
            async with subject.running(url, database_url, rate, Path(folder) / "heartbeat"):
                await asyncio.sleep(STARTED_WITHIN)
                quiet = await _talk(http, url, range(FIRST + 1, FIRST + 1 + talkers))
                await begin(db)
                await asyncio.sleep(SETTLED_WITHIN)
                busy = await _talk(http, url, range(FIRST + 1 + talkers, FIRST + 1 + 2 * talkers))
                return _figures(rate, await standin.stats(http, url), talkers, quiet, busy)


def _enough(rate: int, talkers: int) -> int:
    """Readers for whom the broadcast lasts longer than the talk."""
    return rate * (talkers // A_SECOND + 4 * SETTLED_WITHIN)


async def _fill(db: Database, readers: int, talkers: int) -> None:
    """Readers of a broadcast, and people with an open question."""
    await app.publish_content(db, Clock())
    await people.fill(db, readers)
    await people.fill(db, talkers, id=NUMBER + FIRST, locale=Locale.FA, track=Track.SUPPORT_MANAGER)
    for number in range(1, talkers + 1):
        async with db.begin() as session:
            await asking.ask(session, UserId(FIRST + number), now=Clock().now())


async def _talk(http: aiohttp.ClientSession, url: str, talkers: Iterable[int]) -> list[float]:
    """Everybody answers, one after the other, at moments that are irregular but the same each time."""
    before = len(await standin.replies(http, url))
    moments = Random(1)  # noqa: S311 - nothing to guess
    for talker in talkers:
        await asyncio.sleep(moments.expovariate(A_SECOND))
        await standin.inject(http, url, talker, TEXT)
    await asyncio.sleep(SETTLED_WITHIN)
    return (await standin.replies(http, url))[before:]


def _figures(limit: int, seen: Stats, talkers: int, quiet: list[float], busy: list[float]) -> Figures:
    (quiet_p50, quiet_p95), (p50, p95) = _p50_and_p95(quiet), _p50_and_p95(busy)
    return Figures(
        limit=limit,
        broadcast_per_second=seen.rate,
        unanswered=2 * talkers - len(quiet) - len(busy),
        refused=seen.refused,
        quiet_p50_ms=quiet_p50,
        quiet_p95_ms=quiet_p95,
        p50_ms=p50,
        p95_ms=p95,
        p50_ratio=p50 / quiet_p50,
        p95_ratio=p95 / quiet_p95,
    )


def _p50_and_p95(seconds: list[float]) -> tuple[float, float]:
    parts = quantiles(seconds, n=20, method="inclusive")
    return parts[9] * 1000, parts[18] * 1000
