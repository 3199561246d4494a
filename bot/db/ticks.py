"""Queries about the talking points that answers make."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.models import Attempt, Question, Tick
from bot.domain.identity import AttemptId, UserId


def add(session: AsyncSession, user_id: UserId, attempt_id: AttemptId, said: Iterable[tuple[str, str | None]]) -> None:
    """Notes for each point, in the order of the question, the words by which it was recognised, or None."""
    for place, (point, words) in enumerate(said):
        tick = Tick(attempt_id=attempt_id, place=place, user_id=user_id, point=point)
        tick.said, tick.made = words, words is not None
        session.add(tick)


async def of_attempt(session: AsyncSession, attempt_id: int) -> Sequence[Tick]:
    """In the order of the question's points."""
    return (await session.scalars(select(Tick).where(Tick.attempt_id == attempt_id).order_by(Tick.place))).all()


@dataclass(frozen=True, slots=True)
class Corrections:
    """How often a point was recognised or not, and how often that was put right by hand."""

    question: str
    point: str
    answers: int
    recognised: int
    missed: int
    mistaken: int


async def corrections(session: AsyncSession) -> list[Corrections]:
    """Per point, those that were put right most often first."""
    corrected, recognised = Tick.corrected_at.is_not(None), Tick.said.is_not(None)
    missed = func.count(case((corrected & ~recognised, 1)))
    mistaken = func.count(case((corrected & recognised, 1)))
    query = (
        select(Question.slug, Tick.point, func.count(), func.count(Tick.said), missed, mistaken)
        .join(Attempt, Attempt.id == Tick.attempt_id)
        .join(Question, Question.id == Attempt.question_id)
        .group_by(Question.slug, Tick.point)
        .order_by((missed + mistaken).desc(), Question.slug, Tick.point)
    )
    return [Corrections(*row) for row in await session.execute(query)]
