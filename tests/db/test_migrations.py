"""The migrations lead to exactly the tables of the models, down to nothing, and up again, and lose no data."""

import asyncio
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from bot.db import users
from bot.db.engine import MIGRATIONS, Database
from bot.db.models import Attempt, Base
from bot.domain.identity import UserId
from bot.settings import load_settings
from tests.db.conftest import NOON


async def _on_connection(db: Database, work: Callable[[Connection], Any]) -> Any:
    async with db.begin() as session:
        return await (await session.connection()).run_sync(work)


def _differences(connection: Connection) -> list[Any]:
    return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))


def _tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def _downgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.downgrade(config, "base")


async def test_the_migrations_make_exactly_what_the_models_say(db: Database) -> None:
    assert await _on_connection(db, _tables) == {*Base.metadata.tables, "alembic_version"}
    assert await _on_connection(db, _differences) == []


async def test_a_missing_column_would_be_noticed(db: Database) -> None:
    """So that the test above cannot pass by comparing nothing."""

    def drop_a_column(connection: Connection) -> None:
        connection.exec_driver_sql("ALTER TABLE users DROP COLUMN zone")

    await _on_connection(db, drop_a_column)
    assert [difference[0] for difference in await _on_connection(db, _differences)] == ["add_column"]


async def test_down_to_nothing_and_up_again_is_possible(db: Database) -> None:
    await _on_connection(db, _downgrade)
    assert await _on_connection(db, _tables) == {"alembic_version"}
    await db.migrate()
    assert await _on_connection(db, _differences) == []


async def test_migrating_again_changes_nothing(db: Database, sara: UserId) -> None:
    await db.migrate()
    async with db.read() as session:
        assert await users.find(session, sara)


PROGRAM = """
import asyncio, sys
from bot.db.engine import Database

print("ready", flush=True)
sys.stdin.readline()
asyncio.run(Database(sys.argv[1]).migrate())
"""


async def test_programs_that_start_together_all_find_the_tables_made(db: Database, database_url: str) -> None:
    await _on_connection(db, _downgrade)
    await db.close()
    programs = [await _about_to_migrate(load_settings(database_url=database_url).database_url) for _ in range(2)]
    endings = await asyncio.gather(*(program.communicate(b"go\n") for program in programs))
    assert [program.returncode for program in programs] == [0, 0], "\n".join(err.decode()[-500:] for _, err in endings)
    assert await _on_connection(db, _differences) == []


async def _about_to_migrate(url: str) -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PROGRAM, url, cwd=MIGRATIONS.parent, stdin=pipe, stdout=pipe, stderr=pipe
    )
    assert program.stdout is not None
    await program.stdout.readline()
    return program


def test_the_history_is_one_line() -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    assert len(script.get_heads()) == len(script.get_bases()) == 1


NEXT_MIGRATION = """
from alembic import op
import sqlalchemy as sa

revision = "the_next_one"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("users", recreate="auto") as batch_op:
        batch_op.alter_column("zone", existing_type=sa.String(64), type_=sa.String(80), existing_nullable=False)
        batch_op.add_column(sa.Column("nickname", sa.String(40), nullable=True))
"""


async def test_a_migration_that_alters_a_table_keeps_what_belongs_to_its_rows(
    db: Database, sara: UserId, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite altering means: copy the table, drop the old one. With foreign keys on, a drop deletes first."""
    async with db.begin() as session:
        session.add(Attempt(id=1, user_id=sara, question_id=1, asked_at=NOON))
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    (folder / "versions" / "the_next_one.py").write_text(NEXT_MIGRATION.format(head=head))
    monkeypatch.setattr("bot.db.engine.MIGRATIONS", folder)
    await db.migrate()
    async with db.read() as session:
        assert await session.get(Attempt, 1), "the attempt went with the old table"
