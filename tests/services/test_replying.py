"""An answer sent as a reply goes to the question that it replies to, however old that is."""

from datetime import timedelta

import pytest

from bot.db.engine import Database
from bot.domain.errors import NothingAnswered
from bot.domain.identity import AttemptId
from bot.domain.review import Rating
from bot.services import answering, reviewing
from tests.support.candidate import Candidate
from tests.support.coach import HandClock


@pytest.fixture
async def question(sara: Candidate) -> AttemptId:
    """An older question: answered, and left for another."""
    asked = await sara.asks_for_another()
    await sara.answers("Typed at once.")
    return asked.attempt_id


@pytest.fixture
async def shown(sara: Candidate, question: AttemptId) -> int:
    """The id of the message with the older question."""
    return await sara.is_shown(await sara.is_asked_again(question))


@pytest.fixture
async def newer(sara: Candidate, shown: int, clock: HandClock) -> AttemptId:
    """The question that is open now."""
    clock.advance(timedelta(days=1))
    return (await sara.asks_for_another()).attempt_id


async def test_a_reply_to_an_older_question_goes_there(
    sara: Candidate, question: AttemptId, shown: int, newer: AttemptId
) -> None:
    draft = await sara.answers("An afterthought.", reply_to=shown)
    assert draft.attempt_id == question
    assert await sara.answer_to(question) == ["Typed at once.", "An afterthought."]
    assert await sara.answer_to(newer) == []


async def test_what_follows_without_a_reply_goes_to_the_open_question(
    sara: Candidate, question: AttemptId, shown: int, newer: AttemptId
) -> None:
    await sara.answers("An afterthought.", reply_to=shown)
    await sara.answers("To the new one.")
    assert await sara.answer_to(newer) == ["To the new one."]


async def test_a_reply_to_ones_own_words_goes_to_their_question(
    sara: Candidate, question: AttemptId, newer: AttemptId
) -> None:
    own = min(sara.said)
    assert (await sara.answers("As I said there.", reply_to=own)).attempt_id == question


async def test_a_reply_to_the_status_or_to_the_reveal_goes_to_their_question(
    db: Database, sara: Candidate, question: AttemptId, newer: AttemptId
) -> None:
    status, reveal = sara.new_message_id(), sara.new_message_id()
    async with db.begin() as session:
        await answering.note_status_message(session, sara.id, question, status)
        await reviewing.note_reveal_message(session, sara.id, question, reveal)
    assert (await sara.answers("One more.", reply_to=status)).attempt_id == question
    assert (await sara.answers("And more.", reply_to=reveal)).attempt_id == question


async def test_a_reply_to_something_else_goes_to_the_open_question(
    sara: Candidate, question: AttemptId, newer: AttemptId
) -> None:
    settings_page = sara.new_message_id()
    assert (await sara.answers("My answer.", reply_to=settings_page)).attempt_id == newer


async def test_a_reply_with_no_question_open_still_finds_its_question(
    sara: Candidate, question: AttemptId, shown: int
) -> None:
    newer = await sara.asks_for_another()
    await sara.skips(newer.attempt_id)
    assert (await sara.answers("An afterthought.", reply_to=shown)).attempt_id == question


async def test_a_skipped_question_can_be_answered_after_all(sara: Candidate) -> None:
    asked = await sara.asks_for_another()
    shown = await sara.is_shown(asked)
    await sara.skips(asked.attempt_id)
    assert (await sara.answers("Now I know.", reply_to=shown)).attempt_id == asked.attempt_id
    assert await sara.answer_to(asked.attempt_id) == ["Now I know."]


async def test_a_reply_to_a_revealed_question_is_another_try_beside_the_open_one(
    sara: Candidate, question: AttemptId, shown: int, newer: AttemptId
) -> None:
    await sara.reveals(question)
    again = await sara.answers("Better.", reply_to=shown)
    more = await sara.answers("Much better.", reply_to=shown)
    assert again.attempt_id == more.attempt_id
    assert again.attempt_id not in {question, newer}
    assert await sara.answer_to(question) == ["Typed at once."]
    assert await sara.answer_to(again.attempt_id) == ["Better.", "Much better."]
    await sara.answers("To the new one.")
    assert await sara.answer_to(newer) == ["To the new one."]


