"""Queries about users."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import insert_into
from bot.db.models import User
from bot.domain.errors import UnknownUser
from bot.domain.identity import Locale, UserId

# What was worked out later than now was worked out by a clock that was wrong; small corrections are usual.
CLOCK_SLIPS = timedelta(minutes=1)


async def find(session: AsyncSession, user_id: UserId) -> User | None:
    return await session.get(User, user_id)


async def find_to_change(session: AsyncSession, user_id: UserId) -> User | None:
    """The user, locked until the end of the transaction where the database has row locks."""
    return await session.get(User, user_id, with_for_update=True)


async def add_if_new(
    session: AsyncSession, user_id: UserId, *, locale: Locale | None, zone: str, now: datetime
) -> None:
    """Adds the user with everything else by default; does nothing for one who is there."""
    row = insert_into(session, User).values(id=user_id, locale=locale, zone=zone, created_at=now, seen_at=now)
    await session.execute(row.on_conflict_do_nothing())


async def get(session: AsyncSession, user_id: UserId) -> User:
    """The user to change. Raises UnknownUser."""
    user = await find_to_change(session, user_id)
    if user is None:
        raise UnknownUser
    return user


async def due_for_question(session: AsyncSession, now: datetime, limit: int) -> Sequence[User]:
    """Users whose next question is due at `now`, and those whose plan a wrong clock has made.

    Those who want it at the same hour come in the order of their lots.
    """
    due = select(User).where(User.next_question_at <= now)
    due = due.order_by(User.next_question_at, User.lot).limit(limit)
    found = (await session.scalars(due.with_for_update(skip_locked=True))).all()
    # Two queries: one with "or" would find no order in an index, and sort everybody who is due. And the second
    # is to go by planned_at alone: by next_question_at SQLite would look at nearly everybody.
    planned = func.coalesce(User.next_question_at, now) > now
    misdated = select(User).where(User.planned_at > now + CLOCK_SLIPS, planned)
    misdated = misdated.limit(limit).with_for_update(skip_locked=True)
    return [*found, *(await session.scalars(misdated)).all()]


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who can be written to."""

    locale: Locale
    zone: str


async def reachable(session: AsyncSession, user_ids: Sequence[UserId]) -> dict[UserId, Reader]:
    """Those of the users who can be reached and have chosen a language."""
    query = select(User.id, User.locale, User.zone).where(User.id.in_(user_ids), User.unreachable_at.is_(None))
    rows = (await session.execute(query)).all()
    return {UserId(user_id): Reader(locale, zone) for user_id, locale, zone in rows if locale is not None}


async def next_question_moment(session: AsyncSession) -> datetime | None:
    """When the next user is due."""
    query = select(User.next_question_at).where(User.next_question_at.is_not(None))
    return (await session.scalars(query.order_by(User.next_question_at).limit(1))).first()


async def mark_unreachable(session: AsyncSession, user_id: UserId, now: datetime) -> None:
    unreachable = update(User).where(User.id == user_id, User.unreachable_at.is_(None))
    await session.execute(unreachable.values(unreachable_at=now, next_question_at=None))


async def remove(session: AsyncSession, user_id: UserId) -> None:
    """Deletes the user and, by the foreign keys, all that belongs to them."""
    await session.execute(delete(User).where(User.id == user_id))
