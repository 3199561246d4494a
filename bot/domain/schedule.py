"""When the next daily question is due, in the user's own wall time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

EVERY_DAY = frozenset(range(7))
"""Weekdays as `date.weekday()` counts them: Monday is 0."""

QUIET_AFTER_PRACTICE = timedelta(hours=1)
"""Nobody is pushed right after practising."""

IGNORED_PUSHES_BEFORE_PAUSE = 7
LATER_TODAY = timedelta(hours=3)
LATER_TODAY_AT_LEAST = timedelta(hours=1)
MORNING_BEGINS = time(8)
EVENING_ENDS = time(22)


@dataclass(frozen=True, slots=True)
class Schedule:
    """The hour and days at which a user wants the day's question; `zone` is an IANA key."""

    zone: str
    at: time
    weekdays: frozenset[int]

    def today(self, now: datetime) -> date:
        """The user's own date at the instant `now`."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    def moment(self, day: date) -> datetime | None:
        """The instant, in UTC, of the user's hour on `day`; None where the zone has no such day.

        An hour that comes twice counts the first time. One that the clocks jump over comes as much later as
        they jump, or, where that would be another day, as much earlier.
        """
        instants = (_wall_time(self, day, self.at.replace(fold=fold)) for fold in (0, 1))
        return next((instant for instant in instants if self.today(instant) == day), None)


def next_moment(schedule: Schedule, now: datetime, asked_on: date | None) -> datetime:
    """The first instant after `now` at which a question is due on a day that has had none.

    `asked_on` is the last local date on which the user was given the day's question. Raises
    ValueError when the schedule has no weekday.
    """
    if not schedule.weekdays:
        raise ValueError("a schedule needs at least one weekday")
    first = _first_free_day(schedule.today(now), asked_on)
    return next(moment for moment in _moments(schedule, first) if moment > now)


def _moments(schedule: Schedule, first: date) -> Iterator[datetime]:
    day = first
    while True:
        if day.weekday() in schedule.weekdays and (moment := schedule.moment(day)):
            yield moment
        day += timedelta(days=1)


def day_start(schedule: Schedule, now: datetime) -> datetime:
    """The instant, in UTC, at which the user's present day began."""
    return _wall_time(schedule, schedule.today(now), time())


def day_end(schedule: Schedule, now: datetime) -> datetime:
    """The instant, in UTC, at which the user's present day ends."""
    return _wall_time(schedule, schedule.today(now) + timedelta(days=1), time())


def _wall_time(schedule: Schedule, day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=ZoneInfo(schedule.zone)).astimezone(UTC)


def later_today(schedule: Schedule, now: datetime) -> datetime | None:
    """When to ask again on the same day: in three hours, sooner in the evening, not before the morning.

    None when the evening is too far gone.
    """
    today = schedule.today(now)
    morning = _wall_time(schedule, today, MORNING_BEGINS)
    evening = _wall_time(schedule, today, EVENING_ENDS)
    at = max(morning, min(now + LATER_TODAY, evening))
    return at if at - now >= LATER_TODAY_AT_LEAST else None


def is_quiet(zone: str, at: datetime) -> bool:
    """Whether people in this time zone should not be disturbed at the instant `at`: from 22:00 to 8:00."""
    local = at.astimezone(ZoneInfo(zone)).time()
    return local >= EVENING_ENDS or local < MORNING_BEGINS


def after_quiet_hours(zone: str, at: datetime) -> datetime:
    """`at`, or the morning after the quiet hours that it falls into."""
    if not is_quiet(zone, at):
        return at
    local = at.astimezone(ZoneInfo(zone))
    morning = local.date() if local.time() < MORNING_BEGINS else local.date() + timedelta(days=1)
    return datetime.combine(morning, MORNING_BEGINS, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def next_local(zone: str, hour: time, since: datetime) -> datetime:
    """The first instant from `since` on at which clocks in this time zone show `hour`."""
    own = Schedule(zone, hour, EVERY_DAY)
    return next(moment for moment in _moments(own, own.today(since)) if moment >= since)


def next_moment_after_change(
    schedule: Schedule, now: datetime, asked_on: date | None, planned_at: datetime | None
) -> datetime:
    """The next moment after the user changed something about it.

    `planned_at` was the next moment so far. A question that was already owed, and waited only for the
    hour of quiet or for the planner, is not lost to the change.
    """
    if planned_at is not None and planned_at - now <= QUIET_AFTER_PRACTICE and _owed_today(schedule, now, asked_on):
        return max(now, planned_at)
    return next_moment(schedule, now, asked_on)


class Push(StrEnum):
    """What to do when a user's next question comes due."""

    ASK = "ask"
    STOP = "stop"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class PushDecision:
    """`next_at` is when to look at the user again; None: not before they come back."""

    push: Push
    next_at: datetime | None


def decide_push(
    schedule: Schedule,
    now: datetime,
    *,
    asked_on: date | None,
    practised_at: datetime | None,
    ignored_pushes: int,
) -> PushDecision:
    """Ask, wait or stop: the one rule behind every daily push.

    A question missed while the bot was down is still asked on the same local day, and never later.
    """
    if not _owed_today(schedule, now, asked_on):
        return PushDecision(Push.WAIT, next_moment(schedule, now, asked_on))
    if practised_at is not None and practised_just_now(practised_at, now):
        return PushDecision(Push.WAIT, practised_at + QUIET_AFTER_PRACTICE)
    if ignored_pushes >= IGNORED_PUSHES_BEFORE_PAUSE:
        return PushDecision(Push.STOP, None)
    return PushDecision(Push.ASK, next_moment(schedule, now, schedule.today(now)))


def practised_just_now(practised_at: datetime | None, now: datetime) -> bool:
    """Whether the user should be left alone for now; a moment far ahead was written by a wrong clock."""
    return practised_at is not None and abs(now - practised_at) < QUIET_AFTER_PRACTICE


def _owed_today(schedule: Schedule, now: datetime, asked_on: date | None) -> bool:
    today = schedule.today(now)
    moment = schedule.moment(today)
    free = _first_free_day(today, asked_on) == today and today.weekday() in schedule.weekdays
    return free and moment is not None and moment <= now


def _first_free_day(today: date, asked_on: date | None) -> date:
    """The first day from today on that has had no question.

    A move across time zones, at the widest from UTC+14 to UTC-11, can leave `asked_on` two days ahead of
    today; further ahead it was written by a clock that was wrong, and must not keep the user waiting.
    """
    if asked_on is None or not today <= asked_on <= today + timedelta(days=2):
        return today
    return asked_on + timedelta(days=1)
