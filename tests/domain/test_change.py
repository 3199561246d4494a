"""What a change of the hour, the zone or the days does to the next question: none is lost, none comes twice."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.schedule import EVERY_DAY, Schedule, next_moment, next_moment_after_change
from tests.support.schedules import instants, quick, schedules

TODAY = date(2026, 11, 22)
HOUR = timedelta(hours=1)


def tehran(hour: int, minute: int = 0, days: int = 0) -> datetime:
    """An hour of 22 November, or some days later."""
    midnight = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)
    return midnight + timedelta(days=days, hours=hour, minutes=minute)


@pytest.mark.parametrize(
    ("hour", "now", "asked_on", "planned_at", "expected"),
    [
        pytest.param(time(18), tehran(8), None, tehran(9), tehran(18), id="to an hour still to come"),
        pytest.param(time(7), tehran(12), TODAY, tehran(9, days=1), tehran(7, days=1), id="after the day's question"),
        pytest.param(time(18), tehran(12), TODAY, tehran(9, days=1), tehran(18, days=1), id="later, after it"),
        pytest.param(time(9), tehran(9, 20), None, tehran(9, 40), tehran(9, 40), id="while it waits for quiet"),
        pytest.param(time(18), tehran(9, 20), None, tehran(9, 40), tehran(18), id="to the evening, while it waits"),
        pytest.param(time(9), tehran(9), None, tehran(9), tehran(9), id="at the very moment"),
        pytest.param(time(9), tehran(11), None, tehran(9), tehran(11), id="the bot is back and has not looked yet"),
        pytest.param(time(8), tehran(8, 30), None, tehran(9), tehran(9), id="to an hour just gone"),
        pytest.param(time(9), tehran(9, 20), None, None, tehran(9, days=1), id="nothing was planned"),
    ],
)
def test_the_next_question_comes_after_a_change(
    hour: time, now: datetime, asked_on: date | None, planned_at: datetime | None, expected: datetime
) -> None:
    assert next_moment_after_change(Schedule("Asia/Tehran", hour, EVERY_DAY), now, asked_on, planned_at) == expected


@quick
@given(
    schedule=schedules,
    now=instants,
    asked=st.none() | st.integers(-9, 2),
    planned=st.none() | st.timedeltas(timedelta(days=-2), timedelta(days=9)),
)
def test_a_change_brings_no_question_before_its_time(
    schedule: Schedule, now: datetime, asked: int | None, planned: timedelta | None
) -> None:
    today = schedule.today(now)
    asked_on = None if asked is None else today + timedelta(days=asked)
    planned_at = None if planned is None else now + planned
    found = next_moment_after_change(schedule, now, asked_on, planned_at)
    assert found >= now
    if found == next_moment(schedule, now, asked_on):
        return
    assert planned_at is not None and found == max(now, planned_at) <= now + HOUR, "only what was owed is kept"
    moment = schedule.moment(today)
    assert moment is not None and moment <= now
    assert today.weekday() in schedule.weekdays
    assert asked_on is None or asked_on < today
