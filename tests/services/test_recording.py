"""What became of a delivery, and what follows from it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.db.deliveries import Claimed
from bot.db.engine import Database
from bot.domain.schedule import IGNORED_PUSHES_BEFORE_PAUSE
from bot.services import deliveries
from bot.services.asking import Asked, DoneForToday
from bot.services.pushes import Fault, NotNeeded, QuestionPush
from bot.services.recording import MOST_TRIES
from tests.support.candidate import Candidate, Row
from tests.support.coach import HandClock
from tests.support.postman import Postman

MONDAY_NINE = datetime(2026, 11, 23, 5, 30, tzinfo=UTC)
"""Monday, 23 November, 9:00 in Tehran."""


@pytest.fixture
async def claimed(sara: Candidate, clock: HandClock, postman: Postman) -> Claimed:
    """Sara's question of Monday, in the sender's hands."""
    clock.set(MONDAY_NINE)
    await postman.plans()
    return await postman.claims_one()


async def _row(candidate: Candidate) -> Row:
    (row,) = await candidate.rows("deliveries")
    return row


async def test_a_reply_to_the_pushed_message_answers_its_question(
    sara: Candidate, claimed: Claimed, postman: Postman
) -> None:
    prepared = await postman.prepares(claimed)
    assert isinstance(prepared, QuestionPush)
    message_id = await postman.delivers(claimed, prepared)
    draft = await sara.answers("My answer.", reply_to=message_id)
    assert draft.attempt_id == prepared.asked.attempt_id
    row = await _row(sara)
    assert (row["status"], row["message_id"], row["reason"]) == ("sent", message_id, None)


async def test_a_pushed_question_is_known_to_be_in_the_chat(
    sara: Candidate, claimed: Claimed, postman: Postman
) -> None:
    prepared = await postman.prepares(claimed)
    assert isinstance(prepared, QuestionPush)
    assert not prepared.asked.shown
    await postman.delivers(claimed, prepared)
    assert (await sara.is_asked_again(prepared.asked.attempt_id)).shown


async def test_a_question_that_was_not_delivered_counts_as_no_ignored_one(
    sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    """Telegram refuses for two weeks: that is not Sara's doing, and she is not stopped for it."""
    for day in range(2 * IGNORED_PUSHES_BEFORE_PAUSE):
        clock.set(MONDAY_NINE + timedelta(days=day))
        await postman.plans()
        refused = await postman.claims_one()
        await postman.prepares(refused)
        await postman.is_refused(refused)
    assert not (await sara.preferences()).paused


async def test_a_block_ends_all_planning_until_the_user_is_back(
    sara: Candidate, claimed: Claimed, clock: HandClock, postman: Postman
) -> None:
    await postman.hears_of_a_block(claimed)
    assert (await _row(sara))["status"] == "failed"
    assert (await sara.preferences()).next_question_at is None
    clock.advance(timedelta(days=3))
    assert await postman.plans() == 0
    await sara.is_there()
    assert (await sara.preferences()).next_question_at == MONDAY_NINE + timedelta(days=4)


async def test_after_a_block_the_question_that_did_not_arrive_is_still_there(
    sara: Candidate, claimed: Claimed, clock: HandClock, postman: Postman
) -> None:
    prepared = await postman.prepares(claimed)
    assert isinstance(prepared, QuestionPush)
    await postman.hears_of_a_block(claimed)
    await sara.unblocks_the_bot()
    asked = await sara.asks_for_another()
    assert asked.attempt_id == prepared.asked.attempt_id
    assert not asked.shown


async def test_a_refused_message_is_given_up_with_its_reason_and_the_user_kept(
    sara: Candidate, claimed: Claimed, clock: HandClock, postman: Postman
) -> None:
    await postman.is_refused(claimed)
    row = await _row(sara)
    assert (row["status"], row["reason"]) == ("failed", "400: message text is empty")
    assert (await sara.preferences()).next_question_at == MONDAY_NINE + timedelta(days=1)


