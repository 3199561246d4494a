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
from bot.services import deliveries
from bot.services.deliveries import NotNeeded, Prepared
from bot.telegram.i18n import Catalogues

log = structlog.get_logger()

BATCH = 50
"""Rows claimed at a time: few enough to be sent within their lease."""

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

    async def send_due(self) -> int:
        """Sends one batch of what is due. Returns how many rows that were."""
        async with self._db.begin() as session:
            batch = await deliveries.claim(session, now=self._clock.now(), limit=BATCH)
        await asyncio.gather(*(self._deliver(claimed) for claimed in batch))
        return len(batch)

    async def _deliver(self, claimed: Claimed) -> None:
        """Sends one message; whatever is wrong with it, the others of the batch go out."""
        try:
            await self._attempt(claimed)
        except Exception as error:
            log.exception("delivery.fault", id=claimed.id)
            await self._record(deliveries.record_fault, claimed, repr(error))

    async def _attempt(self, claimed: Claimed) -> None:
        await self._pace.turn()
        async with self._db.begin() as session:
            prepared = await deliveries.prepare(session, claimed, now=self._clock.now())
        if isinstance(prepared, NotNeeded):
            await self._record(deliveries.record_not_needed, claimed, prepared.reason)
        else:
            await self._send(claimed, prepared)

    async def _send(self, claimed: Claimed, prepared: Prepared) -> None:
        assert not isinstance(prepared, NotNeeded)
        message = render(prepared, self._catalogues)
        try:
            sent = await self._bot.send_message(claimed.user_id, message.text, reply_markup=message.keyboard)
        except TelegramRetryAfter as limit:
            self._pace.hold(limit.retry_after)
            await self._record(deliveries.put_back, claimed)
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
