"""The wall clock of a running process jumps, as on a suspended laptop or when the right time is found."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.reliability.conftest import Launch, Serving
from tests.support.coach import IVAN, Coach, HandClock
from tests.support.faketime import LIBRARY, WHY_NOT, FakeTime
from tests.support.talks import finish, ivan_with_question, moscow, nothing_at, pushed_at
from tests.support.telegram import Telegram
from tests.support.words import RU

SOON = 5.0
"""Seconds from a jump to the push that it makes due."""

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.mark.slow
@pytest.mark.skipif(LIBRARY is None, reason=WHY_NOT)
async def test_a_jump_over_the_hour_brings_the_push_within_seconds_and_a_jump_back_brings_none(
    telegram: Telegram, serving: Serving, launch: Launch, tmp_path: Path
) -> None:
    ivan, ten = telegram.person(IVAN), _next_ten_in_moscow()
    async with serving(HandClock(ten)):
        await ivan.starts("support-engineer")
        asked = await ivan.sees(RU.first)
    time = FakeTime(tmp_path, ten + timedelta(minutes=5) - datetime.now(UTC))
    bot = launch(**time.environment)
    await bot.start()
    [started] = bot.events("bot.started")
    assert datetime.fromisoformat(started["timestamp"]) >= ten, "the clock is not moved"
    await ivan.quiet(2)
    time.move(DAY)
    pushed = await ivan.sees(RU.waiting, within=SOON, after=asked)
    time.move(-HOUR)
    await ivan.quiet(SOON)
    time.move(DAY)
    await ivan.sees(RU.waiting, within=SOON, after=pushed)
    await ivan.quiet(2)
    time.move(-DAY)
    await ivan.quiet(SOON)


def _next_ten_in_moscow() -> datetime:
    ten = datetime.now(UTC).replace(hour=7, minute=0, second=0, microsecond=0)
    return ten if ten > datetime.now(UTC) else ten + DAY


@pytest.mark.usefixtures("frequent_looks")
async def test_a_clock_that_was_a_year_ahead_for_a_while_silences_nobody(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await pushed_at(coach, moscow(23, 10) + 365 * DAY, ivan, RU.waiting)
    await finish(ivan, RU)  # at a time that has not come yet
    await pushed_at(coach, moscow(23, 10), ivan, RU.second)
    await pushed_at(coach, moscow(24, 9), ivan, RU.second)
    await nothing_at(coach, moscow(24, 22), ivan)
