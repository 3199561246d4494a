"""What the bot says of its own accord: planned, claimed, and prepared at the last moment."""

from collections.abc import Collection
from datetime import datetime, timedelta
from hashlib import blake2b

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import attempts, deliveries, users
from bot.db.deliveries import Claimed
from bot.db.models import DeliveryKind, User
from bot.domain import schedule
from bot.domain.errors import NoQuestions
from bot.domain.identity import DeliveryId, Locale, UserId
from bot.domain.schedule import Push
from bot.services import asking, broadcasting
from bot.services.preferences import reschedule, schedule_of
from bot.services.pushes import NotNeeded, NotYet, PauseNotice, Prepared, QuestionPush
from bot.services.recording import LONGEST_PAUSE, SENT_ONCE

NOTICE_KEEPS = timedelta(days=7)
"""The news of a pause is worth telling for so long."""


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
    user.lot = _draw_lot(user.id, now)
    if decision.push is Push.WAIT:
        return
    today = own.today(now)
    wanted_at = own.moment(today) or now
    kind = DeliveryKind.QUESTION
    if decision.push is Push.STOP:
        user.paused_at, kind = now, DeliveryKind.PAUSE_NOTICE
    else:
        user.asked_on = today
    key = f"{kind}:{user.id}:{today:%Y-%m-%d}"
    not_after = schedule.day_end(own, now) if kind is DeliveryKind.QUESTION else now + NOTICE_KEEPS
    await deliveries.plan(
        session, UserId(user.id), kind, key=key, wanted_at=wanted_at, due_at=now, now=now, not_after=not_after
    )


def _draw_lot(user_id: int, now: datetime) -> int:
    """A number that tells nothing about the one of the day before."""
    return int.from_bytes(blake2b(f"{user_id}:{now:%Y-%m-%d}".encode(), digest_size=3).digest())


def _end_pause(user: User, now: datetime) -> None:
    if user.paused_until is not None and user.paused_until <= now:
        user.paused_at = user.paused_until = None


async def claim(
    session: AsyncSession, *, now: datetime, limit: int, in_flight: Collection[DeliveryId] = ()
) -> list[Claimed]:
    """Takes due deliveries for this sender alone, the personal ones first; `in_flight` are those it is sending."""
    claimed = await deliveries.claim(session, now, limit, in_flight)
    return claimed + await broadcasting.claim(session, now=now, limit=limit - len(claimed))


async def bring_forward(session: AsyncSession, latest: datetime, *, now: datetime) -> None:
    """The clock was set back from `latest`: what was due by then, or about to be tried again, is due now."""
    await deliveries.bring_forward(session, latest + LONGEST_PAUSE, now)


async def prepare(session: AsyncSession, claimed: Claimed, *, now: datetime) -> Prepared | NotNeeded | NotYet:
    """What to send, decided now: whatever the user changed or did since the planning counts."""
    user = await users.find_to_change(session, claimed.user_id)
    if user is None or not await deliveries.renew(session, claimed, now):
        return NotNeeded("forgotten, or taken by another sender")
    if user.locale is None or user.unreachable_at is not None:
        return NotNeeded("unreachable")
    if claimed.not_after <= now:
        return NotNeeded("too late")
    if claimed.orphaned and claimed.kind in SENT_ONCE:
        return NotNeeded("perhaps sent already")
    if claimed.kind is DeliveryKind.PAUSE_NOTICE:
        return PauseNotice(user.locale) if user.paused_at is not None else NotNeeded("resumed")
    return await _prepare_question(session, user, user.locale, claimed, now)


async def _prepare_question(
    session: AsyncSession, user: User, locale: Locale, claimed: Claimed, now: datetime
) -> Prepared | NotNeeded | NotYet:
    if user.paused_at is not None:
        return NotNeeded("paused")
    if claimed.kind is DeliveryKind.LATER:
        return await _prepare_later(session, user, locale, claimed, now)
    if user.practised_at is not None and schedule.practised_just_now(user.practised_at, now):
        return NotYet(user.practised_at + schedule.QUIET_AFTER_PRACTICE)
    newest = await attempts.newest_of(session, claimed.user_id)
    if newest is not None and newest.id != claimed.attempt_id and claimed.created_at <= newest.asked_at <= now:
        return NotNeeded("asked meanwhile", made_up_for=True)
    try:
        asked = await asking.ask(session, claimed.user_id, now=now)
    except NoQuestions:
        return NotNeeded("no questions")
    await deliveries.note_attempt(session, claimed, asked.attempt_id)
    return QuestionPush(locale, asked, silent=_comes_in_the_night(user, now))


def _comes_in_the_night(user: User, now: datetime) -> bool:
    """Late, in the quiet hours of somebody who did not choose such an hour: it comes, but does not ring."""
    own = schedule_of(user)
    chosen = own.moment(own.today(now)) or now
    in_one_night = schedule.after_quiet_hours(own.zone, chosen) == schedule.after_quiet_hours(own.zone, now)
    return schedule.is_quiet(own.zone, now) and not in_one_night


async def _prepare_later(
    session: AsyncSession, user: User, locale: Locale, claimed: Claimed, now: datetime
) -> Prepared | NotNeeded:
    attempt = await attempts.open_of(session, claimed.user_id)
    if attempt is None or attempt.id != claimed.attempt_id or attempt.answered_at is not None:
        return NotNeeded("answered meanwhile")
    asked = await asking.ask_again(session, claimed.user_id, claimed.attempt_id, now=now)
    return QuestionPush(locale, asked, silent=_comes_in_the_night(user, now))


async def next_moment(session: AsyncSession) -> datetime | None:
    """When the bot will next speak of its own accord."""
    moments = (await users.next_question_moment(session), await deliveries.next_moment(session))
    return min((moment for moment in moments if moment is not None), default=None)
