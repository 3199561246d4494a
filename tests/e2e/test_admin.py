"""The numbers for administrators, and the wall before everybody else."""

from datetime import timedelta

from tests.support.coach import ADA, Coach
from tests.support.person import Person
from tests.support.settled import settled
from tests.support.talks import finish, ivan_with_question, moscow, pushed_at, sara_with_question
from tests.support.words import FA, RU


async def _admin(coach: Coach) -> Person:
    ada = coach.person(ADA)
    await ada.starts("support-engineer")
    await ada.presses("Русский", await ada.sees("На каком языке"))
    await ada.sees(RU.first)
    return ada


async def _numbers(ada: Person) -> dict[str, str]:
    [own] = await ada.says("/admin")
    overview = await ada.sees("Тренер собеседований", after=own)
    lines = [line.rpartition(": ") for line in overview.text.splitlines() if ": " in line]
    return {label.partition(" ")[2]: number for label, _, number in lines}


async def test_ada_sees_how_the_bot_fares(coach: Coach) -> None:
    ada = await _admin(coach)
    assert await _numbers(ada) == {
        "Пользователи": "1",
        "Активны за последние 7 дней": "1",
        "Недоступны": "0",
        "Вопросы с ответом": "0",
        "Рассылка, доставлено": "0",
        "Рассылка, не доставлено": "0",
        "Задержки, не дольше": "0 секунд",
    }
    ivan, sara = await ivan_with_question(coach), await sara_with_question(coach)
    await finish(ivan, RU)
    await finish(sara, FA)
    await sara.blocks()
    await pushed_at(coach, moscow(23, 9), ivan, RU.second)
    await ivan.says("Раз.")
    await ivan.says("Два.")
    await ivan.sees("Сохранено: 2 слова")
    await ada.sees(RU.waiting)
    await settled(coach.db, coach.clock)
    numbers = await _numbers(ada)
    assert numbers["Пользователи"] == "3"
    assert numbers["Недоступны"] == "1"
    assert numbers["Вопросы с ответом"] == "1"  # yesterday's two do not count, nor does one question twice
    assert numbers["Рассылка, доставлено"] == "2"


async def test_the_inactive_are_counted_out_after_a_week(coach: Coach) -> None:
    ada = await _admin(coach)
    await ivan_with_question(coach)
    coach.clock.advance(timedelta(days=7, hours=1))
    numbers = await _numbers(ada)
    assert numbers["Пользователи"] == "2"
    assert numbers["Активны за последние 7 дней"] == "1"


async def test_for_everybody_else_there_is_no_such_command(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    [own] = await ivan.says("/admin")
    secret = await ivan.sees("Такой команды я не знаю", after=own)
    [own] = await ivan.says("/nonsense")
    nonsense = await ivan.sees("Такой команды я не знаю", after=own)
    assert secret.html == nonsense.html
    assert "admin" not in await ivan.commands()


async def test_ada_is_led_in_like_everybody_else_before_she_sees_numbers(coach: Coach) -> None:
    ada = coach.person(ADA)
    [own] = await ada.says("/admin")
    assert RU.not_met in (await ada.sees("/start", after=own)).text
