"""A changed language is spoken everywhere from then on, in the middle of a question too."""

from tests.support.coach import ADA, Coach
from tests.support.person import Person
from tests.support.talks import (
    answers_of,
    ivan_with_question,
    labels,
    pushed_at,
    sara_with_question,
    tehran,
)
from tests.support.words import FA, RU


async def _commands(person: Person) -> dict[str, str]:
    return {command["command"]: command["description"] for command in (await person.chat())["commands"]}


async def test_the_page_the_commands_and_every_reply_change_at_once(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    settings = await ivan.sees(RU.ready)
    await ivan.presses("🌐 Язык", settings)
    await ivan.presses("فارسی", settings)
    overview = await ivan.sees(FA.settings)
    assert overview.id == settings.id
    assert labels(overview)[0] == ["🎯 شغل", "🌐 زبان"]
    [own] = await ivan.says("/help")
    await ivan.sees("این ربات چطور کار می‌کند", after=own)
    commands = await _commands(ivan)
    assert commands["today"] == "پرسش امروز"
    assert "admin" not in commands


async def test_the_answer_goes_on_in_the_other_language(coach: Coach) -> None:
    sara = await sara_with_question(coach)
    await sara.says("بخش اول.")
    status = await sara.sees(FA.saved)
    settings = await sara.sees(FA.ready)
    await sara.presses("🌐 زبان", settings)
    await sara.presses("Русский", settings)
    await sara.sees(RU.settings)
    await sara.says("Вторая часть.")
    assert (await sara.sees("Сохранено: 4 слова")).id == status.id
    await sara.presses(RU.reveal, status)
    shown = await sara.sees(RU.example)
    assert not any(letter in shown.text for letter in "پچژگ")
    await sara.presses(RU.good, shown)
    await sara.sees(RU.rated)
    assert await answers_of(coach, sara) == [["بخش اول.", "Вторая часть."]]


async def test_the_next_push_comes_in_the_new_language_and_at_the_old_hour(coach: Coach) -> None:
    sara = await sara_with_question(coach)
    settings = await sara.sees(FA.ready)
    await sara.presses("🌐 زبان", settings)
    await sara.presses("Русский", settings)
    assert "часовой пояс: Тегеран" in (await sara.sees(RU.settings)).text
    assert RU.first in (await pushed_at(coach, tehran(23, 9), sara, RU.waiting)).text


async def test_buttons_in_the_old_language_answer_in_the_new_one(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    settings = await ivan.sees(RU.ready)
    await ivan.presses("🌐 Язык", settings)
    await ivan.presses("فارسی", settings)
    await ivan.presses(RU.hint)
    question = await ivan.sees(FA.guidance)
    assert FA.first in question.text
    await ivan.presses(FA.skip, question)
    await ivan.sees(FA.skipped)


async def test_there_and_back_again(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    settings = await ivan.sees(RU.ready)
    for language in ("فارسی", "Русский"):
        await ivan.presses("🌐", settings)
        await ivan.presses(language, settings)
    await ivan.sees(RU.settings)
    [own] = await ivan.says("/today")
    await ivan.sees(RU.first, after=own)
    assert (await _commands(ivan))["today"] == "Вопрос дня"


async def test_ada_reads_russian_with_an_english_client(coach: Coach) -> None:
    ada = coach.person(ADA)
    await ada.starts("support-engineer")
    await ada.presses("Русский", await ada.sees("На каком языке"))
    await ada.sees(RU.first)
    [own] = await ada.says("/nonsense")
    await ada.sees("Такой команды я не знаю", after=own)
    commands = await _commands(ada)
    assert commands["help"] == "Как это работает"
    assert commands["admin"] == "Статистика для администраторов"
