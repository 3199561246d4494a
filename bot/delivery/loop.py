"""Looks at the clock, plans what is due and sends it, again and again."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.db.engine import Database
from bot.db.outage import DatabaseAway
from bot.db.users import CLOCK_SLIPS
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
        self._plan_at = 0.0  # on the event loop's clock
        self._latest = clock.now()
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Runs until `stop`, and then ends with what is in flight."""
        try:
            while not self._stopping.is_set():
                await self._round()
            await self._sender.finish()
        finally:
            await self._sender.abandon()

    async def _round(self) -> None:
        planned = await self._unharmed(self._plan_in_time)
        sent = await self._unharmed(self._sender.send_due)
        if planned is None or sent is None:
            await self._nap(AFTER_FAULT)
            return
        if self._heartbeat is not None:
            self._heartbeat.touch()
        await self._nap(0 if planned or sent else EVERY)

    async def _unharmed(self, step: Callable[[], Awaitable[int]]) -> int | None:
        """How much a step had to do; None when it failed. That passes, and the ledger keeps everything."""
        try:
            return await step()
        except DatabaseAway as away:
            log.warning("database.away", why=str(away), seconds=AFTER_FAULT)
        except Exception:
            log.exception("delivery.fault")
        return None

    def stop(self) -> None:
        self._stopping.set()

    async def _plan_in_time(self) -> int:
        """Enters what is due into the ledger; however busy the sender is, once in EVERY is enough."""
        now = asyncio.get_running_loop().time()
        if now < self._plan_at:
            return 0
        async with self._db.begin() as session:
            await self._mind_the_clock(session)
            planned = await deliveries.plan_due(session, now=self._clock.now(), limit=PLANNED_AT_ONCE)
        async with self._db.begin() as session:
            planned += await broadcasting.advance(session, now=self._clock.now())
        self._plan_at = now if planned else now + EVERY
        return planned

    async def _mind_the_clock(self, session: AsyncSession) -> None:
        """What was due by a clock that has been set back since does not wait for it to come round again."""
        now = self._clock.now()
        if now < self._latest - CLOCK_SLIPS:
            log.warning("clock.set_back", by=str(self._latest - now))
            await deliveries.bring_forward(session, self._latest, now=now)
            self._latest = now
        self._latest = max(self._latest, now)

    async def _nap(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)