async def test_what_follows_another_try_belongs_to_it_while_no_question_is_open(
    sara: Candidate, question: AttemptId, shown: int, clock: HandClock
) -> None:
    await sara.reveals(question)
    again = await sara.answers("Better.", reply_to=shown)
    clock.advance(timedelta(minutes=30))
    assert (await sara.answers("And one more thing.")).attempt_id == again.attempt_id
    clock.advance(timedelta(hours=2))
    assert await sara.types("Good evening!") is None
    assert await sara.answer_to(again.attempt_id) == ["Better.", "And one more thing."]


async def test_what_follows_another_try_after_its_reveal_is_no_answer(
    sara: Candidate, question: AttemptId, shown: int
) -> None:
    await sara.reveals(question)
    again = await sara.answers("Better.", reply_to=shown)
    await sara.reveals(again.attempt_id)
    assert await sara.types("And one more thing.") is None


async def test_another_try_is_of_the_same_question_and_is_revealed_and_rated_as_any(
    sara: Candidate, question: AttemptId, shown: int, newer: AttemptId
) -> None:
    first = await sara.reveals(question)
    again = await sara.answers("Better.", reply_to=shown)
    second = await sara.reveals(again.attempt_id)
    assert second.question == first.question
    rated = await sara.rates(again.attempt_id, Rating.EASY)
    assert (rated.rating, rated.answer_message_id) == (Rating.EASY, max(sara.said))


async def test_there_is_always_one_more_try(sara: Candidate, question: AttemptId, shown: int) -> None:
    tries = [question]
    for number in range(3):
        await sara.reveals(tries[-1])
        tries.append((await sara.answers(f"Try {number}.", reply_to=shown)).attempt_id)
    assert len(set(tries)) == 4
    assert [await sara.answer_to(one) for one in tries[1:]] == [["Try 0."], ["Try 1."], ["Try 2."]]


async def test_a_reply_to_an_old_reveal_goes_to_the_question_when_it_is_open_again(
    sara: Candidate, question: AttemptId, shown: int, clock: HandClock
) -> None:
    await sara.reveals(question)
    await sara.rates(question, Rating.AGAIN)
    clock.advance(timedelta(days=2))
    returned = await sara.asks_for_another()
    assert returned.question.number == 1
    assert (await sara.answers("Better.", reply_to=shown)).attempt_id == returned.attempt_id


async def test_a_repeated_reply_opens_one_try(sara: Candidate, question: AttemptId, shown: int) -> None:
    await sara.reveals(question)
    message = sara.message("Better.", reply_to=shown)
    first = await sara.sends(message)
    assert first is not None
    await sara.reveals(first.attempt_id)
    again = await sara.sends(message)
    assert again is not None
    assert again.attempt_id == first.attempt_id
    assert len(await sara.rows("attempts")) == 2


async def test_another_try_that_was_cleared_cannot_be_revealed(
    sara: Candidate, question: AttemptId, shown: int
) -> None:
    await sara.reveals(question)
    again = await sara.answers("Better.", reply_to=shown)
    assert again.last_message_id is not None
    await sara.starts_over(again.attempt_id, again.last_message_id)
    with pytest.raises(NothingAnswered):
        await sara.reveals(again.attempt_id)


async def test_a_reply_never_reaches_a_question_of_somebody_else(
    sara: Candidate, ivan: Candidate, question: AttemptId, shown: int
) -> None:
    """Message ids are counted in each chat: Sara's are not Ivan's."""
    asked = await ivan.asks_for_another()
    assert (await ivan.answers("Mine.", reply_to=shown)).attempt_id == asked.attempt_id
    assert await sara.answer_to(question) == ["Typed at once."]
