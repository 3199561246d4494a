"""Keeps a second bot off an SQLite file: both would send everything, and each would miss half of what is typed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlalchemy import make_url

from bot.db.engine import make_folder


class AlreadyInUse(Exception):
    """Another process of the bot has this database file."""


@contextmanager
def occupied(url: str) -> Iterator[None]:
    """Holds the database for this process alone, until the end of the block or of the process, however it ends.

    Does nothing for PostgreSQL, which many may share. Raises AlreadyInUse, and OSError and sqlite3.Error
    where the file cannot be made.
    """
    file = make_url(url).database
    if make_url(url).get_backend_name() != "sqlite" or not file:
        yield
        return
    make_folder(url)
    # A lock of SQLite's own, on a file beside the database: it works everywhere and dies with its process.
    with closing(sqlite3.connect(f"{file}.lock", timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as refused:
            if refused.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            raise AlreadyInUse(file) from None
        yield
