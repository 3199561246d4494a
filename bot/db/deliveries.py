"""Queries about the ledger of everything that the bot says of its own accord."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, Table, Update, bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import insert_into
from bot.db.models import Delivery, DeliveryKind, DeliveryStatus, User
from bot.domain.identity import AttemptId, BroadcastId, DeliveryId, UserId

DELETABLE_FOR = timedelta(hours=48)
"""How long a bot may delete its messages. https://core.telegram.org/bots/api#deletemessage"""

LEASE = timedelta(seconds=30)
"""How long a claimed row is left to its sender before another may take it up; longer than any send."""


# The rows of these statements are in no session: there are no objects to bring up to date.
_IN_PLACE = {"synchronize_session": False}

UNDER_WAY = (DeliveryStatus.PENDING, DeliveryStatus.CLAIMED)

PERSONAL, TO_MANY = 0, 1
"""Priorities: what somebody is waiting for goes before what goes to many."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery in the hands of the sender; `orphaned`: another one had it and never told how it went."""

    id: DeliveryId
    user_id: UserId
    kind: DeliveryKind
    attempt_id: AttemptId | None
    broadcast_id: BroadcastId | None
    message_id: int | None
    created_at: datetime
    wanted_at: datetime
    not_after: datetime
    tries: int
    orphaned: bool


_CLAIMED = tuple(field.name for field in fields(Claimed) if field.name != "orphaned")


async def plan(
    session: AsyncSession,
    user_id: UserId,
    kind: DeliveryKind,
    *,
    key: str,
    due_at: datetime,
    not_after: datetime,
    now: datetime,
    wanted_at: datetime | None = None,
    attempt_id: AttemptId | None = None,
) -> None:
    """Enters a delivery into the ledger; does nothing when one with this key is there already.

    `wanted_at`, the moment that it was meant for, is `due_at` unless it is late from the start.
    """
    row = insert_into(session, Delivery).values(
        user_id=user_id,
        kind=kind,
        dedupe_key=key,
        wanted_at=wanted_at or due_at,
        due_at=due_at,
        not_after=not_after,
        priority=PERSONAL,
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
    session: AsyncSession, now: datetime, limit: int, in_flight: Collection[DeliveryId] = ()
) -> list[Claimed]:
    """Takes due personal rows, and any rows that a dead sender has left, for this sender alone.

    `in_flight` are the rows that this sender is busy with, however long that takes.
    """
    # A lease that ends later than any given now was given by a clock that was wrong.
    over = or_(Delivery.leased_until <= now, Delivery.leased_until > now + LEASE)
    left = (Delivery.status == DeliveryStatus.CLAIMED, over, Delivery.id.not_in(in_flight))
    orphans = await _take(session, _first(limit).where(*left), now, orphaned=True)
    waiting = (Delivery.status == DeliveryStatus.PENDING, Delivery.priority == PERSONAL, Delivery.due_at <= now)
    personal = _first(limit - len(orphans)).where(*waiting).order_by(Delivery.due_at, Delivery.id)
    return orphans + await _take(session, personal, now)


async def claim_of(session: AsyncSession, broadcast_id: BroadcastId, now: datetime, limit: int) -> list[Claimed]:
    """Takes due rows of a broadcast for this sender alone."""
    waiting = (Delivery.broadcast_id == broadcast_id, Delivery.status == DeliveryStatus.PENDING, Delivery.due_at <= now)
    return await _take(session, _first(limit).where(*waiting).order_by(Delivery.due_at, Delivery.id), now)


def _first(limit: int) -> Select[Any]:
    return select(Delivery.id).limit(limit).with_for_update(skip_locked=True)


async def _take(session: AsyncSession, ids: Select[Any], now: datetime, *, orphaned: bool = False) -> list[Claimed]:
    values = {"status": DeliveryStatus.CLAIMED, "leased_until": now + LEASE, "tries": Delivery.tries + 1}
    columns = [getattr(Delivery, name) for name in _CLAIMED]
    taken = update(Delivery).where(Delivery.id.in_(ids)).values(values).returning(*columns, Delivery.due_at)
    rows = (await session.execute(taken, execution_options=_IN_PLACE)).all()
    in_order = sorted(rows, key=lambda row: (row.due_at, row.id))
    return [_claimed(*row, orphaned) for row in in_order]


