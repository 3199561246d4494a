"""A person arrives, for the first time or again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import users
from bot.db.models import Dialogue, User
from bot.domain.identity import Locale, Track, UserId
from bot.services.preferences import (
    DEFAULT_ZONES,
    Preferences,
    open_dialogue,
    preferences_of,
    reschedule,
    schedule_of,
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What a reply needs to know about the user before it does anything."""

    id: UserId
    locale: Locale | None
    track: Track | None
    zone: str
    dialogue: Dialogue | None
    dialogue_message_id: int | None
    is_present: bool  # seen today, reachable, and not ignoring the pushes


async def profile(session: AsyncSession, user_id: UserId, *, now: datetime) -> Profile | None:
    """The user as stored; None for one who never started."""
    user = await users.find(session, user_id)
    if user is None:
        return None
    return Profile(
        id=user_id,
        locale=user.locale,
        track=user.track,
        zone=user.zone,
        dialogue=open_dialogue(user, now),
        dialogue_message_id=user.dialogue_message_id,
        is_present=_is_present(user, now),
    )


def _is_present(user: User, now: datetime) -> bool:
    own = schedule_of(user)
    seen_today = own.today(user.seen_at) == own.today(now)
    return seen_today and user.ignored_pushes == 0 and user.unreachable_at is None


async def start(session: AsyncSession, user_id: UserId, *, client_locale: Locale | None, now: datetime) -> Preferences:
    """Welcomes a user, new or back again.

    `client_locale` is the language of the Telegram client where the product speaks it; it counts only
    until the user has a language here.
    """
    user = await users.find(session, user_id)
    if user is None:
        user = _newcomer(user_id, client_locale, now)
        session.add(user)
        await session.flush()  # fills in the columns' defaults
    user.dialogue = None
    _reachable(user, now)
    return preferences_of(user)


def _newcomer(user_id: UserId, locale: Locale | None, now: datetime) -> User:
    zone = DEFAULT_ZONES[locale or Locale.FA]
    return User(id=user_id, locale=locale, zone=zone, created_at=now, seen_at=now)


async def note_presence(session: AsyncSession, user_id: UserId, *, now: datetime) -> None:
    """The user did something: they are here, reachable, and do not ignore the pushes."""
    user = await users.get(session, user_id)
    user.seen_at = now
    _reachable(user, now)


async def leave(session: AsyncSession, user_id: UserId, *, now: datetime) -> None:
    """The user has blocked the bot: nothing is sent until they come back."""
    await users.mark_unreachable(session, user_id, now)


def _reachable(user: User, now: datetime) -> None:
    user.ignored_pushes = 0
    if user.unreachable_at is not None:
        user.unreachable_at = None
        reschedule(user, now)
