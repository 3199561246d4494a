"""What a user has chosen: language, track, hour, zone, days, and pauses."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import attempts, users
from bot.db.models import Dialogue, User
from bot.domain import schedule
from bot.domain.errors import NoWeekday
from bot.domain.identity import Locale, Track, UserId
from bot.domain.schedule import Schedule

DIALOGUE_LASTS = timedelta(minutes=10)
"""After that, what is typed is an answer to a question again."""

DEFAULT_ZONES = {Locale.FA: "Asia/Tehran", Locale.RU: "Europe/Moscow"}


@dataclass(frozen=True, slots=True)
class Preferences:
    """The choices as they stand; `next_question_at` is None while nothing is planned."""

    locale: Locale | None
    track: Track | None
    zone: str
    daily_at: time
    weekdays: frozenset[int]
    paused: bool
    paused_until: datetime | None
    next_question_at: datetime | None


def schedule_of(user: User) -> Schedule:
    return Schedule(user.zone, user.daily_at, user.weekdays)


def preferences_of(user: User, now: datetime) -> Preferences:
    paused = user.paused_at is not None and (user.paused_until is None or now < user.paused_until)
    return Preferences(
        locale=user.locale,
        track=user.track,
        zone=user.zone,
        daily_at=user.daily_at,
        weekdays=user.weekdays,
        paused=paused,
        paused_until=user.paused_until if paused else None,
        next_question_at=user.next_question_at,
    )


def reschedule(user: User, now: datetime) -> None:
    """Sets when the user's next question is due, from all that decides it."""
    user.planned_at = now
    asleep = user.paused_at is not None and user.paused_until is None
    if user.locale is None or user.track is None or user.unreachable_at is not None or asleep:
        user.next_question_at = None
        return
    own = schedule_of(user)
    if user.paused_until is not None and user.paused_until > now:
        user.next_question_at = schedule.next_moment(own, user.paused_until, user.asked_on)
    else:
        planned_at = user.next_question_at
        user.next_question_at = schedule.next_moment_after_change(own, now, user.asked_on, planned_at)


def give_todays(user: User, now: datetime) -> None:
    """A question is put before the user: it is the day's, whichever way it came."""
    user.asked_on = schedule_of(user).today(now)
    user.dialogue = None
    reschedule(user, now)


async def set_locale(session: AsyncSession, user_id: UserId, locale: Locale, *, now: datetime) -> Preferences:
    """Changes the language; until the first choices are made, the time zone goes with it."""
    user = await users.get(session, user_id)
    if user.locale is None or user.track is None:
        user.zone = DEFAULT_ZONES[locale]
    user.locale = locale
    reschedule(user, now)
    return preferences_of(user, now)


async def set_track(session: AsyncSession, user_id: UserId, track: Track, *, now: datetime) -> Preferences:
    """Changes the job that is prepared for.

    A question of the other job is not waited for any more; unanswered, it was not the day's question.
    """
    user = await users.get(session, user_id)
    if user.track is not track and (attempt := await attempts.open_of(session, user_id)):
        attempt.closed_at = now
        if attempt.answered_at is None:
            user.asked_on = None
    user.track = track
    reschedule(user, now)
    return preferences_of(user, now)


async def set_time(
    session: AsyncSession, user_id: UserId, at: time, *, now: datetime, message_id: int | None = None
) -> Preferences:
    """Changes the hour; `message_id` is the message that typed it, where one did."""
    user = await users.get(session, user_id)
    user.daily_at = at
    return _settled(user, now, message_id)


async def set_zone(
    session: AsyncSession, user_id: UserId, zone: str, *, now: datetime, message_id: int | None = None
) -> Preferences:
    """Changes the time zone to the IANA key `zone`; `message_id` as in set_time."""
    user = await users.get(session, user_id)
    user.zone = zone
    return _settled(user, now, message_id)


async def set_weekday(session: AsyncSession, user_id: UserId, day: int, wanted: bool, *, now: datetime) -> Preferences:
    """Adds or drops a weekday (Monday is 0). Raises NoWeekday rather than drop the last one."""
    user = await users.get(session, user_id)
    days = user.weekdays | {day} if wanted else user.weekdays - {day}
    if not days:
        raise NoWeekday
    user.weekdays = days
    return _settled(user, now)


async def pause(session: AsyncSession, user_id: UserId, days: int | None, *, now: datetime) -> Preferences:
    """Stops the daily question for some days; without `days`, until the user comes back."""
    user = await users.get(session, user_id)
    user.paused_at = now
    user.paused_until = None if days is None else now + timedelta(days=days)
    return _settled(user, now)


async def resume(session: AsyncSession, user_id: UserId, *, now: datetime) -> Preferences:
    user = await users.get(session, user_id)
    user.paused_at = user.paused_until = None
    user.ignored_pushes = 0
    return _settled(user, now)


def open_dialogue(user: User, now: datetime) -> Dialogue | None:
    """What the user's next typed message answers; a dialogue that was walked away from is over."""
    waiting = user.dialogue_until is not None and now < user.dialogue_until
    return user.dialogue if waiting else None


async def set_dialogue(
    session: AsyncSession, user_id: UserId, dialogue: Dialogue | None, *, now: datetime
) -> Preferences:
    """The user's next typed message answers this dialogue, or none."""
    user = await users.get(session, user_id)
    user.dialogue, user.dialogue_until = dialogue, now + DIALOGUE_LASTS
    return preferences_of(user, now)


async def end_dialogue(session: AsyncSession, user_id: UserId, message_id: int) -> None:
    """The message `message_id` has ended the dialogue without a change."""
    user = await users.get(session, user_id)
    user.dialogue, user.dialogue_message_id = None, message_id


def _settled(user: User, now: datetime, message_id: int | None = None) -> Preferences:
    user.dialogue = None
    if message_id is not None:
        user.dialogue_message_id = message_id
    reschedule(user, now)
    return preferences_of(user, now)
