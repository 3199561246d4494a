"""Telegram, the clock, the database or the disk fails while a broadcast goes out: it goes on, and only once."""

from __future__ import annotations

import asyncio
import resource
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import exists, select

from bot.__main__ import USAGE
from bot.db.models import Delivery, DeliveryStatus
from bot.delivery.reach import FAILURES, LONGEST_PAUSE
from bot.sandbox import Fault, FaultKind
from bot.services.recording import LONGEST_PAUSE as LONGEST_RETRY
from tests.reliability.conftest import Launch
from tests.support.coach import Coach
from tests.support.crowd import Crowd, file_of, gathered_crowd, ledger_of
from tests.support.locks import LONGER_THAN_WRITERS_WAIT, held_by_another_program
from tests.support.person import Json, Person
from tests.support.process import STARTS_WITHIN
from tests.support.settled import settled
from tests.support.talks import finish, ivan_with_question, moscow, newest
from tests.support.telegram import Telegram, calls_of
from tests.support.words import FA, RU

PEOPLE = 200
IN_THE_MIDDLE = 60
"""Messages that have been sent when the fault comes."""

PROBES = timedelta(minutes=10) // LONGEST_PAUSE
"""Of an outage of ten minutes."""

GLANCE, PATIENCE = 0.05, 30.0
HOUR = timedelta(hours=1)


@asynccontextmanager
async def _crowd_of(coach: Coach, url: str) -> AsyncIterator[Crowd]:
    """They gather while the bot is away for a moment."""
    await coach.stop()
    async with gathered_crowd(coach.sandbox.url, url, PEOPLE, coach.clock.now()) as crowd:
        await coach.start()
        yield crowd


@pytest.mark.usefixtures("frequent_looks")
async def test_ten_minutes_without_telegram_cost_only_probes(coach: Coach, sqlite_url: str) -> None:
    async with _crowd_of(coach, sqlite_url) as crowd:
        news = await crowd.is_told(coach.clock.now())
        await crowd.reaches(news, IN_THE_MIDDLE)
        coach.sandbox.faults.add(Fault(FaultKind.DOWN))
        await _nothing_is_in_hand(coach)
        away = await _last_call(coach)
        for number in range(PROBES):
            coach.clock.advance(LONGEST_PAUSE)
            await _probed(coach, away, number + 1)
        assert len(await _sends_since(coach, away)) == PROBES
        coach.sandbox.faults.clear()
        coach.clock.advance(LONGEST_PAUSE)
        await crowd.is_through(news)
        assert await _everybody_has_it_once(crowd)
    more_than_one = sum(entry.tries - 1 for entry in ledger_of(file_of(sqlite_url)).values())
    assert more_than_one < FAILURES, "only those count from which the bot has learned of the outage"


@pytest.mark.usefixtures("frequent_looks")
async def test_a_clock_set_back_an_hour_does_not_hold_a_broadcast_up(coach: Coach, sqlite_url: str) -> None:
    async with _crowd_of(coach, sqlite_url) as crowd:
        news = await crowd.is_told(coach.clock.now())
        await crowd.reaches(news, IN_THE_MIDDLE)
        coach.clock.advance(-HOUR)
        await crowd.is_through(news, within=30)
        assert await _everybody_has_it_once(crowd)


