"""Telegram fails, floods and forgets: what people said is kept, and what they are told comes, if late."""

import asyncio
from datetime import timedelta

import pytest

from bot.sandbox import Fault, FaultKind
from tests.support.coach import Coach
from tests.support.person import Message, Person
from tests.support.talks import (
    answers_of,
    heard,
    ivan_with_question,
    moscow,
    nothing_at,
    sara_with_question,
    tehran,
)
from tests.support.words import FA, RU

LONG = 4.0
"""Real seconds for which a slow chat keeps the bot waiting: far longer than a talk in another takes."""

REFUSALS = (FaultKind.TOO_MANY_REQUESTS, FaultKind.SERVER_ERROR, FaultKind.RESET)


@pytest.mark.parametrize("kind", REFUSALS)
async def test_a_refused_reply_comes_late_but_once(coach: Coach, kind: FaultKind) -> None:
    ivan = await ivan_with_question(coach)
    coach.sandbox.faults.add(Fault(kind, chat_id=ivan.id, times=1))
    await ivan.says("Мой ответ.")
    await ivan.sees(RU.saved)
    await ivan.presses(RU.reveal)
    await ivan.sees(RU.example)
    assert len(await heard(ivan, RU.saved)) == 1
    assert await answers_of(coach, ivan) == [["Мой ответ."]]


async def test_a_reply_whose_confirmation_was_lost_stays_usable(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    coach.sandbox.faults.add(Fault(FaultKind.LOST_RESPONSE, method="sendMessage", chat_id=ivan.id, times=1))
    [own] = await ivan.says("Мой ответ.")
    first = await ivan.sees(RU.saved, after=own)
    second = await ivan.sees(RU.saved, after=first)  # twice is better than never
    await ivan.presses(RU.reveal, first)
    await ivan.sees(RU.example, after=second)
    assert RU.already_there in (await ivan.presses(RU.reveal, second) or "")
    assert await answers_of(coach, ivan) == [["Мой ответ."]]


async def test_a_series_of_faults_delays_the_talk_and_loses_nothing(coach: Coach) -> None:
    sara = await sara_with_question(coach)
    typed = ["یک.", "دو.", "سه.", "چهار."]
    for seed, kind in enumerate((FaultKind.SERVER_ERROR, FaultKind.LOST_RESPONSE)):
        coach.sandbox.faults.add(Fault(kind, chat_id=sara.id, times=2, probability=0.5, seed=seed))
    for text in typed:
        await sara.says(text)
    await sara.sees("ذخیره شد: ۴ کلمه", within=15)
    coach.sandbox.faults.clear()
    assert await answers_of(coach, sara) == [typed]
    assert [message.reactions for message in (await sara.own())[1:5]] == [("✍",)] * 4


async def test_updates_that_telegram_did_not_hand_over_come_after_the_outage(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    coach.sandbox.faults.add(Fault(FaultKind.DOWN, times=2))
    await ivan.says("Пишу во время сбоя.")
    await ivan.sees(RU.saved, within=15)
    assert await answers_of(coach, ivan) == [["Пишу во время сбоя."]]


@pytest.mark.parametrize("kind", REFUSALS)
async def test_a_refused_push_is_tried_again(coach: Coach, kind: FaultKind) -> None:
    ivan = await ivan_with_question(coach)
    coach.sandbox.faults.add(Fault(kind, method="sendMessage", chat_id=ivan.id, times=1))
    await nothing_at(coach, moscow(23, 9), ivan)
    question = await _in_the_end(coach, ivan, RU.waiting)
    await nothing_at(coach, moscow(23, 9, 30), ivan)
    await ivan.says("Ответ.", reply_to=question)
    await ivan.sees("Сохранено: 1 слово")


async def _in_the_end(coach: Coach, person: Person, text: str) -> Message:
    """A failed push is tried again after a while by the coach's clock, which has to go on for that."""
    for _ in range(25):
        coach.clock.advance(timedelta(seconds=10))
        if found := await heard(person, text):
            return found[-1]
        await asyncio.sleep(0.2)
    raise AssertionError(f"{text!r} has never come")


async def test_a_push_whose_confirmation_was_lost_can_be_answered(coach: Coach) -> None:
    sara = await sara_with_question(coach)
    coach.sandbox.faults.add(Fault(FaultKind.LOST_RESPONSE, method="sendMessage", chat_id=sara.id, times=1))
    coach.clock.set(tehran(23, 9))
    lost = await sara.sees(FA.waiting)
    await sara.says("پاسخ من.", reply_to=lost)
    await sara.sees(FA.saved)
    await nothing_at(coach, tehran(23, 9, 5), sara)
    assert await answers_of(coach, sara) == [["پاسخ من."]]


async def test_a_slow_chat_holds_up_no_other(coach: Coach) -> None:
    ivan, sara = await ivan_with_question(coach), await sara_with_question(coach)
    coach.sandbox.faults.add(Fault(FaultKind.DELAY, chat_id=sara.id, seconds=LONG))
    await sara.says("کند.")
    await ivan.says("Быстро.")
    await ivan.sees(RU.saved)
    await ivan.presses(RU.reveal)
    await ivan.sees(RU.example)
    assert not await heard(sara, FA.saved)
    coach.sandbox.faults.clear()
    await sara.sees(FA.saved, within=3 * LONG)


async def test_a_slow_chat_holds_up_nobody_s_question(coach: Coach) -> None:
    ivan, sara = await ivan_with_question(coach), await sara_with_question(coach)
    coach.sandbox.faults.add(Fault(FaultKind.DELAY, method="sendMessage", chat_id=sara.id, seconds=LONG))
    coach.clock.set(moscow(23, 9))  # both are due
    await ivan.sees(RU.waiting)
    assert not await heard(sara, FA.waiting)
    await sara.sees(FA.waiting, within=3 * LONG)


async def test_a_slow_chat_holds_up_no_later_question_either(coach: Coach) -> None:
    ivan, sara = await ivan_with_question(coach), await sara_with_question(coach)
    coach.sandbox.faults.add(Fault(FaultKind.DELAY, method="sendMessage", chat_id=sara.id, seconds=LONG))
    await nothing_at(coach, tehran(23, 9), sara)  # on its way
    coach.clock.set(moscow(23, 9))
    await ivan.sees(RU.waiting)
    assert not await heard(sara, FA.waiting)
