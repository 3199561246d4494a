"""Telegram as the pace meets it: a network that takes its time, and a limit at the far end."""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from math import inf
from random import Random
from typing import Protocol

from bot.delivery.pacing import Pace

IN_HAND = 50
"""Messages that wait for their turn or for their answer at a time, as in the sender."""


class Limit(Protocol):
    def takes(self, at: float, /) -> bool:
        """Whether a message that arrives at this moment is not one too many."""


class Anything:
    def takes(self, _at: float) -> bool:
        return True


@dataclass
class SlidingSecond:
    """At most `most` in any second; what is refused does not count."""

    most: int
    _taken: deque[float] = field(default_factory=deque)

    def takes(self, at: float) -> bool:
        while self._taken and self._taken[0] <= at - 1:
            self._taken.popleft()
        if len(self._taken) >= self.most:
            return False
        self._taken.append(at)
        return True


@dataclass
class FixedSecond:
    """At most `most` between two strokes of Telegram's clock."""

    most: int
    _second: int = -1
    _taken: int = 0

    def takes(self, at: float) -> bool:
        if int(at) != self._second:
            self._second, self._taken = int(at), 0
        self._taken += 1
        return self._taken <= self.most


@dataclass
class TokenBucket:
    """`rate` tokens a second flow into a bucket that holds `size`, and a message takes one."""

    rate: float
    size: int
    _tokens: float = inf  # full at first
    _at: float = 0.0

    def takes(self, at: float) -> bool:
        self._tokens = min(self.size, self._tokens + (at - self._at) * self.rate)
        self._at = at
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


@dataclass
class RefusesOne:
    """Takes everything but the message of this number, the first being 0."""

    number: int
    _come: int = -1

    def takes(self, _at: float) -> bool:
        self._come += 1
        return self._come != self.number


@dataclass(eq=False)
class Sending:
    """One call; `refused` for so many seconds, 0 when it was taken, None until it has arrived."""

    chat_id: int
    sent_at: float
    arrives_at: float
    refused: float | None = None
    answered_at: float = inf


class FarEnd:
    """Messages arrive after `latency` / 2 and some jitter, in the order of their arrival, and are answered as late.

    After a refusal everything is refused until the time that it named is over.
    """

    def __init__(
        self, limit: Limit, *, seed: int = 0, latency: float = 0.06, jitter: float = 0.02, retry_after: float = 1
    ) -> None:
        self.limit = limit
        self.sendings: list[Sending] = []
        self.latencies: dict[int, float] = {}  # of chats that are slower than the others
        self._chance = Random(seed)
        self._latency = latency
        self._jitter = jitter
        self._retry_after = retry_after
        self._shut_until = 0.0
        self._on_the_way: list[tuple[float, int, Sending]] = []

    @property
    def refusals(self) -> int:
        return sum(bool(sending.refused) for sending in self.sendings)

    def taken(self, since: float = 0.0, until: float = inf) -> int:
        """How many messages have been taken that arrived in this time."""
        return sum(sending.refused == 0 and since <= sending.arrives_at < until for sending in self.sendings)

    async def gets(self, chat_id: int) -> float:
        """For how many seconds the message is refused; 0 when it is taken."""
        now = _now()
        sending = Sending(chat_id, now, now + self._trip(chat_id))
        self.sendings.append(sending)
        heapq.heappush(self._on_the_way, (sending.arrives_at, len(self.sendings), sending))
        await asyncio.sleep(sending.arrives_at - now + self._trip(chat_id))
        self._let_arrive(_now())
        assert sending.refused is not None
        sending.answered_at = _now()
        return sending.refused

    def _trip(self, chat_id: int) -> float:
        return self.latencies.get(chat_id, self._latency) / 2 + self._chance.uniform(0, self._jitter / 2)

    def _let_arrive(self, until: float) -> None:
        """Nothing that is sent from now on arrives before this."""
        while self._on_the_way and self._on_the_way[0][0] <= until:
            at, _, sending = heapq.heappop(self._on_the_way)
            sending.refused = self._refusal(at)

    def _refusal(self, at: float) -> float:
        if at >= self._shut_until:
            if self.limit.takes(at):
                return 0
            self._shut_until = at + self._retry_after
        return self._shut_until - at


class Rush:
    """Sends as fast as the pace lets it, as the sender does; what is refused goes again."""

    def __init__(self, pace: Pace, far_end: FarEnd) -> None:
        self.pace = pace
        self.far_end = far_end

    async def sends(self, chats: Iterable[int]) -> None:
        waiting = iter(chats)
        async with asyncio.TaskGroup() as hands:
            for _ in range(IN_HAND):
                hands.create_task(self._sends_one_by_one(waiting))

    async def lasts(self, seconds: float) -> None:
        """Every message to another chat."""
        end = _now() + seconds
        await self.sends(self._chats_until(end))

    def _chats_until(self, end: float) -> Iterator[int]:
        for chat_id in count(len(self.far_end.sendings) * 2):
            if _now() >= end:
                return
            yield chat_id

    async def _sends_one_by_one(self, waiting: Iterator[int]) -> None:
        for chat_id in waiting:
            while not await self.sends_to(chat_id):
                pass

    async def sends_to(self, chat_id: int) -> bool:
        """Whether it was taken."""
        async with self.pace.turn(chat_id) as slot:
            refused = await self.far_end.gets(chat_id)
            if refused:
                self.pace.refused(slot, refused)
            else:
                self.pace.answered(slot)
        return not refused


def _now() -> float:
    return asyncio.get_running_loop().time()
