"""Which question comes next: what is due, then what is new, then the rest."""

from datetime import timedelta

import pytest

from bot.db.engine import Database
from bot.domain.identity import Track
from bot.domain.review import Rating
from tests.support.candidate import Candidate
from tests.support.coach import HandClock
from tests.support.sets import first, publish


@pytest.fixture(autouse=True)
async def three_questions(db: Database, clock: HandClock) -> None:
    """A set that can be seen through: questions 1, 2 and 3."""
    await publish(db, first(3), clock)


async def _next(candidate: Candidate) -> int:
    """The number of the question that comes next, answered but not rated."""
    asked = await candidate.asks_for_another()
    await candidate.answers("An answer.")
    return asked.question.number


async def _rated(candidate: Candidate, rating: Rating) -> int:
    return (await candidate.finishes(rating)).question.number


async def test_new_questions_come_in_the_order_of_the_set(sara: Candidate) -> None:
    assert [await _rated(sara, Rating.EASY) for _ in range(3)] == [1, 2, 3]


async def test_a_question_that_is_due_comes_before_a_new_one(sara: Candidate, clock: HandClock) -> None:
    await _rated(sara, Rating.AGAIN)  # is due tomorrow
    clock.advance(timedelta(days=1))
    assert await _next(sara) == 1


async def test_a_question_that_becomes_due_before_midnight_counts_as_due(sara: Candidate, clock: HandClock) -> None:
    clock.advance(timedelta(hours=10))
    await _rated(sara, Rating.AGAIN)  # 19:30: it is due tomorrow at 19:30
    clock.advance(timedelta(hours=14))
    assert await _next(sara) == 1


async def test_of_those_that_are_due_the_most_overdue_comes_first(sara: Candidate, clock: HandClock) -> None:
    assert await _rated(sara, Rating.GOOD) == 1
    assert await _rated(sara, Rating.AGAIN) == 2
    clock.advance(timedelta(days=10))
    assert [await _rated(sara, Rating.EASY) for _ in range(3)] == [2, 1, 3]


async def test_when_nothing_is_due_or_new_an_unrated_one_comes_first(sara: Candidate, clock: HandClock) -> None:
    assert await _rated(sara, Rating.EASY) == 1
    assert await _next(sara) == 2
    clock.advance(timedelta(minutes=1))
    assert await _next(sara) == 3
    clock.advance(timedelta(minutes=1))
    assert [await _next(sara), await _next(sara)] == [2, 3]


async def test_when_all_are_rated_the_one_that_is_due_soonest_comes(sara: Candidate) -> None:
    assert [await _rated(sara, rating) for rating in (Rating.EASY, Rating.GOOD, Rating.EASY)] == [1, 2, 3]
    assert await _next(sara) == 2


async def test_there_is_always_something_to_practise(sara: Candidate, clock: HandClock) -> None:
    numbers = []
    for _ in range(9):
        clock.advance(timedelta(minutes=1))
        numbers.append(await _next(sara))
    assert numbers == [1, 2, 3] * 3


async def test_what_ivan_practises_does_not_change_what_sara_gets(sara: Candidate, ivan: Candidate) -> None:
    await _rated(ivan, Rating.AGAIN)
    await _next(ivan)
    assert await _next(sara) == 1


async def test_the_other_track_has_its_own_order(sara: Candidate) -> None:
    await _rated(sara, Rating.GOOD)
    await sara.chooses_track(Track.SUPPORT_ENGINEER)
    asked = await sara.asks_for_another()
    assert (asked.question.number, asked.question.total) == (1, 14)
    await sara.chooses_track(Track.SUPPORT_MANAGER)
    assert await _next(sara) == 2
