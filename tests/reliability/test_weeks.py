"""Three weeks with the bot, over a change of clocks, with restarts and whole nights when it is down."""

from __future__ import annotations

import random
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.identity import UserId
from bot.domain.schedule import EVERY_DAY
from bot.services import preferences
from tests.support.chance import seeded_chance
from tests.support.coach import IVAN, SARA, Coach, HandClock, running_coach
from tests.support.lives import Life, compare
from tests.support.settled import settled
from tests.support.words import FA, RU

# The clock is looked at some minutes after each half hour: nothing happens at the very moment when a pause ends.
STEP = timedelta(minutes=30)
STEPS = 21 * 48
WORKING_DAYS = frozenset(range(5))

AUTUMN = datetime(2026, 10, 19, 6, 7, tzinfo=UTC)
"""The clocks go back in Berlin on the 25th and in New York on 1 November."""

SPRING = datetime(2027, 3, 9, 6, 7, tzinfo=UTC)
"""The clocks go forward in New York on the 14th and in Berlin on the 28th."""

NIGHTS = [datetime(*day, tzinfo=UTC) for day in ((2026, 10, 25), (2026, 11, 1), (2027, 3, 14), (2027, 3, 28))]
"""The clocks change on these days, and the bot is up: what it does then is the point."""


@pytest.mark.slow
@pytest.mark.parametrize("start", [AUTUMN, SPRING], ids=["autumn", "spring"])
@pytest.mark.usefixtures("frequent_looks")
async def test_one_question_a_day_at_the_local_hour_whatever_happens(sqlite_url: str, start: datetime) -> None:
    chance = seeded_chance()
    async with running_coach(sqlite_url, HandClock(start)) as coach:
        lives = await _company(coach, chance)
        down_for = 0
        for _ in range(STEPS):
            coach.clock.advance(STEP)
            down_for = await _comes_or_goes(coach, chance, down_for)
            if down_for:
                continue
            await settled(coach.db, coach.clock)
            for life in lives:
                life.expects(coach.clock.now())
            for life in lives:
                await life.acts(coach.clock.now())
        for life in lives:
            await compare(life)


async def _company(coach: Coach, chance: random.Random) -> list[Life]:
    """Sara, Ivan and their friends abroad; Omid has lost interest."""
    return [
        await _life(coach, chance, SARA.id, "Asia/Tehran", time(9)),
        await _life(coach, chance, IVAN.id, "Europe/Moscow", time(8, 15), WORKING_DAYS),
        await _life(coach, chance, 211, "Europe/Berlin", time(2, 30), steady=True),
        await _life(coach, chance, 212, "America/New_York", time(1, 30), steady=True),
        await _life(coach, chance, 213, "Pacific/Apia", time(0), frozenset({0, 2, 5, 6})),
        await _life(coach, chance, 214, "Asia/Tehran", time(20), answers=False),
    ]


async def _life(
    coach: Coach,
    chance: random.Random,
    id_: int,
    zone: str,
    hour: time,
    weekdays: frozenset[int] = EVERY_DAY,
    *,
    answers: bool = True,
    steady: bool = False,
) -> Life:
    """Somebody who has just begun, with a first question."""
    words = FA if zone == "Asia/Tehran" else RU
    here = id_ in (SARA.id, IVAN.id)
    person = coach.person(words.user) if here else await coach.newcomer(id_, words.user.language_code or "")
    await person.starts("support-engineer")
    await person.sees(words.first)
    now, user_id = coach.clock.now(), UserId(id_)
    async with coach.db.begin() as session:
        await preferences.set_zone(session, user_id, zone, now=now)
        await preferences.set_time(session, user_id, hour, now=now)
        for day in EVERY_DAY - weekdays:
            await preferences.set_weekday(session, user_id, day, wanted=False, now=now)
    life = Life(person, words, ZoneInfo(zone), hour, weekdays, random.Random(chance.random()), answers, steady)
    life.begins(now)
    return life


async def _comes_or_goes(coach: Coach, chance: random.Random, down_for: int) -> int:
    """For how many steps the bot stays down from now on."""
    if down_for == 1:
        await coach.start()
    elif down_for == 0 and chance.random() < 0.01 and not _clocks_change_soon(coach.clock.now()):
        await coach.stop()
        return chance.randint(1, 40)
    elif down_for == 0 and chance.random() < 0.015:
        await coach.restart()
    return max(0, down_for - 1)


def _clocks_change_soon(now: datetime) -> bool:
    return any(night - timedelta(days=1) < now < night + timedelta(days=1) for night in NIGHTS)
