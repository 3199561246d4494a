"""A broadcast goes to everyone whom it concerns, can be held, ended and taken back, and counts right."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.db.audience import Audience
from bot.db.engine import Database
from bot.db.models import BroadcastState
from bot.domain.errors import EmptyBroadcast, NobodyToReach, NotPossibleNow, UnknownBroadcast
from bot.domain.identity import BroadcastId, Locale, Track, UserId
from bot.services import broadcasting
from bot.services.broadcasting import Progress
from bot.services.pushes import Content, NotNeeded, Recall
from tests.support.candidate import Candidate
from tests.support.coach import HandClock
from tests.support.crier import Crier

NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""Monday: 12:30 in Tehran, 12:00 in Moscow."""

NEWS = {Locale.FA: Content(text="سلام"), Locale.RU: Content(text="Привет")}
EVERYBODY = Audience((Locale.FA, Locale.RU))


@pytest.fixture
def crier(db: Database, clock: HandClock) -> Crier:
    clock.set(NOON)
    return Crier(db, clock)


async def test_everybody_gets_it_in_the_own_language(sara: Candidate, ivan: Candidate, crier: Crier) -> None:
    news = await crier.starts(NEWS, EVERYBODY)
    assert await crier.sends() == {sara.id: NEWS[Locale.FA], ivan.id: NEWS[Locale.RU]}
    done = await crier.progress(news)
    assert (done.state, done.readers, done.sent, done.left) == (BroadcastState.DONE, 2, 2, 0)
    assert await crier.sends() == {}


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        (Audience((Locale.FA,)), ["sara"]),
        (Audience((Locale.RU,)), ["ivan"]),
        (Audience((Locale.FA, Locale.RU), tracks=(Track.SUPPORT_MANAGER,)), ["sara"]),
        (Audience((Locale.FA, Locale.RU), set_slug="support-engineer"), ["ivan"]),
        (Audience((Locale.FA, Locale.RU), seen_since=NOON - timedelta(days=30)), ["sara", "ivan"]),
    ],
)
async def test_it_goes_to_its_audience_alone(
    sara: Candidate, ivan: Candidate, crier: Crier, audience: Audience, readers: list[str]
) -> None:
    await sara.chooses_track(Track.SUPPORT_MANAGER)
    await ivan.chooses_track(Track.SUPPORT_ENGINEER)
    await crier.starts(NEWS, audience)
    named = {"sara": sara.id, "ivan": ivan.id}
    assert set(await crier.sends()) == {named[reader] for reader in readers}


async def test_nobody_to_reach_is_told(sara: Candidate, crier: Crier) -> None:
    with pytest.raises(NobodyToReach):
        await crier.starts(NEWS, Audience((Locale.FA,), seen_since=NOON + timedelta(days=1)))


async def test_a_language_without_a_message_is_told(crier: Crier) -> None:
    with pytest.raises(EmptyBroadcast):
        await crier.starts({Locale.FA: NEWS[Locale.FA]}, EVERYBODY)
    with pytest.raises(EmptyBroadcast):
        await crier.starts({}, Audience(()))


async def test_what_is_paused_waits(sara: Candidate, ivan: Candidate, crier: Crier) -> None:
    news = await crier.starts(NEWS, EVERYBODY)
    await crier.pauses(news)
    assert await crier.sends() == {}
    await crier.resumes(news)
    assert len(await crier.sends()) == 2


async def test_what_is_cancelled_is_not_sent(sara: Candidate, ivan: Candidate, crier: Crier) -> None:
    news = await crier.starts(NEWS, EVERYBODY)
    await crier.advances()
    await crier.cancels(news)
    assert await crier.sends() == {}
    ended = await crier.progress(news)
    assert (ended.state, ended.skipped, ended.left, ended.sent) == (BroadcastState.CANCELLED, 2, 0, 0)
    assert ended.finished_at == NOON


