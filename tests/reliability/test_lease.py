"""A push between sending and recording: the process dies, the message is sent again, once."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.db.deliveries import LEASE
from tests.reliability.conftest import Launch, Serving
from tests.support.coach import IVAN, HandClock
from tests.support.telegram import Telegram
from tests.support.wire import Wire
from tests.support.words import RU


@pytest.mark.slow
async def test_a_push_that_was_sent_but_not_recorded_comes_again_after_the_lease_and_then_no_more(
    telegram: Telegram, wire: Wire, serving: Serving, launch: Launch
) -> None:
    ivan = telegram.person(IVAN)
    async with serving(HandClock(datetime.now(UTC) - timedelta(days=1))):
        await ivan.starts("support-engineer")
        await ivan.sees(RU.first)
        await ivan.says("/settings")
        await ivan.presses("Время", await ivan.sees(RU.settings))
        await ivan.presses("Другое время", await ivan.sees("В котором часу"))
        await ivan.sees("Напишите время")
        await ivan.says("0:00")  # the hour has passed today, whatever time it is
        await ivan.sees("00:00")
    wire.hold_answers("sendMessage")
    bot = launch(BOT_API_URL=wire.url)
    await bot.start()
    await asyncio.wait_for(wire.struck.wait(), 10)
    pushed = await ivan.sees(RU.waiting)
    await bot.kill()
    wire.mend()
    await bot.start()
    again = await ivan.sees(RU.waiting, within=LEASE.total_seconds() + 10, after=pushed)
    assert again.date - pushed.date >= LEASE - timedelta(seconds=1)  # Telegram's dates are in whole seconds
    await ivan.quiet(3)
    await ivan.says("Ответ на то, что пришло дважды.")
    await ivan.sees("Сохранено: 6 слов")
