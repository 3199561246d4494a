"""aiogram-broadcast: its service as its own examples set it up, subscribers in memory instead of Redis."""

from typing import Any

from aiogram_broadcast import BroadcastService

from benchmarks.peers.order import TEXT, Order, fulfil


class Subscribers:
    """The two methods of a storage that sending needs."""

    def __init__(self, ids: list[int]) -> None:
        self._ids = ids

    async def get_all_subscriber_ids(self, state: object = None) -> list[int]:
        return self._ids

    async def update_subscriber_state(self, user_id: int, state: object) -> bool:
        return True


async def send(order: Order) -> int:
    pause = 1.5 / order.limit  # 0.05 for Telegram's 30, the service's default
    storage: Any = Subscribers(list(order.chats))
    async with order.bot() as bot:
        result = await BroadcastService(bot, storage, rate_limit=pause).broadcast_text(TEXT)
        return int(result.successful)


if __name__ == "__main__":
    fulfil(send)
