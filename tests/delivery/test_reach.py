"""An outage is told from a single message's fault, and only probes go out while it lasts."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.reach import FAILURES, FIRST_PAUSE, LONGEST_PAUSE, Reach

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


def lost_at(moment: datetime) -> Reach:
    """An outage that was noticed at this moment."""
    reach = Reach()
    for _ in range(FAILURES):
        reach.failed(moment)
    return reach


@pytest.mark.parametrize(
    ("happened", "is_lost"),
    [
        pytest.param("", False, id="at first"),
        pytest.param("ffff", False, id="four failures may be those of four chats"),
        pytest.param("fffff", True, id="five are an outage"),
        pytest.param("ffffaf", False, id="an answer between them tells that Telegram is there"),
        pytest.param("ffffafffff", True, id="five anew"),
        pytest.param("fffffa", False, id="an answer ends it"),
        pytest.param("fffffaffff", False, id="after which five are needed again"),
        pytest.param("ffffffffff", True, id="the longer the surer"),
    ],
)
def test_failures_in_a_row_are_an_outage(happened: str, is_lost: bool) -> None:
    reach = Reach()
    for event in happened:
        if event == "f":
            reach.failed(NOON)
        else:
            reach.answered()
    assert reach.is_lost is is_lost
    assert reach.waits_until(NOON) == (NOON + FIRST_PAUSE if is_lost else None)


@pytest.mark.parametrize(
    ("after", "waits"),
    [
        pytest.param(timedelta(), True, id="at once nothing goes"),
        pytest.param(FIRST_PAUSE - timedelta(microseconds=1), True, id="nor just before the probe"),
        pytest.param(FIRST_PAUSE, False, id="then a probe may go"),
        pytest.param(HOUR, False, id="or later"),
        pytest.param(-LONGEST_PAUSE, False, id="nor does a clock that was set back make it wait longer than ever"),
        pytest.param(-HOUR, False, id="however far"),
        pytest.param(FIRST_PAUSE - LONGEST_PAUSE, True, id="a small step back is none"),
    ],
)
def test_a_probe_goes_after_the_pause(after: timedelta, waits: bool) -> None:
    reach = lost_at(NOON)
    assert reach.waits_until(NOON + after) == (NOON + FIRST_PAUSE if waits else None)
    assert reach.is_lost, "until something is answered"


def test_each_failed_probe_doubles_the_pause_up_to_half_a_minute() -> None:
    reach, now, pauses = lost_at(NOON), NOON, []
    for _ in range(8):
        until = reach.waits_until(now)
        assert until is not None
        pauses.append((until - now) // SECOND)
        now = until
        reach.failed(now)
    assert pauses == [1, 2, 4, 8, 16, 30, 30, 30]


def test_what_was_on_its_way_when_it_was_noticed_makes_nobody_wait_longer() -> None:
    reach = lost_at(NOON)
    for _ in range(50):
        reach.failed(NOON + FIRST_PAUSE / 2)
    assert reach.waits_until(NOON + FIRST_PAUSE / 2) == NOON + FIRST_PAUSE
    reach.failed(NOON + FIRST_PAUSE)
    assert reach.waits_until(NOON + FIRST_PAUSE) == NOON + 3 * FIRST_PAUSE


def test_the_next_outage_begins_with_a_short_pause_again() -> None:
    reach = lost_at(NOON)
    reach.failed(NOON + HOUR)
    reach.failed(NOON + 2 * HOUR)
    reach.answered()
    for _ in range(FAILURES):
        reach.failed(NOON + 3 * HOUR)
    assert reach.waits_until(NOON + 3 * HOUR) == NOON + 3 * HOUR + FIRST_PAUSE


def test_probes_go_on_after_the_clock_was_set_back() -> None:
    reach = lost_at(NOON)
    reach.failed(NOON - HOUR)
    until = reach.waits_until(NOON - HOUR)
    assert until is not None
    assert NOON - HOUR < until <= NOON - HOUR + LONGEST_PAUSE
