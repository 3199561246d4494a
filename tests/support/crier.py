"""Stands where admins and the sender of broadcasts stand, with Telegram's answer in the test's hand."""

from collections.abc import Mapping
from datetime import datetime, time

from bot.db.audience import Audience
from bot.db.deliveries import Claimed
from bot.db.engine import Database
from bot.domain.identity import BroadcastId, Locale, UserId
from bot.services import broadcasting, onboarding, recording
from bot.services.broadcasting import Progress
from bot.services.pushes import Content, Fault, NotNeeded, NotYet, Outcome, Recall, Result, Sent, Unreachable
from tests.support.coach import HandClock

ADMIN = UserId(1)
_MANY = 1000


class Crier:
    def __init__(self, db: Database, clock: HandClock) -> None:
        self.db = db
        self.clock = clock

    async def gathers(self, count: int) -> None:
        """So many people who read Persian."""
        async with self.db.begin() as session:
            for number in range(count):
                await onboarding.start(session, UserId(10_000 + number), client_locale=Locale.FA, now=self.clock.now())

    async def drafts(self, contents: Mapping[Locale, Content], audience: Audience) -> BroadcastId:
        async with self.db.begin() as session:
            return await broadcasting.draft(session, ADMIN, contents, audience, now=self.clock.now())

    async def starts(
        self,
        contents: Mapping[Locale, Content],
        audience: Audience,
        *,
        at: datetime | None = None,
        local_at: time | None = None,
    ) -> BroadcastId:
        news = await self.drafts(contents, audience)
        async with self.db.begin() as session:
            await broadcasting.start(session, news, now=self.clock.now(), at=at, local_at=local_at)
        return news

    async def brings_to(self, state: str, contents: Mapping[Locale, Content], audience: Audience) -> BroadcastId:
        """A broadcast in the state of that name."""
        match state:
            case "draft":
                return await self.drafts(contents, audience)
            case "scheduled":
                return await self.starts(contents, audience, at=self.clock.now().replace(year=2030))
        news = await self.starts(contents, audience)
        match state:
            case "paused":
                await self.pauses(news)
            case "done":
                await self.sends()
            case "cancelled":
                await self.cancels(news)
                await self.recalls(news)
        return news

    async def pauses(self, news: BroadcastId) -> None:
        async with self.db.begin() as session:
            await broadcasting.pause(session, news)

    async def resumes(self, news: BroadcastId) -> None:
        async with self.db.begin() as session:
            await broadcasting.resume(session, news)

    async def cancels(self, news: BroadcastId) -> None:
        async with self.db.begin() as session:
            await broadcasting.cancel(session, news)

    async def recalls(self, news: BroadcastId) -> None:
        async with self.db.begin() as session:
            await broadcasting.recall(session, news, now=self.clock.now())

    async def advances(self) -> int:
        async with self.db.begin() as session:
            return await broadcasting.advance(session, now=self.clock.now())

    async def progress(self, news: BroadcastId) -> Progress:
        async with self.db.read() as session:
            return await broadcasting.progress(session, news)

    async def claims(self, limit: int = _MANY) -> list[Claimed]:
        """What is due, in the sender's hands."""
        while await self.advances():
            pass
        async with self.db.begin() as session:
            return await broadcasting.claim(session, now=self.clock.now(), limit=limit)

    async def sends(self, limit: int = _MANY) -> dict[UserId, Content | Recall | NotNeeded | NotYet]:
        """Everything that is due goes out, and Telegram takes it all. Returns what went to whom."""
        from bot.services import deliveries

        while await self.advances():
            pass
        async with self.db.begin() as session:
            claimed = await deliveries.claim(session, now=self.clock.now(), limit=limit)
            prepared = await broadcasting.prepare(session, claimed, now=self.clock.now())
        for one, push in prepared:
            await self._records(one, push if isinstance(push, NotNeeded | NotYet) else Sent(message_id=one.id))
        while await self.advances():
            pass
        return {one.user_id: push for one, push in prepared}

    async def delivers(self, claimed: Claimed) -> None:
        await self._records(claimed, Sent(message_id=claimed.id))

    async def meets_a_fault(self, claimed: Claimed) -> None:
        await self._records(claimed, Fault("502: bad gateway"))

    async def hears_of_a_block(self, claimed: Claimed) -> None:
        await self._records(claimed, Unreachable("403: blocked by the user"))

    async def _records(self, claimed: Claimed, outcome: Outcome) -> None:
        async with self.db.begin() as session:
            await recording.record(session, [Result(claimed, outcome)], now=self.clock.now())
