"""One question at a time is put to a user, and shown as it stands."""

import asyncio
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.errors import AlreadyAnswered, AlreadyClosed, NoQuestions, UnknownUser
from bot.domain.identity import Locale, Track
from bot.services.asking import Asked, DoneForToday
from bot.services.pushes import QuestionPush
from tests.support.candidate import Candidate
from tests.support.coach import HandClock
from tests.support.postman import Postman
from tests.support.sets import manager_set

MONDAY_NINE_IN_TEHRAN = datetime(2026, 11, 23, 5, 30, tzinfo=UTC)


async def _todays(candidate: Candidate) -> Asked:
    asked = await candidate.asks_for_today()
    assert isinstance(asked, Asked), asked
    return asked


async def _open_attempts(candidate: Candidate) -> int:
    return sum(attempt["closed_at"] is None for attempt in await candidate.rows("attempts"))


async def test_the_first_question_is_the_sets_first_in_the_users_language(sara: Candidate, ivan: Candidate) -> None:
    for candidate, locale in ((sara, Locale.FA), (ivan, Locale.RU)):
        asked = await _todays(candidate)
        text = manager_set().items[0].text(locale)
        assert (asked.question.number, asked.question.total) == (1, 17)
        assert (asked.question.prompt, asked.question.guidance) == (text.prompt, text.guidance)
        assert [point.label for point in asked.question.points] == [point.label for point in text.points.values()]


async def test_the_first_question_is_due_until_it_is_in_the_chat(sara: Candidate) -> None:
    """Whatever is cut short between the choice and the message is made good by repeating the choice."""
    first = await sara.is_due_for_the_first()
    again = await sara.is_due_for_the_first()
    assert first is not None
    assert again is not None
    assert again.attempt_id == first.attempt_id
    await sara.is_shown(first)
    assert await sara.is_due_for_the_first() is None
    await sara.answers("My answer.")
    await sara.reveals(first.attempt_id)
    assert await sara.is_due_for_the_first() is None


async def test_the_first_question_waits_for_the_track(newcomer: Candidate) -> None:
    newcomer.locale = Locale.RU
    await newcomer.presses_start()
    assert await newcomer.is_due_for_the_first() is None


async def test_an_open_question_is_shown_in_a_language_chosen_later(sara: Candidate) -> None:
    asked = await _todays(sara)
    await sara.chooses_locale(Locale.RU)
    again = await sara.is_asked_again(asked.attempt_id)
    assert again.question.prompt == manager_set().items[0].ru.prompt


async def test_asking_again_shows_the_same_question(sara: Candidate) -> None:
    first = await _todays(sara)
    second = await _todays(sara)
    assert (first.shown, second.shown) == (False, True)
    assert second.attempt_id == first.attempt_id == (await sara.asks_for_another()).attempt_id


async def test_many_taps_at_once_open_one_question(sara: Candidate) -> None:
    taps: list[Awaitable[Asked | DoneForToday]] = [sara.asks_for_today() for _ in range(4)]
    taps += [sara.asks_for_another() for _ in range(4)]
    asked = await asyncio.gather(*taps)
    assert len({one.attempt_id for one in asked if isinstance(one, Asked)}) == 1
    assert await _open_attempts(sara) == 1


async def test_after_the_reveal_the_day_is_done(sara: Candidate) -> None:
    await sara.finishes()
    assert await sara.asks_for_today() == DoneForToday(MONDAY_NINE_IN_TEHRAN)


async def test_a_day_done_names_no_next_one_in_a_pause(sara: Candidate) -> None:
    await sara.finishes()
    await sara.pauses(None)
    assert await sara.asks_for_today() == DoneForToday(None)


async def test_whoever_wants_more_gets_the_next_question(sara: Candidate) -> None:
    await sara.finishes()
    assert (await sara.asks_for_another()).question.number == 2


async def test_in_a_pause_a_question_can_be_had_by_hand(sara: Candidate) -> None:
    await sara.pauses(None)
    assert (await _todays(sara)).question.number == 1
    assert (await sara.preferences()).next_question_at is None


async def test_the_next_day_has_its_own_question(sara: Candidate, clock: HandClock) -> None:
    await sara.finishes()
    clock.advance(timedelta(days=1))
    assert (await _todays(sara)).question.number == 2


async def test_a_question_taken_early_is_the_days_question(sara: Candidate, clock: HandClock, postman: Postman) -> None:
    clock.set(MONDAY_NINE_IN_TEHRAN - timedelta(hours=3))
    await _todays(sara)
    clock.set(MONDAY_NINE_IN_TEHRAN)
    assert await postman.does_a_round() == []


