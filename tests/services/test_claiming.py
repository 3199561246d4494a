"""A delivery is in one sender's hands at a time, and comes back when that sender is gone."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.db.deliveries import LEASE, Claimed
from bot.db.engine import Database
from bot.domain.identity import Locale, UserId
from bot.services.pushes import NotNeeded, QuestionPush
from tests.support.candidate import Candidate
from tests.support.coach import HandClock
from tests.support.postman import Postman

MONDAY_NINE = datetime(2026, 11, 23, 5, 30, tzinfo=UTC)
"""Monday, 23 November, 9:00 in Tehran."""

CROWD = 24


@pytest.fixture
async def crowd(db: Database, clock: HandClock, sara: Candidate, postman: Postman) -> list[UserId]:
    """Many users who are due in the same second, Sara among them, all planned."""
    people = [Candidate(db, clock, UserId(1000 + number), Locale.FA) for number in range(CROWD - 1)]
    for person in people:
        await person.arrives()
    clock.set(MONDAY_NINE)
    await postman.plans()
    return [sara.id, *(person.id for person in people)]


async def test_of_many_claimers_at_once_one_wins(sara: Candidate, clock: HandClock, postman: Postman) -> None:
    clock.set(MONDAY_NINE)
    await postman.plans()
    claims = await asyncio.gather(*(postman.claims() for _ in range(10)))
    assert sorted(len(claimed) for claimed in claims) == [0] * 9 + [1]


async def test_many_claimers_share_a_crowd_without_taking_anybody_twice(crowd: list[UserId], postman: Postman) -> None:
    claimed: list[Claimed] = []
    for _ in range(CROWD):
        claims = await asyncio.gather(*(postman.claims(limit=3) for _ in range(6)))
        assert all(len(batch) <= 3 for batch in claims)
        if not any(claims):
            break
        claimed += [one for batch in claims for one in batch]
    assert sorted(one.user_id for one in claimed) == sorted(crowd)


async def test_what_waits_longest_is_claimed_first(
    sara: Candidate, ivan: Candidate, clock: HandClock, postman: Postman
) -> None:
    for at in (MONDAY_NINE, MONDAY_NINE + timedelta(minutes=30)):
        clock.set(at)
        await postman.plans()
    assert [claimed.user_id for claimed in await postman.claims(limit=1)] == [sara.id]
    assert [claimed.user_id for claimed in await postman.claims(limit=1)] == [ivan.id]


async def test_a_claimed_delivery_is_left_to_its_sender(
    crowd: list[UserId], clock: HandClock, postman: Postman
) -> None:
    assert len(await postman.claims()) == len(crowd)
    clock.advance(LEASE - timedelta(seconds=1))
    assert await postman.claims() == []


async def test_what_a_dead_sender_has_left_is_taken_up_by_one_other(
    sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    clock.set(MONDAY_NINE)
    await postman.plans()
    first = await postman.claims_one()
    clock.advance(LEASE)
    claims = await asyncio.gather(*(postman.claims() for _ in range(10)))
    (second,) = [one for batch in claims for one in batch]
    assert second.id == first.id
    assert isinstance(await postman.prepares(second), QuestionPush)


async def test_a_sender_that_slept_past_its_lease_does_not_send_what_another_has_taken(
    sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    """A suspended laptop, a pause asked for by Telegram: the message would go out twice."""
    clock.set(MONDAY_NINE)
    await postman.plans()
    slept = await postman.claims_one()
    clock.advance(LEASE)
    awake = await postman.claims_one()
    assert isinstance(await postman.prepares(awake), QuestionPush)
    assert isinstance(await postman.prepares(slept), NotNeeded)


async def test_nothing_is_claimed_before_it_is_due(sara: Candidate, clock: HandClock, postman: Postman) -> None:
    asked = await sara.asks_for_another()
    put_off = await sara.puts_off(asked.attempt_id)
    assert put_off.today_at is not None
    clock.set(put_off.today_at - timedelta(seconds=1))
    assert await postman.claims() == []


async def test_what_is_over_is_never_claimed_again(crowd: list[UserId], clock: HandClock, postman: Postman) -> None:
    sent, dropped, blocked, refused, *others = await postman.claims()
    await postman.delivers(sent, await postman.prepares(sent))
    await postman.drops(dropped, "practised just now")
    await postman.hears_of_a_block(blocked)
    await postman.is_refused(refused)
    clock.advance(2 * LEASE)
    assert {claimed.id for claimed in await postman.claims()} == {claimed.id for claimed in others}
