"""The token stays a secret when everything else goes wrong; `launch` looks through every line of every process."""

from __future__ import annotations

import asyncio

import pytest

from tests.reliability.conftest import Launch
from tests.support.coach import IVAN, TOKEN
from tests.support.telegram import Telegram
from tests.support.wire import HTML_PAGE, Wire
from tests.support.words import RU

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("log_format", ["json", "console"])
async def test_nothing_is_told_while_connections_fail_and_every_detail_is_logged(
    telegram: Telegram, wire: Wire, launch: Launch, log_format: str
) -> None:
    bot, ivan = launch(BOT_API_URL=wire.url, LOG_LEVEL="DEBUG", LOG_FORMAT=log_format), telegram.person(IVAN)
    await wire.cut()
    await bot.spawn()
    await bot.mentions("telegram.repeat", times=2)
    await wire.lay_again()
    await ivan.starts("support-engineer")
    await ivan.sees(RU.first, within=20)
    wire.answer_with(HTML_PAGE)
    await ivan.says("Мой ответ.")
    await asyncio.wait_for(wire.struck.wait(), 10)
    wire.mend()
    await ivan.sees("Сохранено: 2 слова", within=20)
    await wire.cut()
    await bot.mentions("updates.unavailable", times=2)
    assert await bot.terminate() < 10
    assert bot.exit_code == 0


async def test_nothing_is_told_when_the_proxy_is_away(launch: Launch, unused_tcp_port: int) -> None:
    bot = launch(PROXY_URL=f"socks5://127.0.0.1:{unused_tcp_port}", LOG_LEVEL="DEBUG")
    await bot.spawn()
    await bot.mentions("telegram.repeat", times=2)
    assert await bot.terminate() < 10


async def test_a_token_that_telegram_does_not_know_ends_the_bot_with_one_line(launch: Launch) -> None:
    other = TOKEN.replace("1000:", "1000:another-")
    bot = launch(BOT_TOKEN=other)
    await bot.spawn()
    assert await bot.wait() == 2
    assert bot.log[-1] == "BOT_TOKEN: Telegram does not know this token"
    assert TOKEN.partition(":")[2] not in bot.told()
