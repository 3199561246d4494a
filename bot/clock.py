"""The time of day, as everything that acts by the clock gets it."""

from datetime import UTC, datetime, timedelta


class Clock:
    """The wall clock, in UTC."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class MovableClock(Clock):
    """A wall clock that can be moved forward, for trying out days in seconds."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def now(self) -> datetime:
        return super().now() + self._ahead

    def advance(self, by: timedelta) -> None:
        self._ahead += by