@pytest.mark.usefixtures("frequent_looks")
async def test_a_clock_set_back_while_a_question_is_on_its_way_does_not_double_it(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await finish(ivan, RU)
    before = await newest(ivan)
    coach.sandbox.faults.add(Fault(FaultKind.DELAY, "sendMessage", chat_id=ivan.id, seconds=2, times=1))
    call = await _last_call(coach)
    coach.clock.set(moscow(23, 9))
    await _asked_to_send(coach, ivan, call)
    coach.clock.advance(-HOUR)
    await ivan.sees(RU.second, after=before)
    await _an_hour_passes(coach)
    assert [RU.second in push.text for push in await ivan.inbox() if push.id > before] == [True]


@pytest.mark.usefixtures("frequent_looks")
async def test_a_clock_set_back_while_a_question_waits_to_be_tried_again_does_not_delay_it(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await finish(ivan, RU)
    before = await newest(ivan)
    coach.sandbox.faults.add(Fault(FaultKind.SERVER_ERROR, "sendMessage", chat_id=ivan.id, times=1))
    call = await _last_call(coach)
    coach.clock.set(moscow(23, 9))
    await _asked_to_send(coach, ivan, call)
    await _nothing_is_in_hand(coach)
    coach.clock.advance(-HOUR + LONGEST_RETRY)
    await ivan.sees(RU.second, after=before)
    await _an_hour_passes(coach)
    assert len([push for push in await ivan.inbox() if push.id > before]) == 1


async def test_a_broadcast_goes_on_after_the_database_was_locked_for_long(coach: Coach, sqlite_url: str) -> None:
    async with _crowd_of(coach, sqlite_url) as crowd:
        news = await crowd.is_told(coach.clock.now())
        await crowd.reaches(news, IN_THE_MIDDLE)
        async with held_by_another_program(sqlite_url):
            await asyncio.sleep(LONGER_THAN_WRITERS_WAIT)
            assert (await crowd.progress(news)).left
        await crowd.is_through(news)
        assert await _everybody_has_it_once(crowd)


async def test_nothing_is_lost_while_the_disk_is_full(telegram: Telegram, launch: Launch, sqlite_url: str) -> None:
    bot, sara = launch(), telegram.person(FA.user)  # the news is Russian, and it may be night where she is
    async with gathered_crowd(telegram.url, sqlite_url, PEOPLE, datetime.now(UTC)) as crowd:
        await bot.start()
        await sara.starts("support-engineer")
        await sara.sees(FA.first)
        news = await crowd.is_told(datetime.now(UTC))
        await crowd.reaches(news, IN_THE_MIDDLE)
        with _full_disk(bot.pid):
            await sara.says("بخش نخست.")
            await sara.says("بخش دوم.")
            await bot.mentions("unrecorded")
            await bot.mentions('"update"')
            await bot.mentions("database.away", times=6)
            assert (await crowd.progress(news)).left
        await sara.sees("۴ کلمه", within=60)
        await crowd.is_through(news)
        assert await _everybody_has_it_once(crowd)
    await bot.terminate()
    told = bot.events("database.away")
    print(f"{len(told)} lines about the full disk: {Counter(line['why'] for line in told)}")
    assert all("disk" in line["why"] for line in told)
    assert not [line for line in bot.log if "Traceback" in line]


async def test_a_second_bot_on_the_same_file_ends_at_once_and_says_why(
    telegram: Telegram, launch: Launch, sqlite_url: str
) -> None:
    first, second, ivan = launch(), launch(), telegram.person(RU.user)
    await first.start()
    await ivan.starts("support-engineer")
    await ivan.sees(RU.first)
    await second.spawn()
    assert await asyncio.wait_for(second.wait(), STARTS_WITHIN) == USAGE
    [line] = second.log
    assert str(file_of(sqlite_url)) in line
    assert "is in use by another process" in line
    await ivan.says("Мой ответ.")
    await ivan.sees("Сохранено: 2 слова")
    assert first.exit_code is None
    await first.kill()
    await second.start()  # what a dead process held is free
    await ivan.says("И ещё.")
    await ivan.sees("Сохранено: 4 слова")


async def _everybody_has_it_once(crowd: Crowd) -> bool:
    copies = await crowd.copies()
    assert {user: count for user, count in copies.items() if count != 1} == {}
    return True


async def _asked_to_send(coach: Coach, person: Person, after: int) -> None:
    """Waits until Telegram is asked to send the person something."""
    deadline = time.monotonic() + PATIENCE
    while not [call for call in await _sends_since(coach, after) if call["params"]["chat_id"] == str(person.id)]:
        assert time.monotonic() < deadline, f"nothing is sent to {person.id}"
        await asyncio.sleep(GLANCE)


async def _probed(coach: Coach, after: int, probes: int) -> None:
    """Waits until so many probes have been sent, and the last of them has failed."""
    deadline = time.monotonic() + PATIENCE
    while len(await _sends_since(coach, after)) < probes:
        assert time.monotonic() < deadline, "Telegram is not looked for"
        await asyncio.sleep(GLANCE)
    await _nothing_is_in_hand(coach)


async def _nothing_is_in_hand(coach: Coach) -> None:
    """Waits until everything that was begun is sent or put back."""
    deadline = time.monotonic() + PATIENCE
    claimed = select(exists().where(Delivery.status == DeliveryStatus.CLAIMED))
    while True:
        async with coach.db.read() as session:
            if not await session.scalar(claimed):
                return
        assert time.monotonic() < deadline, "something stays in hand"
        await asyncio.sleep(GLANCE)


async def _an_hour_passes(coach: Coach) -> None:
    """In steps, so that nothing is too late when it comes."""
    for _ in range(12):
        coach.clock.advance(HOUR / 12)
        await settled(coach.db, coach.clock)


async def _sends_since(coach: Coach, call: int) -> Sequence[Json]:
    return await calls_of(coach.sandbox.url, "sendMessage", after=call)


async def _last_call(coach: Coach) -> int:
    calls = await calls_of(coach.sandbox.url, "")
    return int(calls[-1]["n"])


@contextmanager
def _full_disk(pid: int) -> Iterator[None]:
    """For one process, and as near to a full disk as can be had without one: whatever it writes to a file fails."""
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)
