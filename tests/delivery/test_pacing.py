"""The pace keeps to what Telegram takes, wastes nothing of it, and learns how much that is; in virtual time."""

import asyncio
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from itertools import pairwise
from math import ceil
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.delivery.pacing import CHAT_GAP, Pace
from tests.support.flood import Anything, FarEnd, FixedSecond, RefusesOne, Rush, Sending, SlidingSecond, TokenBucket
from tests.support.schedules import quick
from tests.support.virtual_time import VirtualTime, in_virtual_time

SEND_RATE = 29.9
MANY = 3000
MINUTE = 60.0

# The same chances in every run: in one of thirty or so the pace misjudges the network, and is refused.
some = settings(quick, max_examples=4, phases=[Phase.generate], derandomize=True)
few = settings(some, max_examples=2)
seeds = st.integers(0, 2**32)


def rushed(far_end: FarEnd, *, rate: float = SEND_RATE, count: int = MANY, pauses: float = 0.0) -> float:
    """So many messages are sent to as many chats. Returns how many a second were taken.

    With `pauses` the process stands still for so many seconds now and then.
    """

    async def rush() -> None:
        with standing_still(pauses):
            await Rush(Pace(rate), far_end).sends(range(count))

    in_virtual_time(rush())
    return far_end.taken() / max(sending.arrives_at for sending in far_end.sendings)


@contextmanager
def standing_still(seconds: float) -> Iterator[None]:
    loop, chance = asyncio.get_running_loop(), Random(1)
    assert isinstance(loop, VirtualTime)

    async def now_and_then() -> None:
        while True:
            await asyncio.sleep(chance.uniform(5, 15))
            loop.pass_by(seconds)

    standing = loop.create_task(now_and_then())
    yield
    standing.cancel()


@some
@given(seed=seeds)
def test_it_uses_all_that_telegram_takes_in_any_second(seed: int) -> None:
    far_end = FarEnd(SlidingSecond(30), seed=seed)
    assert rushed(far_end) >= (0.965 if far_end.refusals else 0.985) * 30
    assert far_end.refusals <= MANY / 1000


@pytest.mark.parametrize("limit", [FixedSecond, lambda most: TokenBucket(most, most)], ids=["fixed", "bucket"])
def test_it_does_so_however_telegram_counts(limit: type[FixedSecond]) -> None:
    far_end = FarEnd(limit(30))
    assert rushed(far_end) >= 0.985 * 30
    assert far_end.refusals <= MANY / 1000


@settings(some, max_examples=15)
@given(
    rate=st.floats(1, 60), latency=st.floats(0.01, 0.4), jitter=st.floats(0, 0.02), pauses=st.sampled_from([0.0, 0.2]),
    seed=seeds,
)  # fmt: skip
def test_no_second_of_telegram_sees_more_than_the_rate(
    rate: float, latency: float, jitter: float, pauses: float, seed: int
) -> None:
    far_end = FarEnd(Anything(), seed=seed, latency=latency, jitter=jitter)
    rushed(far_end, rate=rate, count=600, pauses=pauses)
    arrivals = sorted(sending.arrives_at for sending in far_end.sendings)
    assert _most_in(1.0, arrivals) <= ceil(rate) + 1
    assert _most_in(1.0 - jitter, arrivals) <= ceil(rate), "the network hides no more than its jitter"


def _most_in(seconds: float, arrivals: list[float]) -> int:
    return max(bisect_left(arrivals, at + seconds - 1e-6) - place for place, at in enumerate(arrivals))


@some
@given(seed=seeds)
def test_a_process_that_stands_still_now_and_then_makes_up_for_it(seed: int) -> None:
    undisturbed, disturbed = FarEnd(SlidingSecond(30), seed=seed), FarEnd(SlidingSecond(30), seed=seed)
    assert rushed(disturbed, pauses=0.2) >= 0.985 * rushed(undisturbed)
    assert disturbed.refusals == 0


@some
@given(refused=st.integers(0, 200), retry_after=st.integers(1, 60), seed=seeds)
def test_after_a_refusal_nothing_is_sent_for_exactly_as_long_as_telegram_says(
    refused: int, retry_after: int, seed: int
) -> None:
    far_end = FarEnd(RefusesOne(refused), seed=seed, retry_after=retry_after)
    rushed(far_end, count=refused + 60)
    heard_at = min(sending.answered_at for sending in far_end.sendings if sending.refused)
    again_at = min(sending.sent_at for sending in far_end.sendings if sending.sent_at > heard_at)
    gap = 1 / (0.8 * SEND_RATE)
    assert retry_after - 1e-6 <= again_at - heard_at <= retry_after + gap


def test_everything_arrives_once_in_the_end_whatever_is_refused() -> None:
    far_end = FarEnd(TokenBucket(15, 5))
    rushed(far_end, count=500)
    taken = [sending.chat_id for sending in far_end.sendings if not sending.refused]
    assert far_end.refusals > 0
    assert sorted(taken) == list(range(500))


