"""How fast the bot may send of its own accord."""

import asyncio

RATE = 25
"""Messages a second. Telegram takes about 30 over all chats; replies to people come on top of these."""


class Pace:
    """Lets one message go at a time, evenly spread, and stands still when Telegram asks for it."""

    def __init__(self, rate: float = RATE) -> None:
        self._gap = 1 / rate
        self._free_at = 0.0  # on the event loop's clock

    async def turn(self) -> None:
        """Waits until the next message may go."""
        now = asyncio.get_running_loop().time()
        at = max(now, self._free_at)
        self._free_at = at + self._gap
        if at > now:
            await asyncio.sleep(at - now)

    def hold(self, seconds: float) -> None:
        """Nothing goes for so long."""
        until = asyncio.get_running_loop().time() + seconds
        self._free_at = max(self._free_at, until)