async def test_looking_at_yesterdays_answer_does_not_use_up_the_days_question(
    sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    asked = await _todays(sara)
    await sara.answers("Sunday's answer.")
    clock.set(MONDAY_NINE_IN_TEHRAN - timedelta(hours=3))
    assert (await _todays(sara)).attempt_id == asked.attempt_id
    await sara.reveals(asked.attempt_id)
    clock.set(MONDAY_NINE_IN_TEHRAN)
    (posted,) = await postman.does_a_round()
    assert isinstance(posted.prepared, QuestionPush)
    assert posted.prepared.asked.question.number == 2


async def test_an_unanswered_question_waits_from_the_users_next_day_on(sara: Candidate, clock: HandClock) -> None:
    asked = await _todays(sara)
    clock.set(datetime(2026, 11, 22, 20, 29, tzinfo=UTC))  # 23:59 in Tehran
    assert not (await sara.is_asked_again(asked.attempt_id)).waiting
    clock.advance(timedelta(minutes=1))
    assert (await sara.is_asked_again(asked.attempt_id)).waiting


async def test_an_answered_question_does_not_wait(sara: Candidate, clock: HandClock) -> None:
    asked = await _todays(sara)
    await sara.answers("I would calm the customer first.")
    clock.advance(timedelta(days=1))
    shown = await sara.is_asked_again(asked.attempt_id)
    assert (shown.answered, shown.waiting) == (True, False)


async def test_another_question_leaves_the_answered_one_to_be_revealed_later(sara: Candidate) -> None:
    first = await _todays(sara)
    await sara.answers("The first answer.")
    second = await sara.asks_for_another()
    assert second.attempt_id != first.attempt_id
    await sara.answers("The second answer.")
    await sara.reveals(first.attempt_id)
    assert await sara.answer_to(first.attempt_id) == ["The first answer."]
    assert await sara.answer_to(second.attempt_id) == ["The second answer."]
    assert await _open_attempts(sara) == 1


async def test_a_hint_stays_and_answers_nothing(sara: Candidate) -> None:
    asked = await _todays(sara)
    assert not asked.hinted
    assert (await sara.takes_the_hint(asked.attempt_id)).hinted
    again = await sara.takes_the_hint(asked.attempt_id)
    assert (again.hinted, again.answered) == (True, False)


async def test_a_skipped_question_returns_on_another_day(sara: Candidate, clock: HandClock) -> None:
    asked = await _todays(sara)
    skipped = await sara.skips(asked.attempt_id)
    assert skipped.returns_at is not None
    assert skipped.returns_at.date() > clock.now().date()
    assert (await sara.asks_for_another()).question.number == 2
    clock.set(skipped.returns_at)
    await sara.skips((await sara.asks_for_another()).attempt_id)
    assert (await sara.asks_for_another()).question.number == 1


async def test_skipping_twice_is_skipping_once(sara: Candidate, clock: HandClock) -> None:
    asked = await _todays(sara)
    once = await sara.skips(asked.attempt_id)
    card = await sara.rows("cards")
    clock.advance(timedelta(minutes=5))
    assert await sara.skips(asked.attempt_id) == once
    assert await sara.rows("cards") == card


async def test_an_answered_question_cannot_be_skipped(sara: Candidate) -> None:
    asked = await _todays(sara)
    await sara.answers("Something.")
    with pytest.raises(AlreadyAnswered):
        await sara.skips(asked.attempt_id)
    await sara.reveals(asked.attempt_id)
    with pytest.raises(AlreadyAnswered):
        await sara.skips(asked.attempt_id)


async def test_a_question_cleared_of_its_answer_can_be_skipped(sara: Candidate) -> None:
    asked = await _todays(sara)
    draft = await sara.answers("Something.")
    assert draft.last_message_id is not None
    await sara.starts_over(asked.attempt_id, draft.last_message_id)
    assert (await sara.skips(asked.attempt_id)).returns_at is not None


async def test_a_question_left_for_another_job_cannot_be_skipped(sara: Candidate) -> None:
    asked = await _todays(sara)
    await sara.chooses_track(Track.SUPPORT_ENGINEER)
    with pytest.raises(AlreadyClosed):
        await sara.skips(asked.attempt_id)


async def test_without_a_track_there_is_nothing_to_ask(newcomer: Candidate) -> None:
    newcomer.locale = Locale.RU
    await newcomer.presses_start()
    with pytest.raises(NoQuestions):
        await newcomer.asks_for_today()
    with pytest.raises(NoQuestions):
        await newcomer.asks_for_another()


async def test_a_stranger_gets_no_question(newcomer: Candidate) -> None:
    with pytest.raises(UnknownUser):
        await newcomer.asks_for_today()
