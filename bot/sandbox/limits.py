"""Telegram's rate limits for sending: off until somebody asks for them."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from math import ceil

from bot.sandbox.errors import too_many_requests

_WINDOW = 1.0
_PRUNE_ABOVE = 10_000


class Limits:
    """Counts sends in a sliding second of real time; a refused send does not count."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._per_second: int | None = None
        self._per_chat: int | None = None
        self._sent: deque[float] = deque()
        self._sent_to: dict[int, deque[float]] = {}

    def set(self, per_second: int | None = None, per_chat_per_second: int | None = None) -> None:
        self._per_second = per_second
        self._per_chat = per_chat_per_second
        self._sent.clear()
        self._sent_to.clear()

    def check(self, method: str, chat_id: int | None) -> None:
        if (self._per_second is None and self._per_chat is None) or not _sends(method):
            return
        now = self._clock()
        windows = [(self._sent, self._per_second)]
        if chat_id is not None:
            windows.append((self._sent_to.setdefault(chat_id, deque()), self._per_chat))
        for sent, limit in windows:
            _refuse_beyond(sent, limit, now)
        for sent, _ in windows:
            sent.append(now)
        self._prune(now)

    def _prune(self, now: float) -> None:
        if len(self._sent_to) > _PRUNE_ABOVE:
            self._sent_to = {chat: sent for chat, sent in self._sent_to.items() if sent and sent[-1] > now - _WINDOW}


def _refuse_beyond(sent: deque[float], limit: int | None, now: float) -> None:
    while sent and sent[0] <= now - _WINDOW:
        sent.popleft()
    if limit is not None and len(sent) >= limit:
        wait = sent[0] + _WINDOW - now if sent else _WINDOW
        raise too_many_requests(max(1, ceil(wait)))


def _sends(method: str) -> bool:
    return method.startswith(("send", "copy", "forward")) and method != "sendchataction"
