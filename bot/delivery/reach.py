"""Whether Telegram can be reached at all."""

from datetime import datetime, timedelta

FAILURES = 5
"""In a row, without an answer between them, that mean an outage and not some chat's own trouble."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(seconds=30)


class Reach:
    """Tells an outage of Telegram, which is nobody's fault, from the fault of a single message.

    During an outage nothing is sent but a probe now and then, and no message's tries are counted.
    """

    def __init__(self) -> None:
        self._failures = 0
        self._pause = FIRST_PAUSE
        self._next_probe: datetime | None = None

    @property
    def is_lost(self) -> bool:
        return self._next_probe is not None

    def waits_until(self, now: datetime) -> datetime | None:
        """When the next probe may go; None when one may go now, or there is no outage."""
        if self._next_probe is None or not now < self._next_probe <= now + LONGEST_PAUSE:  # or the clock was wrong
            return None
        return self._next_probe

    def answered(self) -> None:
        self._failures, self._pause, self._next_probe = 0, FIRST_PAUSE, None

    def failed(self, now: datetime) -> None:
        self._failures += 1
        if self._failures >= FAILURES and self.waits_until(now) is None:
            self._next_probe = now + self._pause
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
