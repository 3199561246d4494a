"""What is sent is decided at the last moment: whatever has happened since the planning counts."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.db.deliveries import Claimed
from bot.db.engine import Database
from bot.domain.identity import Locale, Track
from bot.domain.schedule import QUIET_AFTER_PRACTICE
from bot.services.pushes import NotNeeded, NotYet, PauseNotice, QuestionPush
from tests.support.candidate import Candidate
from tests.support.coach import HandClock
from tests.support.postman import Postman
from tests.support.sets import manager_set, publish, with_items

MONDAY_NINE = datetime(2026, 11, 23, 5, 30, tzinfo=UTC)
"""Monday, 23 November, 9:00 in Tehran."""

MONDAY_MIDNIGHT = datetime(2026, 11, 23, 20, 30, tzinfo=UTC)
"""When that Monday ends in Tehran."""

DAY = timedelta(days=1)


@pytest.fixture
async def claimed(sara: Candidate, clock: HandClock, postman: Postman) -> Claimed:
    """Sara's question of Monday, in the sender's hands."""
    clock.set(MONDAY_NINE)
    await postman.plans()
    return await postman.claims_one()


@pytest.fixture
async def notice(sara: Candidate, clock: HandClock, postman: Postman) -> Claimed:
    """The news that Sara's pushes have stopped, in the sender's hands after seven ignored ones."""
    for day in range(7):
        clock.set(MONDAY_NINE + day * DAY)
        await postman.does_a_round()
    clock.set(MONDAY_NINE + 7 * DAY)
    await postman.plans()
    return await postman.claims_one()


async def test_the_question_goes_out_in_the_users_language(claimed: Claimed, postman: Postman) -> None:
    prepared = await postman.prepares(claimed)
    assert isinstance(prepared, QuestionPush)
    assert prepared.locale is Locale.FA
    assert prepared.asked.question.prompt == manager_set().items[0].fa.prompt


async def test_a_language_changed_meanwhile_counts(sara: Candidate, claimed: Claimed, postman: Postman) -> None:
    await sara.chooses_locale(Locale.RU)
    prepared = await postman.prepares(claimed)
    assert isinstance(prepared, QuestionPush)
    assert prepared.locale is Locale.RU
    assert prepared.asked.question.prompt == manager_set().items[0].ru.prompt


async def test_a_job_changed_meanwhile_counts(sara: Candidate, claimed: Claimed, postman: Postman) -> None:
    await sara.chooses_track(Track.SUPPORT_ENGINEER)
    prepared = await postman.prepares(claimed)
    assert isinstance(prepared, QuestionPush)
    assert prepared.asked.question.total == 14


async def test_an_unanswered_question_comes_again_and_no_second_one_on_top(
    sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    waiting = await sara.asks_for_another()
    clock.set(MONDAY_NINE)
    (posted,) = await postman.does_a_round()
    assert isinstance(posted.prepared, QuestionPush)
    assert posted.prepared.asked.attempt_id == waiting.attempt_id
    assert posted.prepared.asked.waiting


async def test_an_answered_question_makes_way_for_the_next(sara: Candidate, clock: HandClock, postman: Postman) -> None:
    answered = await sara.asks_for_another()
    await sara.answers("Typed, but never revealed.")
    clock.set(MONDAY_NINE)
    (posted,) = await postman.does_a_round()
    assert isinstance(posted.prepared, QuestionPush)
    assert posted.prepared.asked.question.number == 2
    await sara.reveals(answered.attempt_id)


async def test_a_sender_that_dies_before_sending_opens_one_question(
    sara: Candidate, claimed: Claimed, clock: HandClock, postman: Postman
) -> None:
    first = await postman.prepares(claimed)
    clock.advance(timedelta(minutes=1))
    second = await postman.prepares(await postman.claims_one())
    assert isinstance(first, QuestionPush)
    assert isinstance(second, QuestionPush)
    assert first.asked.attempt_id == second.asked.attempt_id


async def test_whoever_pauses_meanwhile_is_left_alone(sara: Candidate, claimed: Claimed, postman: Postman) -> None:
    await sara.pauses(3)
    assert isinstance(await postman.prepares(claimed), NotNeeded)


async def test_whoever_blocks_the_bot_meanwhile_is_left_alone(
    sara: Candidate, claimed: Claimed, postman: Postman
) -> None:
    await sara.blocks_the_bot()
    assert isinstance(await postman.prepares(claimed), NotNeeded)


async def test_whoever_practises_meanwhile_is_left_alone_for_an_hour(
    sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    """Sunday's question waits; Sara answers it in the seconds between the planning and the sending."""
    sunday = await sara.asks_for_another()
    clock.set(MONDAY_NINE)
    await postman.plans()
    await sara.answers("Sunday's answer.")
    await sara.reveals(sunday.attempt_id)
    (posted,) = await postman.does_a_round()
    assert isinstance(posted.prepared, NotYet)
    clock.advance(QUIET_AFTER_PRACTICE - timedelta(seconds=1))
    assert await postman.does_a_round() == []
    clock.advance(timedelta(seconds=1))
    (posted,) = await postman.does_a_round()
    assert isinstance(posted.prepared, QuestionPush)
    assert posted.prepared.asked.question.number == 2


