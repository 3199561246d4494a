"""The people of these tests, each with a chat of their own, and the one who brings the mail."""

import pytest

from bot.db.engine import Database
from bot.domain.identity import Locale, UserId
from tests.support import coach
from tests.support.candidate import Candidate
from tests.support.coach import HandClock
from tests.support.postman import Postman


@pytest.fixture
def clock() -> HandClock:
    """Sunday, 22 November 2026: 9:30 in Tehran, 9:00 in Moscow."""
    return HandClock()


@pytest.fixture
async def sara(db: Database, clock: HandClock) -> Candidate:
    """Has just arrived in Tehran to become a support manager."""
    sara = Candidate(db, clock, UserId(coach.SARA.id), Locale.FA)
    await sara.arrives()
    return sara


@pytest.fixture
async def ivan(db: Database, clock: HandClock) -> Candidate:
    """Has just arrived in Moscow to become a support manager."""
    ivan = Candidate(db, clock, UserId(coach.IVAN.id), Locale.RU)
    await ivan.arrives()
    return ivan


@pytest.fixture
def newcomer(db: Database, clock: HandClock) -> Candidate:
    """Has not pressed start yet, and has a client in a language that the product does not speak."""
    return Candidate(db, clock, UserId(coach.ADA.id), None)


@pytest.fixture
def postman(db: Database, clock: HandClock, sara: Candidate) -> Postman:
    return Postman(db, clock, sara)
