"""An SQLite file in the hands of another program."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

LONGER_THAN_WRITERS_WAIT = 13.0
"""Seconds; a writer gives up after ten."""


@asynccontextmanager
async def held_by_another_program(url: str) -> AsyncIterator[None]:
    """As by a backup that copies the file under a lock."""
    file = Path(url.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
        await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")  # in a thread: the bot may hold the lock
        yield
        other.execute("ROLLBACK")
