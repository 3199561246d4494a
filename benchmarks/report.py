"""Writes docs/performance.md: the prose of report.md with the figures of a full run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
PROSE = Path(__file__).with_name("report.md")

Rows = list[dict[str, object]]


Results = Mapping[str, Rows]


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure shall be at most, or at least."""

    what: str
    figure: Callable[[Results], float]
    at_most: float | None = None
    at_least: float | None = None

    def is_met_by(self, figure: float) -> bool:
        return (self.at_most is None or figure <= self.at_most) and (self.at_least is None or figure >= self.at_least)

    def __str__(self) -> str:
        return f"at most {self.at_most:g}" if self.at_least is None else f"at least {self.at_least:g}"


def _worst(measure: str, figure: str, **among: object) -> Callable[[Results], float]:
    """The highest figure of a measure's rows that are such."""
    return lambda results: max(float(str(row[figure])) for row in _rows(results[measure], among))


def _lowest(measure: str, figure: str, **among: object) -> Callable[[Results], float]:
    return lambda results: min(float(str(row[figure])) for row in _rows(results[measure], among))


def _rows(rows: Rows, among: Mapping[str, object]) -> Rows:
    return [row for row in rows if all(row[name] == value for name, value in among.items())]


def _ledgers_cpu(results: Results) -> float:
    ours, bare = (
        _worst("delivery", "cpu_ms", limit=1000, contender=contender)(results)
        for contender in ("this bot", "aiogram, evenly paced, no ledger")
    )
    return ours / bare


def _refused_in_a_thousand(results: Results) -> float:
    (row,) = _rows(results["delivery"], {"contender": "this bot", "limit": 30})
    return 1000 * float(str(row["refused"])) / float(str(row["messages"]))


BOT = "this bot"
TARGETS = [
    Target(
        "Share of the limit of 30 a second",
        _lowest("delivery", "share_of_limit", contender=BOT, limit=30),
        at_least=0.99,
    ),
    Target("Refused of a thousand messages at 30 a second", _refused_in_a_thousand, at_most=1),
    Target(
        "Share of the limit of 1000 a second",
        _lowest("delivery", "share_of_limit", contender=BOT, limit=1000),
        at_least=0.95,
    ),
    Target("Messages lost", _worst("delivery", "lost", contender=BOT), at_most=0),
    Target("CPU for a message, with the ledger to without, at 1000 a second", _ledgers_cpu, at_most=1.35),
    Target(
        "A look for who is due, the many users to the few, SQLite",
        _worst("planner", "ratio", database="SQLite"),
        at_most=1.3,
    ),
    Target(
        "A look for who is due, the many users to the few, PostgreSQL",
        _worst("planner", "ratio", database="PostgreSQL"),
        at_most=1.3,
    ),
    Target("Memory over idle, megabytes", _worst("memory", "over_idle_mb"), at_most=60),
    Target(
        "95th percentile of replies, during a broadcast at 30 a second to without one",
        _worst("replies", "p95_ratio", limit=30),
        at_most=1.5,
    ),
    Target(
        "95th percentile of replies, during a broadcast at 1000 a second to without one",
        _worst("replies", "p95_ratio", limit=1000),
        at_most=1.5,
    ),
    Target(
        "Finding the talking points in an answer of 300 words, milliseconds", _worst("feedback", "median_ms"), at_most=5
    ),
]


def write(setting: Mapping[str, object], results: Results) -> None:
    """Needs the results of all measures, by name."""
    tables = {name: markdown(rows) for name, rows in results.items()}
    listed = "\n".join(f"- {name}: {value}" for name, value in setting.items())
    PAGE.write_text(Template(PROSE.read_text()).substitute(tables, setting=listed, targets=_compared(results)))


def _compared(results: Results) -> str:
    rows: Rows = []
    for target in TARGETS:
        measured = target.figure(results)
        met = "met" if target.is_met_by(measured) else "missed"
        rows.append({"": target.what, "target": str(target), "measured": measured, "target is": met})
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
