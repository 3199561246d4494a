"""Tells open pages what changed; a slow page hears of each change once, however often it happened."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.sandbox.types import Json

CLOCK: Json = {"what": "clock"}


class Listener:
    def __init__(self) -> None:
        self._changes: dict[tuple[str, int], Json] = {}
        self._wake = asyncio.Event()
        self.closed = False

    def tell(self, change: Json) -> None:
        self._changes[change["what"], change.get("user", 0)] = change
        self._wake.set()

    def close(self) -> None:
        self.closed = True
        self._wake.set()

    async def changes(self, patience: float) -> list[Json]:
        """What has changed since the last call; empty after `patience` seconds of silence."""
        try:
            await asyncio.wait_for(self._wake.wait(), patience)
        except TimeoutError:
            return []
        self._wake.clear()
        changes, self._changes = list(self._changes.values()), {}
        return changes


class Events:
    def __init__(self) -> None:
        self._listeners: set[Listener] = set()

    def chat_changed(self, user_id: int) -> None:
        if self._listeners:
            self.publish({"user": user_id, "what": "chat"})

    def publish(self, change: Json) -> None:
        for listener in self._listeners:
            listener.tell(change)

    @asynccontextmanager
    async def listen(self) -> AsyncIterator[Listener]:
        listener = Listener()
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    def close(self) -> None:
        for listener in self._listeners:
            listener.close()
