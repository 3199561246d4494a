"""Opens the database, migrates it, and hands out transactions."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event, func, make_url, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase

from bot.db.outage import outages

MIGRATIONS = Path(__file__).parents[2] / "migrations"
START_LOCK = 5_091_997
"""What programs that start together queue by, on PostgreSQL; a number that nothing else locks by."""


class Database:
    """Transactions on SQLite or PostgreSQL.

    SQLite has one writer at a time whatever one does: a single connection that writers queue for in
    the process is faster than several that wait for each other's lock on the file. Readers have
    connections of their own and, thanks to the write-ahead log, never wait.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._is_sqlite = make_url(url).get_backend_name() == "sqlite"
        if self._is_sqlite:
            make_folder(url)
            self._engine = _sqlite_engine(url, begin="BEGIN IMMEDIATE", pool_size=1)
            self._reading = _sqlite_engine(url, begin="BEGIN", pool_size=4)
        else:
            self._engine = self._reading = create_async_engine(url, pool_pre_ping=True)
        self._write_sessions = async_sessionmaker(self._engine, expire_on_commit=False)
        self._read_sessions = async_sessionmaker(self._reading, expire_on_commit=False)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        """A transaction: committed at the end of the block, rolled back when the block raises.

        Raises DatabaseAway when the database cannot be had. The block may be run again: at worst, when the
        connection broke in the middle of the commit, it is stored already.
        """
        with outages():
            async with self._write_sessions.begin() as session:
                yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session for reading alone; what is changed in it is dropped. Raises DatabaseAway."""
        with outages():
            async with self._read_sessions() as session:
                yield session

    async def migrate(self) -> None:
        """Brings the schema up to the newest version; programs that start together do it one after the other."""
        engine = self._engine
        if self._is_sqlite:
            # To alter a table, SQLite's is copied and dropped: with foreign keys on, that would delete
            # everything that refers to its rows.
            engine = _sqlite_engine(self._url, begin="BEGIN IMMEDIATE", pool_size=1, foreign_keys=False)
        try:
            async with engine.begin() as connection:
                await connection.run_sync(_upgrade)
        finally:
            await engine.dispose()

    async def close(self) -> None:
        await self._reading.dispose()
        await self._engine.dispose()


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(START_LOCK)))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        assert not broken, f"the migration has left rows without what they refer to: {broken}"


def make_folder(url: str) -> None:
    """Makes the folder of an SQLite file where there is none yet. Raises OSError."""
    file = make_url(url).database
    if file:
        Path(file).parent.mkdir(parents=True, exist_ok=True)


def _sqlite_engine(url: str, *, begin: str, pool_size: int, foreign_keys: bool = True) -> AsyncEngine:
    # A writer may have to wait for many others before it: it queues as long as it takes.
    engine = create_async_engine(url, pool_size=pool_size, max_overflow=0, pool_timeout=60)

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        # The driver would begin transactions late and read-only; "begin" below does it right.
        connection.isolation_level = None
        foreign = f"foreign_keys={'ON' if foreign_keys else 'OFF'}"
        # FULL: what is confirmed to Telegram must be there after a power cut, too.
        for pragma in ("journal_mode=WAL", "synchronous=FULL", foreign, "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


async def queue_at_start(session: AsyncSession) -> None:
    """Lets one program at a time through, up to the end of its transaction; on SQLite writers queue anyway."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(select(func.pg_advisory_xact_lock(START_LOCK)))


def insert_into(session: AsyncSession, table: type[DeclarativeBase]) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that knows ON CONFLICT, in the dialect of the session's database."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
