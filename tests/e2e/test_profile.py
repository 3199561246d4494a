"""How the bot presents itself, before anybody has written to it."""

import asyncio

import pytest

from bot.sandbox import Fault, FaultKind, SandboxUser
from tests.support.coach import ADA, IVAN, SARA, Coach
from tests.support.person import Json, Person
from tests.support.talks import ivan_with_question, labels
from tests.support.words import FA, RU, Words

PATIENCE = 250
COMMANDS = ["today", "settings", "help", "privacy", "export", "forget"]


async def _introduced(person: Person) -> Json:
    """The chat once the commands, which are set last, are there."""
    for _ in range(PATIENCE):
        chat = await person.chat()
        if chat["commands"]:
            return chat
        await asyncio.sleep(0.02)
    raise AssertionError("the bot has not introduced itself")


@pytest.mark.parametrize(
    ("user", "name", "description", "short", "today"),
    [
        (IVAN, "Тренер собеседований", "Готовит к собеседованиям", "Каждый день вопрос", "Вопрос дня"),
        (SARA, "مربی مصاحبه", "شما را برای مصاحبهٔ", "هر روز یک پرسش", "پرسش امروز"),
        (ADA, "مربی مصاحبه", "شما را برای مصاحبهٔ", "هر روز یک پرسش", "پرسش امروز"),
    ],
)
async def test_name_descriptions_and_commands_are_in_the_language_of_the_client(
    coach: Coach, user: SandboxUser, name: str, description: str, short: str, today: str
) -> None:
    chat = await _introduced(coach.person(user))
    assert chat["bot"]["name"].startswith(name)
    assert chat["bot"]["description"].startswith(description)
    assert chat["bot"]["short_description"].startswith(short)
    assert [command["command"] for command in chat["commands"]] == COMMANDS
    assert chat["commands"][0]["description"] == today


async def test_the_bot_answers_while_telegram_does_not_let_it_set_its_name(coach: Coach) -> None:
    await coach.stop()
    flood = Fault(FaultKind.TOO_MANY_REQUESTS, method="getMyName", retry_after=3_600)
    coach.sandbox.faults.add(flood)
    await coach.start()
    await ivan_with_question(coach)
    await coach.stop()  # nor does the wait keep it from ending
    coach.sandbox.faults.clear()
    await coach.start()
    assert (await _introduced(coach.person(IVAN)))["bot"]["name"].startswith("Тренер")


async def test_rows_of_buttons_begin_where_the_language_begins(coach: Coach) -> None:
    first = {}
    for words in (FA, RU):
        person = coach.person(words.user)
        await person.starts("support-engineer")
        question = await person.sees(words.first)
        first[words] = labels(question)
    assert first[FA] == [[FA.skip, FA.later, FA.hint]]
    assert first[RU] == [[RU.hint, RU.later, RU.skip]]


async def test_latin_words_do_not_turn_persian_lines_around(coach: Coach, words: Words) -> None:
    person = coach.person(words.user)
    await person.starts("support-engineer")
    await person.sees(words.first)
    [own] = await person.says("/help")
    help_ = await person.sees("today", after=own)
    assert ("\u2068/today\u2069" in help_.text) is (words is FA)
