"""What is typed is stored once, in order, and stays the user's to mend until the reveal."""

import asyncio

import pytest

from bot.domain.errors import AlreadyClosed, NothingAnswered
from bot.domain.identity import AttemptId
from tests.support.candidate import Candidate


@pytest.fixture
async def question(sara: Candidate) -> AttemptId:
    """The question that Sara has before her."""
    return (await sara.asks_for_another()).attempt_id


async def test_an_answer_in_several_messages_is_one_answer_in_their_order(sara: Candidate, question: AttemptId) -> None:
    for text in ("First I listen.", "Then I repeat what I heard.", "Then I act."):
        draft = await sara.answers(text)
    assert (draft.attempt_id, draft.messages, draft.words) == (question, 3, 12)
    assert draft.last_message_id == max(sara.said)
    assert await sara.answer_to(question) == ["First I listen.", "Then I repeat what I heard.", "Then I act."]


async def test_the_order_is_that_of_typing_and_not_of_arrival(sara: Candidate, question: AttemptId) -> None:
    first, second = sara.message("First."), sara.message("Second.")
    await sara.sends(second)
    await sara.sends(first)
    assert await sara.answer_to(question) == ["First.", "Second."]


@pytest.mark.parametrize(
    "text",
    ["<b>bold</b> & \"quoted\" 'text'", "می‌خواهم\u200f گوش کنم", "👩🏽‍💻 ok", "  a\n\n\tb  ", "%s {0} \\ ' --", "0"],
)
async def test_words_are_stored_just_as_they_were_typed(sara: Candidate, question: AttemptId, text: str) -> None:
    await sara.answers(text)
    assert await sara.answer_to(question) == [text]


async def test_a_repeated_message_is_stored_once(sara: Candidate, question: AttemptId) -> None:
    message = sara.message("Said once.")
    first = await sara.sends(message)
    await sara.answers("And more.")
    again = await sara.sends(message)
    assert first is not None
    assert again is not None
    assert (first.messages, again.messages) == (1, 2)
    assert await sara.answer_to(question) == ["Said once.", "And more."]


async def test_a_message_repeated_many_times_at_once_is_stored_once(sara: Candidate, question: AttemptId) -> None:
    message = sara.message("Said once.")
    await asyncio.gather(*(sara.sends(message) for _ in range(8)))
    assert await sara.answer_to(question) == ["Said once."]


async def test_many_messages_at_once_are_all_stored(sara: Candidate, question: AttemptId) -> None:
    texts = [f"Part {number}." for number in range(12)]
    await asyncio.gather(*(sara.sends(sara.message(text)) for text in texts))
    assert await sara.answer_to(question) == texts


async def test_a_repeated_message_stays_with_its_question_when_another_is_open(
    sara: Candidate, question: AttemptId
) -> None:
    message = sara.message("To the first.")
    await sara.sends(message)
    second = await sara.asks_for_another()
    await sara.sends(message)
    assert await sara.answer_to(question) == ["To the first."]
    assert await sara.answer_to(second.attempt_id) == []
    assert not (await sara.is_asked_again(second.attempt_id)).answered


async def test_text_without_a_question_is_no_answer(sara: Candidate) -> None:
    assert await sara.types("Hello?") is None
    assert await sara.rows("answer_parts") == []


async def test_text_after_the_reveal_is_no_answer(sara: Candidate, question: AttemptId) -> None:
    await sara.answers("My try.")
    await sara.reveals(question)
    assert await sara.types("One more thing.") is None
    assert await sara.answer_to(question) == ["My try."]


async def test_an_edit_of_a_message_changes_the_answer_in_its_place(sara: Candidate, question: AttemptId) -> None:
    first = await sara.answers("Frist.")
    await sara.answers("Second.")
    assert first.last_message_id is not None
    draft = await sara.edits(first.last_message_id, "First of all.")
    assert draft is not None
    assert (draft.messages, draft.words) == (2, 4)
    assert await sara.answer_to(question) == ["First of all.", "Second."]


