"""How fast the bot may send of its own accord."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import takewhile
from math import ceil, inf

SLACK = 0.25
"""Seconds of delay that are made up for by sending faster afterwards; the window holds all the same."""

BACK_OFF = 0.9
QUICK_CLIMB, SLOW_CLIMB = 0.02, 0.0003
"""A second, as shares of the full rate: up to near the rate that Telegram refused last, and beyond it."""

DOUBLES_IN = 15.0
"""Seconds without a refusal in which the slow climb becomes twice as fast."""

NEAR = 0.98
SLOWEST = 0.5
"""Messages a second, whatever Telegram refuses."""

NAP = 0.005
"""Seconds; at high rates some messages go together, which costs much less than to wake for each."""

MOST_DELAY = 0.4
"""Seconds on the way that are allowed for: a chat that is slow to answer must not hold up the others."""

CHAT_GAP = 1.0
"""Seconds between two messages to one chat."""

_ROUND_TRIPS = 100  # so many, or those of a second, tell how long a message is on its way at the least
_CHATS_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A message's place in time."""

    began: float


class Window:
    """The messages that Telegram may count when the next one arrives: those on their way, and those of late.

    An answer is at least a round trip later than its message's beginning, so the message arrived no later
    than that before its answer, as seen from where the next one begins.
    """

    def __init__(self, rate: float) -> None:
        self._on_way: dict[Slot, None] = {}  # in the order of their beginnings
        self._answered: deque[float] = deque()  # when; in order
        self._round_trip, self._quickest_of_late, self._trips = 0.0, inf, 0  # 0 while nothing is known
        self._enough_trips = max(_ROUND_TRIPS, ceil(rate))  # those of a rush's first moments are slow ones

    def begin(self, slot: Slot) -> None:
        self._on_way[slot] = None

    def count(self, span: float) -> int:
        """How many of the last so many seconds."""
        for slot in list(takewhile(self._is_overdue, self._on_way)):
            self.end(slot)
        while self._answered and self._answered[0] - self._round_trip + span <= _now():
            self._answered.popleft()
        return len(self._on_way) + len(self._answered)

    def first_until(self, span: float) -> float:
        """When the first of them does not count any more, as far as one can tell now."""
        answered_at = self._answered[0] if self._answered else _now()
        return answered_at - self._round_trip + span

    def end(self, slot: Slot) -> None:
        """It was counted by now, if at all."""
        if slot in self._on_way:
            self.forget(slot)
            self._answered.append(_now())

    def forget(self, slot: Slot) -> None:
        """It was not counted."""
        self._on_way.pop(slot, None)

    def learn(self, slot: Slot) -> None:
        """Keeps in mind how long a round trip takes at the least, now that the network is as it is."""
        self._trips += 1
        self._quickest_of_late = min(self._quickest_of_late, _now() - slot.began)
        if self._trips == self._enough_trips:
            self._round_trip, self._quickest_of_late, self._trips = self._quickest_of_late, inf, 0
        self._round_trip = min(self._round_trip, self._quickest_of_late)

    def _is_overdue(self, slot: Slot) -> bool:
        return _now() - slot.began > self._round_trip + MOST_DELAY


class Pace:
    """Lets messages go evenly, at most `rate` in a second at Telegram's end, and learns what Telegram takes.

    A message that is long on its way arrives together with later ones: what Telegram counts is a
    second of its own time. So a place in the window is free again a second after the message can have
    arrived at the latest, which the time of its answer tells.

    A refusal (429) stops everything for exactly as long as Telegram says. Then the rate backs off, and
    climbs: quickly to just below what was refused, slowly beyond.
    """

    def __init__(self, rate: float) -> None:
        self._full = rate
        self._rate = rate
        self._refused = rate / NEAR  # the rate at which Telegram refused last: none yet
        self._climbed_at = self._held_until = self._next = _now()
        self._window = Window(rate)
        self._chats: dict[int, float] = {}  # when the next message to the chat may go
        self._queue = asyncio.Lock()

    @property
    def rate(self) -> float:
        """Messages a second that may go now."""
        return self._rate

    @asynccontextmanager
    async def turn(self, chat_id: int) -> AsyncIterator[Slot]:
        """Waits until the next message may go to this chat; it is to be sent within the block."""
        while (slot := await self._next_slot(chat_id)) is None:  # noqa: ASYNC110 - as below
            await asyncio.sleep(self._chats[chat_id] - _now())
        try:
            yield slot
        finally:
            self._window.end(slot)  # without an answer, Telegram may have counted it until now

    async def _next_slot(self, chat_id: int) -> Slot | None:
        """The next place; None when it is too soon for this chat: others go on meanwhile."""
        async with self._queue:  # who waits longest goes first
            while (wait := self._opens_at() - _now()) > 0:  # noqa: ASYNC110 - what is waited for is time itself
                await asyncio.sleep(max(wait, NAP))
            return self._take(chat_id) if self._chats.get(chat_id, 0.0) <= _now() else None

    def _opens_at(self) -> float:
        self._climb()
        most = ceil(self._rate)  # in a second or a little more
        span = most / self._rate
        earliest = max(self._next, self._held_until)
        if self._window.count(span) < most:
            return earliest
        return max(earliest, self._window.first_until(span))

    def _take(self, chat_id: int) -> Slot:
        now = _now()
        self._next = max(self._next, now - SLACK) + 1 / self._rate
        if len(self._chats) > _CHATS_REMEMBERED:
            self._chats = {chat: free_at for chat, free_at in self._chats.items() if free_at > now}
        self._chats[chat_id] = now + CHAT_GAP
        self._window.begin(slot := Slot(now))
        return slot

    def _climb(self) -> None:
        now = _now()
        climb = QUICK_CLIMB
        if self._rate > NEAR * self._refused:
            undisturbed = min(now - self._held_until, 10 * DOUBLES_IN)
            climb = min(QUICK_CLIMB, SLOW_CLIMB * 2 ** (undisturbed / DOUBLES_IN))
        self._rate = min(self._full, self._rate + self._full * climb * max(0.0, now - self._climbed_at))
        self._climbed_at = max(now, self._climbed_at)

    def answered(self, slot: Slot) -> None:
        """Telegram has answered: the message was counted between its sending and now."""
        self._window.learn(slot)
        self._window.end(slot)

    def refused(self, slot: Slot, retry_after: float) -> None:
        """Telegram has refused the message for being one too many."""
        now = _now()
        self._window.forget(slot)
        if slot.began >= self._held_until:  # what was on its way beside it tells nothing new
            self._refused = self._rate
            self._rate = max(SLOWEST, self._rate * BACK_OFF)
        self._held_until = self._climbed_at = max(self._held_until, now + retry_after)


def _now() -> float:
    return asyncio.get_running_loop().time()
