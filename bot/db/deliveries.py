"""Queries about the ledger of everything that the bot says of its own accord."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Update, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import insert_into
from bot.db.models import Delivery, DeliveryKind, DeliveryStatus, User
from bot.domain.identity import AttemptId, DeliveryId, UserId

LEASE = timedelta(seconds=30)
"""How long a claimed row is left to its sender before another may take it up; longer than any send."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery in the hands of the sender."""

    id: DeliveryId
    user_id: UserId
    kind: DeliveryKind
    attempt_id: AttemptId | None
    planned_at: datetime
    not_after: datetime
    tries: int


async def plan(
    session: AsyncSession,
    user_id: UserId,
    kind: DeliveryKind,
    *,
    key: str,
    due_at: datetime,
    not_after: datetime,
    now: datetime,
    attempt_id: AttemptId | None = None,
) -> None:
    """Enters a delivery into the ledger; does nothing when one with this key is there already."""
    row = insert_into(session, Delivery).values(
        user_id=user_id,
        kind=kind,
        dedupe_key=key,
        due_at=due_at,
        not_after=not_after,
        priority=0,
        tries=0,
        status=DeliveryStatus.PENDING,
        attempt_id=attempt_id,
        created_at=now,
    )
    await session.execute(row.on_conflict_do_nothing(index_elements=["dedupe_key"]))


async def pending_later(session: AsyncSession, attempt_id: AttemptId) -> Delivery | None:
    """The "later today" of an attempt that has not been sent yet."""
    query = select(Delivery).where(
        Delivery.attempt_id == attempt_id,
        Delivery.kind == DeliveryKind.LATER,
        Delivery.status == DeliveryStatus.PENDING,
    )
    return (await session.scalars(query)).first()


async def claim(
    session: AsyncSession, now: datetime, limit: int, in_flight: Collection[DeliveryId]
) -> Sequence[Claimed]:
    """Takes due rows, and rows that a dead sender has left, for this sender alone.

    `in_flight` are the rows that this sender is busy with, however long that takes.
    """
    free = or_(
        and_(Delivery.status == DeliveryStatus.PENDING, Delivery.due_at <= now),
        and_(Delivery.status == DeliveryStatus.CLAIMED, Delivery.leased_until <= now),
    )
    free = and_(free, Delivery.id.not_in(in_flight))
    order = (Delivery.priority, Delivery.due_at, Delivery.id)
    ids = select(Delivery.id).where(free).order_by(*order).limit(limit).with_for_update(skip_locked=True)
    taken = update(Delivery).where(Delivery.id.in_(ids)).returning(Delivery)
    values = {"status": DeliveryStatus.CLAIMED, "leased_until": now + LEASE, "tries": Delivery.tries + 1}
    rows = (await session.scalars(taken.values(values))).all()
    return [_claimed(row) for row in sorted(rows, key=lambda row: (row.priority, row.due_at, row.id))]


def _claimed(row: Delivery) -> Claimed:
    return Claimed(
        id=DeliveryId(row.id),
        user_id=UserId(row.user_id),
        kind=row.kind,
        attempt_id=None if row.attempt_id is None else AttemptId(row.attempt_id),
        planned_at=row.created_at,
        not_after=row.not_after,
        tries=row.tries,
    )


def _own(claimed: Claimed) -> Update:
    """An UPDATE of a row that is still its sender's: one that slept past its lease changes nothing."""
    own = (Delivery.id == claimed.id, Delivery.status == DeliveryStatus.CLAIMED, Delivery.tries == claimed.tries)
    return update(Delivery).where(*own)


async def renew(session: AsyncSession, claimed: Claimed, now: datetime) -> bool:
    """Keeps a row for one more lease; False when it is no longer this sender's."""
    kept = await session.execute(_own(claimed).values(leased_until=now + LEASE).returning(Delivery.id))
    return kept.first() is not None


async def note_attempt(session: AsyncSession, claimed: Claimed, attempt_id: AttemptId) -> None:
    """Remembers which attempt the row has opened."""
    await session.execute(_own(claimed).values(attempt_id=attempt_id))


async def postpone(session: AsyncSession, claimed: Claimed, due_at: datetime, reason: str) -> None:
    """Puts a claimed row back until `due_at`."""
    back = {"status": DeliveryStatus.PENDING, "due_at": due_at, "leased_until": None, "reason": reason}
    await session.execute(_own(claimed).values(back))


async def release(session: AsyncSession, claimed: Claimed, due_at: datetime) -> None:
    """Puts a claimed row back as if it had not been tried: the fault was not its own."""
    back = {"status": DeliveryStatus.PENDING, "due_at": due_at, "leased_until": None}
    await session.execute(_own(claimed).values(back | {"tries": Delivery.tries - 1}))


async def finish(
    session: AsyncSession,
    claimed: Claimed,
    status: DeliveryStatus,
    now: datetime,
    *,
    message_id: int | None = None,
    reason: str | None = None,
) -> None:
    over = {"status": status, "finished_at": now, "message_id": message_id, "reason": reason}
    await session.execute(_own(claimed).values(over | {"leased_until": None}))


async def next_moment(session: AsyncSession) -> datetime | None:
    """When the next waiting row of somebody who can be reached is due."""
    query = (
        select(Delivery.due_at)
        .join(User, User.id == Delivery.user_id)
        .where(Delivery.status == DeliveryStatus.PENDING, User.unreachable_at.is_(None))
        .order_by(Delivery.due_at)
        .limit(1)
    )
    return (await session.scalars(query)).first()
