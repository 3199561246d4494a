"""Waits until the bot has said everything that it has to say by its clock."""

from __future__ import annotations

import asyncio
import time

from sqlalchemy import exists, select

from bot.clock import Clock
from bot.db.engine import Database
from bot.db.models import Delivery, DeliveryStatus
from bot.services import deliveries

_GLANCE = 0.01
_WITHIN = 30.0


async def settled(db: Database, clock: Clock) -> None:
    """Returns as soon as nobody is due a push and none is being sent."""
    deadline = time.monotonic() + _WITHIN
    while await _is_busy(db, clock):
        assert time.monotonic() < deadline, "the bot does not send what is due"
        await asyncio.sleep(_GLANCE)


async def _is_busy(db: Database, clock: Clock) -> bool:
    in_hand = select(exists().where(Delivery.status == DeliveryStatus.CLAIMED))
    async with db.read() as session:
        coming = await deliveries.next_moment(session)
        return (coming is not None and coming <= clock.now()) or bool(await session.scalar(in_hand))
