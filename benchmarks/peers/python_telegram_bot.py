"""python-telegram-bot with its AIORateLimiter, which paces and repeats whatever is sent side by side."""

import asyncio

from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, Application, ExtBot

from benchmarks.peers.order import TEXT, TOKEN, Order, fulfil

MOST_TRIES = 5
IN_FLIGHT = asyncio.Semaphore(24)
"""Where it is fastest. With all chats at once its HTTP client is busy with its own queue: a fifth of the rate."""


async def send(order: Order) -> int:
    limiter = AIORateLimiter(overall_max_rate=order.limit, max_retries=MOST_TRIES)
    builder = Application.builder().token(TOKEN).base_url(f"{order.url}/bot")
    async with builder.rate_limiter(limiter).updater(None).build() as application:
        return sum(await asyncio.gather(*(_send_one(application.bot, chat) for chat in order.chats)))


async def _send_one(bot: ExtBot[int], chat: int) -> bool:
    async with IN_FLIGHT:
        try:
            await bot.send_message(chat, TEXT)
        except TelegramError:
            return False
        return True


if __name__ == "__main__":
    fulfil(send)
