"""Queries about broadcasts."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import String, case, cast, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import deliveries
from bot.db.audience import Audience, conditions
from bot.db.models import Broadcast, BroadcastState, Delivery, DeliveryKind, DeliveryStatus, User
from bot.db.types import UtcDateTime
from bot.domain.errors import UnknownBroadcast
from bot.domain.identity import BroadcastId


async def get(session: AsyncSession, broadcast_id: BroadcastId) -> Broadcast:
    """The broadcast to change. Raises UnknownBroadcast."""
    broadcast = await session.get(Broadcast, broadcast_id, with_for_update=True)
    if broadcast is None:
        raise UnknownBroadcast
    return broadcast


async def at_work(session: AsyncSession) -> Sequence[Broadcast]:
    """Those that are being sent, wound up or recalled, the oldest first."""
    running = Broadcast.state == BroadcastState.RUNNING
    ending = (Broadcast.state == BroadcastState.CANCELLED) & Broadcast.finished_at.is_(None)
    recalling = Broadcast.recalled_at.is_not(None) & Broadcast.recall_finished_at.is_(None)
    return (await session.scalars(select(Broadcast).where(running | ending | recalling).order_by(Broadcast.id))).all()


async def to_start(session: AsyncSession, now: datetime) -> Sequence[Broadcast]:
    """Scheduled ones whose time has come."""
    query = select(Broadcast).where(Broadcast.state == BroadcastState.SCHEDULED, Broadcast.starts_at <= now)
    return (await session.scalars(query.with_for_update(skip_locked=True))).all()


async def enter(
    session: AsyncSession,
    broadcast: Broadcast,
    audience: Audience,
    ids: Sequence[int],
    due_in: Mapping[str, datetime],
    *,
    not_after: datetime,
    now: datetime,
) -> None:
    """Enters the deliveries to the users of the audience from the first to the last of `ids`.

    `due_in` tells for each time zone when they are due. One statement, however many there are.
    """
    due_at = case({zone: literal(at, UtcDateTime()) for zone, at in due_in.items()}, value=User.zone)
    values = {
        Delivery.user_id: User.id,
        Delivery.kind: literal(DeliveryKind.BROADCAST, Delivery.kind.type),
        Delivery.dedupe_key: literal(f"broadcast:{broadcast.id}:") + cast(User.id, String),
        Delivery.wanted_at: due_at,
        Delivery.due_at: due_at,
        Delivery.not_after: literal(not_after, UtcDateTime()),
        Delivery.priority: literal(deliveries.TO_MANY),
        Delivery.status: literal(DeliveryStatus.PENDING, Delivery.status.type),
        Delivery.tries: literal(0),
        Delivery.broadcast_id: literal(broadcast.id),
        Delivery.created_at: literal(now, UtcDateTime()),
    }
    people = select(*values.values()).where(User.id.between(ids[0], ids[-1]), *conditions(audience))
    await session.execute(insert(Delivery).from_select(list(values), people, include_defaults=False))
