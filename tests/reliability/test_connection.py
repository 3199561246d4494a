"""What lies between the bot and Telegram breaks in its own ways, and none of them ends the bot."""

from __future__ import annotations

import asyncio

import pytest

from tests.reliability.conftest import Serving
from tests.support.coach import IVAN
from tests.support.socks import socks_proxy
from tests.support.telegram import Telegram
from tests.support.wire import HTML_PAGE, JSON_PAGE, Wire
from tests.support.words import RU

PATIENCE = 15.0
"""Seconds; after a fault the bot waits a little before it tries again."""


async def test_a_socks_proxy_may_be_away_at_the_start_and_later(
    telegram: Telegram, serving: Serving, unused_tcp_port: int
) -> None:
    ivan = telegram.person(IVAN)
    async with socks_proxy(unused_tcp_port) as proxy, serving(proxy_url=proxy.url):
        await ivan.starts("support-engineer")
        await asyncio.sleep(1)  # the bot finds nobody at the proxy's port
        await proxy.start()
        await ivan.sees(RU.first, within=PATIENCE)
        await proxy.stop()
        await ivan.says("Ответ без прокси.")
        await asyncio.sleep(1)  # the same again
        await proxy.start()
        await ivan.sees("Сохранено: 3 слова", within=PATIENCE)
        assert proxy.connections > 1


@pytest.mark.parametrize("page", [HTML_PAGE, JSON_PAGE], ids=["html", "json"])
async def test_gateway_pages_in_place_of_answers_pass(
    telegram: Telegram, wire: Wire, serving: Serving, page: str
) -> None:
    ivan = telegram.person(IVAN)
    wire.answer_with(page)
    async with serving(bot_api_url=wire.url):
        await ivan.starts("support-engineer")
        await asyncio.wait_for(wire.struck.wait(), PATIENCE)
        wire.mend()
        await ivan.sees(RU.first, within=PATIENCE)
        wire.answer_with(page)
        await ivan.says("Ответ в плохой день.")
        await asyncio.wait_for(wire.struck.wait(), PATIENCE)
        wire.mend()
        await ivan.sees("Сохранено: 4 слова", within=PATIENCE)
