"""A bot that was killed goes on with the conversation as if nothing had happened."""

from __future__ import annotations

import time

from tests.reliability.conftest import Launch
from tests.support.coach import IVAN
from tests.support.telegram import Telegram
from tests.support.words import RU


async def test_a_killed_bot_still_waits_for_the_hour_and_for_the_rest_of_the_answer(
    telegram: Telegram, launch: Launch
) -> None:
    bot, ivan = launch(), telegram.person(IVAN)
    await ivan.starts("support-engineer")
    begun = time.monotonic()
    await bot.start()
    await ivan.sees(RU.first)
    print(f"\nfrom a cold start to the first question: {time.monotonic() - begun:.1f} s")
    await ivan.says("Начало ответа.")
    status = await ivan.sees("Сохранено: 2 слова")
    await ivan.says("/settings")
    await ivan.presses("Время", await ivan.sees(RU.settings))
    await ivan.presses("Другое время", await ivan.sees("В котором часу"))
    asked = await ivan.sees("Напишите время")
    await bot.kill()
    await ivan.says("21:30")
    await bot.start()
    assert "21:30" in (await ivan.sees(RU.settings, after=asked)).text
    await ivan.says("Конец ответа.")
    assert (await ivan.sees("Сохранено: 4 слова")).id == status.id
    assert await bot.terminate() < 10
    assert (bot.exit_code, len(bot.events("bot.stopped"))) == (0, 1)
