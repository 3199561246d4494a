"""A computer's clock that was wrong for a while keeps nobody waiting and asks nobody twice."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.services.pushes import QuestionPush
from tests.support.candidate import Candidate
from tests.support.coach import HandClock
from tests.support.postman import Postman

MONDAY_NINE = datetime(2026, 11, 23, 5, 30, tzinfo=UTC)
"""Monday, 23 November, 9:00 in Tehran."""

AHEAD = pytest.mark.parametrize(
    "ahead", [timedelta(days=3), timedelta(days=30), timedelta(days=3650)], ids=["three days", "a month", "ten years"]
)


async def _days_with_a_question(candidate: Candidate, postman: Postman, clock: HandClock, days: int) -> list[int]:
    """Plays some days from Monday on, with a look at the clock every hour."""
    asked = []
    for hour in range(days * 24):
        clock.set(MONDAY_NINE + timedelta(hours=hour))
        for posted in await postman.does_a_round():
            assert isinstance(posted.prepared, QuestionPush)
            asked.append(hour // 24)
            await candidate.is_there()
    return asked


@AHEAD
async def test_a_question_asked_by_a_clock_ahead_does_not_silence_the_days_before_it(
    sara: Candidate, clock: HandClock, postman: Postman, ahead: timedelta
) -> None:
    clock.set(MONDAY_NINE + ahead)
    assert len(await postman.does_a_round()) == 1
    await sara.is_there()
    clock.set(MONDAY_NINE - timedelta(hours=2))
    assert await _days_with_a_question(sara, postman, clock, days=2) == [0, 1]


@AHEAD
async def test_practice_while_the_clock_was_ahead_does_not_silence_the_days_before_it(
    sara: Candidate, clock: HandClock, postman: Postman, ahead: timedelta
) -> None:
    clock.set(MONDAY_NINE - timedelta(hours=3) + ahead)
    await sara.finishes()
    clock.set(MONDAY_NINE - timedelta(hours=2))
    assert await _days_with_a_question(sara, postman, clock, days=2) == [0, 1]


@AHEAD
async def test_settings_changed_while_the_clock_was_ahead_hold_from_the_next_day_on(
    sara: Candidate, clock: HandClock, postman: Postman, ahead: timedelta
) -> None:
    clock.set(MONDAY_NINE - timedelta(hours=3) + ahead)
    await sara.moves_to("Asia/Tehran")
    clock.set(MONDAY_NINE - timedelta(hours=2))
    assert await _days_with_a_question(sara, postman, clock, days=2) == [0, 1]


async def test_the_planner_has_nothing_to_repeat_at_once_after_the_clock_was_put_right(
    sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    """A user who stays due for ever would keep the planner spinning."""
    clock.set(MONDAY_NINE + timedelta(days=30))
    await sara.finishes()
    clock.set(MONDAY_NINE)
    for _ in range(5):
        planned = await postman.plans()
    assert planned == 0


async def test_a_long_pause_is_not_taken_for_the_work_of_a_wrong_clock(
    sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    before = await sara.pauses(30)
    clock.set(MONDAY_NINE)
    assert await postman.plans() == 0
    assert await sara.preferences() == before


async def test_a_pause_stays_one_when_the_clock_is_put_back_after_it_began(
    sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    before = await sara.pauses(30)
    clock.advance(timedelta(minutes=-10))
    await postman.plans()
    await postman.plans()
    assert await sara.rows("deliveries") == []
    assert (await sara.preferences()).next_question_at == before.next_question_at


async def test_the_one_day_of_the_week_is_not_taken_for_the_work_of_a_wrong_clock(
    sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    await sara.asks_for_today()
    before = await sara.wants_only(6)  # Sunday, a week from now
    clock.advance(timedelta(minutes=1))
    assert await postman.plans() == 0
    assert await sara.preferences() == before


async def test_a_clock_put_back_an_hour_asks_nobody_twice(sara: Candidate, clock: HandClock, postman: Postman) -> None:
    clock.set(MONDAY_NINE)
    assert len(await postman.does_a_round()) == 1
    clock.set(MONDAY_NINE - timedelta(hours=1))
    for _ in range(8):
        assert await postman.does_a_round() == []
        clock.advance(timedelta(minutes=15))


async def test_a_clock_put_back_past_midnight_asks_nobody_twice_on_one_day(
    sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    clock.set(MONDAY_NINE)
    assert len(await postman.does_a_round()) == 1
    clock.set(MONDAY_NINE - timedelta(hours=12))
    assert await _days_with_a_question(sara, postman, clock, days=1) == []
