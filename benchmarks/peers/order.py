"""What every peer is asked to do, and how it tells what it did."""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

TOKEN = "1000:a-token-for-the-benchmarks"  # noqa: S105 - it opens nothing
TEXT = "Сначала выслушаю клиента, уточню детали и предложу решение с понятным сроком."


@dataclass(frozen=True, slots=True)
class Order:
    """One message to each of the chats, at most `limit` in a second."""

    url: str
    messages: int
    limit: int

    @property
    def chats(self) -> range:
        return range(1, self.messages + 1)

    def bot(self, connections: int = 100) -> Bot:
        """aiogram's client, with its own number of connections unless told otherwise."""
        session = AiohttpSession(api=TelegramAPIServer.from_base(self.url), limit=connections)
        return Bot(TOKEN, session=session)


def fulfil(send: Callable[[Order], Awaitable[int]]) -> None:
    """Runs `send`, which returns how many messages went out, with the order of the command line."""
    url, messages, limit = sys.argv[1:]
    order = Order(url, int(messages), int(limit))
    started, cpu = time.perf_counter(), time.process_time()
    sent = asyncio.run(_run(send, order))
    figures = {"seconds": time.perf_counter() - started, "cpu_seconds": time.process_time() - cpu}
    print(json.dumps({**figures, "sent": sent, "failed": order.messages - sent}))


async def _run(send: Callable[[Order], Awaitable[int]], order: Order) -> int:
    return await send(order)
