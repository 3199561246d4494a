"""The next daily moment: in local wall time, in every zone, across every change of the clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.schedule import EVERY_DAY, Schedule, day_end, day_start, next_moment
from tests.support.schedules import clock_changes, half_hours, instants, quick, schedules

SATURDAY_TO_WEDNESDAY = frozenset({5, 6, 0, 1, 2})
SARA = Schedule("Asia/Tehran", time(9), SATURDAY_TO_WEDNESDAY)
IVAN = Schedule("Europe/Moscow", time(9), EVERY_DAY)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("schedule", "now", "asked_on", "expected"),
    [
        pytest.param(IVAN, utc(2026, 11, 22, 5, 59), None, utc(2026, 11, 22, 6), id="later today"),
        pytest.param(IVAN, utc(2026, 11, 22, 6), None, utc(2026, 11, 23, 6), id="this very instant is over"),
        pytest.param(IVAN, utc(2026, 11, 22, 3), date(2026, 11, 22), utc(2026, 11, 23, 6), id="asked at night"),
        pytest.param(IVAN, utc(2026, 11, 22, 3), date(2026, 11, 1), utc(2026, 11, 22, 6), id="asked long ago"),
        pytest.param(SARA, utc(2026, 11, 22, 6), date(2026, 11, 22), utc(2026, 11, 23, 5, 30), id="half an hour"),
        pytest.param(SARA, utc(2026, 11, 25, 6), date(2026, 11, 25), utc(2026, 11, 28, 5, 30), id="over the weekend"),
        pytest.param(
            Schedule("Asia/Kathmandu", time(7), EVERY_DAY),
            utc(2026, 11, 22, 12), None, utc(2026, 11, 23, 1, 15), id="a quarter of an hour",
        ),
        pytest.param(
            Schedule("Europe/Berlin", time(9), EVERY_DAY),
            utc(2026, 10, 24, 12), None, utc(2026, 10, 25, 8), id="summer time ends in between",
        ),
        pytest.param(
            Schedule("America/St_Johns", time(9), EVERY_DAY),
            utc(2026, 3, 7, 15), None, utc(2026, 3, 8, 11, 30), id="summer time begins in between",
        ),
        pytest.param(
            Schedule("Europe/Berlin", time(2, 30), EVERY_DAY),
            utc(2026, 3, 28, 12), None, utc(2026, 3, 29, 1, 30), id="an hour that the clocks jump over",
        ),
        pytest.param(
            Schedule("Europe/Berlin", time(2, 30), EVERY_DAY),
            utc(2026, 10, 24, 12), None, utc(2026, 10, 25, 0, 30), id="an hour that comes twice",
        ),
        pytest.param(
            Schedule("Europe/Berlin", time(2, 30), EVERY_DAY),
            utc(2026, 10, 25, 1), None, utc(2026, 10, 26, 1, 30), id="not the second time",
        ),
        pytest.param(
            Schedule("Africa/Cairo", time(0), EVERY_DAY),
            utc(2026, 4, 23, 12), None, utc(2026, 4, 23, 22), id="a midnight that the clocks jump over",
        ),
        pytest.param(
            Schedule("America/Nuuk", time(23, 30), EVERY_DAY),
            utc(2026, 3, 28, 12), None, utc(2026, 3, 29, 0, 30), id="a last hour that the clocks jump over",
        ),
        pytest.param(
            Schedule("Pacific/Apia", time(9), EVERY_DAY),
            utc(2011, 12, 29, 20), None, utc(2011, 12, 30, 19), id="a day that never was",
        ),
        pytest.param(
            Schedule("Pacific/Apia", time(9), frozenset({4})),
            utc(2011, 12, 29, 20), None, utc(2012, 1, 5, 19), id="a Friday that never was",
        ),
    ],
)  # fmt: skip
def test_the_next_question_comes_at(
    schedule: Schedule, now: datetime, asked_on: date | None, expected: datetime
) -> None:
    assert next_moment(schedule, now, asked_on) == expected


def test_a_schedule_without_days_is_refused() -> None:
    with pytest.raises(ValueError, match="weekday"):
        next_moment(Schedule("Asia/Tehran", time(9), frozenset()), utc(2026, 11, 22), None)


asked_lately = st.none() | st.integers(-10, 2)
"""Days from the user's today to the last day with a question; a move west can leave it ahead."""


@quick
@given(schedule=schedules, now=instants, asked=asked_lately)
def test_the_next_moment_is_the_first_free_one_after_now(schedule: Schedule, now: datetime, asked: int | None) -> None:
    today = schedule.today(now)
    asked_on = None if asked is None else today + timedelta(days=asked)
    found = next_moment(schedule, now, asked_on)
    assert found > now
    assert found.tzinfo is UTC
    on = schedule.today(found)
    assert on.weekday() in schedule.weekdays
    assert asked_on is None or on > asked_on
    earlier = (today + timedelta(days=ahead) for ahead in range((on - today).days))
    free = [day for day in earlier if day.weekday() in schedule.weekdays and (asked_on is None or day > asked_on)]
    for day in free:
        moment = schedule.moment(day)
        assert moment is None or moment <= now, f"{day} was passed over"


def test_every_hour_comes_on_every_day_on_which_clocks_change() -> None:
    missed = []
    for zone in sorted(available_timezones()):
        for day in clock_changes(zone, date(2025, 1, 1), date(2026, 12, 31)):
            for at in half_hours():
                schedule = Schedule(zone, at, EVERY_DAY)
                moment = schedule.moment(day)
                if moment is None or schedule.today(moment) != day:
                    missed.append(f"{zone} {day} {at}")
    assert not missed, f"{len(missed)} moments are left out: {missed[:5]}"


def test_a_day_that_a_zone_skips_has_no_moment() -> None:
    apia = Schedule("Pacific/Apia", time(9), EVERY_DAY)
    assert apia.moment(date(2011, 12, 29)) == utc(2011, 12, 29, 19)
    assert apia.moment(date(2011, 12, 30)) is None
    assert apia.moment(date(2011, 12, 31)) == utc(2011, 12, 30, 19)


@quick
@given(schedule=schedules, now=instants)
def test_a_day_begins_and_ends_at_the_users_own_midnight(schedule: Schedule, now: datetime) -> None:
    start, end = day_start(schedule, now), day_end(schedule, now)
    today = schedule.today(now)
    assert start <= now < end
    assert schedule.today(start) == today == schedule.today(end - timedelta(microseconds=1))
    assert schedule.today(start - timedelta(microseconds=1)) < today < schedule.today(end)
    assert timedelta(hours=21) <= end - start <= timedelta(hours=27)
