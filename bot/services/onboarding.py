"""A person arrives, for the first time or again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import users
from bot.db.models import Dialogue, User
from bot.domain.errors import AlreadyHandled
from bot.domain.identity import Locale, Track, UserId
from bot.services.preferences import (
    DEFAULT_ZONES,
    Preferences,
    open_dialogue,
    preferences_of,
    reschedule,
)

UPDATES_ARE_KEPT = timedelta(hours=24)
"""How long Telegram repeats an update; after a quiet week its ids may begin anew."""

ANOTHER_BOT = 1_000_000
"""Update ids that are so far back are those of another bot, which was given this database."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a reply needs to know about the user before it does anything."""

    id: UserId
    locale: Locale | None
    track: Track | None
    zone: str
    dialogue: Dialogue | None
    dialogue_message_id: int | None


async def profile(session: AsyncSession, user_id: UserId, *, now: datetime) -> Profile | None:
    """The user as stored; None for one who never started."""
    user = await users.find(session, user_id)
    return None if user is None else _profile_of(user, now)


async def arrive(session: AsyncSession, user_id: UserId, update_id: int, *, now: datetime) -> Profile | None:
    """The user did something: they are here, reachable, and do not ignore the pushes. None for a stranger.

    Raises AlreadyHandled for an update older than the newest that was begun. The newest itself may have
    been cut short, and is handled once more: that leads to the same end, and to the reply.
    """
    user = await users.find_to_change(session, user_id)
    if user is None:
        return None
    if _handled_before(user, update_id, now):
        raise AlreadyHandled
    user.update_id, user.seen_at = update_id, now
    _reachable(user, now)
    return _profile_of(user, now)


def _handled_before(user: User, update_id: int, now: datetime) -> bool:
    if user.update_id is None or now - user.seen_at >= UPDATES_ARE_KEPT:
        return False
    return 0 < user.update_id - update_id < ANOTHER_BOT


def _profile_of(user: User, now: datetime) -> Profile:
    return Profile(
        id=UserId(user.id),
        locale=user.locale,
        track=user.track,
        zone=user.zone,
        dialogue=open_dialogue(user, now),
        dialogue_message_id=user.dialogue_message_id,
    )


async def start(session: AsyncSession, user_id: UserId, *, client_locale: Locale | None, now: datetime) -> Preferences:
    """Welcomes a user, new or back again.

    `client_locale` is the language of the Telegram client where the product speaks it; it counts only
    until the user has a language here.
    """
    zone = DEFAULT_ZONES[client_locale or Locale.FA]
    await users.add_if_new(session, user_id, locale=client_locale, zone=zone, now=now)
    user = await users.get(session, user_id)
    user.dialogue = None
    _reachable(user, now)
    return preferences_of(user, now)


async def come_back(session: AsyncSession, user_id: UserId, *, now: datetime) -> None:
    """The user has unblocked the bot."""
    _reachable(await users.get(session, user_id), now)


async def leave(session: AsyncSession, user_id: UserId, *, now: datetime) -> None:
    """The user has blocked the bot: nothing is sent until they come back."""
    await users.mark_unreachable(session, user_id, now)


def _reachable(user: User, now: datetime) -> None:
    user.ignored_pushes = 0
    if user.unreachable_at is not None:
        user.unreachable_at = None
        reschedule(user, now)
