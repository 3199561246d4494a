"""Who is due gets a question planned, once per local day, whatever happens to the clock and to the bot."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.db.engine import Database
from bot.db.models import DeliveryKind
from bot.domain.identity import Locale, UserId
from bot.domain.schedule import IGNORED_PUSHES_BEFORE_PAUSE, QUIET_AFTER_PRACTICE
from bot.services import deliveries
from bot.services.pushes import QuestionPush
from tests.support.candidate import Candidate
from tests.support.coach import HandClock
from tests.support.postman import Postman

MONDAY_NINE = datetime(2026, 11, 23, 5, 30, tzinfo=UTC)
"""Monday, 23 November, 9:00 in Tehran."""

DAY = timedelta(days=1)


async def _planned(candidate: Candidate) -> list[str]:
    return [delivery["kind"] for delivery in await candidate.rows("deliveries")]


async def test_before_the_hour_nothing_is_planned(sara: Candidate, clock: HandClock, postman: Postman) -> None:
    clock.set(MONDAY_NINE - timedelta(seconds=1))
    assert await postman.plans() == 0
    assert await _planned(sara) == []


async def test_at_the_hour_the_question_is_planned_and_the_user_moves_on(
    sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    clock.set(MONDAY_NINE)
    assert await postman.plans() == 1
    assert await _planned(sara) == ["question"]
    assert (await sara.preferences()).next_question_at == MONDAY_NINE + DAY


async def test_looking_again_plans_nothing_more(sara: Candidate, clock: HandClock, postman: Postman) -> None:
    clock.set(MONDAY_NINE)
    await postman.plans()
    clock.advance(timedelta(hours=3))
    assert await postman.plans() == 0
    assert await _planned(sara) == ["question"]


async def test_an_hour_changed_while_the_question_is_on_its_way_counts_from_tomorrow(
    sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    clock.set(MONDAY_NINE)
    await postman.plans()
    chosen = await sara.wants_it_at(time(18))
    assert chosen.next_question_at == MONDAY_NINE + DAY + timedelta(hours=9)


async def test_a_plan_that_is_broken_off_leaves_the_user_due(
    db: Database, sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    """The user's next moment and the ledger's row are written together or not at all."""
    clock.set(MONDAY_NINE)

    async def plans_and_fails() -> None:
        async with db.begin() as session:
            await deliveries.plan_due(session, now=clock.now(), limit=10)
            await session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await plans_and_fails()
    assert await _planned(sara) == []
    assert (await sara.preferences()).next_question_at == MONDAY_NINE
    assert await postman.plans() == 1


async def test_many_planners_at_once_plan_each_user_once(
    sara: Candidate, ivan: Candidate, clock: HandClock, postman: Postman
) -> None:
    clock.set(MONDAY_NINE + timedelta(hours=1))
    planned = await asyncio.gather(*(postman.plans() for _ in range(8)))
    assert sum(planned) == 2
    assert [await _planned(person) for person in (sara, ivan)] == [["question"], ["question"]]


async def test_a_crowd_is_planned_in_portions_and_whoever_waits_longest_comes_first(
    db: Database, clock: HandClock, postman: Postman
) -> None:
    crowd = [Candidate(db, clock, UserId(1000 + number), Locale.FA) for number in range(5)]
    for hours, person in enumerate(crowd):
        await person.arrives()
        await person.wants_it_at(time(8 - hours))
    clock.set(MONDAY_NINE)
    assert await postman.plans(limit=2) == 2
    assert [len(await _planned(person)) for person in crowd] == [0, 0, 0, 1, 1]
    assert [await postman.plans(limit=2) for _ in range(3)] == [2, 2, 0]  # with Sara among them
    assert [len(await _planned(person)) for person in crowd] == [1] * 5


async def test_each_is_asked_at_nine_of_their_own(
    sara: Candidate, ivan: Candidate, clock: HandClock, postman: Postman
) -> None:
    asked = {}
    clock.set(MONDAY_NINE - timedelta(hours=1))
    for _ in range(12):
        for posted in await postman.does_a_round():
            asked[posted.claimed.user_id] = clock.now()
        clock.advance(timedelta(minutes=15))
    assert asked == {sara.id: MONDAY_NINE, ivan.id: datetime(2026, 11, 23, 6, 0, tzinfo=UTC)}


async def test_a_bot_that_was_down_at_the_hour_asks_when_it_is_back_on_the_same_day(
    sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    clock.set(datetime(2026, 11, 23, 20, 29, tzinfo=UTC))  # 23:59 in Tehran
    (posted,) = await postman.does_a_round()
    assert isinstance(posted.prepared, QuestionPush)
    assert (await sara.preferences()).next_question_at == MONDAY_NINE + DAY


async def test_a_bot_that_was_down_for_days_asks_one_question_at_the_next_hour(
    sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    clock.set(MONDAY_NINE + 4 * DAY - timedelta(hours=8))  # 1:00 at night
    assert await postman.does_a_round() == []
    assert (await sara.preferences()).next_question_at == MONDAY_NINE + 4 * DAY
    clock.set(MONDAY_NINE + 4 * DAY)
    assert len(await postman.does_a_round()) == 1


async def test_days_off_are_days_off(sara: Candidate, clock: HandClock, postman: Postman) -> None:
    await sara.wants_only(0, 2)  # Monday and Wednesday
    days = []
    for day in range(14):
        clock.set(MONDAY_NINE + day * DAY)
        await sara.is_there()
        days += [day for _ in await postman.does_a_round()]
    assert days == [0, 2, 7, 9]


async def test_nine_stays_nine_when_the_clocks_change(sara: Candidate, clock: HandClock, postman: Postman) -> None:
    await sara.moves_to("Europe/Berlin")
    clock.set(datetime(2027, 3, 27, 0, 0, tzinfo=UTC))  # the night before the last one of winter time
    hours = []
    while clock.now() < datetime(2027, 3, 30, 0, 0, tzinfo=UTC):
        await sara.is_there()
        hours += [clock.now().astimezone(ZoneInfo("Europe/Berlin")).hour for _ in await postman.does_a_round()]
        clock.advance(timedelta(minutes=30))
    assert hours == [9, 9, 9]


async def test_nobody_is_pushed_within_an_hour_of_practice(sara: Candidate, clock: HandClock, postman: Postman) -> None:
    await sara.asks_for_today()
    clock.set(MONDAY_NINE - timedelta(minutes=20))
    await sara.answers("Sunday's answer.")
    clock.set(MONDAY_NINE)
    assert await postman.does_a_round() == []
    clock.set(MONDAY_NINE - timedelta(minutes=20) + QUIET_AFTER_PRACTICE)
    (posted,) = await postman.does_a_round()
    assert isinstance(posted.prepared, QuestionPush)


async def test_seven_ignored_pushes_stop_by_themselves_with_one_notice(
    sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    kinds = []
    for day in range(30):
        clock.set(MONDAY_NINE + day * DAY)
        kinds += [posted.claimed.kind for posted in await postman.does_a_round()]
    assert kinds == [DeliveryKind.QUESTION] * IGNORED_PUSHES_BEFORE_PAUSE + [DeliveryKind.PAUSE_NOTICE]
    chosen = await sara.preferences()
    assert (chosen.paused, chosen.paused_until, chosen.next_question_at) == (True, None, None)


async def test_after_the_notice_resuming_brings_seven_more(sara: Candidate, clock: HandClock, postman: Postman) -> None:
    kinds = []
    for day in range(30):
        clock.set(MONDAY_NINE + day * DAY)
        if day == 20:
            await sara.resumes()
        kinds += [posted.claimed.kind for posted in await postman.does_a_round()]
    assert kinds.count(DeliveryKind.QUESTION) == 2 * IGNORED_PUSHES_BEFORE_PAUSE
    assert kinds.count(DeliveryKind.PAUSE_NOTICE) == 2


async def test_whoever_does_anything_now_and_then_is_never_stopped(
    sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    for day in range(30):
        clock.set(MONDAY_NINE + day * DAY)
        if day % IGNORED_PUSHES_BEFORE_PAUSE == 0:
            await sara.is_there()
        (posted,) = await postman.does_a_round()
        assert posted.claimed.kind is DeliveryKind.QUESTION


async def test_a_pause_of_days_is_silent_and_ends_by_itself(
    sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    await sara.pauses(3)
    days = []
    for day in range(5):
        clock.set(MONDAY_NINE + day * DAY)
        days += [day for _ in await postman.does_a_round()]
    assert days == [3, 4]
    assert not (await sara.preferences()).paused


async def test_nobody_is_planned_for_after_a_block(sara: Candidate, clock: HandClock, postman: Postman) -> None:
    await sara.blocks_the_bot()
    clock.set(MONDAY_NINE + 5 * DAY)
    assert await postman.plans() == 0


@pytest.fixture
async def crowd(db: Database, clock: HandClock) -> list[Candidate]:
    """Eight people in Tehran, all of whom want it at nine."""
    people = [Candidate(db, clock, UserId(1000 + number), Locale.FA) for number in range(8)]
    for person in people:
        await person.arrives()
    return people


async def test_those_of_one_hour_take_turns_to_be_the_first(
    crowd: list[Candidate], clock: HandClock, postman: Postman
) -> None:
    orders = []
    for day in range(7):
        clock.set(MONDAY_NINE + day * DAY)
        for person in crowd:
            await person.is_there()
        posted = await postman.does_a_round()
        orders.append(tuple(one.claimed.user_id for one in posted if one.claimed.user_id >= crowd[0].id))
    assert {len(order) for order in orders} == {len(crowd)}
    orders = orders[1:]  # the lots are drawn when somebody is planned for
    assert all(today != tomorrow for today, tomorrow in pairwise(orders))
    assert len({order[0] for order in orders}) >= 3
    assert len({order[-1] for order in orders}) >= 3
    in_the_last_half = [{*order[len(order) // 2 :]} for order in orders]
    assert not set.intersection(*in_the_last_half), "somebody is always late"


async def test_a_delivery_knows_the_moment_that_it_is_meant_for(
    sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    clock.set(MONDAY_NINE)
    await postman.plans()
    clock.set(MONDAY_NINE + DAY + timedelta(hours=7))  # the bot was down
    await postman.plans()
    rows = await sara.rows("deliveries")
    assert [datetime.fromisoformat(str(row["wanted_at"])) for row in rows] == [MONDAY_NINE, MONDAY_NINE + DAY]
    assert datetime.fromisoformat(str(rows[1]["due_at"])) == MONDAY_NINE + DAY + timedelta(hours=7)


async def test_the_moment_stays_when_the_question_is_tried_again(
    sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    clock.set(MONDAY_NINE)
    await postman.plans()
    await postman.meets_a_fault(await postman.claims_one())
    (row,) = await sara.rows("deliveries")
    assert datetime.fromisoformat(str(row["wanted_at"])) == MONDAY_NINE
    assert datetime.fromisoformat(str(row["due_at"])) > MONDAY_NINE


async def test_nobody_gets_two_pushes_of_a_kind_in_a_day_whatever_they_change(
    sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    pushed, chance = [], Random(6)
    clock.set(MONDAY_NINE - timedelta(hours=9))
    for _ in range(40):
        await _changes_something(sara, chance)
        zone = ZoneInfo((await sara.preferences()).zone)
        questions = [posted for posted in await postman.does_a_round() if isinstance(posted.prepared, QuestionPush)]
        pushed += [(posted.claimed.kind, clock.now().astimezone(zone).date()) for posted in questions]
        clock.advance(timedelta(hours=3))
    assert len(pushed) >= 2
    assert len(set(pushed)) == len(pushed)


async def _changes_something(person: Candidate, chance: Random) -> None:
    """Now and then."""
    match chance.randrange(18):
        case 0 | 1:
            await person.wants_it_at(time(chance.randrange(24)))
        case 2 | 3:
            await person.moves_to(chance.choice(["Asia/Tehran", "Pacific/Kiritimati", "America/Los_Angeles"]))
        case 4:
            await person.pauses(None)
            await person.resumes()
        case 5:
            await person.blocks_the_bot()
            await person.unblocks_the_bot()


@pytest.mark.parametrize(
    ("chosen", "comes", "silent"),
    [
        pytest.param(time(9), time(9), False, id="in time"),
        pytest.param(time(9), time(21, 59), False, id="late, before the night"),
        pytest.param(time(9), time(22), True, id="late, in the night"),
        pytest.param(time(9), time(23, 59), True, id="late, at the end of the day"),
        pytest.param(time(22), time(22), False, id="at the night hour that was chosen"),
        pytest.param(time(23), time(23, 30), False, id="a little later than the night hour that was chosen"),
        pytest.param(time(6), time(6), False, id="at the early hour that was chosen"),
        pytest.param(time(6), time(7, 30), False, id="a little later than the early hour that was chosen"),
        pytest.param(time(6), time(12), False, id="at noon in place of an early hour"),
        pytest.param(time(6), time(23), True, id="in the night in place of an early hour"),
    ],
)
async def test_a_question_that_comes_late_in_the_night_does_not_ring(
    sara: Candidate, clock: HandClock, postman: Postman, chosen: time, comes: time, silent: bool
) -> None:
    await sara.wants_it_at(chosen)
    clock.set(_in_tehran(comes))
    (posted,) = await postman.does_a_round()
    assert isinstance(posted.prepared, QuestionPush)
    assert posted.prepared.silent is silent


def _in_tehran(at: time) -> datetime:
    return datetime.combine(MONDAY_NINE, at, tzinfo=ZoneInfo("Asia/Tehran")).astimezone(UTC)


async def test_a_question_for_later_today_that_comes_in_the_night_does_not_ring(
    sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    clock.set(MONDAY_NINE)
    (posted,) = await postman.does_a_round()
    assert isinstance(posted.prepared, QuestionPush)
    await sara.puts_off(posted.prepared.asked.attempt_id)
    clock.set(_in_tehran(time(23)))  # the bot was down
    (again,) = await postman.does_a_round()
    assert isinstance(again.prepared, QuestionPush)
    assert again.prepared.silent
