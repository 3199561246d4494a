"""Column types that keep values right on every database."""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Integer, SmallInteger
from sqlalchemy.types import TypeDecorator

BigId = BigInteger().with_variant(Integer, "sqlite")
"""A 64-bit key. SQLite counts only its INTEGER primary keys up by itself, and they hold 64 bits."""


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Refuses naive values, which SQLite would store without their zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive datetime is not an instant: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Weekdays(TypeDecorator[frozenset[int]]):
    """A set of weekdays (Monday is 0) as the bits of a small number."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: frozenset[int] | None, dialect: Dialect) -> int | None:
        return None if value is None else sum(1 << day for day in value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> frozenset[int] | None:
        return None if value is None else frozenset(day for day in range(7) if value & 1 << day)


def choice(enum: type[StrEnum]) -> Enum:
    """A column for `enum` that stores its values, as text that any database can alter."""

    def values(members: type[StrEnum]) -> Sequence[str]:
        return [member.value for member in members]

    return Enum(enum, values_callable=values, native_enum=False, create_constraint=False, length=32)
