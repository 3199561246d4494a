"""A long answer that the Telegram client cuts into messages of 4096 characters comes out whole."""

from datetime import timedelta

import pytest

from bot.domain.answer import MESSAGE_UNITS
from bot.domain.identity import AttemptId
from tests.support.candidate import Candidate
from tests.support.coach import HandClock

LONG_TEXT = " ".join(f"word{number:04}" for number in range(1, 1201))
"""Nine characters a word, blanks included: three messages."""


def _pieces(text: str, size: int = MESSAGE_UNITS) -> list[str]:
    """As a client cuts it: at the last blank that fits."""
    pieces = []
    while len(text) > size:
        cut = text.rindex(" ", 0, size)
        pieces.append(text[:cut])
        text = text[cut + 1 :]
    return [*pieces, text]


@pytest.fixture
async def question(sara: Candidate) -> AttemptId:
    return (await sara.asks_for_another()).attempt_id


async def _whole(candidate: Candidate, attempt_id: AttemptId) -> str:
    return " ".join(await candidate.answer_to(attempt_id))


async def test_a_long_answer_is_one_answer(sara: Candidate, question: AttemptId) -> None:
    for piece in _pieces(LONG_TEXT):
        draft = await sara.answers(piece)
    assert (draft.messages, draft.words) == (3, 1200)
    assert await _whole(sara, question) == LONG_TEXT


async def test_the_pieces_stay_together_when_another_question_comes_between(
    sara: Candidate, question: AttemptId, clock: HandClock
) -> None:
    """They may arrive in different polls, with a button pressed in the meantime."""
    beginning, *rest = (sara.message(piece) for piece in _pieces(LONG_TEXT))
    await sara.sends(beginning)
    clock.advance(timedelta(minutes=10))  # an outage; the pieces were sent in the same second all the same
    second = await sara.asks_for_another()
    for piece in rest:
        await sara.sends(piece)
    assert await _whole(sara, question) == LONG_TEXT
    assert await sara.answer_to(second.attempt_id) == []


async def test_a_long_reply_to_an_older_question_goes_there_as_a_whole(sara: Candidate, question: AttemptId) -> None:
    """The client says of the first piece alone that it is a reply."""
    shown = await sara.is_shown(await sara.is_asked_again(question))
    await sara.answers("Short.")
    second = await sara.asks_for_another()
    beginning, *rest = _pieces(LONG_TEXT)
    await sara.answers(beginning, reply_to=shown)
    for piece in rest:
        await sara.answers(piece)
    assert await _whole(sara, question) == f"Short. {LONG_TEXT}"
    assert await sara.answer_to(second.attempt_id) == []


async def test_a_long_reply_to_a_revealed_question_is_one_new_try(sara: Candidate, question: AttemptId) -> None:
    shown = await sara.is_shown(await sara.is_asked_again(question))
    await sara.answers("Short.")
    await sara.reveals(question)
    beginning, *rest = _pieces(LONG_TEXT)
    again = await sara.answers(beginning, reply_to=shown)
    for piece in rest:
        await sara.answers(piece)
    assert again.attempt_id != question
    assert await _whole(sara, again.attempt_id) == LONG_TEXT
    assert await _whole(sara, question) == "Short."


async def test_letters_that_telegram_counts_twice_are_counted_twice(sara: Candidate, question: AttemptId) -> None:
    await sara.answers("😀" * (MESSAGE_UNITS // 2))
    second = await sara.asks_for_another()
    await sara.answers("the end")
    assert len(await sara.answer_to(question)) == 2
    assert await sara.answer_to(second.attempt_id) == []


async def test_a_short_message_is_the_end_of_what_it_says(sara: Candidate, question: AttemptId) -> None:
    await sara.answers("Short.")
    second = await sara.asks_for_another()
    await sara.answers("To the second.")
    assert await sara.answer_to(question) == ["Short."]
    assert await sara.answer_to(second.attempt_id) == ["To the second."]


async def test_what_comes_a_while_after_a_long_message_was_not_cut_off_it(
    sara: Candidate, question: AttemptId, clock: HandClock
) -> None:
    await sara.answers("x" * MESSAGE_UNITS)
    second = await sara.asks_for_another()
    clock.advance(timedelta(seconds=10))
    await sara.answers("To the second.")
    assert await sara.answer_to(second.attempt_id) == ["To the second."]


async def test_a_reply_right_after_a_long_message_goes_where_it_replies_to(
    sara: Candidate, question: AttemptId
) -> None:
    await sara.answers("x" * MESSAGE_UNITS)
    second = await sara.asks_for_another()
    shown = await sara.is_shown(second)
    await sara.answers("To the second.", reply_to=shown)
    assert await sara.answer_to(second.attempt_id) == ["To the second."]


async def test_pieces_that_are_repeated_are_stored_once(sara: Candidate, question: AttemptId) -> None:
    pieces = [sara.message(piece) for piece in _pieces(LONG_TEXT)]
    for piece in (*pieces, *pieces, pieces[1]):
        await sara.sends(piece)
    assert await _whole(sara, question) == LONG_TEXT


async def test_a_piece_that_comes_after_the_reveal_does_not_change_the_revealed_answer(
    sara: Candidate, question: AttemptId
) -> None:
    await sara.answers("x" * MESSAGE_UNITS)
    await sara.reveals(question)
    assert await sara.types("the end") is None
    assert await sara.answer_to(question) == ["x" * MESSAGE_UNITS]