async def test_after_a_passing_fault_it_is_tried_again_after_longer_and_longer_pauses(
    sara: Candidate, claimed: Claimed, clock: HandClock, postman: Postman
) -> None:
    pauses = []
    for _ in range(MOST_TRIES - 1):
        failed_at = clock.now()
        await postman.meets_a_fault(claimed)
        due_at = datetime.fromisoformat((await _row(sara))["due_at"])
        clock.set(due_at - timedelta(seconds=1))
        assert await postman.claims() == []
        clock.set(due_at)
        claimed = await postman.claims_one()
        pauses.append(due_at - failed_at)
    assert pauses == sorted(pauses)
    assert timedelta(seconds=1) <= pauses[0] <= timedelta(seconds=5)
    assert pauses[-1] == timedelta(minutes=5)


async def test_after_an_outage_of_hours_the_question_still_arrives_on_its_day(
    sara: Candidate, claimed: Claimed, clock: HandClock, postman: Postman
) -> None:
    back_at = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)  # 23:30 in Tehran
    while clock.now() < back_at:
        clock.advance(timedelta(minutes=30))
        await postman.records(claimed, Fault("Telegram is away", outage_until=clock.now()))
        claimed = await postman.claims_one()
    await postman.delivers(claimed, await postman.prepares(claimed))
    assert (await _row(sara))["status"] == "sent"


async def test_a_fault_that_does_not_pass_ends_the_tries(
    sara: Candidate, claimed: Claimed, clock: HandClock, postman: Postman
) -> None:
    for _ in range(MOST_TRIES - 1):
        await postman.meets_a_fault(claimed)
        clock.advance(timedelta(minutes=5))
        claimed = await postman.claims_one()
    await postman.meets_a_fault(claimed)
    row = await _row(sara)
    assert (row["status"], row["reason"]) == ("failed", "502: bad gateway")


async def test_a_fault_that_does_not_pass_before_midnight_ends_the_tries(
    sara: Candidate, claimed: Claimed, clock: HandClock, postman: Postman
) -> None:
    await postman.meets_a_fault(claimed)
    clock.set(datetime(2026, 11, 23, 20, 31, tzinfo=UTC))
    await postman.does_a_round()
    assert (await _row(sara))["status"] == "skipped"
    assert await postman.claims() == []


async def test_waiting_is_no_failed_try_and_makes_no_later_pause_longer(
    claimed: Claimed, clock: HandClock, postman: Postman
) -> None:
    for _ in range(20):
        await postman.waits(claimed, clock.now() + timedelta(seconds=3))
        assert await postman.claims() == []
        clock.advance(timedelta(seconds=3))
        claimed = await postman.claims_one()
    await postman.meets_a_fault(claimed)
    clock.advance(timedelta(seconds=5))
    await postman.claims_one()


async def test_what_was_not_needed_says_why(sara: Candidate, claimed: Claimed, postman: Postman) -> None:
    await postman.drops(claimed, "paused")
    row = await _row(sara)
    assert (row["status"], row["reason"]) == ("skipped", "paused")


async def test_the_next_moment_is_the_earliest_of_what_is_planned_and_what_is_due(
    db: Database, sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    async def next_moment() -> datetime | None:
        async with db.read() as session:
            return await deliveries.next_moment(session)

    assert await next_moment() == MONDAY_NINE
    asked = await sara.asks_for_another()
    put_off = await sara.puts_off(asked.attempt_id)
    assert await next_moment() == put_off.today_at
    await sara.pauses(None)
    assert await next_moment() == put_off.today_at
    await sara.blocks_the_bot()
    assert await next_moment() is None


async def test_a_question_that_never_arrived_is_there_for_who_comes_back_on_that_day(
    sara: Candidate, claimed: Claimed, postman: Postman
) -> None:
    await postman.hears_of_a_block(claimed)
    await sara.unblocks_the_bot()
    assert isinstance(await sara.asks_for_today(), Asked)


async def test_one_that_was_got_in_another_way_is_not_given_twice(
    sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    clock.set(MONDAY_NINE)
    await postman.plans()
    asked = await sara.asks_for_another()
    await sara.answers("My answer.")
    await sara.reveals(asked.attempt_id)
    clock.advance(timedelta(hours=2))
    (posted,) = await postman.does_a_round()
    assert posted.prepared == NotNeeded("asked meanwhile", made_up_for=True)
    assert isinstance(await sara.asks_for_today(), DoneForToday)
