"""After the try: the reveal, what the answer covers, the self-rating, and when the question returns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import attempts, questions, ticks, users
from bot.db.models import AnswerPart, Attempt, User
from bot.db.questions import QuestionView
from bot.db.ticks import Corrections
from bot.domain import review
from bot.domain.errors import NothingAnswered, NothingEarlier, UnknownAttempt
from bot.domain.feedback import recogniser
from bot.domain.identity import AttemptId, UserId
from bot.domain.review import Rating
from bot.domain.speech import Speech, speech


@dataclass(frozen=True, slots=True)
class Ticked:
    """A talking point, whether the answer makes it, and the words by which it was recognised."""

    place: int
    label: str
    made: bool
    said: str | None


@dataclass(frozen=True, slots=True)
class Before:
    """How the answer before this one at the same question compares: points made, those new since, those gone."""

    made: int
    new: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier answer; `message_id` is the last message of it."""

    question: QuestionView
    text: str
    answered_at: datetime
    message_id: int


@dataclass(frozen=True, slots=True)
class Revealed:
    """A question with everything that was held back.

    `intervals` says how long it would stay away under each rating; it is empty where there is nothing
    to rate: after a skip, and after the rating itself. `answer_message_id` is the user's last message,
    `message_id` the one that showed the reveal before.
    """

    attempt_id: AttemptId
    question: QuestionView
    answer_message_id: int | None
    message_id: int | None
    intervals: dict[Rating, timedelta]
    rating: Rating | None
    returns_at: datetime | None
    ticks: tuple[Ticked, ...] = ()
    speech: Speech | None = None
    """How the answer sounds; without an answer there are no ticks either."""
    before: Before | None = None


async def reveal(session: AsyncSession, user_id: UserId, attempt_id: AttemptId, *, now: datetime) -> Revealed:
    """Closes the answer and shows the model answer. Raises NothingAnswered before a try or a skip."""
    user = await users.get(session, user_id)
    attempt = await attempts.get(session, user_id, attempt_id)
    if attempt.answered_at is None and attempt.skipped_at is None:
        raise NothingAnswered
    question, parts = await _answered(session, user, attempt)
    if attempt.revealed_at is None:
        attempt.revealed_at = now
        if parts:
            await _recognise_points(session, user, attempt, question, parts)
    attempt.closed_at = attempt.closed_at or now
    user.practised_at = now
    return await _revealed(session, user, attempt, question, parts, now)


async def _answered(session: AsyncSession, user: User, attempt: Attempt) -> tuple[QuestionView, Sequence[AnswerPart]]:
    assert user.locale is not None
    question = await questions.view(session, attempt.question_id, user.locale)
    return question, await attempts.parts(session, attempt.id)


async def _recognise_points(
    session: AsyncSession, user: User, attempt: Attempt, question: QuestionView, parts: Sequence[AnswerPart]
) -> None:
    assert user.locale is not None
    cues = tuple((point.name, point.cues) for point in question.points)
    made = recogniser(cues, question.prompt, user.locale).points_made(_text(parts))
    said = {one.point: one.said for one in made}
    ticks.add(session, UserId(user.id), AttemptId(attempt.id), [(name, said.get(name)) for name, _ in cues])
    await session.flush()


def _text(parts: Sequence[AnswerPart]) -> str:
    return "\n".join(part.text for part in parts)


async def correct(
    session: AsyncSession, user_id: UserId, attempt_id: AttemptId, place: int, made: bool, *, now: datetime
) -> Revealed:
    """The author says whether the answer makes a point. Raises UnknownAttempt where it is not known to have it."""
    user = await users.get(session, user_id)
    attempt = await attempts.get(session, user_id, attempt_id)
    found = {tick.place: tick for tick in await ticks.of_attempt(session, attempt_id)}
    if place not in found:
        raise UnknownAttempt
    tick = found[place]
    tick.made, tick.corrected_at = made, None if made == (tick.said is not None) else now
    user.practised_at = now
    question, parts = await _answered(session, user, attempt)
    return await _revealed(session, user, attempt, question, parts, now)