async def test_whoever_takes_the_days_question_by_hand_meanwhile_gets_no_second_one(
    sara: Candidate, claimed: Claimed, clock: HandClock, postman: Postman
) -> None:
    clock.advance(timedelta(seconds=10))
    await sara.finishes()
    assert isinstance(await postman.prepares(claimed), NotNeeded | NotYet)
    clock.advance(2 * QUIET_AFTER_PRACTICE)
    for posted in await postman.does_a_round():
        assert isinstance(posted.prepared, NotNeeded)


async def test_until_midnight_the_days_question_goes_out(claimed: Claimed, clock: HandClock, postman: Postman) -> None:
    clock.set(MONDAY_MIDNIGHT - timedelta(seconds=1))
    assert isinstance(await postman.prepares(claimed), QuestionPush)


async def test_from_midnight_on_it_is_too_late_for_it(claimed: Claimed, clock: HandClock, postman: Postman) -> None:
    clock.set(MONDAY_MIDNIGHT)
    assert isinstance(await postman.prepares(claimed), NotNeeded)


async def test_whoever_deletes_everything_meanwhile_is_left_alone(
    sara: Candidate, claimed: Claimed, postman: Postman
) -> None:
    await sara.forgets_me()
    assert isinstance(await postman.prepares(claimed), NotNeeded)


async def test_a_message_on_its_way_to_one_who_deletes_everything_leaves_no_trace(
    sara: Candidate, claimed: Claimed, postman: Postman
) -> None:
    prepared = await postman.prepares(claimed)
    await sara.forgets_me()
    await postman.delivers(claimed, prepared)
    assert await sara.profile() is None


async def test_with_no_question_left_in_the_set_nothing_goes_out(
    db: Database, claimed: Claimed, clock: HandClock, postman: Postman
) -> None:
    await publish(db, with_items(manager_set()), clock)
    assert isinstance(await postman.prepares(claimed), NotNeeded)


async def test_the_notice_of_the_stop_goes_out_in_the_users_language(notice: Claimed, postman: Postman) -> None:
    prepared = await postman.prepares(notice)
    assert isinstance(prepared, PauseNotice)
    assert prepared.locale is Locale.FA


async def test_the_notice_of_the_stop_does_not_reach_one_who_has_resumed(
    sara: Candidate, notice: Claimed, postman: Postman
) -> None:
    await sara.resumes()
    assert isinstance(await postman.prepares(notice), NotNeeded), "it would say that nothing comes any more"


async def test_the_notice_of_the_stop_is_not_lost_over_midnight(
    notice: Claimed, clock: HandClock, postman: Postman
) -> None:
    """The user is paused by now; without the notice the bot would just have fallen silent."""
    await postman.waits(notice, clock.now())
    clock.advance(DAY)
    (posted,) = await postman.does_a_round()
    assert isinstance(posted.prepared, PauseNotice)
