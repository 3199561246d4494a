"""Looks at the clock, plans what is due and sends it, again and again."""

import asyncio
from contextlib import suppress
from pathlib import Path

import structlog

from bot.clock import Clock
from bot.db.engine import Database
from bot.db.outage import DatabaseAway
from bot.delivery.sender import Sender
from bot.services import broadcasting, deliveries

log = structlog.get_logger()

EVERY = 1.0
"""Seconds between two looks at the wall clock. Short naps: a long sleep would miss a clock that jumps."""

AFTER_FAULT = 5.0
PLANNED_AT_ONCE = 500


class DeliveryLoop:
    """Plans and sends for as long as the program runs."""

    def __init__(self, db: Database, clock: Clock, sender: Sender, heartbeat: Path | None) -> None:
        self._db = db
        self._clock = clock
        self._sender = sender
        self._heartbeat = heartbeat  # a file to touch after every round that went well
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Runs until `stop`, and then ends with what is in flight."""
        while not self._stopping.is_set():
            try:
                busy = await self._tick()
            except DatabaseAway as away:  # it passes, and the ledger keeps everything
                log.warning("database.away", why=str(away), seconds=AFTER_FAULT)
                await self._nap(AFTER_FAULT)
            except Exception:
                log.exception("delivery.fault")
                await self._nap(AFTER_FAULT)
            else:
                await self._nap(0 if busy else EVERY)
        await self._sender.finish()

    def stop(self) -> None:
        self._stopping.set()

    async def _tick(self) -> bool:
        """One look at the clock. Returns whether there is more to do at once."""
        async with self._db.begin() as session:
            planned = await deliveries.plan_due(session, now=self._clock.now(), limit=PLANNED_AT_ONCE)
        async with self._db.begin() as session:
            planned += await broadcasting.advance(session, now=self._clock.now())
        sent = await self._sender.send_due()
        if self._heartbeat is not None:
            self._heartbeat.touch()
        return planned > 0 or sent > 0

    async def _nap(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)
