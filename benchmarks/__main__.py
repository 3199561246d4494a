"""python -m benchmarks: measures, prints a table and saves it as JSON under build/."""

import json
import os
import platform
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import answers

RESULTS = Path(__file__).parents[1] / "build" / "benchmarks.json"
MEASURES = {"Typed answers, stored, confirmed and answered (SQLite, polling)": answers.measure}


def main() -> None:
    machine = {"cores": os.cpu_count(), "machine": platform.machine(), "python": platform.python_version()}
    versions = {name: version(name) for name in ("aiogram", "SQLAlchemy", "aiosqlite")}
    results = {title: measure() for title, measure in MEASURES.items()}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({"machine": machine, "versions": versions, "results": results}, indent=2))
    _show({**machine, **versions}, results)


def _show(setting: dict[str, object], results: dict[str, dict[str, float]]) -> None:
    console = Console()
    console.print(", ".join(f"{name} {value}" for name, value in setting.items()))
    for title, figures in results.items():
        table = Table(title=title)
        for name in figures:
            table.add_column(name, justify="right")
        table.add_row(*(f"{figure:,.2f}" for figure in figures.values()))
        console.print(table)


if __name__ == "__main__":
    main()
