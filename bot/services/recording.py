"""What became of deliveries, written down."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import attempts, deliveries, users
from bot.db.deliveries import Claimed
from bot.db.models import DeliveryKind, DeliveryStatus
from bot.services.pushes import Fault, NotNeeded, NotYet, Outcome, Refused, Result, Sent, Unreachable

LONGEST_PAUSE = timedelta(minutes=5)
"""Between two tries of a message."""

MOST_TRIES = 12
"""Half an hour of faults that are this message's own; those of Telegram as a whole do not count."""

SENT_ONCE = {DeliveryKind.PAUSE_NOTICE}
"""Kinds that are not sent again when it is unknown whether they arrived; see docs/decisions/0006."""


async def record(session: AsyncSession, results: Sequence[Result], *, now: datetime) -> None:
    """Writes down what became of claimed rows; those of broadcasts in one statement, however many."""
    many = [result for result in results if result.claimed.broadcast_id is not None]
    finished = [(result.claimed, *end) for result in many if (end := _end(result.outcome)) is not None]
    if finished:
        await deliveries.finish_many(session, finished, now)
    for result in results:
        if isinstance(result.outcome, Unreachable):
            await users.mark_unreachable(session, result.claimed.user_id, now)
        if result.claimed.broadcast_id is None or _end(result.outcome) is None:
            await _record(session, result.claimed, result.outcome, now)


def _end(outcome: Outcome) -> tuple[DeliveryStatus, int | None, str | None] | None:
    """Status, message id and reason with which a row is over; None when it is not."""
    match outcome:
        case Sent(message_id):
            return DeliveryStatus.SENT, message_id, None
        case NotNeeded(reason):
            return DeliveryStatus.SKIPPED, None, reason
        case Unreachable(reason) | Refused(reason):
            return DeliveryStatus.FAILED, None, reason
        case Fault() | NotYet():
            return None


async def _record(session: AsyncSession, claimed: Claimed, outcome: Outcome, now: datetime) -> None:
    match outcome:
        case Sent():
            await _record_sent(session, claimed, outcome, now)
        case Fault():
            await _record_fault(session, claimed, outcome, now)
        case NotYet(until):
            await deliveries.release(session, claimed, max(now, until))
        case _:
            await _finish(session, claimed, outcome, now)


async def _finish(session: AsyncSession, claimed: Claimed, outcome: Outcome, now: datetime) -> None:
    end = _end(outcome)
    assert end is not None
    status, message_id, reason = end
    await deliveries.finish(session, claimed, status, now, message_id=message_id, reason=reason)


async def _record_sent(session: AsyncSession, claimed: Claimed, sent: Sent, now: datetime) -> None:
    user = await users.find_to_change(session, claimed.user_id)
    if user is None:  # has deleted everything while the message was on its way
        return
    await _finish(session, claimed, sent, now)
    if sent.attempt_id is not None:
        await attempts.link_message(session, claimed.user_id, sent.attempt_id, sent.message_id)
    if claimed.kind is DeliveryKind.QUESTION:
        user.ignored_pushes += 1


async def _record_fault(session: AsyncSession, claimed: Claimed, fault: Fault, now: datetime) -> None:
    """Tried again after a while, longer each time, unless it has been tried too often or must not come twice."""
    if fault.perhaps_sent and claimed.kind in SENT_ONCE:
        await deliveries.finish(session, claimed, DeliveryStatus.SENT, now, reason=f"unconfirmed: {fault.reason}")
    elif fault.outage_until is not None:
        await deliveries.release(session, claimed, fault.outage_until)
    elif claimed.tries >= MOST_TRIES:
        await deliveries.finish(session, claimed, DeliveryStatus.FAILED, now, reason=fault.reason)
    else:
        pause = min(timedelta(seconds=2**claimed.tries), LONGEST_PAUSE)
        await deliveries.postpone(session, claimed, now + pause, fault.reason)