async def test_a_message_repeated_after_its_edit_does_not_undo_the_edit(sara: Candidate, question: AttemptId) -> None:
    message = sara.message("Frist.")
    await sara.sends(message)
    await sara.edits(message.id, "First.")
    await sara.sends(message)
    assert await sara.answer_to(question) == ["First."]


async def test_editing_a_message_that_was_no_answer_changes_nothing(sara: Candidate, question: AttemptId) -> None:
    await sara.answers("My answer.")
    assert await sara.edits(sara.new_message_id(), "Something else.") is None
    assert await sara.answer_to(question) == ["My answer."]


async def test_editing_touches_ones_own_message_alone(sara: Candidate, ivan: Candidate, question: AttemptId) -> None:
    """Message ids are counted in each chat, so two people have messages with the same id."""
    await ivan.asks_for_another()
    ivan.next_message_id = sara.next_message_id
    mine, his = await sara.answers("Mine."), await ivan.answers("His.")
    assert mine.last_message_id == his.last_message_id
    assert his.last_message_id is not None
    await ivan.edits(his.last_message_id, "His own.")
    assert await sara.answer_to(question) == ["Mine."]
    assert await ivan.answer_to(his.attempt_id) == ["His own."]


async def test_after_the_reveal_an_edit_comes_too_late(sara: Candidate, question: AttemptId) -> None:
    draft = await sara.answers("My try.")
    await sara.reveals(question)
    assert draft.last_message_id is not None
    with pytest.raises(AlreadyClosed):
        await sara.edits(draft.last_message_id, "The model answer.")
    assert await sara.answer_to(question) == ["My try."]


async def test_starting_over_sets_aside_what_was_typed(sara: Candidate, question: AttemptId) -> None:
    await sara.answers("A bad start.")
    draft = await sara.answers("Even worse.")
    assert draft.last_message_id is not None
    cleared = await sara.starts_over(question, draft.last_message_id)
    assert (cleared.words, cleared.messages, cleared.last_message_id) == (0, 0, None)
    assert not (await sara.is_asked_again(question)).answered
    with pytest.raises(NothingAnswered):
        await sara.reveals(question)


async def test_starting_over_twice_never_takes_what_came_after(sara: Candidate, question: AttemptId) -> None:
    draft = await sara.answers("A bad start.")
    assert draft.last_message_id is not None
    await sara.starts_over(question, draft.last_message_id)
    await sara.answers("A better one.")
    again = await sara.starts_over(question, draft.last_message_id)
    assert (again.messages, again.words) == (1, 3)
    assert await sara.answer_to(question) == ["A better one."]
    assert (await sara.is_asked_again(question)).answered


async def test_a_message_that_was_set_aside_does_not_come_back_when_telegram_repeats_it(
    sara: Candidate, question: AttemptId
) -> None:
    message = sara.message("A bad start.")
    await sara.sends(message)
    await sara.starts_over(question, message.id)
    draft = await sara.sends(message)
    assert draft is not None
    assert draft.messages == 0
    assert not (await sara.is_asked_again(question)).answered, "there is no answer, so nothing can be revealed"


async def test_after_the_reveal_nothing_can_be_set_aside(sara: Candidate, question: AttemptId) -> None:
    draft = await sara.answers("My try.")
    await sara.reveals(question)
    assert draft.last_message_id is not None
    with pytest.raises(AlreadyClosed):
        await sara.starts_over(question, draft.last_message_id)
    assert await sara.answer_to(question) == ["My try."]


async def test_starting_over_leaves_the_answers_to_other_questions(sara: Candidate, question: AttemptId) -> None:
    await sara.answers("To the first.")
    second = await sara.asks_for_another()
    draft = await sara.answers("To the second.")
    assert draft.last_message_id is not None
    await sara.starts_over(second.attempt_id, draft.last_message_id)
    assert await sara.answer_to(question) == ["To the first."]


async def test_the_time_aloud_grows_with_the_words(sara: Candidate, question: AttemptId) -> None:
    short = await sara.answers("کلمه " * 10)
    long = await sara.answers("کلمه " * 250)
    assert short.aloud.total_seconds() <= 10
    assert 110 <= long.aloud.total_seconds() <= 130, "two minutes are about 260 words"
