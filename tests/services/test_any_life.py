"""Whatever a candidate does, in whatever order, and whatever befalls the bot, the promises of practice hold."""

import asyncio
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from bot.db.deliveries import LEASE, Claimed
from bot.db.engine import Database
from bot.db.models import DeliveryKind
from bot.domain.identity import AttemptId
from bot.services.pushes import NotNeeded, NotYet, Prepared, QuestionPush
from bot.settings import load_settings
from tests.support.life import Life, Run

pytestmark = pytest.mark.slow

ENDINGS = ("sent", "dies first", "dies later", "fault", "wait", "refused", "block")


class AnyLife(Life):
    """A candidate, and the bot that speaks first, with whatever may happen to its messages."""

    def __init__(self, db: Database, run: Run) -> None:
        super().__init__(db, run)
        self.days_with_a_push: list[date] = []

    @rule(ending=st.sampled_from(ENDINGS))
    def the_bot_looks_at_the_clock(self, ending: str) -> None:
        self.run(self.postman.plans())
        claims = self.run(self.postman.claims())
        self.on_their_way = 0
        for claimed in claims:
            self._ends(claimed, ending)

    def _ends(self, claimed: Claimed, ending: str) -> None:
        if ending == "dies first":
            self.on_their_way += 1
            return
        waiting = self.run(self._waiting())
        match self.run(self.postman.prepares(claimed)):
            case NotNeeded(reason):
                self.run(self.postman.drops(claimed, reason))
            case NotYet(until):
                self.run(self.postman.waits(claimed, until))
                self.on_their_way += 1
            case prepared:
                if isinstance(prepared, QuestionPush):
                    assert waiting in {None, prepared.asked.attempt_id}, "one question on top of another"
                    self.is_asked(prepared.asked)
                self._goes_out(claimed, prepared, ending)

    def _goes_out(self, claimed: Claimed, prepared: Prepared, ending: str) -> None:
        match ending:
            case "sent":
                message_id = self.run(self.postman.delivers(claimed, prepared))
                if isinstance(prepared, QuestionPush):
                    self.diary.shown.append(message_id)
                if claimed.kind is DeliveryKind.QUESTION:
                    self.days_with_a_push.append(self.clock.now().astimezone(self.zone).date())
            case "refused":
                self.run(self.postman.is_refused(claimed))
            case "block":
                self.run(self.postman.hears_of_a_block(claimed))
            case "fault":
                self.run(self.postman.meets_a_fault(claimed))
                self.on_their_way += 1
            case "wait":
                self.run(self.postman.waits(claimed, self.clock.now()))
                self.on_their_way += 1
            case _:
                self.clock.advance(LEASE)
                self.on_their_way += 1

    async def _waiting(self) -> AttemptId | None:
        """The open question, as long as it has no answer."""
        for attempt in await self.sara.rows("attempts"):
            if attempt["closed_at"] is None and attempt["answered_at"] is None:
                return AttemptId(attempt["id"])
        return None

    @invariant()
    def the_promises_hold(self) -> None:
        stored = self.run(self.sara.exports())
        self.diary.check(stored)
        assert sum(attempt["closed_at"] is None for attempt in stored["attempts"]) <= 1
        assert len(set(self.days_with_a_push)) == len(self.days_with_a_push), "two pushes on one day"
        (user,) = stored["users"]
        if user["paused_at"] is None and user["unreachable_at"] is None:
            assert user["next_question_at"] is not None, "nothing will ever come"
            assert datetime.fromisoformat(user["next_question_at"]) < self.clock.now() + timedelta(days=4)


LIVES = settings(
    max_examples=12,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


def test_any_life_keeps_the_promises_of_practice(database_url: str) -> None:
    with asyncio.Runner() as runner:
        db = Database(load_settings(database_url=database_url).database_url)

        class AnyLifeHere(AnyLife):
            def __init__(self) -> None:
                super().__init__(db, runner.run)

        try:
            run_state_machine_as_test(AnyLifeHere, settings=LIVES)
        finally:
            runner.run(db.close())
