"""No peer but a baseline: aiogram's client as fast as it can, with neither pace nor memory."""

import asyncio
from collections.abc import Iterator

from aiogram import Bot

from benchmarks.peers.order import Order, fulfil
from benchmarks.peers.plain_loop import send_one

IN_FLIGHT = 200


async def send(order: Order) -> int:
    chats = iter(order.chats)
    async with order.bot(connections=IN_FLIGHT) as bot:
        return sum(await asyncio.gather(*(_work(bot, chats) for _ in range(IN_FLIGHT))))


async def _work(bot: Bot, chats: Iterator[int]) -> int:
    sent = 0
    for chat in chats:
        sent += await send_one(bot, chat)
    return sent


if __name__ == "__main__":
    fulfil(send)
