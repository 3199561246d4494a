"""When a question returns: later the better it went, and by the given clock alone."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.review import Memory, Rating, intervals, review
from tests.support.schedules import instants, quick

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
DAY = timedelta(days=1)

ratings = st.sampled_from(Rating)
gaps = st.timedeltas(timedelta(), timedelta(days=400))
histories = st.lists(st.tuples(ratings, gaps), max_size=12)
"""Ratings, each with the time that passed after it."""


def remembered(history: list[tuple[Rating, timedelta]], start: datetime) -> tuple[Memory | None, datetime]:
    memory, now = None, start
    for rating, gap in history:
        memory = review(memory, rating, now)
        now += gap
    return memory, now


@quick
@given(history=histories, start=instants)
def test_the_better_it_went_the_longer_a_question_stays_away(
    history: list[tuple[Rating, timedelta]], start: datetime
) -> None:
    away = intervals(*remembered(history, start))
    assert away[Rating.AGAIN] <= away[Rating.HARD] <= away[Rating.GOOD] <= away[Rating.EASY]
    assert away[Rating.AGAIN] >= DAY, "a question comes at most once a day"
    assert away[Rating.EASY] <= timedelta(days=180), "nothing is lost from sight for more than half a year"


@quick
@given(history=histories, start=instants, rating=ratings)
def test_a_question_returns_when_the_button_said(
    history: list[tuple[Rating, timedelta]], start: datetime, rating: Rating
) -> None:
    memory, now = remembered(history, start)
    rated = review(memory, rating, now)
    assert rated.due_at - now == intervals(memory, now)[rating]
    assert rated.reviewed_at == now
    assert rated.stability > 0
    assert 1 <= rated.difficulty <= 10


@quick
@given(history=histories, start=instants, rating=ratings, elsewhere=instants)
def test_what_counts_is_the_given_moment_and_not_the_wall_clock(
    history: list[tuple[Rating, timedelta]], start: datetime, rating: Rating, elsewhere: datetime
) -> None:
    memory, now = remembered(history, start)
    here = review(memory, rating, now)
    with time_machine.travel(elsewhere, tick=False):
        assert review(memory, rating, now) == here
        assert review(memory, rating, now) == here, "nor does chance"


@pytest.mark.parametrize("rating", [Rating.HARD, Rating.GOOD, Rating.EASY])
def test_a_question_that_goes_well_on_its_day_comes_less_and_less_often(rating: Rating) -> None:
    memory = review(None, rating, NOW)
    for _ in range(4):
        later = review(memory, rating, memory.due_at)
        assert later.due_at - later.reviewed_at >= memory.due_at - memory.reviewed_at
        memory = later
    assert memory.due_at - memory.reviewed_at > DAY


def test_a_question_that_was_known_and_is_forgotten_comes_back_soon() -> None:
    memory = None
    for _ in range(5):
        memory = review(memory, Rating.EASY, memory.due_at if memory else NOW)
    assert memory is not None
    known_for = memory.due_at - memory.reviewed_at
    forgotten = review(memory, Rating.AGAIN, memory.due_at)
    assert forgotten.due_at - forgotten.reviewed_at < known_for / 4


@quick
@given(history=histories, back=st.timedeltas(timedelta(), timedelta(days=30)), rating=ratings)
def test_a_clock_that_was_set_back_does_no_harm(
    history: list[tuple[Rating, timedelta]], back: timedelta, rating: Rating
) -> None:
    memory, now = remembered(history, NOW)
    rated = review(memory, rating, now - back)
    assert DAY <= rated.due_at - rated.reviewed_at <= timedelta(days=180)
