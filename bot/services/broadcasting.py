"""One message to many people: drafted, started, paused, cancelled, recalled, and counted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from pydantic import TypeAdapter
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import audience as audiences
from bot.db import broadcasts, deliveries, users
from bot.db.audience import Audience
from bot.db.deliveries import Claimed
from bot.db.models import Broadcast, BroadcastState, DeliveryKind, DeliveryStatus
from bot.domain import schedule
from bot.domain.errors import EmptyBroadcast, NobodyToReach, NotPossibleNow
from bot.domain.identity import BroadcastId, Locale, UserId
from bot.services.pushes import Content, NotNeeded, NotYet, Recall

KEEPS = timedelta(days=2)
"""A broadcast that cannot be delivered for so long is news no more."""

AT_ONCE = 500
"""Rows of a broadcast that one transaction changes: the others have to wait for it."""

_State = BroadcastState
_OVER = {_State.DONE, _State.CANCELLED}


_CONTENTS = TypeAdapter(dict[Locale, Content])
_AUDIENCE = TypeAdapter(Audience)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a broadcast is; the counts are those of the ledger.

    `readers`, as far as they are entered, are `sent` + `failed` + `skipped` + `left`. Of those sent,
    `recalled` have been deleted again and `to_recall` are still to be.
    """

    id: BroadcastId
    state: BroadcastState
    readers: int
    sent: int
    failed: int
    skipped: int
    left: int
    recalled: int
    to_recall: int
    started_at: datetime | None
    finished_at: datetime | None


async def draft(
    session: AsyncSession,
    admin_id: UserId,
    contents: Mapping[Locale, Content],
    audience: Audience,
    *,
    now: datetime,
) -> BroadcastId:
    """Raises EmptyBroadcast when a language of the audience has nothing to send."""
    if not contents or not set(audience.locales) <= contents.keys():
        raise EmptyBroadcast
    row = Broadcast(
        contents=_CONTENTS.dump_python(dict(contents), mode="json"),
        audience=_AUDIENCE.dump_python(audience, mode="json"),
        state=_State.DRAFT,
        created_by=admin_id,
        created_at=now,
    )
    session.add(row)
    await session.flush()
    return BroadcastId(row.id)


async def count_readers(session: AsyncSession, broadcast_id: BroadcastId) -> int:
    """How many people a draft would go to now."""
    row = await broadcasts.get(session, broadcast_id)
    return await audiences.count(session, _AUDIENCE.validate_python(row.audience))


async def start(
    session: AsyncSession,
    broadcast_id: BroadcastId,
    *,
    now: datetime,
    at: datetime | None = None,
    local_at: time | None = None,
) -> None:
    """Sends a draft now, or from `at` on; with `local_at` when each reader's clock shows that hour.

    In the quiet hours of a reader it waits for the morning. Raises NotPossibleNow unless it is a draft
    or still scheduled, and NobodyToReach when nobody would get it.
    """
    row = await _in_state(session, broadcast_id, {_State.DRAFT, _State.SCHEDULED})
    if not await audiences.count(session, _AUDIENCE.validate_python(row.audience)):
        raise NobodyToReach
    row.starts_at, row.local_at = at or now, local_at
    row.state = _State.SCHEDULED
    if row.starts_at <= now:
        _run(row, now)


def _run(row: Broadcast, now: datetime) -> None:
    row.state, row.started_at = _State.RUNNING, now


async def pause(session: AsyncSession, broadcast_id: BroadcastId) -> None:
    """Holds it; messages that are on their way still arrive. Raises NotPossibleNow unless it is running."""
    (await _in_state(session, broadcast_id, {_State.RUNNING})).state = _State.PAUSED


async def resume(session: AsyncSession, broadcast_id: BroadcastId) -> None:
    """Raises NotPossibleNow unless it is paused."""
    (await _in_state(session, broadcast_id, {_State.PAUSED})).state = _State.RUNNING


async def cancel(session: AsyncSession, broadcast_id: BroadcastId) -> None:
    """Ends it for good; what is sent stays. Raises NotPossibleNow when it is over."""
    row = await _in_state(session, broadcast_id, set(_State) - _OVER)
    row.state = _State.CANCELLED


async def recall(session: AsyncSession, broadcast_id: BroadcastId, *, now: datetime) -> None:
    """Deletes what was sent, as far as Telegram still allows it, and cancels the rest.

    Raises NotPossibleNow for what was never started and for what is recalled already.
    """
    row = await broadcasts.get(session, broadcast_id)
    if row.started_at is None or row.recalled_at is not None:
        raise NotPossibleNow
    if row.state not in _OVER:
        await cancel(session, broadcast_id)
    row.recalled_at = now


async def _in_state(session: AsyncSession, broadcast_id: BroadcastId, states: Collection[BroadcastState]) -> Broadcast:
    row = await broadcasts.get(session, broadcast_id)
    if row.state not in states:
        raise NotPossibleNow
    return row


