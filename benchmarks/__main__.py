"""python -m benchmarks [NAME ...] [--quick]: measures, prints tables and saves them as JSON under build/."""

import json
import os
import platform
from collections.abc import Callable
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from benchmarks import answers, delivery

RESULTS = Path(__file__).parents[1] / "build" / "benchmarks.json"
PEERS = Path(__file__).parents[1] / "requirements-peers.txt"
QUICK = 0.1
"""The share of the messages that shows whether all is in order, if not by how much."""
WIDTH = 110
"""Columns; a terminal with fewer wraps the lines, a file has no width of its own."""

Rows = list[dict[str, object]]

MEASURES: dict[str, tuple[str, Callable[[float], Rows]]] = {
    "answers": (
        "Typed answers, stored, confirmed and answered (SQLite, polling)",
        lambda share: [{**answers.measure(share)}],
    ),
    "delivery": (
        "One message to each of many chats, Telegram answering after 60 ms",
        lambda share: [asdict(figures) for figures in delivery.measure(share)],
    ),
}


def main(
    names: Annotated[list[str] | None, typer.Argument(help=f"of {', '.join(MEASURES)}; all unless named")] = None,
    quick: Annotated[bool, typer.Option(help="with a tenth of the messages")] = False,
) -> None:
    """Measures the bot against a bare one and against its peers."""
    if unknown := set(names or ()) - set(MEASURES):
        raise typer.BadParameter(f"there is no measure {', '.join(unknown)}")
    console, setting = Console(width=WIDTH), _setting(quick)
    console.print(", ".join(f"{name} {value}" for name, value in setting.items()))
    results: dict[str, Rows] = {}
    for name in names or MEASURES:
        title, measure = MEASURES[name]
        results[title] = measure(QUICK if quick else 1.0)
        console.print(_table(title, results[title]))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({"setting": setting, "results": results}, indent=2))


def _setting(quick: bool) -> dict[str, object]:
    machine = {"cores": os.cpu_count(), "machine": platform.machine(), "python": platform.python_version()}
    ours = {name: version(name) for name in ("aiogram", "SQLAlchemy", "aiosqlite")}
    wanted = ("aiogram-broadcast", "aiogram-broadcaster", "python-telegram-bot")
    pins = (line.removesuffix(" \\").split("==") for line in PEERS.read_text().splitlines() if "==" in line)
    peers = {pin[0]: pin[1] for pin in pins if pin[0] in wanted}
    return {**machine, **ours, **peers, "quick": quick}


def _table(title: str, rows: Rows) -> Table:
    table = Table(title=title)
    for name, figure in rows[0].items():
        table.add_column(name.replace("_", " "), justify="left" if isinstance(figure, str) else "right")
    for row in rows:
        table.add_row(*(_shown(figure) for figure in row.values()))
    return table


def _shown(figure: object) -> str:
    return f"{figure:,.2f}" if isinstance(figure, float) else f"{figure:,}" if isinstance(figure, int) else str(figure)


if __name__ == "__main__":
    typer.run(main)
