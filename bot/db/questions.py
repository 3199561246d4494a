"""Queries about question sets and their questions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.models import Attempt, Card, Question, QuestionSet, QuestionText
from bot.domain.identity import Locale, QuestionId, Track, UserId


@dataclass(frozen=True, slots=True)
class PointView:
    """A talking point in one language; see bot.content.schema.Point."""

    name: str
    label: str
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question as one user reads it; `number` of `total` is its place in the set."""

    id: QuestionId
    number: int
    total: int
    category: str
    difficulty: int
    prompt: str
    purpose: str
    guidance: str
    model_answer: str
    points: tuple[PointView, ...]


async def find_set(session: AsyncSession, slug: str) -> QuestionSet | None:
    return (await session.scalars(select(QuestionSet).where(QuestionSet.slug == slug))).one_or_none()


async def of_set(session: AsyncSession, set_id: int) -> dict[str, Question]:
    """All questions of a set, inactive ones too, by slug."""
    found = await session.scalars(select(Question).where(Question.set_id == set_id))
    return {question.slug: question for question in found}


async def choose_next(session: AsyncSession, user_id: UserId, track: Track, due_before: datetime) -> QuestionId | None:
    """The question to ask a user next.

    First what is due by `due_before`, the most overdue first; then what was never asked, in the set's
    order; then the rest: what is due soonest, or was asked without a rating the longest ago.
    """
    asked = (
        select(Attempt.question_id, func.max(Attempt.asked_at).label("last_at"))
        .where(Attempt.user_id == user_id)
        .group_by(Attempt.question_id)
        .subquery()
    )
    rank = case((Card.due_at <= due_before, 0), (asked.c.last_at.is_(None), 1), else_=2)
    query = (
        select(Question.id)
        .join(QuestionSet, Question.set_id == QuestionSet.id)
        .outerjoin(Card, (Card.question_id == Question.id) & (Card.user_id == user_id))
        .outerjoin(asked, asked.c.question_id == Question.id)
        .where(QuestionSet.slug == track, Question.active)
        .order_by(rank, func.coalesce(Card.due_at, asked.c.last_at), Question.position)
        .limit(1)
    )
    found = (await session.scalars(query)).first()
    return None if found is None else QuestionId(found)


async def view(session: AsyncSession, question_id: int, locale: Locale) -> QuestionView:
    """The question in `locale`."""
    total = (
        select(func.count())
        .select_from(Question)
        .where(Question.set_id == QuestionSet.id, Question.active)
        .correlate(QuestionSet)
        .scalar_subquery()
    )
    query = (
        select(Question, QuestionText, QuestionSet.categories, total)
        .join(QuestionSet, Question.set_id == QuestionSet.id)
        .join(QuestionText, QuestionText.question_id == Question.id)
        .where(Question.id == question_id, QuestionText.locale == locale)
    )
    question, words, categories, count = (await session.execute(query)).one()
    return _view(question, words, categories, count, locale)


def _view(
    question: Question, words: QuestionText, categories: dict[str, Any], total: int, locale: Locale
) -> QuestionView:
    return QuestionView(
        id=QuestionId(question.id),
        number=question.position,
        total=total,
        category=categories[question.category][locale],
        difficulty=question.difficulty,
        prompt=words.prompt,
        purpose=words.purpose,
        guidance=words.guidance,
        model_answer=words.model_answer,
        points=tuple(PointView(name, point["label"], tuple(point["cues"])) for name, point in words.points.items()),
    )
