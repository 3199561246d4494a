"""Zones, hours and days as people choose them, and the nights on which clocks change."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from bot.domain.schedule import Schedule

# A busy machine is slow, and that is no fault of the program.
quick = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])

# Half and quarter hours, summer time at midnight and of half an hour, both edges of the date line.
ZONES = (
    "Asia/Tehran", "Europe/Moscow", "Asia/Kathmandu", "Asia/Kabul", "Europe/Berlin", "America/St_Johns",
    "Africa/Cairo", "Asia/Beirut", "America/Santiago", "America/Havana", "Australia/Lord_Howe", "Pacific/Chatham",
    "Pacific/Apia", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Africa/Casablanca", "Antarctica/Troll",
    "America/Los_Angeles", "UTC",
)  # fmt: skip

zones = st.sampled_from(ZONES)
hours = st.times().map(lambda at: at.replace(second=0, microsecond=0))
weekdays = st.frozensets(st.integers(0, 6), min_size=1)
schedules = st.builds(Schedule, zone=zones, at=hours, weekdays=weekdays)
instants = st.datetimes(datetime(2024, 1, 1), datetime(2031, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - of UTC


def local(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone))


def clock_changes(zone: str, first: date, last: date) -> Iterator[date]:
    """The local dates around every change of a zone's clocks."""
    tz = ZoneInfo(zone)
    at = datetime.combine(first, time(), tzinfo=UTC)
    while at.date() <= last:
        later = at + timedelta(days=1)
        if tz.utcoffset(at.astimezone(tz)) != tz.utcoffset(later.astimezone(tz)):
            yield from (at.date() + timedelta(days=shift) for shift in range(-1, 3))
        at = later


def half_hours() -> Iterator[time]:
    for minutes in range(0, 24 * 60, 30):
        yield time(*divmod(minutes, 60))
