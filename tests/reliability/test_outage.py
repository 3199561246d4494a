"""Telegram is away, for seconds and for hours: the bot waits, backs off and carries on."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.sandbox import Fault, FaultKind
from tests.support.coach import IVAN, Coach
from tests.support.settled import settled
from tests.support.talks import finish, heard, ivan_with_question, moscow, newest, sara_with_question
from tests.support.telegram import calls_of
from tests.support.words import FA, RU

MORE_THAN_A_POLL = 120
"""Messages; Telegram hands out at most 100 updates before the oldest is confirmed."""

pytestmark = pytest.mark.usefixtures("frequent_looks")


async def test_some_seconds_without_telegram_lose_and_double_nothing(coach: Coach) -> None:
    ivan, sara = await ivan_with_question(coach), await sara_with_question(coach)
    await finish(ivan, RU)
    before = await newest(ivan)
    coach.sandbox.faults.add(Fault(FaultKind.DOWN))
    coach.clock.set(moscow(23, 9))
    for number in range(5):
        await sara.says(f"کلمه {number}")
        await asyncio.sleep(0.5)  # the outage is one of real seconds
    coach.sandbox.faults.clear()
    saved = await sara.sees("۱۰ کلمه", within=20)
    assert [message.id for message in await heard(sara, FA.saved)] == [saved.id]
    assert [message.reactions for message in (await sara.own())[1:]] == [("✍",)] * 5
    await _later(coach, minutes=1)
    assert [RU.second in push.text for push in await ivan.inbox() if push.id > before] == [True]


@pytest.mark.parametrize(("times", "minutes"), [(12, 1), (36, 5)], ids=["12 minutes", "3 hours"])
async def test_a_push_comes_once_after_an_outage_that_the_day_outlasts(coach: Coach, times: int, minutes: int) -> None:
    ivan = await ivan_with_question(coach)
    await finish(ivan, RU)
    before = await newest(ivan)
    coach.sandbox.faults.add(Fault(FaultKind.DOWN))
    coach.clock.set(moscow(23, 9))
    for _ in range(times):
        await _later(coach, minutes=minutes)
    coach.sandbox.faults.clear()
    sent = await calls_of(coach.sandbox.url, "sendMessage")
    tried = [call for call in sent if not call["ok"] and call["params"]["chat_id"] == str(ivan.id)]
    assert 1 < len(tried) <= 8 + times * minutes * 2, "it waits longer each time, up to half a minute"
    await _later(coach, minutes=6)
    await _later(coach, minutes=60)
    assert [RU.second in push.text for push in await ivan.inbox() if push.id > before] == [True]


async def test_a_push_whose_confirmation_gets_lost_comes_twice_at_most(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await finish(ivan, RU)
    before = await newest(ivan)
    coach.sandbox.faults.add(Fault(FaultKind.LOST_RESPONSE, method="sendMessage", times=1))
    coach.clock.set(moscow(23, 9))
    for _ in range(5):
        await _later(coach, minutes=1)
    pushes = [push for push in await ivan.inbox() if push.id > before]
    assert 1 <= len(pushes) <= 2
    assert {RU.second in push.text for push in pushes} == {True}


@pytest.mark.slow
async def test_a_chat_that_telegram_cannot_reach_does_not_keep_the_others_waiting(coach: Coach) -> None:
    ivan, sara = await ivan_with_question(coach), await sara_with_question(coach)
    coach.sandbox.faults.add(Fault(FaultKind.SERVER_ERROR, chat_id=IVAN.id))
    for words in ("Мой ответ.", "Ещё слово.", "Вы здесь?"):  # nobody answers, so he goes on
        await ivan.says(words)
    for number in range(MORE_THAN_A_POLL):
        await sara.says(f"کلمه{number}")
    await sara.sees("۱۲۰ کلمه", within=90)
    coach.sandbox.faults.clear()
    await ivan.sees("Сохранено: 6 слов", within=30)


async def test_a_question_that_could_not_be_sent_in_time_is_not_dropped_for_practising(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    coach.sandbox.faults.add(Fault(FaultKind.SERVER_ERROR, method="sendMessage"))
    coach.clock.set(moscow(23, 9))
    await _later(coach, minutes=1)
    await ivan.presses(RU.hint)  # of yesterday's question: an edit, which Telegram takes
    await ivan.sees(RU.guidance)
    coach.sandbox.faults.clear()
    before = await newest(ivan)
    await _later(coach, minutes=20)
    assert await newest(ivan) == before, "nobody is pushed right after practising"
    await _later(coach, minutes=60)
    assert [RU.waiting in push.text for push in await ivan.inbox() if push.id > before] == [True]


async def _later(coach: Coach, *, minutes: int) -> None:
    coach.clock.advance(timedelta(minutes=minutes))
    await settled(coach.db, coach.clock)
