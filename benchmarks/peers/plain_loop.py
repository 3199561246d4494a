"""The recipe of aiogram's own examples: one after the other, a short sleep in between, patience with the limit."""

import asyncio

from aiogram import Bot
from aiogram.exceptions import TelegramRetryAfter

from benchmarks.peers.order import TEXT, Order, fulfil

MOST_TRIES = 20


async def send(order: Order) -> int:
    pause = 1.5 / order.limit  # 0.05 for Telegram's 30, as in the recipe
    sent = 0
    async with order.bot() as bot:
        for chat in order.chats:
            sent += await send_one(bot, chat)
            await asyncio.sleep(pause)
    return sent


async def send_one(bot: Bot, chat: int) -> bool:
    for _ in range(MOST_TRIES):
        try:
            await bot.send_message(chat, TEXT)
        except TelegramRetryAfter as limit:
            await asyncio.sleep(limit.retry_after)
        else:
            return True
    return False


if __name__ == "__main__":
    fulfil(send)
