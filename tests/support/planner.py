"""A planner on paper: one user's row and a clock, deciding as the real one does, so that weeks pass in no time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain.schedule import Push, Schedule, decide_push, next_moment, next_moment_after_change

LOOK_EVERY = timedelta(minutes=15)


@dataclass
class Candidate:
    """What is stored of a user, and what came of it; `asked` and `stopped` are instants."""

    schedule: Schedule
    next_at: datetime | None
    asked_on: date | None = None
    practised_at: datetime | None = None
    ignored: int = 0
    asked: list[datetime] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    stopped: list[datetime] = field(default_factory=list)

    @classmethod
    def newcomer(cls, schedule: Schedule, now: datetime) -> "Candidate":
        return cls(schedule, next_moment(schedule, now, None))

    def look(self, now: datetime) -> None:
        """What the planner does when it comes by."""
        if self.next_at is not None and self.next_at <= now:
            self.decide(now)

    def decide(self, now: datetime) -> None:
        decision = decide_push(
            self.schedule,
            now,
            asked_on=self.asked_on,
            practised_at=self.practised_at,
            ignored_pushes=self.ignored,
        )
        self.next_at = decision.next_at
        if decision.push is Push.STOP:
            self.stopped.append(now)
        if decision.push is Push.ASK:
            self.asked_on = self.schedule.today(now)
            self.asked.append(now)
            self.days.append(self.asked_on)
            self.ignored += 1

    def practises(self, now: datetime) -> None:
        self.practised_at, self.ignored = now, 0

    def moves(self, schedule: Schedule, now: datetime) -> None:
        self.schedule = schedule
        self.next_at = next_moment_after_change(schedule, now, self.asked_on, self.next_at)


Span = tuple[datetime, datetime]


def looks(start: datetime, length: timedelta, down: Sequence[Span] = ()) -> Iterator[datetime]:
    """When the bot looks at the clock: every quarter of an hour, but not while it is down."""
    at = start
    while at < start + length:
        if not any(begin <= at < end for begin, end in down):
            yield at
        at += LOOK_EVERY
