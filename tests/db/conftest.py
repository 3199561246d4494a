"""Two programs on one database, and Sara in it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.db.engine import Database
from bot.db.models import User
from bot.domain.identity import UserId
from bot.settings import load_settings
from tests.support import coach

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
async def other_program(database_url: str) -> AsyncIterator[Database]:
    """The same database, opened by another process: it shares no connection and no queue."""
    database = Database(load_settings(database_url=database_url).database_url)
    yield database
    await database.close()


@pytest.fixture
async def sara(db: Database) -> UserId:
    async with db.begin() as session:
        session.add(User(id=coach.SARA.id, zone="Asia/Tehran", created_at=NOON, seen_at=NOON))
    return UserId(coach.SARA.id)
