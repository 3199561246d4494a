"""Putting a question to a user: which one, when again, and what it looks like."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import attempts, deliveries, questions, users
from bot.db.models import Attempt, DeliveryKind, User
from bot.db.questions import QuestionView
from bot.domain import review, schedule
from bot.domain.errors import AlreadyAnswered, AlreadyClosed, NoQuestions
from bot.domain.identity import AttemptId, UserId
from bot.domain.review import Rating
from bot.services.preferences import give_todays, schedule_of


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands before the user; `returns_at` is set once it was skipped."""

    attempt_id: AttemptId
    question: QuestionView
    shown: bool  # a message with it is in the chat
    waiting: bool  # asked on an earlier day and not answered since
    answered: bool
    hinted: bool
    returns_at: datetime | None
    has_earlier: bool = False  # it was answered before, and the model answer seen


@dataclass(frozen=True, slots=True)
class DoneForToday:
    """There is nothing to answer until `next_at`; None while the user is paused."""

    next_at: datetime | None


async def today(session: AsyncSession, user_id: UserId, *, now: datetime) -> Asked | DoneForToday:
    """The question that waits for the user, else the day's, else the news that the day's is done.

    Raises NoQuestions.
    """
    user = await users.get(session, user_id)
    attempt = await attempts.open_of(session, user_id)
    if attempt is None and user.asked_on == schedule_of(user).today(now):
        return DoneForToday(user.next_question_at)
    return await _give(session, user, attempt, now)


async def first(session: AsyncSession, user_id: UserId, *, now: datetime) -> Asked | None:
    """The first question of somebody who has not been shown any; None for everybody else."""
    user = await users.get(session, user_id)
    newest = await attempts.newest_of(session, user_id)
    if user.track is None or (newest is not None and await attempts.has_message(session, newest.id)):
        return None
    return await _give(session, user, await attempts.open_of(session, user_id), now)


async def ask(session: AsyncSession, user_id: UserId, *, now: datetime) -> Asked:
    """A question that is not answered yet: the waiting one, else the next.

    An answered question that was never revealed is left as it is. Raises NoQuestions.
    """
    user = await users.get(session, user_id)
    attempt = await attempts.open_of(session, user_id)
    if attempt is not None and attempt.answered_at is not None:
        attempt.closed_at = now
        await session.flush()  # before another is opened: a user has one open attempt at most
        attempt = None
    return await _give(session, user, attempt, now)


async def _give(session: AsyncSession, user: User, waiting: Attempt | None, now: datetime) -> Asked:
    attempt = waiting or await _ask(session, user, now)
    if attempt.answered_at is None:
        give_todays(user, now)
    return await _present(session, user, attempt, now)


async def _ask(session: AsyncSession, user: User, now: datetime) -> Attempt:
    user_id = UserId(user.id)
    until_tonight = schedule.day_end(schedule_of(user), now)
    question_id = user.track and await questions.choose_next(session, user_id, user.track, until_tonight)
    if question_id is None:
        raise NoQuestions
    attempt = Attempt(user_id=user.id, question_id=question_id, asked_at=now)
    session.add(attempt)
    await session.flush()
    return attempt


async def _present(session: AsyncSession, user: User, attempt: Attempt, now: datetime) -> Asked:
    assert user.locale is not None
    own_days = schedule_of(user)
    answered = attempt.answered_at is not None
    return Asked(
        attempt_id=AttemptId(attempt.id),
        question=await questions.view(session, attempt.question_id, user.locale),
        shown=await attempts.has_message(session, attempt.id),
        waiting=not answered and own_days.today(attempt.asked_at) < own_days.today(now),
        answered=answered,
        hinted=attempt.hinted_at is not None,
        returns_at=await _return_of(session, attempt) if attempt.skipped_at else None,
        has_earlier=await attempts.earlier_answer(session, attempt) is not None,
    )


async def _return_of(session: AsyncSession, attempt: Attempt) -> datetime | None:
    memory = await attempts.memory(session, UserId(attempt.user_id), attempt.question_id)
    return memory.due_at if memory else None


async def ask_again(session: AsyncSession, user_id: UserId, attempt_id: AttemptId, *, now: datetime) -> Asked:
    """The question of an attempt, put before the user once more."""
    user = await users.get(session, user_id)
    return await _give(session, user, await attempts.get(session, user_id, attempt_id), now)


async def hint(session: AsyncSession, user_id: UserId, attempt_id: AttemptId, *, now: datetime) -> Asked:
    """Shows the guidance before the answer."""
    user = await users.get(session, user_id)
    attempt = await attempts.get(session, user_id, attempt_id)
    attempt.hinted_at = attempt.hinted_at or now
    user.practised_at, user.dialogue = now, None
    return await _present(session, user, attempt, now)


async def skip(session: AsyncSession, user_id: UserId, attempt_id: AttemptId, *, now: datetime) -> Asked:
    """Gives a question up for now; it returns as one that was not known.

    Raises AlreadyAnswered for a question with an answer, AlreadyClosed for one that was left.
    """
    user = await users.get(session, user_id)
    attempt = await attempts.get(session, user_id, attempt_id)
    if attempt.skipped_at is None:
        _refuse_unless_unanswered(attempt)
        attempt.skipped_at = attempt.closed_at = now
        memory = await attempts.memory(session, user_id, attempt.question_id)
        again = review.review(memory, Rating.AGAIN, now)
        await attempts.remember(session, user_id, attempt.question_id, again)
        user.practised_at, user.dialogue = now, None
    return await _present(session, user, attempt, now)


@dataclass(frozen=True, slots=True)
class PutOff:
    """When a question is asked again: later today, else, too late for that, at `next_at` (None: paused)."""

    asked: Asked
    today_at: datetime | None
    next_at: datetime | None


async def later(session: AsyncSession, user_id: UserId, attempt_id: AttemptId, *, now: datetime) -> PutOff:
    """Asks again later on the same day, and not before. Raises AlreadyAnswered and AlreadyClosed."""
    user = await users.get(session, user_id)
    attempt = await attempts.get(session, user_id, attempt_id)
    _refuse_unless_unanswered(attempt)
    due_at = schedule.later_today(schedule_of(user), now)
    if due_at is not None:
        due_at = await _plan_later(session, user, attempt_id, due_at, now)
        give_todays(user, now)
    return PutOff(await _present(session, user, attempt, now), due_at, user.next_question_at)


async def _plan_later(
    session: AsyncSession, user: User, attempt_id: AttemptId, due_at: datetime, now: datetime
) -> datetime:
    if waiting := await deliveries.pending_later(session, attempt_id):
        return waiting.due_at
    await deliveries.plan(
        session,
        UserId(user.id),
        DeliveryKind.LATER,
        key=f"later:{attempt_id}:{due_at:%Y%m%d%H%M}",
        due_at=due_at,
        now=now,
        not_after=schedule.day_end(schedule_of(user), now),
        attempt_id=attempt_id,
    )
    return due_at


def _refuse_unless_unanswered(attempt: Attempt) -> None:
    if attempt.answered_at is not None:
        raise AlreadyAnswered
    if attempt.closed_at is not None:
        raise AlreadyClosed


async def link_message(session: AsyncSession, user_id: UserId, attempt_id: AttemptId, message_id: int) -> None:
    """Remembers that a message of the bot stands for the attempt, so that replies to it find it."""
    await attempts.get(session, user_id, attempt_id)
    await attempts.link_message(session, user_id, attempt_id, message_id)
