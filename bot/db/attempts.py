"""Queries about attempts, the messages they consist of, and what is remembered of each question."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import insert_into
from bot.db.models import AnswerPart, Attempt, AttemptMessage, Card
from bot.domain.errors import UnknownAttempt
from bot.domain.identity import AttemptId, UserId
from bot.domain.review import Memory


async def get(session: AsyncSession, user_id: UserId, attempt_id: AttemptId) -> Attempt:
    """The user's own attempt. Raises UnknownAttempt."""
    attempt = await session.get(Attempt, attempt_id)
    if attempt is None or attempt.user_id != user_id:
        raise UnknownAttempt
    return attempt


async def open_of(session: AsyncSession, user_id: UserId) -> Attempt | None:
    """The one question that waits for the user's answer or reveal."""
    query = select(Attempt).where(Attempt.user_id == user_id, Attempt.closed_at.is_(None))
    return (await session.scalars(query)).one_or_none()


async def newest_of(session: AsyncSession, user_id: UserId) -> Attempt | None:
    query = select(Attempt).where(Attempt.user_id == user_id).order_by(Attempt.id.desc()).limit(1)
    return (await session.scalars(query)).first()


async def unrevealed_of(session: AsyncSession, user_id: UserId, question_id: int) -> Attempt | None:
    """The newest attempt at a question that still takes text."""
    query = (
        select(Attempt)
        .where(Attempt.user_id == user_id, Attempt.question_id == question_id, Attempt.revealed_at.is_(None))
        .order_by(Attempt.id.desc())
        .limit(1)
    )
    return (await session.scalars(query)).first()


async def earlier_answer(session: AsyncSession, attempt: Attempt) -> Attempt | None:
    """The attempt before this one at the same question that was answered and revealed."""
    own = (Attempt.user_id == attempt.user_id, Attempt.question_id == attempt.question_id, Attempt.id < attempt.id)
    over = (Attempt.answered_at.is_not(None), Attempt.revealed_at.is_not(None))
    query = select(Attempt).where(*own, *over).order_by(Attempt.id.desc()).limit(1)
    return (await session.scalars(query)).first()


async def by_message(session: AsyncSession, user_id: UserId, message_id: int) -> Attempt | None:
    """The attempt that a message, the bot's or the user's own, belongs to."""
    for table in (AttemptMessage, AnswerPart):
        query = select(Attempt).join(table, table.attempt_id == Attempt.id)
        query = query.where(table.user_id == user_id, table.message_id == message_id)
        if attempt := (await session.scalars(query)).one_or_none():
            return attempt
    return None


async def link_message(session: AsyncSession, user_id: UserId, attempt_id: AttemptId, message_id: int) -> None:
    """Remembers that a message of the bot stands for the attempt."""
    await session.merge(AttemptMessage(user_id=user_id, message_id=message_id, attempt_id=attempt_id))


async def has_message(session: AsyncSession, attempt_id: int) -> bool:
    """Whether the question of the attempt has reached the chat."""
    linked = select(AttemptMessage.message_id).where(AttemptMessage.attempt_id == attempt_id).limit(1)
    return (await session.scalars(linked)).first() is not None


async def part_by_message(session: AsyncSession, user_id: UserId, message_id: int) -> AnswerPart | None:
    query = select(AnswerPart).where(AnswerPart.user_id == user_id, AnswerPart.message_id == message_id)
    return (await session.scalars(query)).one_or_none()


async def last_part_before(session: AsyncSession, user_id: UserId, message_id: int) -> AnswerPart | None:
    """The user's newest answer message that is older than `message_id`."""
    query = (
        select(AnswerPart)
        .where(AnswerPart.user_id == user_id, AnswerPart.message_id < message_id)
        .order_by(AnswerPart.message_id.desc())
        .limit(1)
    )
    return (await session.scalars(query)).first()


async def add_part(session: AsyncSession, part: AnswerPart) -> None:
    """Stores one typed message; does nothing when Telegram repeats it."""
    row = insert_into(session, AnswerPart).values(
        user_id=part.user_id,
        attempt_id=part.attempt_id,
        message_id=part.message_id,
        text=part.text,
        sent_at=part.sent_at,
    )
    await session.execute(row.on_conflict_do_nothing())


async def parts(session: AsyncSession, attempt_id: int) -> Sequence[AnswerPart]:
    """The messages of an answer that count, in the order in which they were typed."""
    query = select(AnswerPart).where(AnswerPart.attempt_id == attempt_id, AnswerPart.discarded_at.is_(None))
    return (await session.scalars(query.order_by(AnswerPart.message_id))).all()


async def discard_parts(session: AsyncSession, attempt_id: int, up_to: int, now: datetime) -> None:
    """Sets the answer's messages aside, up to and including the message `up_to`."""
    discard = update(AnswerPart).where(AnswerPart.attempt_id == attempt_id, AnswerPart.message_id <= up_to)
    await session.execute(discard.where(AnswerPart.discarded_at.is_(None)).values(discarded_at=now))


async def memory(session: AsyncSession, user_id: UserId, question_id: int) -> Memory | None:
    card = await session.get(Card, (user_id, question_id))
    return None if card is None else Memory(card.stability, card.difficulty, card.reviewed_at, card.due_at)


async def remember(session: AsyncSession, user_id: UserId, question_id: int, memory: Memory) -> None:
    await session.merge(
        Card(
            user_id=user_id,
            question_id=question_id,
            stability=memory.stability,
            difficulty=memory.difficulty,
            reviewed_at=memory.reviewed_at,
            due_at=memory.due_at,
        )
    )
