"""Fills a database with people, by one statement however many they are."""

from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Integer, insert, literal, literal_column, select

from bot.db.engine import Database
from bot.db.models import User
from bot.domain.identity import Locale
from bot.domain.schedule import EVERY_DAY

NUMBER: ColumnElement[int] = literal_column("number", Integer)
"""Which one of those who are filled in, from 1 on; columns may be worked out from it."""


async def fill(db: Database, count: int, **columns: object) -> None:
    """Adds users 1 to `count`, who read Russian and want no question for now, unless `columns` say otherwise."""
    now = datetime.now(UTC)
    values: dict[str, object] = {
        "id": NUMBER,
        "locale": Locale.RU,
        "zone": zone_at_noon(now),
        "daily_at": time(9),
        "weekdays": EVERY_DAY,
        "lot": 0,
        "ignored_pushes": 0,
        "created_at": now,
        "seen_at": now,
    }
    values |= columns
    numbers = select(literal(1).label("number")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.number + 1).where(numbers.c.number < count))
    rows = select(*(_expression(name, value) for name, value in values.items())).select_from(numbers)
    async with db.begin() as session:
        await session.execute(insert(User).from_select(list(values), rows, include_defaults=False))


def _expression(name: str, value: object) -> ColumnElement[Any]:
    return value if isinstance(value, ColumnElement) else literal(value, getattr(User, name).type)


def zone_at_noon(now: datetime) -> str:
    """A time zone in which it is about noon, whenever this runs: far from the quiet hours."""
    return f"Etc/GMT{now.astimezone(UTC).hour - 12:+d}"
