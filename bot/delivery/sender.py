"""Takes due deliveries from the ledger and sends them, at least once and as a rule exactly once."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramRetryAfter,
)

from bot.clock import Clock
from bot.db.deliveries import Claimed
from bot.db.engine import Database
from bot.delivery.pacing import Pace
from bot.delivery.render import render
from bot.domain.identity import DeliveryId
from bot.services import deliveries
from bot.services.deliveries import NotNeeded, NotYet, Prepared
from bot.telegram.i18n import Catalogues

log = structlog.get_logger()

MOST_IN_FLIGHT = 50
"""Enough to keep the pace while some chats are slow to answer."""

Record = Callable[..., Coroutine[Any, Any, None]]


class Sender:
    """Claim and commit, then send, then record: no transaction is open while Telegram is waited for.

    A process killed between the sending and the recording leaves a claimed row; when its lease is over
    the message is sent again, for a question twice is better than never.
    """

    def __init__(self, bot: Bot, db: Database, clock: Clock, catalogues: Catalogues) -> None:
        self._bot = bot
        self._db = db
        self._clock = clock
        self._catalogues = catalogues
        self._pace = Pace()
        self._in_flight: dict[DeliveryId, asyncio.Task[None]] = {}

    async def send_due(self) -> int:
        """Begins to send what is due, as far as there is room. Returns how many messages that are."""
        if room := MOST_IN_FLIGHT - len(self._in_flight):
            async with self._db.begin() as session:
                now = self._clock.now()
                due = await deliveries.claim(session, now=now, limit=room, in_flight=tuple(self._in_flight))
            for claimed in due:
                self._begin(claimed)
            return len(due)
        await asyncio.wait(self._in_flight.values(), return_when=asyncio.FIRST_COMPLETED)
        return 0

    def _begin(self, claimed: Claimed) -> None:
        def landed(_task: asyncio.Task[None]) -> None:
            del self._in_flight[claimed.id]

        self._in_flight[claimed.id] = asyncio.create_task(self._deliver(claimed))
        self._in_flight[claimed.id].add_done_callback(landed)

    async def finish(self) -> None:
        """Waits for what is in flight; what is cut short keeps its lease and is sent again after that."""
        tasks = list(self._in_flight.values())
        try:
            await asyncio.gather(*tasks, return_exceptions=True)
        finally:
            for task in tasks:
                task.cancel()

    async def _deliver(self, claimed: Claimed) -> None:
        try:
            await self._attempt(claimed)
        except Exception as error:  # whatever is wrong with it, the others go out
            log.exception("delivery.fault", id=claimed.id)
            await self._record(deliveries.record_fault, claimed, repr(error))

    async def _attempt(self, claimed: Claimed) -> None:
        await self._pace.turn()
        async with self._db.begin() as session:
            prepared = await deliveries.prepare(session, claimed, now=self._clock.now())
        match prepared:
            case NotNeeded(reason):
                await self._record(deliveries.record_not_needed, claimed, reason)
            case NotYet(until):
                await self._record(deliveries.put_back, claimed, until)
            case _:
                await self._send(claimed, prepared)

    async def _send(self, claimed: Claimed, prepared: Prepared) -> None:
        message = render(prepared, self._catalogues)
        try:
            sent = await self._bot.send_message(claimed.user_id, message.text, reply_markup=message.keyboard)
        except TelegramRetryAfter as limit:
            self._pace.hold(limit.retry_after)
            await self._record(deliveries.put_back, claimed, self._clock.now())
        except TelegramAPIError as error:
            await self._record(_outcome(error), claimed, f"{type(error).__name__}: {error.message}")
        else:
            await self._record(deliveries.record_sent, claimed, prepared, sent.message_id)

    async def _record(self, outcome: Record, claimed: Claimed, *details: object) -> None:
        async with self._db.begin() as session:
            await outcome(session, claimed, *details, now=self._clock.now())
        log.info("delivery", id=claimed.id, kind=claimed.kind, outcome=outcome.__name__)


def _outcome(error: TelegramAPIError) -> Record:
    match error:
        case TelegramForbiddenError():
            return deliveries.record_unreachable
        case TelegramBadRequest() if "chat not found" in error.message:
            return deliveries.record_unreachable
        case TelegramBadRequest():
            return deliveries.record_refused
        case _:
            return deliveries.record_fault
