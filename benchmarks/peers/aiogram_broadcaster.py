"""aiogram-broadcaster: a mailer in memory, with its interval set to the limit and its handler for a 429."""

from aiogram_broadcaster import Broadcaster
from aiogram_broadcaster.contents import TextContent
from aiogram_broadcaster.intervals import SimpleInterval
from aiogram_broadcaster.utils.retry_after_handler import setup_retry_after_handler

from benchmarks.peers.order import TEXT, Order, fulfil


async def send(order: Order) -> int:
    async with order.bot() as bot:
        broadcaster = Broadcaster(bot)
        setup_retry_after_handler(broadcaster.event)
        interval = SimpleInterval(interval=1 / order.limit)
        mailer = await broadcaster.create_mailer(order.chats, TextContent(text=TEXT), interval=interval)
        await mailer.start()
        return len(mailer.chats.success)


if __name__ == "__main__":
    fulfil(send)
