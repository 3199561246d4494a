"""Messages vanish, presses grow old, Telegram refuses trifles: what matters still comes through."""

import asyncio
from datetime import timedelta

import aiohttp

from bot.sandbox import Fault, FaultKind
from tests.support.coach import ADA, TOKEN, Coach
from tests.support.person import Message, Person
from tests.support.talks import answers_of, data, heard, ivan_with_question, sara_with_question
from tests.support.words import FA, RU


async def _clears(coach: Coach, person: Person, *messages: int | Message) -> None:
    """Messages are deleted for both sides, as from the person's client."""
    async with aiohttp.ClientSession() as http:
        for message in messages:
            body = {"chat_id": person.id, "message_id": message if isinstance(message, int) else message.id}
            async with http.post(f"{coach.sandbox.url}/bot{TOKEN}/deleteMessage", json=body) as response:
                response.raise_for_status()


async def test_a_vanished_status_is_written_anew(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await ivan.says("Раз.")
    status = await ivan.sees(RU.saved)
    await _clears(coach, ivan, status)
    await ivan.says("Два.")
    again = await ivan.sees("Сохранено: 2 слова")
    await ivan.says("Три.")
    assert (await ivan.sees("Сохранено: 3 слова")).id == again.id
    await ivan.presses(RU.reveal, again)
    await ivan.sees(RU.example)


async def test_a_cleared_chat_keeps_the_question_open(coach: Coach) -> None:
    sara = await sara_with_question(coach)
    [own] = await sara.says("یک.")
    await sara.sees(FA.saved)
    await _clears(coach, sara, own, *await sara.inbox())
    await sara.says("دو.")
    status = await sara.sees("ذخیره شد: ۲ کلمه")
    assert await answers_of(coach, sara) == [["یک.", "دو."]]
    await sara.presses(FA.reveal, status)
    await sara.sees(FA.example)


async def test_the_example_comes_though_one_s_own_words_have_vanished(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    [own] = await ivan.says("Раз.")
    status = await ivan.sees(RU.saved)
    await _clears(coach, ivan, own)
    await ivan.presses(RU.reveal, status)
    shown = await ivan.sees(RU.example)
    await _clears(coach, ivan, shown)
    await ivan.presses_data(shown, data(shown, RU.good))
    await ivan.sees(RU.rated)


async def test_a_message_that_vanished_before_it_was_marked_is_kept(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await coach.stop()
    [own] = await ivan.says("Раз.")
    await _clears(coach, ivan, own)
    await coach.start()
    await ivan.sees(RU.saved)
    assert await answers_of(coach, ivan) == [["Раз."]]


async def test_a_refused_reaction_spoils_no_answer(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    coach.sandbox.faults.add(Fault(FaultKind.NOT_FOUND, method="setMessageReaction", times=1))
    await ivan.says("Раз.")
    await ivan.sees(RU.saved)
    assert not await heard(ivan, RU.apology)


async def test_refused_commands_keep_nobody_from_the_first_question(coach: Coach) -> None:
    ada = coach.person(ADA)
    await ada.starts("support-engineer")
    chooser = await ada.sees("На каком языке")
    coach.sandbox.faults.add(Fault(FaultKind.NOT_FOUND, method="setMyCommands"))
    await ada.presses("Русский", chooser)
    await ada.sees(RU.first)
    assert not await heard(ada, RU.apology)


async def test_refused_commands_do_not_hide_that_all_is_forgotten(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await ivan.says("/forget")
    coach.sandbox.faults.add(Fault(FaultKind.NOT_FOUND, method="deleteMyCommands"))
    await ivan.presses("Да, удалить всё", await ivan.sees("Вернуть их будет нельзя"))
    await ivan.sees("Всё удалено")


async def test_a_press_that_waited_too_long_for_an_answer_still_does_its_work(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    question = await ivan.sees(RU.first)
    await coach.stop()
    assert await ivan.presses(RU.skip, question) is None  # nobody is there
    coach.clock.advance(timedelta(minutes=20))
    await coach.start()
    await ivan.sees(RU.skipped)
    assert not await heard(ivan, RU.apology)


async def test_impatient_fingers_get_one_question_and_lose_no_word(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await ivan.presses(RU.skip)
    skipped = await ivan.sees(RU.skipped)
    another = data(skipped, RU.another)
    await asyncio.gather(*(ivan.presses_data(skipped, another) for _ in range(5)))
    await ivan.sees(RU.second)
    assert len(await heard(ivan, RU.second)) == 1
    await asyncio.gather(*(ivan.says(f"Мысль {number}.") for number in range(8)))
    await ivan.sees("Сохранено: 16 слов")
    assert len(await heard(ivan, RU.saved)) == 1