def _claimed(*values: Any) -> Claimed:
    *columns, _due_at, orphaned = values
    return Claimed(**dict(zip(_CLAIMED, columns, strict=True)), orphaned=orphaned)


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


async def bring_forward(session: AsyncSession, until: datetime, now: datetime) -> None:
    """Makes due at once what would be due between now and `until`."""
    waiting = (Delivery.status == DeliveryStatus.PENDING, Delivery.due_at > now, Delivery.due_at <= until)
    await session.execute(update(Delivery).where(*waiting).values(due_at=now), execution_options=_IN_PLACE)


@dataclass(frozen=True, slots=True)
class End:
    """How a claimed row ended."""

    claimed: Claimed
    status: DeliveryStatus
    message_id: int | None = None
    reason: str | None = None


async def finish(session: AsyncSession, ends: Sequence[End], now: datetime) -> None:
    """Ends claimed rows, in one statement however many; those that are another's by now stay as they are."""
    table = Delivery.__table__
    assert isinstance(table, Table)
    own = table.c.status == DeliveryStatus.CLAIMED, table.c.id == bindparam("of"), table.c.tries == bindparam("of_try")
    over = {
        "status": bindparam("now_status"),
        "message_id": bindparam("now_message"),
        "reason": bindparam("why"),
        "waited": bindparam("so_long"),
        "finished_at": now,
        "leased_until": None,
    }
    rows = [
        {
            "of": end.claimed.id,
            "of_try": end.claimed.tries,
            "now_status": end.status,
            "now_message": end.message_id,
            "why": end.reason,
            "so_long": (now - end.claimed.wanted_at).total_seconds(),
        }
        for end in ends
    ]
    connection = await session.connection()
    await connection.execute(table.update().where(*own).values(over), rows)


async def counts_of(session: AsyncSession, broadcast_id: BroadcastId) -> dict[tuple[DeliveryKind, DeliveryStatus], int]:
    """How many rows of a broadcast there are of each kind and status."""
    query = select(Delivery.kind, Delivery.status, func.count()).where(Delivery.broadcast_id == broadcast_id)
    rows = await session.execute(query.group_by(Delivery.kind, Delivery.status))
    return {(kind, status): count for kind, status, count in rows}


async def is_at_work(session: AsyncSession, broadcast_id: BroadcastId) -> bool:
    """Whether anything of a broadcast is still to be sent or deleted."""
    query = select(Delivery.id).where(Delivery.broadcast_id == broadcast_id, Delivery.status.in_(UNDER_WAY)).limit(1)
    return (await session.execute(query)).first() is not None


async def drop_pending_of(
    session: AsyncSession, broadcast_id: BroadcastId, now: datetime, reason: str, limit: int
) -> int:
    """Skips the next rows that are not on their way. Returns how many."""
    pending = (Delivery.broadcast_id == broadcast_id, Delivery.status == DeliveryStatus.PENDING)
    over = {"status": DeliveryStatus.SKIPPED, "finished_at": now, "reason": reason}
    return await _change(session, _first(limit).where(*pending), over)


async def turn_into_recalls(session: AsyncSession, broadcast_id: BroadcastId, now: datetime, limit: int) -> int:
    """Makes the next messages that are sent, and can still be deleted, rows to delete them. Returns how many."""
    sent = select(Delivery.id).where(
        Delivery.broadcast_id == broadcast_id,
        Delivery.status == DeliveryStatus.SENT,
        Delivery.kind == DeliveryKind.BROADCAST,
        Delivery.message_id.is_not(None),
        Delivery.finished_at > now - DELETABLE_FOR,
    )
    recall = {
        "kind": DeliveryKind.RECALL,
        "status": DeliveryStatus.PENDING,
        "due_at": now,
        "not_after": now + DELETABLE_FOR,
        "tries": 0,
    }
    return await _change(session, sent.limit(limit), recall)


async def _change(session: AsyncSession, ids: Select[Any], values: dict[str, object]) -> int:
    changed = update(Delivery).where(Delivery.id.in_(ids)).values(values).returning(Delivery.id)
    return len((await session.execute(changed, execution_options=_IN_PLACE)).all())


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
