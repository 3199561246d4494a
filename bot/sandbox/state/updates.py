"""The bot's update queue: what getUpdates hands out and a webhook is fed from."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.errors import ApiError, ConnectionDroppedError, conflict
from bot.sandbox.types import Json, Now

_KEPT_FOR = timedelta(hours=24)
_MOST_UPDATES = 100_000
# Telegram leaves these out unless they are asked for by name.
_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK_SET = "terminated by setWebhook request"


@dataclass(frozen=True, slots=True)
class _Pending:
    id: int
    at: datetime
    update: Json


class UpdateQueue:
    def __init__(self, now: Now, first_id: int = 1) -> None:
        self._now = now
        self._next_id = first_id
        self._pending: deque[_Pending] = deque(maxlen=_MOST_UPDATES)
        self._arrived = asyncio.Event()
        self._poll: asyncio.Future[None] | None = None
        self.allowed: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self._pending)

    def add(self, kind: str, payload: Json) -> int | None:
        """The update's id, or None when the bot has not asked for this kind."""
        if kind not in self.allowed and (self.allowed or kind in _ON_REQUEST):
            return None
        update_id = self._next_id
        self._next_id += 1
        self._pending.append(_Pending(update_id, self._now(), {"update_id": update_id, kind: payload}))
        self._arrived.set()
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        return update_id

    def allow(self, kinds: Collection[str] | None) -> None:
        """Holds until it is changed; an empty list means the usual kinds. Older updates are untouched."""
        if kinds is not None:
            self.allowed = frozenset(kinds)

    def clear(self) -> None:
        self._pending.clear()

    def take(self, offset: int, limit: int) -> list[Json]:
        """Confirms everything before `offset` (from the end when negative), returns what comes next."""
        self._expire()
        if offset < 0:
            offset = self._pending[max(len(self._pending) + offset, 0)].id if self._pending else 0
        while self._pending and self._pending[0].id < offset:
            self._pending.popleft()
        return [pending.update for _, pending in zip(range(limit), self._pending, strict=False)]

    async def poll(self, offset: int, limit: int, patience: float) -> list[Json]:
        """Long polling; the poll that was waiting before is ended with 409 Conflict."""
        self.end_poll(conflict(_OTHER_POLL))
        updates = self.take(offset, limit)
        if updates or patience <= 0:
            return updates
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(poll, patience)
        except TimeoutError:
            return []
        finally:
            if self._poll is poll:
                self._poll = None
        return self.take(offset, limit)

    def end_poll(self, reason: ApiError | ConnectionDroppedError) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(reason)

    def end_poll_for_webhook(self) -> None:
        self.end_poll(conflict(_WEBHOOK_SET))

    async def first(self) -> Json:
        """Waits for the oldest update and leaves it in the queue."""
        while True:
            self._expire()
            if self._pending:
                return self._pending[0].update
            self._arrived.clear()
            await self._arrived.wait()

    def confirm(self, update_id: int) -> None:
        self.take(update_id + 1, 0)

    def _expire(self) -> None:
        oldest = self._now() - _KEPT_FOR
        while self._pending and self._pending[0].at < oldest:
            self._pending.popleft()