async def test_one_on_its_way_when_it_is_cancelled_is_counted_in_the_end(sara: Candidate, crier: Crier) -> None:
    news = await crier.starts(NEWS, EVERYBODY)
    (claimed,) = await crier.claims()
    await crier.cancels(news)
    await crier.advances()
    assert (await crier.progress(news)).finished_at is None
    await crier.meets_a_fault(claimed)
    await crier.advances()
    await crier.advances()
    ended = await crier.progress(news)
    assert (ended.skipped, ended.left, ended.finished_at) == (1, 0, NOON)


async def test_what_was_sent_is_taken_back(sara: Candidate, ivan: Candidate, crier: Crier) -> None:
    news = await crier.starts(NEWS, EVERYBODY)
    await crier.sends()
    await crier.recalls(news)
    taken = await crier.sends()
    assert {type(one) for one in taken.values()} == {Recall}
    after = await crier.progress(news)
    assert (after.sent, after.recalled, after.to_recall, after.readers) == (2, 2, 0, 2)
    assert await crier.sends() == {}
    with pytest.raises(NotPossibleNow):
        await crier.recalls(news)


async def test_what_was_sent_too_long_ago_stays(sara: Candidate, crier: Crier, clock: HandClock) -> None:
    news = await crier.starts(NEWS, EVERYBODY)
    await crier.sends()
    clock.advance(timedelta(hours=48))
    await crier.recalls(news)
    assert await crier.sends() == {}
    assert (await crier.progress(news)).recalled == 0


async def test_a_recall_ends_what_is_still_being_sent(sara: Candidate, ivan: Candidate, crier: Crier) -> None:
    news = await crier.starts(NEWS, EVERYBODY)
    await crier.sends(limit=1)
    await crier.recalls(news)
    (taken,) = (await crier.sends()).values()
    assert isinstance(taken, Recall)
    after = await crier.progress(news)
    assert (after.state, after.sent, after.recalled, after.skipped) == (BroadcastState.CANCELLED, 1, 1, 1)


async def test_one_scheduled_for_later_starts_then(sara: Candidate, crier: Crier, clock: HandClock) -> None:
    news = await crier.starts(NEWS, EVERYBODY, at=NOON + timedelta(hours=2))
    assert await crier.sends() == {}
    assert (await crier.progress(news)).state is BroadcastState.SCHEDULED
    clock.advance(timedelta(hours=2))
    assert len(await crier.sends()) == 1


async def test_at_a_local_hour_each_gets_it_by_the_own_clock(
    sara: Candidate, ivan: Candidate, crier: Crier, clock: HandClock
) -> None:
    await crier.starts(NEWS, EVERYBODY, local_at=time(18))
    clock.set(datetime(2026, 11, 23, 14, 30, tzinfo=UTC))
    assert set(await crier.sends()) == {sara.id}
    clock.set(datetime(2026, 11, 23, 15, 0, tzinfo=UTC))
    assert set(await crier.sends()) == {ivan.id}


async def test_in_the_night_it_waits_for_the_morning(
    sara: Candidate, ivan: Candidate, crier: Crier, clock: HandClock
) -> None:
    clock.set(datetime(2026, 11, 23, 18, 45, tzinfo=UTC))  # 22:15 in Tehran, 21:45 in Moscow
    await crier.starts(NEWS, EVERYBODY)
    assert set(await crier.sends()) == {ivan.id}
    clock.set(datetime(2026, 11, 24, 4, 29, tzinfo=UTC))
    assert await crier.sends() == {}
    clock.set(datetime(2026, 11, 24, 4, 30, tzinfo=UTC))
    assert set(await crier.sends()) == {sara.id}


async def test_who_has_left_or_changed_the_language_meanwhile_is_passed_over(
    sara: Candidate, ivan: Candidate, crier: Crier
) -> None:
    news = await crier.starts({Locale.FA: NEWS[Locale.FA]}, Audience((Locale.FA,)))
    await crier.advances()
    await sara.chooses_locale(Locale.RU)
    assert isinstance((await crier.sends())[sara.id], NotNeeded)
    assert (await crier.progress(news)).skipped == 1


