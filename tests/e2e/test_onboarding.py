"""From a stranger to the first question, by the straight way and by all the others."""

import pytest

from tests.support.coach import ADA, IVAN, SARA, Coach
from tests.support.talks import finish, heard, ivan_with_question, labels
from tests.support.words import FA, RU, Words

BOTH = ("به چه زبانی صحبت کنیم؟", "На каком языке будем говорить?")


async def test_a_known_client_language_needs_two_taps_to_the_first_question(coach: Coach, words: Words) -> None:
    person = coach.person(words.user)
    await person.starts()
    chooser = await person.sees(words.choose_job)
    assert len(chooser.buttons) == 2
    await person.presses(words.job)
    await person.sees(words.ready)
    question = await person.sees(words.first)
    assert question.id == (await person.last()).id


@pytest.mark.parametrize(("language", "words"), [("fa-IR", FA), ("ru-RU", RU)])
async def test_a_regional_client_language_counts_too(coach: Coach, language: str, words: Words) -> None:
    person = await coach.newcomer(301, language)
    await person.starts()
    await person.sees(words.choose_job)


async def test_ada_s_english_client_needs_three_taps_to_the_first_question(coach: Coach) -> None:
    ada = coach.person(ADA)
    await ada.starts()  # one
    chooser = await ada.sees(BOTH[0])
    assert BOTH[1] in chooser.text
    await ada.presses("Русский")  # two
    await ada.sees(RU.choose_job)
    await ada.presses(RU.job)  # three
    await ada.sees(RU.first)


@pytest.mark.parametrize(
    ("words", "summary"),
    [
        (FA, ("۰۹:۰۰ به وقت تهران", "هر روز")),
        (RU, ("09:00, часовой пояс: Москва", "каждый день")),
    ],
)
async def test_a_link_with_the_track_leads_to_the_question_at_once(
    coach: Coach, words: Words, summary: tuple[str, ...]
) -> None:
    person = coach.person(words.user)
    await person.starts("support-engineer")
    welcome = await person.sees(words.ready)
    assert all(default in welcome.text for default in (words.job, *summary))
    assert [len(row) for row in welcome.buttons] == [2, 2, 2]
    await person.sees(words.first)
    assert not await heard(person, words.choose_job)


async def test_a_link_with_an_unknown_track_leaves_the_choice(coach: Coach, words: Words) -> None:
    person = coach.person(words.user)
    await person.starts("support-astronaut")
    await person.sees(words.choose_job)


async def test_a_link_and_an_unknown_language_leave_only_the_language_to_choose(coach: Coach) -> None:
    ada = coach.person(ADA)
    await ada.starts("support-manager")
    await ada.sees(BOTH[0])
    await ada.presses("فارسی")
    await ada.sees("پرسش ۱ از ۱۷")
    assert "تهران" in (await ada.sees("مدیر پشتیبانی")).text


async def test_who_came_by_a_link_and_chose_russian_lives_by_moscow_time(coach: Coach) -> None:
    ada = coach.person(ADA)
    await ada.starts("support-engineer")
    await ada.sees(BOTH[0])
    await ada.presses("Русский")
    await ada.sees(RU.first)
    assert "Москва" in (await ada.sees("часовой пояс")).text


async def test_pressing_the_choosers_twice_changes_nothing(coach: Coach) -> None:
    ada = coach.person(ADA)
    await ada.starts()
    chooser = await ada.sees(BOTH[0])
    russian = dict(button for row in chooser.buttons for button in row)["Русский"]
    assert russian is not None
    for _ in range(2):
        await ada.presses_data(chooser, russian)
    job = dict(button for row in (await ada.sees(RU.choose_job)).buttons for button in row)[RU.job]
    assert job is not None
    for _ in range(2):
        await ada.presses_data(chooser, job)
    await ada.sees(RU.first)
    await ada.presses_data(chooser, russian)
    assert len(await heard(ada, RU.first)) == 1
    assert len(await ada.inbox()) == 2


async def test_whoever_hesitates_is_led_back_to_the_language(coach: Coach) -> None:
    ada = coach.person(ADA)
    await ada.starts()
    await ada.sees(BOTH[0])
    for nonsense in ("hello?", "/today", "/settings", "/nonsense"):
        [own] = await ada.says(nonsense)
        chooser = await ada.sees(BOTH[0], after=own)
        assert labels(chooser) == [["Русский", "فارسی"]]
    sticker = await ada.sends("sticker")
    await ada.sees(BOTH[1], after=sticker)


async def test_whoever_hesitates_is_led_back_to_the_job(coach: Coach, words: Words) -> None:
    person = coach.person(words.user)
    await person.starts()
    await person.sees(words.choose_job)
    for nonsense in ("🙂", "/today", "/settings"):
        [own] = await person.says(nonsense)
        await person.sees(words.choose_job, after=own)
    voice = await person.sends("voice")
    await person.sees(words.choose_job, after=voice)
    await person.presses(words.job)
    await person.sees(words.first)


async def test_a_stranger_is_shown_the_way_in(coach: Coach) -> None:
    ada = coach.person(ADA)
    for nonsense in ("hello?", "/today", "/export", "/forget"):
        [own] = await ada.says(nonsense)
        hint = await ada.sees(FA.not_met, after=own)
        assert RU.not_met in hint.text
        assert "/start" in hint.text


@pytest.mark.parametrize("command", ["/help", "/privacy"])
async def test_a_stranger_without_a_known_language_is_answered_in_both(coach: Coach, command: str) -> None:
    ada = coach.person(ADA)
    await ada.says(command)
    answer = await ada.sees("/export")
    assert any(letter in answer.text for letter in "پچگی")
    assert any(letter in answer.text for letter in "жыэя")


async def test_start_again_shows_the_choices_and_the_same_question(coach: Coach, words: Words) -> None:
    person = coach.person(words.user)
    await person.starts("support-engineer")
    await person.sees(words.first)
    [again] = await person.starts()
    await person.sees(words.ready, after=again)
    await person.sees(words.first, after=again)
    await finish(person, words)
    [again] = await person.starts()
    await person.sees(words.ready, after=again)
    [fence] = await person.says("/privacy")
    await person.sees("/forget", after=fence)
    assert not await heard(person, words.second)


async def test_start_again_forgets_no_choice(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await ivan.presses("🕘 Время")
    await ivan.presses("21:00")
    await ivan.sees("Время: 21:00")
    [again] = await ivan.starts()
    assert "Время: 21:00" in (await ivan.sees(RU.ready, after=again)).text


async def test_a_link_to_the_other_job_brings_its_question_the_same_day(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    [again] = await ivan.starts("support-manager")
    assert "Менеджер поддержки" in (await ivan.sees(RU.ready, after=again)).text
    await ivan.sees("Вопрос 1 из 17", after=again)


async def test_two_who_start_at_once_get_their_own_questions(coach: Coach) -> None:
    sara, ivan = coach.person(SARA), coach.person(IVAN)
    await sara.starts("support-manager")
    await ivan.starts("support-engineer")
    await sara.sees("پرسش ۱ از ۱۷")
    await ivan.sees("Вопрос 1 из 14")
    assert len(await sara.inbox()) == len(await ivan.inbox()) == 2
