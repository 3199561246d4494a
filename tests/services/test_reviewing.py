"""The reveal comes after a try or a skip, and the first rating counts."""

from datetime import timedelta

import pytest

from bot.db.engine import Database
from bot.domain.errors import NothingAnswered, UnknownAttempt
from bot.domain.identity import AttemptId
from bot.domain.review import Rating
from bot.services import reviewing
from bot.services.reviewing import Revealed
from tests.support.candidate import Candidate
from tests.support.coach import HandClock
from tests.support.sets import manager_set


@pytest.fixture
async def question(sara: Candidate) -> AttemptId:
    return (await sara.asks_for_another()).attempt_id


@pytest.fixture
async def answered(sara: Candidate, question: AttemptId) -> AttemptId:
    await sara.answers("I listen.")
    await sara.answers("I act.")
    return question


async def test_without_a_try_there_is_nothing_to_reveal(sara: Candidate, question: AttemptId) -> None:
    before = await sara.exports()
    with pytest.raises(NothingAnswered):
        await sara.reveals(question)
    assert await sara.exports() == before


async def test_a_hint_is_no_try(sara: Candidate, question: AttemptId) -> None:
    await sara.takes_the_hint(question)
    with pytest.raises(NothingAnswered):
        await sara.reveals(question)


async def test_the_reveal_shows_all_that_was_held_back(sara: Candidate, answered: AttemptId) -> None:
    revealed = await sara.reveals(answered)
    text = manager_set().items[0].fa
    assert (revealed.question.purpose, revealed.question.guidance) == (text.purpose, text.guidance)
    assert revealed.question.model_answer == text.model_answer
    assert revealed.answer_message_id == max(sara.said)


async def test_the_better_it_went_the_longer_it_stays_away(sara: Candidate, answered: AttemptId) -> None:
    intervals = (await sara.reveals(answered)).intervals
    assert list(intervals) == list(Rating)
    again, hard, good, easy = intervals.values()
    assert timedelta() < again <= hard < good < easy


async def test_the_reveal_closes_the_question(sara: Candidate, answered: AttemptId) -> None:
    await sara.reveals(answered)
    assert (await sara.asks_for_another()).attempt_id != answered


async def test_revealing_again_shows_the_same(
    db: Database, sara: Candidate, answered: AttemptId, clock: HandClock
) -> None:
    first = await sara.reveals(answered)
    async with db.begin() as session:
        await reviewing.note_reveal_message(session, sara.id, answered, sara.new_message_id())
    (before,) = await sara.rows("attempts")
    clock.advance(timedelta(days=3))
    again = await sara.reveals(answered)
    assert await sara.rows("attempts") == [before], "it was revealed when it was revealed first"
    assert first.message_id is None
    assert again.message_id is not None, "there is a message to point to already"
    assert (again.question, again.answer_message_id, again.rating) == (first.question, first.answer_message_id, None)


@pytest.mark.parametrize("rating", Rating)
async def test_a_rated_question_returns_when_the_button_said_so(
    sara: Candidate, answered: AttemptId, clock: HandClock, rating: Rating
) -> None:
    promised = (await sara.reveals(answered)).intervals[rating]
    rated = await sara.rates(answered, rating)
    assert (rated.rating, rated.returns_at, rated.intervals) == (rating, clock.now() + promised, {})


async def test_the_first_rating_counts(sara: Candidate, answered: AttemptId, clock: HandClock) -> None:
    await sara.reveals(answered)
    rated = await sara.rates(answered, Rating.HARD)
    card = await sara.rows("cards")
    clock.advance(timedelta(minutes=5))
    assert await sara.rates(answered, Rating.EASY) == rated
    assert await sara.rows("cards") == card


async def test_nothing_can_be_rated_before_the_reveal(sara: Candidate, answered: AttemptId) -> None:
    with pytest.raises(NothingAnswered):
        await sara.rates(answered, Rating.EASY)
    assert await sara.rows("cards") == []


async def test_a_skipped_question_is_revealed_without_a_rating(sara: Candidate, question: AttemptId) -> None:
    skipped = await sara.skips(question)
    revealed = await sara.reveals(question)
    assert (revealed.intervals, revealed.rating, revealed.answer_message_id) == ({}, None, None)
    assert revealed.returns_at == skipped.returns_at


async def test_a_button_cannot_rate_what_was_skipped(sara: Candidate, question: AttemptId) -> None:
    await sara.skips(question)
    await sara.reveals(question)
    card = await sara.rows("cards")
    assert (await sara.rates(question, Rating.EASY)).rating is None
    assert await sara.rows("cards") == card


