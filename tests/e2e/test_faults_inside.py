"""Something breaks inside: the person gets a word, an administrator is told, and the talk goes on."""

from datetime import timedelta

from sqlalchemy import text

from tests.support.coach import ADA, Coach
from tests.support.person import Person
from tests.support.talks import finish, heard, ivan_with_question, moscow, nothing_at, sara_with_question
from tests.support.words import FA, RU

ALARM = "Не удалось обработать обновление"


async def _admin(coach: Coach) -> Person:
    ada = coach.person(ADA)
    await ada.starts("support-engineer")
    await ada.presses("Русский", await ada.sees("На каком языке"))
    await ada.sees(RU.first)
    return ada


async def _lose_the_texts(coach: Coach, number: int) -> None:
    """As a spoiled database would: a question is there without its words."""
    async with coach.db.begin() as session:
        wrong = "SELECT id FROM questions WHERE position = :number"
        await session.execute(text(f"DELETE FROM question_texts WHERE question_id IN ({wrong})"), {"number": number})


async def test_the_person_gets_an_apology_and_the_talk_goes_on(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await finish(ivan, RU)
    await _lose_the_texts(coach, 2)
    await ivan.presses(RU.another)
    [own] = await ivan.says("/today")
    await ivan.sees(RU.done, after=own)  # what failed was undone, and is not repeated for ever
    await ivan.says("/settings")
    await ivan.sees(RU.settings, after=own)


async def test_a_command_that_fails_is_apologised_for_in_one_s_language(coach: Coach) -> None:
    ada, sara = await _admin(coach), await sara_with_question(coach)
    await _lose_the_texts(coach, 1)
    [own] = await sara.says("/today")
    await sara.sees(FA.apology, after=own)
    await ada.sees(ALARM)  # and not in the language of the person who met with it
    await sara.says("/today")
    await sara.sees(FA.apology, after=await sara.sees(FA.apology, after=own))
    assert len(await heard(ada, ALARM)) == 1  # an administrator is not flooded
    coach.clock.advance(timedelta(minutes=11))
    await sara.says("/today")
    await ada.sees(ALARM, after=await ada.sees(ALARM))


async def test_one_spoiled_question_keeps_no_other_push_back(coach: Coach) -> None:
    sara, ivan = await sara_with_question(coach), await ivan_with_question(coach)
    await finish(sara, FA)
    await _lose_the_texts(coach, 2)
    await nothing_at(coach, moscow(23, 9), sara)
    await ivan.sees(RU.waiting)
    assert await heard(sara, FA.first)
