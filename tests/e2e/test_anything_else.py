"""Whatever a person sends, a friendly and useful word comes back."""

import pytest

from tests.support.coach import Coach
from tests.support.talks import answers_of, finish, heard, ivan_with_question, labels, newest, with_first_question
from tests.support.words import FA, RU, Words

TYPE_IT = {FA: "پاسخ را", RU: "ответ"}
UNKNOWN = {FA: "این دستور را نمی‌شناسم", RU: "Такой команды я не знаю"}
KINDS = ("sticker", "voice", "photo", "video", "audio", "contact", "poll", "dice")


async def test_whatever_is_not_text_is_answered(coach: Coach, words: Words) -> None:
    person = await with_first_question(coach, words)
    for kind in KINDS:
        own = await person.sends(kind)
        answer = await person.sees(TYPE_IT[words], after=own)
        assert words.apology not in answer.text, kind
    own = await person.uploads("resume.pdf", b"%PDF-1.7", caption="Моё резюме")
    await person.sees(TYPE_IT[words], after=own)
    assert await answers_of(coach, person) == [[]]
    await person.says("1 2 3")
    await person.sees(words.saved)


async def test_a_location_outside_the_settings_is_understood(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    own = await ivan.shares_location(55.03, 82.92)
    await ivan.sees("часовой пояс: Новосибирск", after=own)


@pytest.mark.parametrize("command", ["/admin", "/broadcast", "/TODAY2", "/start_over please"])
async def test_an_unknown_command_points_to_the_help(coach: Coach, words: Words, command: str) -> None:
    person = await with_first_question(coach, words)
    [own] = await person.says(command)
    assert "/help" in (await person.sees(UNKNOWN[words], after=own)).text
    assert await answers_of(coach, person) == [[]]


async def test_the_help_names_every_command(coach: Coach, words: Words) -> None:
    person = await with_first_question(coach, words)
    [own] = await person.says("/help")
    help_ = await person.sees("/today", after=own)
    for command in await person.commands():
        assert f"/{command}" in help_.text
    assert not (set(await person.commands()) ^ {"today", "settings", "help", "privacy", "export", "forget"})


async def test_text_with_no_open_question_offers_one(coach: Coach, words: Words) -> None:
    person = await with_first_question(coach, words)
    await finish(person, words)
    [own] = await person.says("Спасибо!")
    refusal = await person.sees(words.nothing_to_answer, after=own)
    assert labels(refusal)


async def test_an_edit_of_something_that_was_no_answer_is_harmless(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await finish(ivan, RU)
    [own] = await ivan.says("Спасибо!")
    await ivan.sees(RU.nothing_to_answer, after=own)
    before = await newest(ivan)
    await ivan.edits(own, "Большое спасибо!")
    [fence] = await ivan.says("/help")
    await ivan.sees("/today", after=fence)
    assert not [message for message in await ivan.inbox() if before < message.id < fence]
    assert not await heard(ivan, RU.apology)


async def test_commands_with_the_bot_s_name_or_words_behind_them_are_known(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    for command in ("/today@sandbox_bot", "/today please"):
        [own] = await ivan.says(command)
        await ivan.sees(RU.first, after=own)
