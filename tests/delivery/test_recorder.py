"""What became of deliveries is written down together, soon, and whatever the database is up to."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text
from structlog.testing import capture_logs

from bot.db.audience import Audience
from bot.db.deliveries import Claimed
from bot.db.engine import Database
from bot.db.models import Delivery, DeliveryStatus, User
from bot.delivery.recorder import Recorder
from bot.domain.identity import Locale
from bot.services.pushes import Content, Refused, Result, Sent, Unreachable
from bot.settings import load_settings
from tests.support.coach import HandClock
from tests.support.crier import Crier
from tests.support.locks import held_by_another_program
from tests.support.waiting import until

PEOPLE = 20
TOO_LARGE_TO_STORE = 2**70


class TickingClock(HandClock):
    """Every look at it takes a second: what shows the same time was written in one go."""

    def now(self) -> datetime:
        self.advance(timedelta(seconds=1))
        return super().now()


class Desk:
    """Claimed rows of a broadcast, and a recorder that is told what became of them."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.let_go: list[Claimed] = []
        self.recorder = Recorder(db, TickingClock(), lambda result: self.let_go.append(result.claimed))

    async def claims(self) -> Sequence[Claimed]:
        crier = Crier(self.db, HandClock())
        await crier.gathers(PEOPLE)
        await crier.starts({Locale.FA: Content(text="سلام")}, Audience((Locale.FA,)))
        return await crier.claims()

    async def rows(self) -> Sequence[Delivery]:
        async with self.db.read() as session:
            return (await session.scalars(select(Delivery).order_by(Delivery.id))).all()

    async def statuses(self) -> list[DeliveryStatus]:
        return [row.status for row in await self.rows()]

    async def marked_unreachable(self) -> list[int]:
        async with self.db.read() as session:
            return list(await session.scalars(select(User.id).where(User.unreachable_at.is_not(None))))


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    db = Database(load_settings(database_url=sqlite_url).database_url)
    yield Desk(db)
    await db.close()


async def test_results_that_come_together_are_written_together(desk: Desk) -> None:
    claimed = await desk.claims()
    for one in claimed:
        desk.recorder.note(Result(one, Sent(one.id)))
    await desk.recorder.finish()
    rows = await desk.rows()
    assert {row.status for row in rows} == {DeliveryStatus.SENT}
    assert [row.message_id for row in rows] == [row.id for row in rows]
    assert len({row.finished_at for row in rows}) == 1
    assert desk.let_go == list(claimed)


async def test_results_that_come_while_others_are_written_share_the_next_transaction(desk: Desk) -> None:
    first, *others = await desk.claims()
    desk.recorder.note(Result(first, Sent(1)))
    await until(lambda: bool(desk.let_go))
    for one in others:
        desk.recorder.note(Result(one, Sent(2)))
    await desk.recorder.finish()
    assert set(await desk.statuses()) == {DeliveryStatus.SENT}
    assert len({row.finished_at for row in await desk.rows()}) == 2


async def test_each_gets_its_own_result(desk: Desk) -> None:
    sent, refused, unreachable, *_others = await desk.claims()
    desk.recorder.note(Result(sent, Sent(7)))
    desk.recorder.note(Result(refused, Refused("400: too long")))
    desk.recorder.note(Result(unreachable, Unreachable("403: blocked")))
    await desk.recorder.finish()
    found = {row.id: (row.status, row.message_id, row.reason) for row in await desk.rows()}
    assert found[sent.id] == (DeliveryStatus.SENT, 7, None)
    assert found[refused.id] == (DeliveryStatus.FAILED, None, "400: too long")
    assert found[unreachable.id] == (DeliveryStatus.FAILED, None, "403: blocked")
    assert list(found.values())[3:] == [(DeliveryStatus.CLAIMED, None, None)] * (PEOPLE - 3)
    assert await desk.marked_unreachable() == [unreachable.user_id]


@pytest.mark.parametrize("place", [0, 7, PEOPLE - 1])
async def test_a_broken_result_does_not_take_the_others_with_it(desk: Desk, place: int) -> None:
    claimed = await desk.claims()
    with capture_logs() as told:
        for number, one in enumerate(claimed):
            desk.recorder.note(Result(one, Sent(TOO_LARGE_TO_STORE if number == place else number)))
        await desk.recorder.finish()
    statuses = await desk.statuses()
    assert statuses.pop(place) is DeliveryStatus.CLAIMED, "it is sent again when its lease is over"
    assert set(statuses) == {DeliveryStatus.SENT}
    assert len(desk.let_go) == PEOPLE, "none stays in the sender's hands"
    assert "delivery.unrecorded" in {line["event"] for line in told}


async def test_while_the_database_is_locked_results_are_kept(desk: Desk, sqlite_url: str) -> None:
    first, *others = await desk.claims()
    await _loses_patience_soon(desk.db)
    with capture_logs() as told:
        async with held_by_another_program(sqlite_url):
            desk.recorder.note(Result(first, Sent(1)))
            await until(lambda: bool(told))
            for one in others:
                desk.recorder.note(Result(one, Sent(1)))
            assert set(await desk.statuses()) == {DeliveryStatus.CLAIMED}
            assert desk.let_go == []
        await asyncio.wait_for(desk.recorder.finish(), 10)
    assert {line["event"] for line in told} == {"database.away"}
    assert set(await desk.statuses()) == {DeliveryStatus.SENT}
    assert desk.let_go == [first, *others]


async def _loses_patience_soon(db: Database) -> None:
    """SQLite waits for the lock for a moment only, in place of ten seconds."""
    async with db.begin() as session:
        await session.execute(text("PRAGMA busy_timeout = 50"))


async def test_nothing_to_write_is_nothing_to_wait_for(desk: Desk) -> None:
    await asyncio.wait_for(desk.recorder.finish(), 1)
