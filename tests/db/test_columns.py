"""What columns refuse, and what they give back as it was."""

from datetime import UTC, datetime, time, timedelta, timezone

import pytest
from sqlalchemy.exc import IntegrityError, StatementError

from bot.db import users
from bot.db.engine import Database
from bot.db.models import Attempt, Delivery, DeliveryKind, User
from bot.domain.identity import Locale, Track, UserId
from tests.db.conftest import NOON

TEHRAN = timezone(timedelta(hours=3, minutes=30))


async def _stored(db: Database, user: User) -> User:
    """The user after a way through the database."""
    async with db.begin() as session:
        session.add(user)
    async with db.read() as session:
        found = await users.find(session, UserId(user.id))
    assert found is not None
    assert found is not user
    return found


async def test_an_instant_without_a_zone_is_refused(db: Database) -> None:
    naive = datetime(2026, 11, 22, 9, 0)  # noqa: DTZ001 - this is the mistake
    with pytest.raises(StatementError, match="naive"):
        await _stored(db, User(id=1, zone="Asia/Tehran", created_at=naive, seen_at=NOON))


async def test_an_instant_without_a_zone_is_refused_in_a_question_to_the_database_too(db: Database) -> None:
    naive = datetime(2026, 11, 22, 9, 0)  # noqa: DTZ001 - this is the mistake
    async with db.read() as session:
        with pytest.raises(StatementError, match="naive"):
            await users.due_for_question(session, naive, 10)


async def test_an_instant_written_in_tehran_time_comes_back_as_the_same_instant_in_utc(db: Database) -> None:
    in_tehran = datetime(2026, 11, 22, 0, 10, 30, 123456, tzinfo=TEHRAN)
    user = await _stored(db, User(id=1, zone="Asia/Tehran", created_at=in_tehran, seen_at=NOON))
    assert user.created_at == in_tehran
    assert user.created_at.utcoffset() == timedelta()


async def test_instants_of_different_zones_are_compared_as_instants(db: Database) -> None:
    due = datetime(2026, 11, 22, 9, 0, tzinfo=TEHRAN)
    await _stored(db, User(id=1, zone="Asia/Tehran", created_at=NOON, seen_at=NOON, next_question_at=due))
    async with db.read() as session:
        assert not await users.due_for_question(session, datetime(2026, 11, 22, 5, 29, tzinfo=UTC), 10)
        assert await users.due_for_question(session, datetime(2026, 11, 22, 5, 30, tzinfo=UTC), 10)


async def test_everything_that_was_chosen_comes_back_as_it_was(db: Database) -> None:
    user = await _stored(
        db,
        User(
            id=1,
            locale=Locale.RU,
            track=Track.SUPPORT_ENGINEER,
            zone="Europe/Moscow",
            daily_at=time(21, 45),
            weekdays=frozenset({0, 6}),
            asked_on=NOON.date(),
            created_at=NOON,
            seen_at=NOON,
        ),
    )
    assert (user.locale, user.track, user.zone) == (Locale.RU, Track.SUPPORT_ENGINEER, "Europe/Moscow")
    assert (user.daily_at, user.weekdays) == (time(21, 45), frozenset({0, 6}))
    assert user.asked_on == NOON.date()


async def test_telegram_ids_beyond_32_bits_fit(db: Database) -> None:
    assert (await _stored(db, User(id=2**52 - 1, zone="Asia/Tehran", created_at=NOON, seen_at=NOON))).id == 2**52 - 1


async def test_two_open_questions_of_one_user_are_refused(db: Database, sara: UserId) -> None:
    with pytest.raises(IntegrityError):
        async with db.begin() as session:
            session.add_all(Attempt(user_id=sara, question_id=1, asked_at=NOON) for _ in range(2))


async def test_a_closed_question_beside_an_open_one_is_fine(db: Database, sara: UserId) -> None:
    async with db.begin() as session:
        session.add(Attempt(user_id=sara, question_id=1, asked_at=NOON, closed_at=NOON))
        session.add(Attempt(user_id=sara, question_id=1, asked_at=NOON))


async def test_nothing_can_belong_to_a_user_who_is_not_there(db: Database) -> None:
    with pytest.raises(IntegrityError):
        async with db.begin() as session:
            session.add(Attempt(user_id=404, question_id=1, asked_at=NOON))


async def test_the_same_delivery_is_entered_once(db: Database, sara: UserId) -> None:
    def twin() -> Delivery:
        return Delivery(
            user_id=sara, kind=DeliveryKind.QUESTION, dedupe_key="the same", due_at=NOON, priority=0, created_at=NOON
        )

    with pytest.raises(IntegrityError):
        async with db.begin() as session:
            session.add_all([twin(), twin()])
