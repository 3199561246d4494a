"""Transactions: what one leaves behind, and how many at once get along."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.db import users
from bot.db.engine import Database
from bot.domain.identity import UserId

PATIENCE = 5.0
"""Seconds: far below the ten that a writer waits for a lock, so waiting for one shows."""


async def _pushes_ignored(db: Database, user_id: UserId) -> int:
    async with db.read() as session:
        user = await users.find(session, user_id)
    assert user is not None
    return user.ignored_pushes


async def _count_one_more(db: Database, user_id: UserId) -> None:
    """Reads, thinks and writes, as every use case does."""
    async with db.begin() as session:
        user = await users.get(session, user_id)
        await asyncio.sleep(0)
        user.ignored_pushes += 1


async def test_what_a_transaction_did_is_there_after_it(db: Database, sara: UserId) -> None:
    await _count_one_more(db, sara)
    assert await _pushes_ignored(db, sara) == 1


async def test_a_transaction_that_fails_leaves_nothing_behind(db: Database, sara: UserId) -> None:
    async def writes_and_fails() -> None:
        async with db.begin() as session:
            (await users.get(session, sara)).ignored_pushes = 5
            await session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await writes_and_fails()
    assert await _pushes_ignored(db, sara) == 0


async def test_a_transaction_cut_short_by_a_shutdown_leaves_nothing_and_blocks_nobody(
    db: Database, sara: UserId
) -> None:
    written = asyncio.Event()

    async def never_ends() -> None:
        async with db.begin() as session:
            (await users.get(session, sara)).ignored_pushes = 5
            await session.flush()
            written.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(never_ends())
    await written.wait()
    task.cancel()
    await asyncio.wait([task])
    async with asyncio.timeout(PATIENCE):
        await _count_one_more(db, sara)
    assert await _pushes_ignored(db, sara) == 1


async def test_what_is_changed_while_reading_is_dropped(db: Database, sara: UserId) -> None:
    async with db.read() as session:
        user = await users.find(session, sara)
        assert user is not None
        user.ignored_pushes = 5
    assert await _pushes_ignored(db, sara) == 0


async def test_many_writers_at_once_all_succeed_and_lose_nothing(db: Database, sara: UserId) -> None:
    await asyncio.gather(*(_count_one_more(db, sara) for _ in range(50)))
    assert await _pushes_ignored(db, sara) == 50


async def test_writers_of_two_programs_all_succeed_and_lose_nothing(
    db: Database, other_program: Database, sara: UserId
) -> None:
    """On SQLite this fails unless a transaction takes the lock before it reads: BEGIN IMMEDIATE."""
    await asyncio.gather(*(_count_one_more(program, sara) for _ in range(20) for program in (db, other_program)))
    assert await _pushes_ignored(db, sara) == 40


async def test_a_reader_does_not_wait_for_a_writer_and_sees_what_was_there_before(db: Database, sara: UserId) -> None:
    async with db.begin() as session:
        (await users.get(session, sara)).ignored_pushes = 5
        await session.flush()
        async with asyncio.timeout(PATIENCE):
            seen = await asyncio.gather(*(_pushes_ignored(db, sara) for _ in range(10)))
    assert set(seen) == {0}
    assert await _pushes_ignored(db, sara) == 5


async def test_a_writer_does_not_wait_for_a_reader(db: Database, sara: UserId) -> None:
    async with db.read() as session:
        user = await users.find(session, sara)
        assert user is not None
        async with asyncio.timeout(PATIENCE):
            await _count_one_more(db, sara)


@pytest.fixture
async def fresh_file(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/not/there/yet/bot.db")
    yield database
    await database.close()


async def test_the_folder_of_a_new_sqlite_file_is_made(fresh_file: Database, tmp_path: Path) -> None:
    await fresh_file.migrate()
    assert (tmp_path / "not/there/yet/bot.db").exists()
