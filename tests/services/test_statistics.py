"""The counts that an admin sees."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.db.engine import Database
from bot.domain.errors import UnknownUser
from bot.services import statistics
from bot.services.statistics import Overview
from tests.support.candidate import Candidate
from tests.support.coach import HandClock
from tests.support.postman import Postman

MONDAY_NINE = datetime(2026, 11, 23, 5, 30, tzinfo=UTC)
"""Monday, 23 November, 9:00 in Tehran."""


async def _overview(db: Database, admin: Candidate) -> Overview:
    async with db.read() as session:
        return await statistics.overview(session, admin.id, now=admin.now)


async def test_a_new_bot_has_its_admin_alone(db: Database, sara: Candidate) -> None:
    assert await _overview(db, sara) == Overview(
        users=1, active=1, unreachable=0, answers_today=0, sent_today=0, failed_today=0, longest_wait=timedelta()
    )


async def test_users_are_active_for_a_week_after_they_were_seen(
    db: Database, sara: Candidate, ivan: Candidate, clock: HandClock
) -> None:
    clock.advance(timedelta(days=7))
    await sara.is_there()
    assert (await _overview(db, sara)).active == 2
    clock.advance(timedelta(seconds=1))
    overview = await _overview(db, sara)
    assert (overview.users, overview.active) == (2, 1)


async def test_those_who_blocked_the_bot_are_unreachable_until_they_are_back(
    db: Database, sara: Candidate, ivan: Candidate
) -> None:
    await ivan.blocks_the_bot()
    assert (await _overview(db, sara)).unreachable == 1
    await ivan.is_there()
    assert (await _overview(db, sara)).unreachable == 0


async def test_an_answer_in_many_messages_is_one_answer(db: Database, sara: Candidate, ivan: Candidate) -> None:
    for person in (sara, ivan):
        await person.asks_for_another()
        for text in ("First.", "Second.", "Third."):
            await person.answers(text)
    assert (await _overview(db, sara)).answers_today == 2


async def test_today_begins_at_the_admins_own_midnight(
    db: Database, sara: Candidate, ivan: Candidate, clock: HandClock
) -> None:
    clock.set(datetime(2026, 11, 22, 20, 15, tzinfo=UTC))  # 23:45 in Tehran, 23:15 in Moscow
    await sara.asks_for_another()
    await sara.answers("Late in the evening.")
    clock.advance(timedelta(minutes=20))
    assert (await _overview(db, sara)).answers_today == 0
    assert (await _overview(db, ivan)).answers_today == 1


async def test_what_was_sent_and_what_failed_is_counted_once(
    db: Database, sara: Candidate, ivan: Candidate, clock: HandClock, postman: Postman
) -> None:
    clock.set(MONDAY_NINE + timedelta(hours=1))
    await postman.plans()
    first, second = await postman.claims()
    await postman.delivers(first, await postman.prepares(first))
    await postman.meets_a_fault(second)
    overview = await _overview(db, sara)
    assert (overview.sent_today, overview.failed_today) == (1, 0), "a fault is tried again"
    clock.advance(timedelta(minutes=5))
    await postman.is_refused(await postman.claims_one())
    overview = await _overview(db, sara)
    assert (overview.sent_today, overview.failed_today) == (1, 1)


async def test_what_was_not_needed_is_neither_sent_nor_failed(
    db: Database, sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    clock.set(MONDAY_NINE)
    await postman.plans()
    await postman.drops(await postman.claims_one(), "paused")
    overview = await _overview(db, sara)
    assert (overview.sent_today, overview.failed_today) == (0, 0)


async def test_an_admin_who_has_not_started_is_unknown(db: Database, newcomer: Candidate) -> None:
    with pytest.raises(UnknownUser):
        await _overview(db, newcomer)


async def test_the_longest_delay_of_the_day_is_told(
    db: Database, sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    clock.set(datetime(2026, 11, 23, 5, 30, tzinfo=UTC))  # 9:00 in Tehran
    await postman.plans()
    clock.advance(timedelta(minutes=2))
    await postman.does_a_round()
    assert (await _overview(db, sara)).longest_wait == timedelta(minutes=2)
    clock.advance(timedelta(days=1))
    assert (await _overview(db, sara)).longest_wait == timedelta()
