"""Writes down what became of deliveries."""

import asyncio
from collections.abc import Callable

import structlog

from bot.clock import Clock
from bot.db.engine import Database
from bot.db.outage import until_back
from bot.services import recording
from bot.services.pushes import Result

log = structlog.get_logger()

PAUSE = 0.1
"""Seconds between two transactions under load: what comes in meanwhile shares the next one."""


class Recorder:
    """Results come one by one and are written in batches, soon: until then a kill makes for a repetition.

    While the database is away they are kept, and with them the rows stay in the sender's hands.
    """

    def __init__(self, db: Database, clock: Clock, on_recorded: Callable[[Result], None]) -> None:
        self._db = db
        self._clock = clock
        self._on_recorded = on_recorded
        self._results: list[Result] = []
        self._writing: asyncio.Task[None] | None = None

    def note(self, result: Result) -> None:
        self._results.append(result)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())

    async def finish(self) -> None:
        """Waits until everything is written."""
        if self._writing is not None:
            await self._writing

    async def _write_all(self) -> None:
        while self._results:
            batch, self._results = self._results, []
            await self._write(batch)
            for result in batch:
                self._on_recorded(result)
            await asyncio.sleep(PAUSE if self._results else 0)

    async def _write(self, batch: list[Result]) -> None:
        try:
            await until_back(lambda: self._store(batch), unrecorded=len(batch))
        except Exception:  # one of them is broken, and shall not take the others with it
            log.exception("delivery.unrecorded", of=len(batch))
            if len(batch) > 1:
                for result in batch:
                    await self._write([result])

    async def _store(self, batch: list[Result]) -> None:
        async with self._db.begin() as session:
            await recording.record(session, batch, now=self._clock.now())
