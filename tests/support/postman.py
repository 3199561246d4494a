"""Stands where the sender stands: plans, claims, prepares and records, with Telegram's answer in the test's hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.db.deliveries import Claimed
from bot.db.engine import Database
from bot.domain.identity import UserId
from bot.services import deliveries, recording
from bot.services.pushes import (
    Fault,
    NotNeeded,
    NotYet,
    Outcome,
    Prepared,
    QuestionPush,
    Refused,
    Result,
    Sent,
    Unreachable,
)
from tests.support.candidate import Candidate
from tests.support.coach import HandClock

MANY = 500


@dataclass(frozen=True, slots=True)
class Posted:
    """A delivery and what became of it."""

    claimed: Claimed
    prepared: Prepared | NotNeeded | NotYet


class Postman:
    """`candidates` are those whose chats the message ids are counted in."""

    def __init__(self, db: Database, clock: HandClock, *candidates: Candidate) -> None:
        self.db = db
        self.clock = clock
        self._candidates = {candidate.id: candidate for candidate in candidates}

    async def plans(self, limit: int = MANY) -> int:
        async with self.db.begin() as session:
            return await deliveries.plan_due(session, now=self.clock.now(), limit=limit)

    async def claims(self, limit: int = MANY) -> Sequence[Claimed]:
        async with self.db.begin() as session:
            return await deliveries.claim(session, now=self.clock.now(), limit=limit)

    async def claims_one(self) -> Claimed:
        (claimed,) = await self.claims()
        return claimed

    async def prepares(self, claimed: Claimed) -> Prepared | NotNeeded | NotYet:
        async with self.db.begin() as session:
            return await deliveries.prepare(session, claimed, now=self.clock.now())

    async def delivers(self, claimed: Claimed, prepared: Prepared | NotNeeded | NotYet) -> int:
        """Telegram has taken the message."""
        assert not isinstance(prepared, NotNeeded | NotYet), prepared
        message_id = self._message_id(claimed.user_id)
        attempt_id = prepared.asked.attempt_id if isinstance(prepared, QuestionPush) else None
        await self.records(claimed, Sent(message_id, attempt_id))
        return message_id

    async def drops(self, claimed: Claimed, reason: str) -> None:
        await self.records(claimed, NotNeeded(reason))

    async def hears_of_a_block(self, claimed: Claimed) -> None:
        await self.records(claimed, Unreachable("403: blocked by the user"))

    async def is_refused(self, claimed: Claimed) -> None:
        await self.records(claimed, Refused("400: message text is empty"))

    async def meets_a_fault(self, claimed: Claimed) -> None:
        await self.records(claimed, Fault("502: bad gateway"))

    async def waits(self, claimed: Claimed, until: datetime) -> None:
        await self.records(claimed, NotYet(until))

    async def records(self, claimed: Claimed, outcome: Outcome) -> None:
        async with self.db.begin() as session:
            await recording.record(session, [Result(claimed, outcome)], now=self.clock.now())

    async def does_a_round(self) -> list[Posted]:
        """One look at the clock: everything that is due goes out, and Telegram takes it all."""
        await self.plans()
        return [await self._posts(claimed) for claimed in await self.claims()]

    async def _posts(self, claimed: Claimed) -> Posted:
        prepared = await self.prepares(claimed)
        match prepared:
            case NotNeeded() | NotYet():
                await self.records(claimed, prepared)
            case _:
                await self.delivers(claimed, prepared)
        return Posted(claimed, prepared)

    def _message_id(self, user_id: UserId) -> int:
        candidate = self._candidates.get(user_id)
        return candidate.new_message_id() if candidate else 1
