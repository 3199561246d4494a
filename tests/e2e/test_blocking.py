"""Whoever blocks the bot is left alone, and welcome back."""

from bot.sandbox import Fault, FaultKind
from tests.support.coach import Coach
from tests.support.talks import (
    finish,
    heard,
    ivan_with_question,
    moscow,
    nothing_at,
    pushed_at,
    sara_with_question,
    tehran,
    with_first_question,
)
from tests.support.words import FA, RU, Words


async def test_nothing_is_sent_to_whoever_blocked_the_bot(coach: Coach) -> None:
    ivan, sara = await ivan_with_question(coach), await sara_with_question(coach)
    await ivan.presses(RU.later)
    await ivan.blocks()
    await nothing_at(coach, moscow(22, 12), ivan)
    await nothing_at(coach, moscow(23, 9), ivan)
    await sara.sees(FA.waiting)  # others get theirs


async def test_after_the_unblocking_the_next_day_brings_the_question(coach: Coach, words: Words) -> None:
    person = await with_first_question(coach, words)
    await person.blocks()
    await nothing_at(coach, moscow(24, 12), person)
    await person.unblocks()
    await nothing_at(coach, moscow(24, 13), person)
    await pushed_at(coach, moscow(25, 9), person, words.waiting)


async def test_start_is_a_way_back_with_the_question_at_once(coach: Coach, words: Words) -> None:
    person = await with_first_question(coach, words)
    await person.blocks()
    await nothing_at(coach, moscow(24, 12), person)
    [own] = await person.starts()
    await person.sees(words.ready, after=own)
    await person.sees(words.waiting, after=own)
    await person.says("Я вернулся.")
    await person.sees(words.saved)
    await pushed_at(coach, moscow(25, 9), person, words.second)


async def test_an_account_that_is_gone_is_left_alone_until_it_speaks_again(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    coach.sandbox.faults.add(Fault(FaultKind.DEACTIVATED, method="sendMessage", chat_id=ivan.id))
    await nothing_at(coach, moscow(23, 9), ivan)
    coach.sandbox.faults.clear()
    await nothing_at(coach, moscow(24, 9), ivan)
    [own] = await ivan.says("Я снова здесь.")
    await ivan.sees(RU.saved, after=own)
    await pushed_at(coach, moscow(25, 9), ivan, RU.second)


async def test_a_block_in_the_middle_of_a_talk_loses_no_word(coach: Coach) -> None:
    sara = await sara_with_question(coach)
    await coach.stop()
    await sara.says("پیش از رفتن می‌نویسم.")
    await sara.blocks()
    await coach.start()
    await nothing_at(coach, tehran(23, 9), sara)
    [own] = await sara.starts()
    await sara.sees(FA.ready, after=own)
    await sara.presses(FA.reveal, await sara.sees(FA.first, after=own))
    await sara.sees(FA.example)


async def test_blocking_and_unblocking_within_a_minute_changes_nothing(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await finish(ivan, RU)
    await ivan.blocks()
    await ivan.unblocks()
    [own] = await ivan.says("/help")
    await ivan.sees("/today", after=own)
    await pushed_at(coach, moscow(23, 9), ivan, RU.second)
    assert len(await heard(ivan, RU.second)) == 1
