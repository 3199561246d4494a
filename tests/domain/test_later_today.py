"""Putting a question off until later on the same day."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given

from bot.domain.schedule import EVERY_DAY, Schedule, later_today
from tests.support.schedules import instants, local, quick, schedules

TEHRAN = Schedule("Asia/Tehran", time(9), EVERY_DAY)


@pytest.mark.parametrize(
    ("hour", "expected"),
    [
        pytest.param(time(9), time(12), id="in the morning: in three hours"),
        pytest.param(time(0, 5), time(8), id="at night: not before the morning"),
        pytest.param(time(4, 30), time(8), id="before dawn: in the morning, later than in three hours"),
        pytest.param(time(7, 30), time(10, 30), id="early: in three hours"),
        pytest.param(time(19), time(22), id="in three hours it is ten"),
        pytest.param(time(20, 30), time(22), id="in the evening: at ten"),
        pytest.param(time(21), time(22), id="one hour is left"),
        pytest.param(time(21, 1), None, id="less than an hour is left"),
        pytest.param(time(23, 30), None, id="the evening is over"),
    ],
)
def test_sara_is_asked_again_at(hour: time, expected: time | None) -> None:
    now = datetime(2026, 11, 22, hour.hour, hour.minute, tzinfo=UTC) - timedelta(hours=3, minutes=30)
    assert local(now, TEHRAN.zone).time() == hour
    again = later_today(TEHRAN, now)
    assert (None if again is None else local(again, TEHRAN.zone).time()) == expected


@quick
@given(schedule=schedules, now=instants)
def test_later_is_today_not_too_soon_and_not_too_late(schedule: Schedule, now: datetime) -> None:
    again = later_today(schedule, now)
    if again is None:
        assert local(now, schedule.zone).hour >= 20, "the day is long enough"
        return
    assert schedule.today(again) == schedule.today(now)
    assert again - now >= timedelta(hours=1)
    assert again - now <= timedelta(hours=3) or local(again, schedule.zone).time() == time(8)
    assert time(8) <= local(again, schedule.zone).time() <= time(22)