async def corrections(session: AsyncSession) -> list[Corrections]:
    """Per talking point, how often its tick was put right by hand; the worst first."""
    return await ticks.corrections(session)


async def rate(
    session: AsyncSession, user_id: UserId, attempt_id: AttemptId, rating: Rating, *, now: datetime
) -> Revealed:
    """Records how the answer went and when the question returns; the first press counts.

    Raises NothingAnswered before the reveal.
    """
    user = await users.get(session, user_id)
    attempt = await attempts.get(session, user_id, attempt_id)
    if attempt.revealed_at is None:
        raise NothingAnswered
    if attempt.rating is None and attempt.skipped_at is None:
        attempt.rating, attempt.rated_at = rating, now
        memory = await attempts.memory(session, user_id, attempt.question_id)
        await attempts.remember(session, user_id, attempt.question_id, review.review(memory, rating, now))
    user.practised_at = now
    question, parts = await _answered(session, user, attempt)
    return await _revealed(session, user, attempt, question, parts, now)


async def _revealed(
    session: AsyncSession,
    user: User,
    attempt: Attempt,
    question: QuestionView,
    parts: Sequence[AnswerPart],
    now: datetime,
) -> Revealed:
    assert user.locale is not None
    memory = await attempts.memory(session, UserId(user.id), attempt.question_id)
    own = await _ticks(session, attempt, question)
    to_rate = attempt.rating is None and attempt.skipped_at is None
    return Revealed(
        attempt_id=AttemptId(attempt.id),
        question=question,
        answer_message_id=parts[-1].message_id if parts else None,
        message_id=attempt.reveal_message_id,
        intervals=review.intervals(memory, now) if to_rate else {},
        rating=attempt.rating,
        returns_at=None if to_rate or memory is None else memory.due_at,
        ticks=own,
        before=await _before(session, attempt, question, own),
        speech=speech(_text(parts), question.prompt, user.locale) if parts else None,
    )


async def _before(
    session: AsyncSession, attempt: Attempt, question: QuestionView, ticked: tuple[Ticked, ...]
) -> Before | None:
    """None where there is nothing to compare."""
    earlier = await attempts.earlier_answer(session, attempt)
    then = await _ticks(session, earlier, question) if earlier else ()
    if not then or not ticked:
        return None
    made_then, made_now = ({one.label for one in all_ if one.made} for all_ in (then, ticked))
    labels = [point.label for point in question.points]
    return Before(
        made=len(made_then),
        new=tuple(label for label in labels if label in made_now - made_then),
        gone=tuple(label for label in labels if label in made_then - made_now),
    )


async def earlier(session: AsyncSession, user_id: UserId, attempt_id: AttemptId) -> Earlier:
    """The answer before this one at the same question. Raises NothingEarlier."""
    user = await users.get(session, user_id)
    found = await attempts.earlier_answer(session, await attempts.get(session, user_id, attempt_id))
    if found is None or found.answered_at is None:
        raise NothingEarlier
    question, parts = await _answered(session, user, found)
    return Earlier(question, _text(parts), found.answered_at, parts[-1].message_id)


async def _ticks(session: AsyncSession, attempt: Attempt, question: QuestionView) -> tuple[Ticked, ...]:
    """Those of points that the question still has."""
    labels = {point.name: point.label for point in question.points}
    noted = await ticks.of_attempt(session, attempt.id)
    return tuple(Ticked(tick.place, labels[tick.point], tick.made, tick.said) for tick in noted if tick.point in labels)


async def note_reveal_message(session: AsyncSession, user_id: UserId, attempt_id: AttemptId, message_id: int) -> None:
    """Remembers the message that shows the reveal."""
    attempt = await attempts.get(session, user_id, attempt_id)
    attempt.reveal_message_id = message_id
    await attempts.link_message(session, user_id, attempt_id, message_id)
