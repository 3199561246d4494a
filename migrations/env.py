"""Runs migrations on the connection that the program hands over."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

from bot.db.models import Base
from bot.db.types import UtcDateTime, Weekdays


def plain_type(kind: str, column_type: Any, _context: object) -> str | Literal[False]:
    """Writes the product's own column types as plain ones: a migration must not change with the code."""
    if kind != "type":
        return False
    if isinstance(column_type, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(column_type, Weekdays):
        return "sa.SmallInteger()"
    if isinstance(column_type, sa.Enum):
        return f"sa.String({column_type.length})"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_item=plain_type,
    render_as_batch=True,  # SQLite cannot alter most things in place: batch mode copies the table
)
with context.begin_transaction():
    context.run_migrations()