@few
@given(seed=seeds, limit=st.sampled_from([SlidingSecond, FixedSecond, lambda most: TokenBucket(most, most)]))
def test_it_learns_a_lower_limit_and_learns_when_it_is_lifted(seed: int, limit: type[SlidingSecond]) -> None:
    far_end = FarEnd(limit(20), seed=seed)

    async def rush() -> None:
        sending = Rush(Pace(SEND_RATE), far_end)
        await sending.lasts(10 * MINUTE)
        assert far_end.taken(until=10 * MINUTE) >= 0.85 * 20 * 10 * MINUTE
        assert far_end.refusals <= len(far_end.sendings) / 100
        far_end.limit = limit(30)
        await sending.lasts(3 * MINUTE)
        assert sending.pace.rate >= 0.95 * SEND_RATE
        assert far_end.taken(since=12.5 * MINUTE, until=13 * MINUTE) >= 0.95 * SEND_RATE * MINUTE / 2

    in_virtual_time(rush())


def test_a_refusal_lowers_the_rate_once_for_all_that_was_on_its_way() -> None:
    async def rush() -> float:
        pace = Pace(SEND_RATE)
        async with AsyncExitStack() as on_their_way:
            slots = [await on_their_way.enter_async_context(pace.turn(chat_id)) for chat_id in range(5)]
            for slot in slots:
                pace.refused(slot, 1)
        return pace.rate

    assert in_virtual_time(rush()) == pytest.approx(0.9 * SEND_RATE)


def test_messages_that_were_never_answered_hold_up_no_other() -> None:
    """Their connections were cut, say."""

    async def rush() -> float:
        sending = Rush(Pace(SEND_RATE), FarEnd(SlidingSecond(30)))
        for chat_id in (-1, -2, -3):
            async with sending.pace.turn(chat_id):
                await asyncio.sleep(0.01)
        async with asyncio.timeout(MINUTE):
            await sending.sends(range(300))
        return asyncio.get_running_loop().time()

    assert in_virtual_time(rush()) <= 303 / SEND_RATE + 1


def test_a_chat_that_is_slow_to_answer_holds_up_no_other() -> None:
    far_end = FarEnd(SlidingSecond(30))
    far_end.latencies = dict.fromkeys(range(0, 600, 60), 25.0)

    async def rush() -> None:
        async with asyncio.timeout(3 * MINUTE):
            await Rush(Pace(SEND_RATE), far_end).sends(range(600))

    in_virtual_time(rush())
    others = [sending.answered_at for sending in far_end.sendings if sending.chat_id % 60]
    assert max(others) <= 600 / (0.8 * SEND_RATE)


async def _goes(sending: Rush, chat_id: int, count: int) -> None:
    for _ in range(count):
        assert await sending.sends_to(chat_id)


def _gaps(sendings: list[Sending], chat_id: int) -> list[float]:
    moments = [sending.sent_at for sending in sendings if sending.chat_id == chat_id]
    return [later - earlier for earlier, later in pairwise(moments)]


def test_messages_to_one_chat_are_a_second_apart_while_others_go_on() -> None:
    far_end = FarEnd(SlidingSecond(30))

    async def rush() -> None:
        sending = Rush(Pace(SEND_RATE), far_end)
        async with asyncio.TaskGroup() as group:
            for _ in range(5):
                group.create_task(sending.sends_to(-1))
            group.create_task(sending.sends(range(150)))

    in_virtual_time(rush())
    gaps = _gaps(far_end.sendings, -1)
    assert len(gaps) == 4
    assert min(gaps) >= CHAT_GAP - 1e-6
    assert max(sending.sent_at for sending in far_end.sendings if sending.chat_id >= 0) <= 155 / SEND_RATE + 0.5


def test_a_chat_that_answers_gets_its_next_message_after_a_second() -> None:
    far_end = FarEnd(SlidingSecond(30))

    async def rush() -> None:
        await _goes(Rush(Pace(SEND_RATE), far_end), 1, 4)

    in_virtual_time(rush())
    assert _gaps(far_end.sendings, 1) == pytest.approx([CHAT_GAP] * 3, abs=0.05)


def test_messages_to_one_chat_are_a_second_apart_after_a_refusal_too() -> None:
    """Both have waited for longer than that."""
    far_end = FarEnd(SlidingSecond(30))

    async def rush() -> None:
        sending = Rush(Pace(SEND_RATE), far_end)
        async with sending.pace.turn(-1) as slot:
            sending.pace.refused(slot, 10)
        async with asyncio.TaskGroup() as group:
            for _ in range(3):
                group.create_task(sending.sends_to(1))

    in_virtual_time(rush())
    assert min(_gaps(far_end.sendings, 1)) >= CHAT_GAP - 1e-6


@some
@given(rate=st.floats(1, 100), count=st.integers(2, 120), seed=seeds)
def test_who_comes_first_goes_first(rate: float, count: int, seed: int) -> None:
    order: list[int] = []

    async def goes(pace: Pace, number: int, at: float) -> None:
        await asyncio.sleep(at)
        async with pace.turn(number) as slot:
            order.append(number)
            pace.answered(slot)

    async def rush() -> None:
        pace, chance = Pace(rate), Random(seed)
        moments = sorted(chance.uniform(0, 2) for _ in range(count))
        async with asyncio.TaskGroup() as group:
            for number, at in enumerate(moments):
                group.create_task(goes(pace, number, at))

    in_virtual_time(rush())
    assert order == list(range(count))
