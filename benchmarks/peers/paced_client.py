"""The baseline for what a ledger costs: aiogram's client at an even pace, with nothing remembered."""

import asyncio
import time
from collections.abc import AsyncIterator

from aiogram import Bot

from benchmarks.peers.order import Order, fulfil
from benchmarks.peers.plain_loop import send_one

JUST_UNDER = 29.9 / 30
NAP = 0.005
"""Seconds; some messages go together rather than each on a waking of its own."""


async def send(order: Order) -> int:
    async with order.bot() as bot:
        return sum(await asyncio.gather(*[task async for task in _started(bot, order)]))


async def _started(bot: Bot, order: Order) -> AsyncIterator[asyncio.Task[int]]:
    started = time.monotonic()
    for number, chat in enumerate(order.chats):
        while time.monotonic() - started < number / (order.limit * JUST_UNDER):  # noqa: ASYNC110 - what is waited for is time
            await asyncio.sleep(NAP)
        yield asyncio.create_task(send_one(bot, chat))


if __name__ == "__main__":
    fulfil(send)
