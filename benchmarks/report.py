"""Writes docs/performance.md: the prose of report.md with the figures of a full run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
PROSE = Path(__file__).with_name("report.md")

Rows = list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure shall be at most; the worst of a table's rows counts, of those that are `among`."""

    what: str
    measure: str
    figure: str
    at_most: float
    among: Callable[[dict[str, object]], bool] = lambda row: True

    def worst(self, results: Mapping[str, Rows]) -> float:
        return max(float(str(row[self.figure])) for row in results[self.measure] if self.among(row))


TARGETS = [
    Target(
        "A look for who is due, the many users to the few, SQLite",
        "planner",
        "ratio",
        1.3,
        lambda row: row["database"] == "SQLite",
    ),
    Target(
        "A look for who is due, the many users to the few, PostgreSQL",
        "planner",
        "ratio",
        1.3,
        lambda row: row["database"] == "PostgreSQL",
    ),
    Target("Memory over idle, megabytes", "memory", "over_idle_mb", 60),
    Target(
        "95th percentile of replies, during a broadcast at 30 a second to without one",
        "replies",
        "p95_ratio",
        1.5,
        lambda row: row["limit"] == 30,
    ),
    Target(
        "95th percentile of replies, during a broadcast at 1000 a second to without one",
        "replies",
        "p95_ratio",
        1.5,
        lambda row: row["limit"] == 1000,
    ),
]


def write(setting: Mapping[str, object], results: Mapping[str, Rows]) -> None:
    """Needs the results of all measures, by name."""
    tables = {name: markdown(rows) for name, rows in results.items()}
    listed = "\n".join(f"- {name}: {value}" for name, value in setting.items())
    PAGE.write_text(Template(PROSE.read_text()).substitute(tables, setting=listed, targets=_compared(results)))


def _compared(results: Mapping[str, Rows]) -> str:
    rows: Rows = []
    for target in TARGETS:
        measured = target.worst(results)
        met = "met" if measured <= target.at_most else "missed"
        rows.append({"": target.what, "target": f"at most {target.at_most:g}", "measured": measured, "target is": met})
    return markdown(rows)


def markdown(rows: Rows) -> str:
    """A table, numbers to the right."""
    rule = [":--" if isinstance(figure, str) else "--:" for figure in rows[0].values()]
    lines = [heading(rows[0]), rule, *([shown(figure) for figure in row.values()] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def heading(row: dict[str, object]) -> list[str]:
    return [name.replace("_", " ") for name in row]


def shown(figure: object) -> str:
    return f"{figure:,.2f}" if isinstance(figure, float) else f"{figure:,}" if isinstance(figure, int) else str(figure)