async def test_it_is_no_news_any_more_after_days(sara: Candidate, crier: Crier, clock: HandClock) -> None:
    news = await crier.starts(NEWS, EVERYBODY)
    await crier.advances()
    await crier.pauses(news)
    clock.advance(timedelta(days=3))
    await crier.resumes(news)
    assert await crier.sends() == {sara.id: NotNeeded("too late")}


async def test_rows_that_a_dead_sender_has_left_wait_for_a_paused_broadcast(
    sara: Candidate, crier: Crier, clock: HandClock
) -> None:
    news = await crier.starts(NEWS, EVERYBODY)
    await crier.claims()
    await crier.pauses(news)
    clock.advance(timedelta(minutes=1))
    await crier.sends()
    assert (await crier.progress(news)).left == 1
    await crier.resumes(news)
    assert await crier.sends() == {sara.id: NEWS[Locale.FA]}


async def test_a_thousand_readers_are_entered_step_by_step(crier: Crier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broadcasting, "AT_ONCE", 7)
    await crier.gathers(50)
    news = await crier.starts(NEWS, EVERYBODY)
    assert [await crier.advances() for _ in range(9)] == [7] * 7 + [1, 1]
    assert len(await crier.sends()) == 50
    assert (await crier.progress(news)).sent == 50


MOVES = {
    "pause": Crier.pauses,
    "resume": Crier.resumes,
    "cancel": Crier.cancels,
    "recall": Crier.recalls,
}


@pytest.mark.parametrize(
    ("state", "possible"),
    [
        ("draft", {"cancel"}),
        ("scheduled", {"cancel"}),
        ("running", {"pause", "cancel", "recall"}),
        ("paused", {"resume", "cancel", "recall"}),
        ("done", {"recall"}),
        ("cancelled", set()),
    ],
)
@pytest.mark.parametrize("move", MOVES)
async def test_each_state_allows_what_makes_sense_in_it(
    sara: Candidate, crier: Crier, state: str, possible: set[str], move: str
) -> None:
    news = await crier.brings_to(state, NEWS, EVERYBODY)
    if move in possible:
        await MOVES[move](crier, news)
    else:
        before: Progress = await crier.progress(news)
        with pytest.raises(NotPossibleNow):
            await MOVES[move](crier, news)
        assert await crier.progress(news) == before


async def test_an_unknown_one_is_told(crier: Crier) -> None:
    with pytest.raises(UnknownBroadcast):
        await crier.progress(BroadcastId(99))


async def test_who_blocked_the_bot_gets_no_other_broadcast(sara: Candidate, ivan: Candidate, crier: Crier) -> None:
    await crier.starts(NEWS, EVERYBODY)
    for claimed in await crier.claims():
        if claimed.user_id == sara.id:
            await crier.hears_of_a_block(claimed)
        else:
            await crier.delivers(claimed)
    news = await crier.starts(NEWS, EVERYBODY)
    assert set(await crier.sends()) == {UserId(ivan.id)}
    assert (await crier.progress(news)).readers == 1


async def test_what_is_resumed_in_the_night_waits_for_the_morning(
    sara: Candidate, ivan: Candidate, crier: Crier, clock: HandClock
) -> None:
    news = await crier.starts(NEWS, EVERYBODY)
    await crier.advances()
    await crier.pauses(news)
    clock.set(datetime(2026, 11, 23, 18, 45, tzinfo=UTC))  # 22:15 in Tehran, 21:45 in Moscow
    await crier.resumes(news)
    sent = await crier.sends()
    assert [user for user, push in sent.items() if isinstance(push, Content)] == [ivan.id]
    clock.set(datetime(2026, 11, 24, 4, 30, tzinfo=UTC))
    assert await crier.sends() == {sara.id: NEWS[Locale.FA]}
