"""What is stored about a user: handed over, or deleted."""

from datetime import date, datetime, time
from enum import Enum
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import personal, users
from bot.db.models import Base
from bot.domain.identity import UserId


async def export(session: AsyncSession, user_id: UserId, *, now: datetime) -> dict[str, Any]:
    """All that is stored about the user, ready for JSON: table -> rows, with instants in UTC."""
    await users.get(session, user_id)
    tables = await personal.rows_of(session, user_id)
    stored = {table: [_row(row) for row in rows] for table, rows in tables.items()}
    return {"exported_at": now.isoformat(), **stored}


def _row(row: Base) -> dict[str, Any]:
    return {column.key: _plain(getattr(row, column.key)) for column in row.__table__.columns}


def _plain(value: Any) -> Any:
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case Enum():
            return value.value
        case frozenset():
            return sorted(value)
        case _:
            return value


async def forget(session: AsyncSession, user_id: UserId) -> None:
    """Deletes everything about the user, for good."""
    await users.remove(session, user_id)
