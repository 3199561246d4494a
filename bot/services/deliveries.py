"""What the bot says of its own accord: planned, prepared at the last moment, and recorded."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import attempts, deliveries, users
from bot.db.deliveries import Claimed
from bot.db.models import DeliveryKind, DeliveryStatus, User
from bot.domain import schedule
from bot.domain.errors import NoQuestions
from bot.domain.identity import DeliveryId, Locale, UserId
from bot.domain.schedule import Push
from bot.services import asking
from bot.services.asking import Asked
from bot.services.preferences import reschedule, schedule_of

NOTICE_KEEPS = timedelta(days=7)
"""The news of a pause is worth telling for so long."""

LONGEST_PAUSE = timedelta(minutes=5)
"""Between two tries of a message; it is tried until it is too late for it."""


@dataclass(frozen=True, slots=True)
class QuestionPush:
    """The day's question, or the one asked for "later today", for a user who reads `locale`."""

    locale: Locale
    asked: Asked


@dataclass(frozen=True, slots=True)
class PauseNotice:
    """The news that the daily question has stopped by itself."""

    locale: Locale


@dataclass(frozen=True, slots=True)
class NotNeeded:
    """The reason why a delivery is not sent after all."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotYet:
    """The user has just practised: the delivery waits until then."""

    until: datetime


Prepared = QuestionPush | PauseNotice


async def plan_due(session: AsyncSession, *, now: datetime, limit: int) -> int:
    """Enters the deliveries of the users who are due and moves their next moment. Returns how many users."""
    due = await users.due_for_question(session, now, limit)
    for user in due:
        await _plan(session, user, now)
    return len(due)


async def _plan(session: AsyncSession, user: User, now: datetime) -> None:
    _end_pause(user, now)
    if user.paused_at is not None:  # planned by a clock that was wrong, or it would not be due
        reschedule(user, now)
        return
    own = schedule_of(user)
    decision = schedule.decide_push(
        own,
        now,
        asked_on=user.asked_on,
        practised_at=user.practised_at,
        ignored_pushes=user.ignored_pushes,
    )
    user.next_question_at, user.planned_at = decision.next_at, now
    if decision.push is Push.WAIT:
        return
    today = own.today(now)
    kind = DeliveryKind.QUESTION
    if decision.push is Push.STOP:
        user.paused_at, kind = now, DeliveryKind.PAUSE_NOTICE
    else:
        user.asked_on = today
    key = f"{kind}:{user.id}:{today:%Y-%m-%d}"
    not_after = schedule.day_end(own, now) if kind is DeliveryKind.QUESTION else now + NOTICE_KEEPS
    await deliveries.plan(session, UserId(user.id), kind, key=key, due_at=now, now=now, not_after=not_after)


def _end_pause(user: User, now: datetime) -> None:
    if user.paused_until is not None and user.paused_until <= now:
        user.paused_at = user.paused_until = None


async def claim(
    session: AsyncSession, *, now: datetime, limit: int, in_flight: Collection[DeliveryId] = ()
) -> Sequence[Claimed]:
    """Takes due deliveries for this sender alone; `in_flight` are those that it is sending."""
    return await deliveries.claim(session, now, limit, in_flight)


async def prepare(session: AsyncSession, claimed: Claimed, *, now: datetime) -> Prepared | NotNeeded | NotYet:
    """What to send, decided now: whatever the user changed or did since the planning counts."""
    user = await users.find_to_change(session, claimed.user_id)
    if user is None or not await deliveries.renew(session, claimed, now):
        return NotNeeded("forgotten, or taken by another sender")
    if user.locale is None or user.unreachable_at is not None:
        return NotNeeded("unreachable")
    if claimed.not_after <= now:
        return NotNeeded("too late")
    if claimed.kind is DeliveryKind.PAUSE_NOTICE:
        return PauseNotice(user.locale) if user.paused_at is not None else NotNeeded("resumed")
    return await _prepare_question(session, user, user.locale, claimed, now)


async def _prepare_question(
    session: AsyncSession, user: User, locale: Locale, claimed: Claimed, now: datetime
) -> Prepared | NotNeeded | NotYet:
    if user.paused_at is not None:
        return NotNeeded("paused")
    if claimed.kind is DeliveryKind.LATER:
        return await _prepare_later(session, locale, claimed, now)
    if user.practised_at is not None and schedule.practised_just_now(user.practised_at, now):
        return NotYet(user.practised_at + schedule.QUIET_AFTER_PRACTICE)
    newest = await attempts.newest_of(session, claimed.user_id)
    if newest is not None and newest.id != claimed.attempt_id and claimed.planned_at <= newest.asked_at <= now:
        return NotNeeded("asked meanwhile")
    try:
        asked = await asking.ask(session, claimed.user_id, now=now)
    except NoQuestions:
        return NotNeeded("no questions")
    await deliveries.note_attempt(session, claimed, asked.attempt_id)
    return QuestionPush(locale, asked)


async def _prepare_later(
    session: AsyncSession, locale: Locale, claimed: Claimed, now: datetime
) -> Prepared | NotNeeded:
    attempt = await attempts.open_of(session, claimed.user_id)
    if attempt is None or attempt.id != claimed.attempt_id or attempt.answered_at is not None:
        return NotNeeded("answered meanwhile")
    return QuestionPush(locale, await asking.ask_again(session, claimed.user_id, claimed.attempt_id, now=now))


async def record_sent(
    session: AsyncSession, claimed: Claimed, prepared: Prepared, message_id: int, *, now: datetime
) -> None:
    """The message is with the user."""
    user = await users.find_to_change(session, claimed.user_id)
    if user is None:  # has deleted everything while the message was on its way
        return
    await deliveries.finish(session, claimed, DeliveryStatus.SENT, now, message_id=message_id)
    if isinstance(prepared, QuestionPush):
        attempt_id = prepared.asked.attempt_id
        await attempts.link_message(session, claimed.user_id, attempt_id, message_id)
    if claimed.kind is DeliveryKind.QUESTION:
        user.ignored_pushes += 1


async def record_not_needed(session: AsyncSession, claimed: Claimed, reason: str, *, now: datetime) -> None:
    await deliveries.finish(session, claimed, DeliveryStatus.SKIPPED, now, reason=reason)


async def record_unreachable(session: AsyncSession, claimed: Claimed, reason: str, *, now: datetime) -> None:
    """Telegram will not deliver to this user until they come back."""
    await users.mark_unreachable(session, claimed.user_id, now)
    await deliveries.finish(session, claimed, DeliveryStatus.FAILED, now, reason=reason)


async def record_refused(session: AsyncSession, claimed: Claimed, reason: str, *, now: datetime) -> None:
    """Telegram will never take this message."""
    await deliveries.finish(session, claimed, DeliveryStatus.FAILED, now, reason=reason)


async def record_fault(session: AsyncSession, claimed: Claimed, reason: str, *, now: datetime) -> None:
    """A passing fault: tried again after a while, longer each time."""
    pause = min(timedelta(seconds=2 ** min(claimed.tries, 10)), LONGEST_PAUSE)
    await deliveries.postpone(session, claimed, now + pause, reason)


async def put_back(session: AsyncSession, claimed: Claimed, until: datetime, *, now: datetime) -> None:
    """The message is to wait, for the user's or for Telegram's sake; this does not count as a try."""
    await deliveries.release(session, claimed, max(now, until))


async def next_moment(session: AsyncSession) -> datetime | None:
    """When the bot will next speak of its own accord."""
    moments = (await users.next_question_moment(session), await deliveries.next_moment(session))
    return min((moment for moment in moments if moment is not None), default=None)
