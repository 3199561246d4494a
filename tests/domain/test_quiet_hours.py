"""From ten in the evening to eight in the morning nobody is disturbed, by the person's own clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.schedule import after_quiet_hours, is_quiet, next_local
from tests.support.schedules import clock_changes, half_hours, hours, instants, local, quick, zones

TEHRAN, MOSCOW, BERLIN, KATHMANDU = "Asia/Tehran", "Europe/Moscow", "Europe/Berlin", "Asia/Kathmandu"
NIGHT = timedelta(hours=10)


def utc(month: int, day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "at", "expected"),
    [
        pytest.param(MOSCOW, utc(11, 23, 9), None, id="at noon"),
        pytest.param(MOSCOW, utc(11, 23, 18, 59, 59), None, id="a second before ten in the evening"),
        pytest.param(MOSCOW, utc(11, 23, 19), utc(11, 24, 5), id="at ten in the evening"),
        pytest.param(MOSCOW, utc(11, 23, 20, 59), utc(11, 24, 5), id="before midnight"),
        pytest.param(MOSCOW, utc(11, 23, 21), utc(11, 24, 5), id="at midnight"),
        pytest.param(MOSCOW, utc(11, 24, 4, 59, 59), utc(11, 24, 5), id="a second before eight in the morning"),
        pytest.param(MOSCOW, utc(11, 24, 5), None, id="at eight in the morning"),
        pytest.param(TEHRAN, utc(11, 23, 18, 29), None, id="half an hour"),
        pytest.param(TEHRAN, utc(11, 23, 18, 30), utc(11, 24, 4, 30), id="half an hour, the other side"),
        pytest.param(KATHMANDU, utc(11, 23, 16, 15), utc(11, 24, 2, 15), id="a quarter of an hour"),
        pytest.param(BERLIN, utc(3, 28, 21), utc(3, 29, 6), id="a night that is an hour short"),
        pytest.param(BERLIN, utc(10, 24, 20), utc(10, 25, 7), id="a night that is an hour long"),
        pytest.param(MOSCOW, utc(12, 31, 20), datetime(2027, 1, 1, 5, tzinfo=UTC), id="on New Year's Eve"),
    ],
)
def test_what_falls_into_the_night_waits_for_the_morning(zone: str, at: datetime, expected: datetime | None) -> None:
    assert is_quiet(zone, at) is (expected is not None)
    assert after_quiet_hours(zone, at) == (expected or at)


@quick
@given(zone=zones, at=instants)
@example(zone=BERLIN, at=utc(3, 29, 0, 59))
@example(zone=BERLIN, at=utc(10, 25, 0, 30))
@example(zone="America/Nuuk", at=utc(3, 29, 0, 30))
def test_the_morning_is_the_first_moment_that_is_not_quiet(zone: str, at: datetime) -> None:
    found = after_quiet_hours(zone, at)
    assert found >= at
    assert not is_quiet(zone, found)
    assert found == at or is_quiet(zone, found - timedelta(microseconds=1))
    assert found == at or local(found, zone).time() == time(8)
    assert found - at <= NIGHT + timedelta(hours=2), "the clocks change by two hours at the most"


def test_no_change_of_the_clocks_makes_a_night_longer_than_that() -> None:
    wrong = []
    for zone in sorted(available_timezones()):
        for day in clock_changes(zone, date(2026, 1, 1), date(2026, 12, 31)):
            for hour in range(0, 24, 3):
                at = datetime.combine(day, time(hour, 30), tzinfo=UTC)
                found = after_quiet_hours(zone, at)
                if is_quiet(zone, found) or not at <= found <= at + NIGHT + timedelta(hours=2):
                    wrong.append(f"{zone} {at} {found}")
    assert not wrong, f"{len(wrong)} nights are wrong: {wrong[:5]}"


@pytest.mark.parametrize(
    ("zone", "hour", "since", "expected"),
    [
        pytest.param(MOSCOW, time(18), utc(11, 23, 9), utc(11, 23, 15), id="later today"),
        pytest.param(MOSCOW, time(18), utc(11, 23, 15), utc(11, 23, 15), id="this very instant counts"),
        pytest.param(MOSCOW, time(18), utc(11, 23, 15, 0, 1), utc(11, 24, 15), id="a second too late"),
        pytest.param(TEHRAN, time(18), utc(11, 23, 9), utc(11, 23, 14, 30), id="half an hour"),
        pytest.param(TEHRAN, time(0), utc(11, 23, 20, 30), utc(11, 23, 20, 30), id="at midnight"),
        pytest.param("Pacific/Kiritimati", time(9), utc(11, 23, 9), utc(11, 23, 19), id="where tomorrow has begun"),
        pytest.param("Pacific/Pago_Pago", time(9), utc(11, 23, 9), utc(11, 23, 20), id="where it is yesterday"),
        pytest.param(BERLIN, time(9), utc(3, 28, 12), utc(3, 29, 7), id="summer time begins in between"),
        pytest.param(BERLIN, time(9), utc(10, 24, 12), utc(10, 25, 8), id="summer time ends in between"),
        pytest.param(BERLIN, time(2, 30), utc(3, 28, 12), utc(3, 29, 1, 30), id="an hour that the clocks jump over"),
        pytest.param(BERLIN, time(2, 30), utc(10, 24, 12), utc(10, 25, 0, 30), id="an hour that comes twice"),
    ],
)
def test_the_next_time_that_clocks_show_an_hour(zone: str, hour: time, since: datetime, expected: datetime) -> None:
    assert next_local(zone, hour, since) == expected


@quick
@given(zone=zones, hour=hours, since=instants)
def test_the_hour_comes_within_a_day(zone: str, hour: time, since: datetime) -> None:
    found = next_local(zone, hour, since)
    assert since <= found <= since + timedelta(days=1, hours=2)
    shown = local(found, zone)
    skipped = timedelta(hours=(shown.hour - hour.hour) % 24, minutes=shown.minute - hour.minute)
    assert skipped == timedelta() or local(found - skipped, zone).time() != hour, "it is shown, or was jumped over"


@quick
@given(zone=zones, hour=hours, since=instants, later=st.timedeltas(timedelta(), timedelta(hours=23)))
def test_whoever_looks_later_finds_nothing_earlier(zone: str, hour: time, since: datetime, later: timedelta) -> None:
    found = next_local(zone, hour, since)
    again = next_local(zone, hour, since + later)
    assert again >= found
    assert again == found or since + later > found


def test_every_hour_is_found_around_every_change_of_the_clocks() -> None:
    for zone in ("Europe/Berlin", "Australia/Lord_Howe", "America/Nuuk", "Antarctica/Troll", "Africa/Cairo"):
        for day in clock_changes(zone, date(2026, 1, 1), date(2026, 12, 31)):
            for hour in half_hours():
                since = datetime.combine(day, time(), tzinfo=UTC)
                assert since <= next_local(zone, hour, since) <= since + timedelta(days=1, hours=2), (zone, day, hour)
