"""What became of deliveries, written down."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import attempts, deliveries, users
from bot.db.deliveries import Claimed, End
from bot.db.models import DeliveryKind, DeliveryStatus
from bot.services.pushes import Fault, NotNeeded, NotYet, Refused, Result, Sent, Unreachable

LONGEST_PAUSE = timedelta(minutes=5)
"""Between two tries of a message."""

MOST_TRIES = 12
"""Half an hour of faults that are this message's own; those of Telegram as a whole do not count."""

SENT_ONCE = {DeliveryKind.PAUSE_NOTICE}
"""Kinds that are not sent again when it is unknown whether they arrived; see docs/decisions/0005."""


async def record(session: AsyncSession, results: Sequence[Result], *, now: datetime) -> None:
    """Writes down what became of claimed rows; those of broadcasts in one statement, however many."""
    to_many = [end for result in results if result.claimed.broadcast_id is not None and (end := _end(result))]
    if to_many:
        await deliveries.finish(session, to_many, now)
    for result in results:
        if isinstance(result.outcome, Unreachable):
            await users.mark_unreachable(session, result.claimed.user_id, now)
        if result.claimed.broadcast_id is None or _end(result) is None:
            await _record(session, result, now)


def _end(result: Result) -> End | None:
    """How the row ends; None when it is not over."""
    match result.outcome:
        case Sent(message_id):
            return End(result.claimed, DeliveryStatus.SENT, message_id=message_id)
        case NotNeeded(reason):
            return End(result.claimed, DeliveryStatus.SKIPPED, reason=reason)
        case Unreachable(reason) | Refused(reason):
            return End(result.claimed, DeliveryStatus.FAILED, reason=reason)
        case Fault(reason, perhaps_sent=True) if result.claimed.kind in SENT_ONCE:
            return End(result.claimed, DeliveryStatus.SENT, reason=f"unconfirmed: {reason}")
        case Fault(reason, outage_until=None) if result.claimed.tries >= MOST_TRIES:
            return End(result.claimed, DeliveryStatus.FAILED, reason=reason)
        case _:
            return None


async def _record(session: AsyncSession, result: Result, now: datetime) -> None:
    if end := _end(result):
        await deliveries.finish(session, [end], now)
    match result.outcome:
        case Sent():
            await _record_sent(session, result.claimed, result.outcome)
        case NotNeeded(made_up_for=True):
            pass
        case _ if end and result.claimed.kind is DeliveryKind.QUESTION:
            await _take_todays_back(session, result.claimed)
        case Fault():
            await _try_again(session, result.claimed, result.outcome, now)
        case NotYet(until):
            await deliveries.release(session, result.claimed, max(now, until))


async def _record_sent(session: AsyncSession, claimed: Claimed, sent: Sent) -> None:
    user = await users.find_to_change(session, claimed.user_id)
    if user is None:  # has deleted everything while the message was on its way
        return
    if sent.attempt_id is not None:
        await attempts.link_message(session, claimed.user_id, sent.attempt_id, sent.message_id)
    if claimed.kind is DeliveryKind.QUESTION:
        user.ignored_pushes += 1


async def _take_todays_back(session: AsyncSession, claimed: Claimed) -> None:
    """The day's question was given on paper only: who comes back on the same day shall have it."""
    user = await users.find_to_change(session, claimed.user_id)
    if user is not None:
        user.asked_on = None


async def _try_again(session: AsyncSession, claimed: Claimed, fault: Fault, now: datetime) -> None:
    """After a while, longer each time; an outage of Telegram counts for no message."""
    if fault.outage_until is not None:
        await deliveries.release(session, claimed, fault.outage_until)
    else:
        pause = min(timedelta(seconds=2**claimed.tries), LONGEST_PAUSE)
        await deliveries.postpone(session, claimed, now + pause, fault.reason)
