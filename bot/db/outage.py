"""Tells a database that cannot be had for a while from a fault of the program."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import structlog
from sqlalchemy import exc

log = structlog.get_logger()

T = TypeVar("T")

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0
"""Seconds between two tries while the database is away."""

# Locked by another program, no room on the disk, the disk gone or read-only.
_SQLITE_PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
}
# Classes of SQLSTATE: the connection, a deadlock, resources, an administrator's stop or start, the system.
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRESQL_PASSING = ("08", "40", "53", "57", "58")


class DatabaseAway(Exception):
    """The transaction was not made, and the same may go well in a while."""


async def until_back(step: Callable[[], Awaitable[T]], **of: object) -> T:
    """Takes a step again and again while the database is away; `of` tells the log what waits for it."""
    pause = FIRST_PAUSE
    while True:
        try:
            return await step()
        except DatabaseAway as away:
            log.warning("database.away", **of, why=str(away), seconds=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


@contextmanager
def outages() -> Iterator[None]:
    """Gives every way of not reaching the database one name: DatabaseAway."""
    try:
        yield
    except (OSError, exc.TimeoutError) as fault:
        raise DatabaseAway(f"{type(fault).__name__}: {fault}") from fault
    except Exception as fault:
        if _passes(fault):
            raise DatabaseAway(str(fault).partition("\n")[0]) from fault
        raise


def _passes(fault: Exception) -> bool:
    if isinstance(fault, exc.DBAPIError):
        return fault.connection_invalidated or (isinstance(fault.orig, Exception) and _passes(fault.orig))
    if isinstance(fault, sqlite3.Error):
        return _primary(getattr(fault, "sqlite_errorcode", 0)) in _SQLITE_PASSING
    return str(getattr(fault, "sqlstate", "")).startswith(_POSTGRESQL_PASSING)


def _primary(code: int) -> int:
    """SQLite's result code without the details in its higher bits. https://sqlite.org/rescode.html"""
    return code & 0xFF