async def progress(session: AsyncSession, broadcast_id: BroadcastId) -> Progress:
    """Raises UnknownBroadcast."""
    row = await broadcasts.get(session, broadcast_id)
    counts = await deliveries.counts_of(session, broadcast_id)

    def of(*statuses: DeliveryStatus, kind: DeliveryKind = DeliveryKind.BROADCAST) -> int:
        return sum(counts.get((kind, status), 0) for status in statuses)

    return Progress(
        id=broadcast_id,
        state=row.state,
        readers=sum(counts.values()),
        sent=of(DeliveryStatus.SENT) + of(*DeliveryStatus, kind=DeliveryKind.RECALL),
        failed=of(DeliveryStatus.FAILED),
        skipped=of(DeliveryStatus.SKIPPED),
        left=of(*deliveries.UNDER_WAY),
        recalled=of(DeliveryStatus.SENT, kind=DeliveryKind.RECALL),
        to_recall=of(*deliveries.UNDER_WAY, kind=DeliveryKind.RECALL),
        started_at=row.started_at,
        finished_at=row.finished_at,
    )


async def advance(session: AsyncSession, *, now: datetime) -> int:
    """Starts what is scheduled, enters more deliveries, ends what is through. Returns how much there was to do."""
    starting = await broadcasts.to_start(session, now)
    for row in starting:
        _run(row, now)
    steps = [await _advance(session, row, now) for row in await broadcasts.at_work(session)]
    return len(starting) + sum(steps)


async def _advance(session: AsyncSession, row: Broadcast, now: datetime) -> int:
    if row.state is _State.CANCELLED and row.finished_at is None:
        return await _drop_more(session, row, now)
    if row.recalled_at is not None:
        return await _recall_more(session, row, now)
    if row.entered_at is None:
        return await _enter_more(session, row, now)
    if not await deliveries.is_at_work(session, BroadcastId(row.id)):
        row.state, row.finished_at = _State.DONE, now
    return 0


async def _drop_more(session: AsyncSession, row: Broadcast, now: datetime) -> int:
    """Skips what has not been sent; a row on its way may come back once more."""
    dropped = await deliveries.drop_pending_of(session, BroadcastId(row.id), now, "cancelled", AT_ONCE)
    if dropped or await deliveries.is_at_work(session, BroadcastId(row.id)):
        return dropped
    row.finished_at = now
    return 1


async def _enter_more(session: AsyncSession, row: Broadcast, now: datetime) -> int:
    audience = _AUDIENCE.validate_python(row.audience)
    ids = await audiences.ids_after(session, audience, row.entered_up_to, AT_ONCE)
    if not ids:
        row.entered_at = now
        return 1
    due_in = {zone: _due_in(row, zone, now) for zone in await audiences.zones_of(session, ids)}
    not_after = max(due_in.values()) + KEEPS
    await broadcasts.enter(session, row, audience, ids, due_in, not_after=not_after, now=now)
    row.entered_up_to = ids[-1]
    return len(ids)


def _due_in(row: Broadcast, zone: str, now: datetime) -> datetime:
    start = row.starts_at or now
    if row.local_at is not None:
        start = schedule.next_local(zone, row.local_at, start)
    return schedule.after_quiet_hours(zone, max(start, now))


async def _recall_more(session: AsyncSession, row: Broadcast, now: datetime) -> int:
    turned = await deliveries.turn_into_recalls(session, BroadcastId(row.id), now, AT_ONCE)
    if not turned and not await deliveries.is_at_work(session, BroadcastId(row.id)):
        row.recall_finished_at = now
    return turned


async def claim(session: AsyncSession, *, now: datetime, limit: int) -> list[Claimed]:
    """Takes due deliveries of what is being sent or recalled, for this sender alone."""
    claimed: list[Claimed] = []
    for row in await broadcasts.at_work(session):
        if len(claimed) < limit:
            claimed += await deliveries.claim_of(session, BroadcastId(row.id), now, limit - len(claimed))
    return claimed


async def prepare(
    session: AsyncSession, claimed: Sequence[Claimed], *, now: datetime
) -> list[tuple[Claimed, Content | Recall | NotNeeded | NotYet]]:
    """What to send for each of the rows, decided now: whatever has changed since they were entered counts."""
    readers = await users.reachable(session, [row.user_id for row in claimed])
    rows = {of: await broadcasts.get(session, of) for of in {row.broadcast_id for row in claimed if row.broadcast_id}}
    contents = {of: _CONTENTS.validate_python(row.contents) for of, row in rows.items()}

    def prepared(one: Claimed) -> Content | Recall | NotNeeded | NotYet:
        assert one.broadcast_id is not None
        if one.kind is DeliveryKind.RECALL:
            return Recall(one.message_id or 0)
        if one.not_after <= now:
            return NotNeeded("too late")
        if rows[one.broadcast_id].state is not _State.RUNNING:  # a row that a dead sender has left
            return NotYet(now)
        reader = readers.get(one.user_id)
        if reader is None or reader.locale not in contents[one.broadcast_id]:
            return NotNeeded("unreachable, or has changed the language")
        if schedule.is_quiet(reader.zone, now):  # late: by now it is night there
            return NotYet(schedule.after_quiet_hours(reader.zone, now))
        return contents[one.broadcast_id][reader.locale]

    return [(one, prepared(one)) for one in claimed]
