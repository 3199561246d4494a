"""A question put off until later today comes once, when it was promised, if it still has to."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.db.models import DeliveryKind
from bot.domain.errors import AlreadyAnswered, AlreadyClosed
from bot.domain.identity import AttemptId, Track
from bot.services.pushes import NotNeeded, QuestionPush
from tests.support.candidate import Candidate
from tests.support.coach import HandClock
from tests.support.postman import Postman

THREE_HOURS = timedelta(hours=3)


def _sunday(hour: int, minute: int = 0) -> datetime:
    """A moment of Sunday, 22 November, by Tehran's clocks."""
    return datetime(2026, 11, 22, hour, minute, tzinfo=UTC) - timedelta(hours=3, minutes=30)


@pytest.fixture
async def question(sara: Candidate) -> AttemptId:
    """Sara's question of Sunday morning, asked at 9:30."""
    return (await sara.asks_for_another()).attempt_id


async def _promised(sara: Candidate, question: AttemptId) -> datetime:
    put_off = await sara.puts_off(question)
    assert put_off.today_at is not None
    return put_off.today_at


async def test_it_comes_in_three_hours_and_not_before(
    sara: Candidate, question: AttemptId, clock: HandClock, postman: Postman
) -> None:
    promised = await _promised(sara, question)
    assert promised == clock.now() + THREE_HOURS
    clock.set(promised - timedelta(seconds=1))
    assert await postman.does_a_round() == []
    clock.set(promised)
    (posted,) = await postman.does_a_round()
    assert isinstance(posted.prepared, QuestionPush)
    assert posted.prepared.asked.attempt_id == question
    assert await postman.does_a_round() == []


async def test_in_the_evening_it_comes_at_ten(sara: Candidate, question: AttemptId, clock: HandClock) -> None:
    clock.set(_sunday(20, 15))
    assert await _promised(sara, question) == _sunday(22)


@pytest.mark.parametrize("minute", [1, 59])
async def test_late_in_the_evening_it_is_too_late_for_today(
    sara: Candidate, question: AttemptId, clock: HandClock, minute: int
) -> None:
    clock.set(_sunday(21, minute))
    put_off = await sara.puts_off(question)
    assert put_off.today_at is None
    assert put_off.next_at == _sunday(9) + timedelta(days=1)
    assert await sara.rows("deliveries") == []


async def test_pressing_twice_promises_the_same_hour_once(
    sara: Candidate, question: AttemptId, clock: HandClock, postman: Postman
) -> None:
    promised = await _promised(sara, question)
    clock.advance(timedelta(minutes=20))
    assert await _promised(sara, question) == promised
    clock.advance(THREE_HOURS)
    assert len(await postman.does_a_round()) == 1


async def test_it_can_be_put_off_once_more_when_it_has_come(
    sara: Candidate, question: AttemptId, clock: HandClock, postman: Postman
) -> None:
    clock.set(await _promised(sara, question))
    await postman.does_a_round()
    again = await _promised(sara, question)
    assert again == clock.now() + THREE_HOURS
    clock.set(again)
    assert len(await postman.does_a_round()) == 1


async def test_it_does_not_come_once_it_is_answered(
    sara: Candidate, question: AttemptId, clock: HandClock, postman: Postman
) -> None:
    clock.set(await _promised(sara, question))
    await sara.answers("I found the time.")
    assert [type(posted.prepared) for posted in await postman.does_a_round()] == [NotNeeded]


async def test_it_does_not_come_once_it_is_skipped_and_another_is_open(
    sara: Candidate, question: AttemptId, clock: HandClock, postman: Postman
) -> None:
    clock.set(await _promised(sara, question))
    await sara.skips(question)
    await sara.asks_for_another()
    assert [type(posted.prepared) for posted in await postman.does_a_round()] == [NotNeeded]


async def test_it_does_not_come_during_a_pause(
    sara: Candidate, question: AttemptId, clock: HandClock, postman: Postman
) -> None:
    clock.set(await _promised(sara, question))
    await sara.pauses(7)
    assert [type(posted.prepared) for posted in await postman.does_a_round()] == [NotNeeded]


async def test_it_does_not_come_on_the_next_day(
    sara: Candidate, question: AttemptId, clock: HandClock, postman: Postman
) -> None:
    """The bot was down in the meantime; the new day has its own hour."""
    await _promised(sara, question)
    clock.set(_sunday(0, 30) + timedelta(days=1))
    assert [type(posted.prepared) for posted in await postman.does_a_round()] == [NotNeeded]
    clock.set(_sunday(9) + timedelta(days=1))
    (posted,) = await postman.does_a_round()
    assert posted.claimed.kind is DeliveryKind.QUESTION


async def test_a_question_put_off_in_the_morning_does_not_come_at_the_usual_hour(
    sara: Candidate, question: AttemptId, clock: HandClock, postman: Postman
) -> None:
    """Sunday's question, put off on Monday at 8:30: at 9:00 she is left alone."""
    monday = timedelta(days=1)
    clock.set(_sunday(8, 30) + monday)
    promised = await _promised(sara, question)
    clock.set(_sunday(9) + monday)
    assert await postman.does_a_round() == []
    clock.set(promised)
    (posted,) = await postman.does_a_round()
    assert isinstance(posted.prepared, QuestionPush)
    assert posted.prepared.asked.attempt_id == question


async def test_a_push_that_was_asked_for_is_not_counted_as_ignored(
    sara: Candidate, question: AttemptId, clock: HandClock, postman: Postman
) -> None:
    """Seven ignored daily questions stop the pushes, not seven in all."""
    await sara.is_there()
    clock.set(await _promised(sara, question))
    await postman.does_a_round()
    kinds = []
    for day in range(1, 9):
        clock.set(_sunday(9) + timedelta(days=day))
        kinds += [posted.claimed.kind for posted in await postman.does_a_round()]
    assert kinds == [DeliveryKind.QUESTION] * 7 + [DeliveryKind.PAUSE_NOTICE]


async def test_an_answered_question_cannot_be_put_off(sara: Candidate, question: AttemptId) -> None:
    await sara.answers("Done already.")
    with pytest.raises(AlreadyAnswered):
        await sara.puts_off(question)


async def test_a_question_that_was_left_cannot_be_put_off(sara: Candidate, question: AttemptId) -> None:
    await sara.chooses_track(Track.SUPPORT_ENGINEER)
    with pytest.raises(AlreadyClosed):
        await sara.puts_off(question)
