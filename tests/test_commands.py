"""The commands as an operator types them: what they print, and one line for what is wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from tests.support.logging_state import logging_kept
from tests.support.ports import closed_port, taken_port
from tests.support.question_set import good_set

SECRET = "AAE-w3lBqYc_a9dQmR2tVxZ0nJkLsPfGhUo"  # opens nothing


@pytest.fixture(autouse=True)
def logging_is_left_as_it_was() -> Iterator[None]:
    with logging_kept():
        yield


def bot(*arguments: str, **settings: str) -> Result:
    return CliRunner().invoke(cli, arguments, env=settings, prog_name="python -m bot", terminal_width=120)


def assert_refused(done: Result, *parts: str) -> None:
    """Exit code 2 and one line that contains `parts`."""
    assert done.exit_code == 2, done.output
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert all(part in done.stderr for part in parts), done.stderr


@pytest.mark.parametrize(
    ("command", "part"),
    [
        ("", "Usage"),
        ("run", "BOT_TOKEN"),
        ("sandbox", "--port"),
        ("db", "upgrade"),
        ("db upgrade", "DATABASE_URL"),
        ("content", "check"),
        ("content check", "question sets"),
    ],
)
def test_every_command_explains_itself(command: str, part: str) -> None:
    done = bot(*command.split(), "--help")
    assert done.exit_code == 0
    assert part in done.output


@pytest.mark.parametrize("arguments", [["fly"], ["db", "downgrade"], ["sandbox", "--port", "99999"], ["run", "--fast"]])
def test_what_is_no_command_is_refused(arguments: list[str]) -> None:
    done = bot(*arguments)
    assert done.exit_code == 2
    assert arguments[-1] in done.stderr or "port" in done.stderr


@pytest.mark.parametrize(
    ("command", "name", "value"),
    [
        pytest.param("", "BOT_TOKEN", SECRET, id="without a command"),
        pytest.param("run", "ADMIN_IDS", "ada", id="to run"),
        pytest.param("sandbox", "LOG_FORMAT", "xml", id="to open the sandbox"),
        pytest.param("db upgrade", "DATABASE_URL", "mysql://h/d", id="to migrate"),
    ],
)
def test_a_malformed_setting_is_named_in_one_line(command: str, name: str, value: str) -> None:
    done = bot(*command.split(), **{name: value})
    assert_refused(done, f"{name}: ")
    assert SECRET not in done.output


def test_a_database_that_does_not_answer_is_told_in_one_line() -> None:
    done = bot("db", "upgrade", DATABASE_URL=f"postgresql://coach:hunter2@127.0.0.1:{closed_port()}/coach")
    assert isinstance(done.exception, SystemExit), "a traceback is no explanation"
    assert done.exit_code != 0
    assert len(done.stderr.splitlines()) == 1
    assert "DATABASE_URL" in done.stderr
    assert "hunter2" not in done.stderr


def test_a_folder_that_cannot_hold_the_database_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file, not a folder")
    done = bot("db", "upgrade", DATABASE_URL=f"sqlite:///{tmp_path}/data/bot.db")
    assert isinstance(done.exception, SystemExit), "a traceback is no explanation"
    assert len(done.stderr.splitlines()) == 1
    assert "DATABASE_URL" in done.stderr


def test_a_port_that_is_taken_is_told() -> None:
    with taken_port() as port:
        done = bot("sandbox", "--port", str(port))
    assert done.exit_code == 2
    assert done.stderr.splitlines()[-1].startswith(f"port {port}: ")
    assert "--port" in done.stderr.splitlines()[-1]


def test_the_schema_is_brought_up_to_date_twice_without_harm(tmp_path: Path) -> None:
    for _ in range(2):
        done = bot("db", "upgrade", DATABASE_URL=f"sqlite:///{tmp_path}/bot.db")
        assert (done.exit_code, done.stderr) == (0, "")
        assert "up to date" in done.stdout


def test_the_content_that_comes_along_is_faultless() -> None:
    done = bot("content", "check")
    assert (done.exit_code, done.stderr) == (0, "")
    engineer, manager = sorted(done.stdout.splitlines())
    assert manager.startswith("support-manager: 17 questions")
    assert engineer.startswith("support-engineer: ")


def test_a_broken_set_is_told_with_all_its_mistakes(tmp_path: Path) -> None:
    folder = good_set(tmp_path / "content")
    folder.spoil("questions/cold-soup.yaml", "difficulty: 1", "difficulty: 9")
    folder.write("questions/angry-guest.yaml", "slug: [}\n")
    done = bot("content", "check", str(folder.root))
    assert done.exit_code == 1
    first, second = done.stdout.splitlines()
    assert first.startswith(f"{folder.path}/questions/angry-guest.yaml:1: is not valid YAML")
    assert second.startswith(f"{folder.path}/questions/cold-soup.yaml:3: difficulty: ")
    assert done.stderr == "2 mistakes in the content\n"


def test_one_mistake_is_counted_as_one(tmp_path: Path) -> None:
    folder = good_set(tmp_path / "content")
    folder.spoil("questions/cold-soup.yaml", "difficulty: 1", "difficulty: 9")
    assert bot("content", "check", str(folder.root)).stderr == "1 mistake in the content\n"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = bot("content", "check", str(tmp_path / "nowhere"))
    assert done.exit_code == 1
    assert "nowhere" in done.stdout