async def test_what_went_well_stays_away_longer_and_longer(sara: Candidate, clock: HandClock) -> None:
    stays = []
    for _ in range(4):
        asked = await sara.asks_for_another()
        assert asked.question.number == 1
        await sara.answers("An answer.")
        await sara.reveals(asked.attempt_id)
        returns_at = (await sara.rates(asked.attempt_id, Rating.GOOD)).returns_at
        assert returns_at is not None
        stays.append(returns_at - clock.now())
        clock.set(returns_at)
    assert stays == sorted(set(stays))


async def test_a_clock_that_was_wrong_at_the_last_rating_does_no_harm(sara: Candidate, clock: HandClock) -> None:
    right = clock.now()
    clock.advance(timedelta(days=400))
    await sara.finishes()
    shown = max(message_id for message_id in sara.said) - 1  # the question, just before the answer
    clock.set(right)
    again = await sara.answers("Once more.", reply_to=shown)
    intervals = (await sara.reveals(again.attempt_id)).intervals
    assert all(interval > timedelta() for interval in intervals.values())
    rated = await sara.rates(again.attempt_id, Rating.GOOD)
    assert rated.returns_at is not None
    assert right < rated.returns_at < right + timedelta(days=200)


async def test_sara_and_ivan_each_remember_for_themselves(sara: Candidate, ivan: Candidate) -> None:
    hers = await sara.finishes(Rating.EASY)
    his = await ivan.finishes(Rating.AGAIN)
    assert hers.question.id == his.question.id
    assert hers.returns_at is not None
    assert his.returns_at is not None
    assert his.returns_at < hers.returns_at


LISTENS = "من اول به حرفش خوب گوش می‌کنم و آرام می‌مانم."


async def revealed_to(sara: Candidate, said: str) -> Revealed:
    """The reveal of the manager's question about an angry customer."""
    while True:
        asked = await sara.asks_for_another()
        await sara.answers(said)
        revealed = await sara.reveals(asked.attempt_id)
        if {point.name for point in revealed.question.points} >= {"listens", "stays-calm"}:
            return revealed


async def test_the_reveal_tells_which_points_the_answer_makes(sara: Candidate) -> None:
    revealed = await revealed_to(sara, LISTENS)
    assert [ticked.label for ticked in revealed.ticks] == [point.label for point in revealed.question.points]
    said = {ticked.label: ticked.said for ticked in revealed.ticks if ticked.made}
    assert {words for words in said.values() if words} <= {
        LISTENS[a:b] for a in range(len(LISTENS)) for b in range(a, 60)
    }
    assert len(said) == 2


async def test_what_is_typed_after_the_reveal_changes_no_tick(sara: Candidate) -> None:
    revealed = await revealed_to(sara, "نمی‌دانم چه بگویم.")
    assert not any(ticked.made for ticked in revealed.ticks)
    again = await sara.reveals(revealed.attempt_id)
    assert again.ticks == revealed.ticks


async def test_a_skipped_question_has_no_ticks(sara: Candidate, question: AttemptId) -> None:
    await sara.skips(question)
    assert (await sara.reveals(question)).ticks == ()


async def test_the_author_puts_a_tick_right_and_it_is_counted(sara: Candidate, db: Database) -> None:
    revealed = await revealed_to(sara, LISTENS)
    wrong = next(ticked for ticked in revealed.ticks if ticked.made)
    missed = next(ticked for ticked in revealed.ticks if not ticked.made)
    await sara.corrects(revealed.attempt_id, wrong.place, made=False)
    corrected = await sara.corrects(revealed.attempt_id, missed.place, made=True)
    assert [ticked.made for ticked in corrected.ticks].count(True) == 2
    async with db.read() as session:
        counted = await reviewing.corrections(session)
    assert [(row.mistaken, row.missed) for row in counted if row.mistaken or row.missed] in (
        [(0, 1), (1, 0)],
        [(1, 0), (0, 1)],
    )


async def test_pressing_back_and_twice_counts_for_nothing(sara: Candidate, db: Database) -> None:
    revealed = await revealed_to(sara, LISTENS)
    missed = next(ticked for ticked in revealed.ticks if not ticked.made)
    for made in (True, True, False, False):
        shown = await sara.corrects(revealed.attempt_id, missed.place, made=made)
    assert shown.ticks == revealed.ticks
    async with db.read() as session:
        assert not any(row.missed or row.mistaken for row in await reviewing.corrections(session))


async def test_a_tick_that_there_is_not_cannot_be_set(sara: Candidate, answered: AttemptId) -> None:
    with pytest.raises(UnknownAttempt):
        await sara.corrects(answered, 0, made=True)
    await sara.reveals(answered)
    with pytest.raises(UnknownAttempt):
        await sara.corrects(answered, 50, made=True)
