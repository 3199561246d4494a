"""Which users a broadcast is for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.models import Attempt, Question, QuestionSet, User
from bot.domain.identity import Locale, Track


@dataclass(frozen=True, slots=True)
class Audience:
    """Those who can be reached and read one of `locales`; what is None or empty restricts nothing.

    A set's subscribers are those whose track it is and those who have been asked a question of it.
    """

    locales: tuple[Locale, ...]
    tracks: tuple[Track, ...] = ()
    seen_since: datetime | None = None
    set_slug: str | None = None


async def count(session: AsyncSession, audience: Audience) -> int:
    return await session.scalar(select(func.count()).select_from(User).where(*conditions(audience))) or 0


async def ids_after(session: AsyncSession, audience: Audience, after: int, limit: int) -> Sequence[int]:
    """The next `limit` ids above `after`, ascending."""
    query = select(User.id).where(User.id > after, *conditions(audience)).order_by(User.id).limit(limit)
    return (await session.scalars(query)).all()


async def zones_of(session: AsyncSession, ids: Sequence[int]) -> Sequence[str]:
    """The time zones of the users from the first to the last of `ids`."""
    query = select(User.zone).where(User.id.between(ids[0], ids[-1])).distinct()
    return (await session.scalars(query)).all()


def conditions(audience: Audience) -> list[ColumnElement[bool]]:
    chosen: list[ColumnElement[bool]] = [User.unreachable_at.is_(None), User.locale.in_(audience.locales)]
    if audience.tracks:
        chosen.append(User.track.in_(audience.tracks))
    if audience.seen_since is not None:
        chosen.append(User.seen_at >= audience.seen_since)
    if audience.set_slug is not None:
        chosen.append(_subscribes(audience.set_slug))
    return chosen


def _subscribes(slug: str) -> ColumnElement[bool]:
    of_set = select(Question.id).join(QuestionSet, QuestionSet.id == Question.set_id).where(QuestionSet.slug == slug)
    asked = exists().where(Attempt.user_id == User.id, Attempt.question_id.in_(of_set))
    own_tracks = [track for track in Track if track.value == slug]
    return or_(User.track.in_(own_tracks), asked)
