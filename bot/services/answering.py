"""Taking down what a user types."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import attempts, users
from bot.db.models import AnswerPart, Attempt
from bot.domain.answer import TypedMessage, continues, goes_on
from bot.domain.errors import AlreadyClosed
from bot.domain.identity import AttemptId, Locale, UserId
from bot.domain.text import time_aloud, word_count


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer as it stands; `last_message_id` is the newest message that counts, None of none.

    `open` says whether what is typed next belongs to it without being a reply.
    """

    attempt_id: AttemptId
    open: bool
    words: int
    aloud: timedelta
    messages: int
    last_message_id: int | None
    status_message_id: int | None


async def record(session: AsyncSession, user_id: UserId, message: TypedMessage, *, now: datetime) -> Draft | None:
    """Stores one typed message with the question that it answers; None when there is no such question.

    A reply goes to the question that it replies to, what a client cut off a long message goes where its
    beginning went, anything else to the open question.
    """
    user = await users.get(session, user_id)
    attempt = await _attempt_for(session, user_id, message, now)
    if attempt is None:
        return None
    part = AnswerPart(user_id=user_id, attempt_id=attempt.id, message_id=message.id)
    part.text, part.sent_at = message.text, message.sent_at
    await attempts.add_part(session, part)
    user.practised_at = now
    draft = await _draft(session, attempt, user.locale)
    if draft.messages:  # none, when Telegram repeats one that was set aside
        attempt.answered_at = attempt.answered_at or now
    return draft


async def _attempt_for(session: AsyncSession, user_id: UserId, message: TypedMessage, now: datetime) -> Attempt | None:
    if repeated := await attempts.part_by_message(session, user_id, message.id):
        return await attempts.get(session, user_id, AttemptId(repeated.attempt_id))
    if message.reply_to is not None:
        replied = await attempts.by_message(session, user_id, message.reply_to)
        if replied is not None:
            return await _taking_text(session, user_id, replied, now)
    return await _begun(session, user_id, message) or await attempts.open_of(session, user_id)


async def _begun(session: AsyncSession, user_id: UserId, message: TypedMessage) -> Attempt | None:
    """Where the message goes on with what was typed before it.

    What a client cut off goes where its beginning went; and while no question is open, what follows
    another try at an old one belongs to that.
    """
    last = await attempts.last_part_before(session, user_id, message.id)
    if last is None:
        return None
    earlier = TypedMessage(last.message_id, last.text, last.sent_at)
    if not continues(earlier, message):
        nothing_open = await attempts.open_of(session, user_id) is None
        if not (nothing_open and goes_on(earlier, message)):
            return None
    begun = await attempts.get(session, user_id, AttemptId(last.attempt_id))
    return begun if begun.revealed_at is None else None


async def _taking_text(session: AsyncSession, user_id: UserId, replied: Attempt, now: datetime) -> Attempt:
    """The attempt itself, or, once it was revealed, another try at its question beside the open one."""
    if replied.revealed_at is None:
        return replied
    if again := await attempts.unrevealed_of(session, user_id, replied.question_id):
        return again
    another = Attempt(user_id=user_id, question_id=replied.question_id, asked_at=now, closed_at=now)
    session.add(another)
    await session.flush()
    return another


async def edit(session: AsyncSession, user_id: UserId, message_id: int, text: str, *, now: datetime) -> Draft | None:
    """Follows the user's edit of a sent message; None when the message is no answer.

    Raises AlreadyClosed after the reveal: what was typed before it stays as it was.
    """
    user = await users.get(session, user_id)
    part = await attempts.part_by_message(session, user_id, message_id)
    if part is None:
        return None
    attempt = await attempts.get(session, user_id, AttemptId(part.attempt_id))
    if attempt.revealed_at is not None:
        raise AlreadyClosed
    part.text, part.edited_at = text, now
    user.practised_at = now
    await session.flush()
    return await _draft(session, attempt, user.locale)


async def start_over(
    session: AsyncSession, user_id: UserId, attempt_id: AttemptId, up_to: int, *, now: datetime
) -> Draft:
    """Sets aside what was typed, up to the message `up_to`. Raises AlreadyClosed after the reveal.

    Naming the last message makes the button safe to press twice: it never takes what came after it.
    """
    user = await users.get(session, user_id)
    attempt = await attempts.get(session, user_id, attempt_id)
    if attempt.revealed_at is not None:
        raise AlreadyClosed
    await attempts.discard_parts(session, attempt.id, up_to, now)
    user.practised_at = now
    draft = await _draft(session, attempt, user.locale)
    if draft.last_message_id is None:
        attempt.answered_at = None
    return draft


async def note_status_message(session: AsyncSession, user_id: UserId, attempt_id: AttemptId, message_id: int) -> None:
    """Remembers the message that shows how the answer stands."""
    attempt = await attempts.get(session, user_id, attempt_id)
    attempt.status_message_id = message_id
    await attempts.link_message(session, user_id, attempt_id, message_id)


async def _draft(session: AsyncSession, attempt: Attempt, locale: Locale | None) -> Draft:
    parts = await attempts.parts(session, attempt.id)
    text = "\n".join(part.text for part in parts)
    return Draft(
        attempt_id=AttemptId(attempt.id),
        open=attempt.closed_at is None,
        words=word_count(text),
        aloud=time_aloud(text, locale or Locale.FA),
        messages=len(parts),
        last_message_id=parts[-1].message_id if parts else None,
        status_message_id=attempt.status_message_id,
    )
