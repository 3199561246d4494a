"""Making a question set from files the one that candidates get."""

import hashlib
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.content import schema
from bot.db import questions
from bot.db.engine import queue_at_start
from bot.db.models import Question, QuestionSet, QuestionText
from bot.domain.identity import Locale


async def publish(session: AsyncSession, content: schema.QuestionSet, *, now: datetime) -> bool:
    """Stores the set as its next version. Returns False when nothing has changed.

    A question keeps its identity by its slug, so answers and schedules survive; one that is no longer
    in the set is kept, inactive.
    """
    await queue_at_start(session)
    checksum = hashlib.sha256(content.model_dump_json().encode()).hexdigest()
    published = await questions.find_set(session, content.slug)
    if published is not None and published.checksum == checksum:
        return False
    if published is None:
        published = QuestionSet(slug=content.slug, version=0)
        session.add(published)
    _describe(published, content, checksum, now)
    await session.flush()
    await _store_questions(session, published.id, content)
    return True


def _describe(published: QuestionSet, content: schema.QuestionSet, checksum: str, now: datetime) -> None:
    published.version += 1
    published.checksum = checksum
    published.titles = content.title.model_dump()
    # Those that are dropped stay for the questions that are kept with them.
    dropped = published.categories or {}
    published.categories = dropped | {slug: title.model_dump() for slug, title in content.categories.items()}
    published.published_at = now


async def _store_questions(session: AsyncSession, set_id: int, content: schema.QuestionSet) -> None:
    stored = await questions.of_set(session, set_id)
    for question in stored.values():
        question.active = False
    for position, item in enumerate(content.items, start=1):
        question = stored.get(item.slug) or Question(set_id=set_id, slug=item.slug)
        session.add(question)
        question.position, question.active = position, True
        question.category, question.difficulty, question.tags = (
            item.category,
            item.difficulty,
            list(item.tags),
        )
        await session.flush()
        for locale in Locale:
            await session.merge(_text(question.id, locale, item.text(locale)))


def _text(question_id: int, locale: Locale, text: schema.QuestionText) -> QuestionText:
    return QuestionText(question_id=question_id, locale=locale, **text.model_dump(mode="json"))
