"""A new version of a set replaces the old one, and nobody loses an answer over it."""

import asyncio
from datetime import timedelta

import pytest

from bot.content.schema import Localised
from bot.db import questions
from bot.db.engine import Database
from bot.db.models import Question, QuestionSet
from bot.domain.identity import Locale, QuestionId, Track
from bot.domain.review import Rating
from bot.services.pushes import QuestionPush
from tests.support.candidate import Candidate
from tests.support.coach import HandClock
from tests.support.postman import Postman
from tests.support.sets import first, manager_set, publish, reworded, with_items


async def _set(db: Database) -> QuestionSet:
    async with db.read() as session:
        found = await questions.find_set(session, Track.SUPPORT_MANAGER)
    assert found is not None
    return found


async def _stored(db: Database) -> dict[str, Question]:
    """All questions of the manager's set, inactive ones too, by slug."""
    found = await _set(db)
    async with db.read() as session:
        return await questions.of_set(session, found.id)


async def _prompt(db: Database, question_id: int) -> str:
    async with db.read() as session:
        return (await questions.view(session, question_id, Locale.FA)).prompt


async def test_publishing_the_same_again_changes_nothing(db: Database, clock: HandClock) -> None:
    before = await _set(db)
    assert not await publish(db, manager_set(), clock)
    after = await _set(db)
    assert (after.version, after.published_at) == (before.version, before.published_at)


async def test_every_change_is_a_version_of_its_own(db: Database, clock: HandClock) -> None:
    before = await _set(db)
    assert await publish(db, first(3), clock)
    assert await publish(db, manager_set(), clock)
    after = await _set(db)
    assert after.version == before.version + 2
    assert after.published_at == clock.now()


async def test_a_new_wording_is_read_by_everybody_at_once(db: Database, sara: Candidate, clock: HandClock) -> None:
    asked = await sara.asks_for_another()
    changed, *others = manager_set().items
    await publish(db, with_items(manager_set(), reworded(changed, "پرسشی با واژه‌های تازه؟"), *others), clock)
    again = await sara.is_asked_again(asked.attempt_id)
    assert again.question.id == asked.question.id
    assert again.question.prompt == "پرسشی با واژه‌های تازه؟"


async def test_questions_keep_their_ids_through_any_change(db: Database, clock: HandClock) -> None:
    before = {slug: question.id for slug, question in (await _stored(db)).items()}
    await publish(db, first(3), clock)
    await publish(db, with_items(manager_set(), *reversed(manager_set().items)), clock)
    assert {slug: question.id for slug, question in (await _stored(db)).items()} == before


async def test_answers_and_memories_survive_a_new_version(db: Database, sara: Candidate, clock: HandClock) -> None:
    await sara.finishes(Rating.HARD)
    before = [await sara.rows(table) for table in ("attempts", "answer_parts", "cards")]
    changed, *others = manager_set().items
    await publish(db, with_items(manager_set(), *others, reworded(changed, "پرسشی با واژه‌های تازه؟")), clock)
    assert [await sara.rows(table) for table in ("attempts", "answer_parts", "cards")] == before


async def test_the_order_of_the_set_is_the_order_of_asking(db: Database, sara: Candidate, clock: HandClock) -> None:
    turned = with_items(manager_set(), *reversed(manager_set().items))
    await publish(db, turned, clock)
    prompts = [(await sara.finishes()).question.prompt for _ in range(3)]
    assert prompts == [item.fa.prompt for item in turned.items[:3]]


async def test_a_dropped_question_is_not_asked_any_more(db: Database, sara: Candidate, clock: HandClock) -> None:
    rest = manager_set().items[1:]
    await publish(db, with_items(manager_set(), *rest), clock)
    stored = await _stored(db)
    assert [slug for slug, question in stored.items() if not question.active] == [manager_set().items[0].slug]
    asked = await sara.asks_for_another()
    assert (asked.question.number, asked.question.total) == (1, 16)
    assert asked.question.prompt == rest[0].fa.prompt


