"""A broadcast whose sender is killed again and again, over a bad line: nobody is missed, and few hear it twice."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from datetime import UTC, datetime

from bot.sandbox import Fault, FaultKind
from bot.services.broadcasting import Progress
from tests.reliability.conftest import Launch
from tests.support.chance import seeded_chance
from tests.support.crowd import file_of, gathered_crowd, ledger_left_by_the_dead
from tests.support.process import BotProcess
from tests.support.telegram import Telegram

PEOPLE, BLOCKED, UNHEARD = 5_000, 100, 25
"""Of the people, so many have blocked the bot, and of so many Telegram's first answer gets lost."""

KILLS = 50
LIFE = (0.3, 1.2)
"""Seconds from a process's first message to its end."""

RATE = 80
"""Messages a second: few enough for all the kills to fall into the broadcast."""

RECORDED_WITHIN = 0.25
"""Seconds, on an average, from a message's sending to the ledger: what falls into them may come twice."""

_GLANCE = 0.02
_SENDS_WITHIN = 120.0


async def test_nobody_is_missed_and_only_what_was_in_flight_comes_twice(
    telegram: Telegram, launch: Launch, sqlite_url: str
) -> None:
    chance = seeded_chance()
    async with gathered_crowd(telegram.url, sqlite_url, PEOPLE, datetime.now(UTC)) as crowd:
        special = chance.sample([person.id for person in crowd.people], BLOCKED + UNHEARD)
        blocked, unheard = set(special[:BLOCKED]), set(special[BLOCKED:])
        await crowd.blocks(blocked)
        _mix_in_faults(telegram, chance, unheard)
        news = await crowd.is_told(datetime.now(UTC))
        bot = launch(SEND_RATE=str(RATE), PAID_BROADCAST="true")
        in_flight, left = Counter[int](), PEOPLE
        await crowd.lets_go_of_the_database()
        for _ in range(KILLS):
            life_began = await _last_call(telegram)
            await _live_and_die(bot, telegram, chance, life_began)
            accepted = await _accepted_since(telegram, life_began)
            ledger = ledger_left_by_the_dead(file_of(sqlite_url))
            left = sum(entry.is_under_way for entry in ledger.values())
            assert left, "over before the last kill"
            in_flight.update(user for user in accepted if ledger[user].is_in_hand)
        await bot.start()
        progress = await crowd.is_through(news)
        await bot.terminate()
        copies = await crowd.copies()
    await _tell(telegram, copies, in_flight, left)
    _check_copies(copies, blocked, allowed=in_flight + Counter(unheard))
    _check_counts(progress, copies)
    assert in_flight.total() <= KILLS * RATE * RECORDED_WITHIN
    assert not bot.events("delivery.fault")


def _mix_in_faults(telegram: Telegram, chance: random.Random, unheard: set[int]) -> None:
    def add(kind: FaultKind, probability: float) -> None:
        seed = chance.randrange(1_000_000)
        telegram.faults.add(Fault(kind, "sendMessage", probability=probability, seconds=0.1, seed=seed))

    add(FaultKind.DELAY, 0.3)  # Telegram that is slow now and then: more is in flight at a kill
    add(FaultKind.TOO_MANY_REQUESTS, 0.003)
    add(FaultKind.SERVER_ERROR, 0.01)
    add(FaultKind.RESET, 0.01)
    for user in unheard:
        telegram.faults.add(Fault(FaultKind.LOST_RESPONSE, "sendMessage", chat_id=user, times=1))


async def _live_and_die(bot: BotProcess, telegram: Telegram, chance: random.Random, life_began: int) -> None:
    """The process is started, sends for a moment, and is killed in the middle of it."""
    await bot.spawn()
    deadline = time.monotonic() + _SENDS_WITHIN
    while not await telegram.calls("sendMessage", after=life_began):
        assert bot.exit_code is None, bot.told()
        assert time.monotonic() < deadline, f"it does not send:\n{bot.told()}"
        await asyncio.sleep(_GLANCE)
    await asyncio.sleep(chance.uniform(*LIFE))
    await bot.kill()


async def _last_call(telegram: Telegram) -> int:
    calls = await telegram.calls("")
    return int(calls[-1]["n"]) if calls else 0


async def _accepted_since(telegram: Telegram, call: int) -> set[int]:
    """Whose message Telegram has taken since that call, now that it is through with everything it was told."""
    while True:
        calls = await telegram.calls("sendMessage", after=call)
        if all(call["ok"] is not None for call in calls):
            return {int(call["params"]["chat_id"]) for call in calls if call["ok"]}
        await asyncio.sleep(_GLANCE)


def _check_copies(copies: Counter[int], blocked: set[int], allowed: Counter[int]) -> None:
    """`allowed` is how many more than one each person may have."""
    assert not [user for user in blocked if copies[user]]
    assert not [user for user in copies if user not in blocked and not copies[user]], "missed"
    assert not [user for user in copies if copies[user] > 1 + allowed[user]], "doubled"


def _check_counts(progress: Progress, copies: Counter[int]) -> None:
    assert progress.sent == sum(count > 0 for count in copies.values()) == PEOPLE - BLOCKED
    assert (progress.failed, progress.skipped, progress.left) == (BLOCKED, 0, 0)
    assert progress.sent + progress.failed + progress.skipped == progress.readers == PEOPLE


async def _tell(telegram: Telegram, copies: Counter[int], in_flight: Counter[int], left: int) -> None:
    calls = await telegram.calls("sendMessage")
    refused = Counter(call["error_code"] for call in calls if not call["ok"])
    doubled = copies.total() - sum(count > 0 for count in copies.values())
    print(
        f"{KILLS} kills, {left} still to be sent at the last; {len(calls)} calls\n"
        f"{copies.total()} messages to {PEOPLE - BLOCKED} people; "
        f"{in_flight.total()} were in flight at a kill, {UNHEARD} answers lost: {doubled} came twice\n"
        f"refused: {refused[429]} floods, {refused[502]} server errors, {refused[403]} blocks; {refused[None]} resets"
    )
