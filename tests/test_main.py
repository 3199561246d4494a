"""The program as an operator starts it: real processes, their exit codes, and what they leave behind."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from bot.settings import ROOT
from tests.support.ports import closed_port

SECRET = "AAE-w3lBqYc_a9dQmR2tVxZ0nJkLsPfGhUo"  # opens nothing
PATIENCE = 60
"""Seconds; a busy machine takes its time."""


def environment(**settings: str) -> dict[str, str]:
    """These settings and no others; the program is found from any folder."""
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "COLUMNS": "120", **settings}


def bot(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "bot", *arguments]
    given = environment(**settings)
    return subprocess.run(command, env=given, capture_output=True, text=True, timeout=PATIENCE, check=False)


def test_help_lists_the_commands() -> None:
    done = bot("--help")
    assert (done.returncode, done.stderr) == (0, "")
    for command in ("run", "sandbox", "db", "content"):
        assert f" {command} " in done.stdout


def test_without_a_token_it_does_not_run_and_says_why_in_one_line() -> None:
    done = bot("run")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("BOT_TOKEN: ")


def test_the_schema_is_created_where_the_setting_says(tmp_path: Path) -> None:
    file = tmp_path / "new folder" / "bot.db"
    done = bot("db", "upgrade", DATABASE_URL=f"sqlite:///{file}")
    assert (done.returncode, done.stderr) == (0, "")
    assert "up to date" in done.stdout
    database = sqlite3.connect(file)
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    database.close()
    assert {"users", "questions", "attempts", "answer_parts", "cards", "deliveries", "alembic_version"} <= tables


def test_without_a_network_it_waits_keeps_its_token_to_itself_and_ends_when_told(tmp_path: Path) -> None:
    settings = environment(
        BOT_TOKEN=f"123456789:{SECRET}",
        BOT_API_URL=f"http://127.0.0.1:{closed_port()}",
        DATABASE_URL=f"sqlite:///{tmp_path}/bot.db",
        LOG_LEVEL="DEBUG",
    )
    command = [sys.executable, "-u", "-m", "bot", "run"]
    said = ""
    with subprocess.Popen(
        command, env=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            said += line
            if "telegram.repeat" in line:
                process.terminate()
    assert process.returncode == 0, said
    assert "telegram.repeat" in said
    assert "Traceback" not in said
    assert SECRET not in said
