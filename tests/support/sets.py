"""Question sets to publish in tests: the shipped manager's set, and smaller or other ones made of it."""

from functools import cache

from bot.app import CONTENT
from bot.clock import Clock
from bot.content.loader import load_sets
from bot.content.schema import Question, QuestionSet
from bot.db.engine import Database
from bot.domain.identity import Track
from bot.services import publishing


@cache
def manager_set() -> QuestionSet:
    return next(found for found in load_sets(CONTENT) if found.slug == Track.SUPPORT_MANAGER)


def with_items(content: QuestionSet, *items: Question) -> QuestionSet:
    """The set with these questions alone, in this order."""
    return content.model_copy(update={"items": items, "questions": tuple(item.slug for item in items)})


def first(count: int) -> QuestionSet:
    """The manager's set with its first questions alone."""
    content = manager_set()
    return with_items(content, *content.items[:count])


def reworded(item: Question, prompt: str) -> Question:
    """The question with another prompt in Persian."""
    return item.model_copy(update={"fa": item.fa.model_copy(update={"prompt": prompt})})


async def publish(db: Database, content: QuestionSet, clock: Clock) -> bool:
    async with db.begin() as session:
        return await publishing.publish(session, content, now=clock.now())