async def test_a_dropped_question_does_not_come_back_when_it_would_be_due(
    db: Database, sara: Candidate, clock: HandClock
) -> None:
    rated = await sara.finishes(Rating.AGAIN)
    await publish(db, with_items(manager_set(), *manager_set().items[1:]), clock)
    clock.advance(timedelta(days=3))
    assert (await sara.asks_for_another()).question.id != rated.question.id


async def test_a_question_taken_in_again_is_asked_as_the_one_it_was(
    db: Database, sara: Candidate, clock: HandClock
) -> None:
    rated = await sara.finishes(Rating.AGAIN)
    await publish(db, with_items(manager_set(), *manager_set().items[1:]), clock)
    await publish(db, manager_set(), clock)
    clock.advance(timedelta(days=3))
    assert (await sara.asks_for_another()).question.id == rated.question.id


async def test_an_open_question_that_is_dropped_can_still_be_answered_and_revealed(
    db: Database, sara: Candidate, clock: HandClock
) -> None:
    asked = await sara.asks_for_another()
    await publish(db, with_items(manager_set(), *manager_set().items[1:]), clock)
    await sara.answers("My answer.")
    revealed = await sara.reveals(asked.attempt_id)
    assert revealed.question.model_answer == asked.question.model_answer
    await sara.rates(asked.attempt_id, Rating.GOOD)


async def test_an_open_question_can_be_finished_when_its_category_is_dropped(
    db: Database, sara: Candidate, clock: HandClock, postman: Postman
) -> None:
    asked = await sara.asks_for_another()
    category = manager_set().items[0].category
    rest = [item for item in manager_set().items if item.category != category]
    others = {slug: title for slug, title in manager_set().categories.items() if slug != category}
    assert rest
    assert others
    await publish(db, with_items(manager_set(), *rest).model_copy(update={"categories": others}), clock)
    clock.advance(timedelta(days=1))
    (posted,) = await postman.does_a_round()
    assert isinstance(posted.prepared, QuestionPush)
    await sara.answers("My answer.")
    assert (await sara.reveals(asked.attempt_id)).question.id == asked.question.id


async def test_a_new_title_of_a_category_is_shown(db: Database, sara: Candidate, clock: HandClock) -> None:
    categories = {slug: Localised(fa="تازه", ru="Новое") for slug in manager_set().categories}
    await publish(db, manager_set().model_copy(update={"categories": categories}), clock)
    assert (await sara.asks_for_another()).question.category == "تازه"


async def test_the_other_track_is_left_alone(db: Database, ivan: Candidate, clock: HandClock) -> None:
    await publish(db, first(3), clock)
    await ivan.chooses_track(Track.SUPPORT_ENGINEER)
    assert (await ivan.asks_for_another()).question.total == 14


async def test_a_publication_that_is_broken_off_leaves_the_old_version(
    db: Database, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A number that no database takes stands for whatever breaks half-way."""
    before = await _set(db)
    good, bad, *_ = manager_set().items
    spoilt = with_items(manager_set(), reworded(good, "پرسشی تازه؟"), bad.model_copy(update={"difficulty": 2**70}))
    with pytest.raises(Exception, match=r"(?i)int"):
        await publish(db, spoilt, clock)
    after = await _set(db)
    assert (after.version, after.checksum) == (before.version, before.checksum)
    stored = await _stored(db)
    assert all(question.active for question in stored.values())
    assert await _prompt(db, stored[good.slug].id) == good.fa.prompt


async def test_programs_that_start_together_publish_a_new_set_once(db: Database, clock: HandClock) -> None:
    fresh = first(3).model_copy(update={"slug": "a-third-track"})
    await asyncio.gather(*(publish(db, manager_set(), clock) for _ in range(6)))  # connects
    published = await asyncio.gather(*(publish(db, fresh, clock) for _ in range(6)))
    assert sorted(published) == [False] * 5 + [True]


async def test_a_view_of_a_question_names_its_place(db: Database, clock: HandClock) -> None:
    stored = await _stored(db)
    async with db.read() as session:
        views = [
            await questions.view(session, QuestionId(stored[item.slug].id), Locale.RU) for item in manager_set().items
        ]
    assert [(view.number, view.total) for view in views] == [(number, 17) for number in range(1, 18)]
    assert [view.prompt for view in views] == [item.ru.prompt for item in manager_set().items]
