"""What a candidate types is kept as typed: all of it, once, in order, with every correction."""

import pytest

from tests.support.coach import Coach
from tests.support.talks import (
    answers_of,
    data,
    export_of,
    finish,
    heard,
    ivan_with_question,
    sara_with_question,
    with_first_question,
)
from tests.support.words import FA, RU, Words

MARKUP = "<b>Жирно</b> & <script>alert(1)</script> &lt; {name} </blockquote>"
LATE = {
    FA: "پاسخ شما همان که بود می‌ماند",
    RU: "ваш ответ остался прежним",
}


async def test_several_messages_are_one_answer_with_one_status(coach: Coach, words: Words) -> None:
    person = await with_first_question(coach, words)
    typed = ["1 раз", "۲ بار", "3 раза"]
    for text in typed:
        await person.says(text)
    await person.sees("6 слов" if words is RU else "۶ کلمه")
    assert len(await heard(person, words.saved)) == 1
    assert [message.reactions for message in (await person.own())[1:]] == [("✍",)] * 3
    assert await answers_of(coach, person) == [typed]


async def test_a_long_answer_that_the_client_cut_comes_out_whole(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    whole = " ".join(f"Шаг {number}: проверяю журналы и жду." for number in range(300))
    assert len(whole) > 9_000
    pieces = await ivan.says(whole)
    assert len(pieces) == 3
    await ivan.sees("Сохранено: 1800 слов")
    assert "старайтесь уложиться" in (await ivan.last()).text
    [kept] = await answers_of(coach, ivan)
    assert " ".join(kept) == whole


@pytest.mark.parametrize(
    ("count", "advice"), [(10, "можно дописать"), (200, "Хорошая длина — около двух минут."), (500, "длинновато")]
)
async def test_the_status_advises_on_the_length(coach: Coach, count: int, advice: str) -> None:
    ivan = await ivan_with_question(coach)
    await ivan.says("слово " * count)
    assert advice in (await ivan.sees(f"{count} слов")).text


async def test_an_edited_part_is_the_part(coach: Coach) -> None:
    sara = await sara_with_question(coach)
    [first] = await sara.says("من پنج سال سابقه دارم.")
    await sara.says("و تیم را دوست دارم.")
    status = await sara.sees("ذخیره شد: ۱۰ کلمه")
    await sara.edits(first, "سابقه: شش سال.")
    assert (await sara.sees("ذخیره شد: ۸ کلمه")).id == status.id
    assert await answers_of(coach, sara) == [["سابقه: شش سال.", "و تیم را دوست دارم."]]


async def test_an_edit_after_the_example_was_shown_comes_too_late(coach: Coach, words: Words) -> None:
    person = await with_first_question(coach, words)
    [own] = await person.says("1 2 3")
    await person.presses(words.reveal, await person.sees(words.saved))
    shown = await person.sees(words.example)
    await person.edits(own, "Как в примере, слово в слово.")
    await person.sees(LATE[words], after=shown)
    assert await answers_of(coach, person) == [["1 2 3"]]


async def test_starting_over_leaves_what_is_typed_afterwards(coach: Coach, words: Words) -> None:
    person = await with_first_question(coach, words)
    await person.says("1 2 3")
    status = await person.sees(words.saved)
    over = data(status, words.start_over)
    await person.presses(words.start_over, status)
    await person.sees(words.cleared)
    await person.says("4 5")
    assert (await person.sees(words.saved)).id == status.id
    await person.presses_data(status, over)  # the old button, from a client that still shows it
    assert await answers_of(coach, person) == [["4 5"]]
    assert (await person.sees(words.saved)).id == status.id


async def test_markup_in_an_answer_is_text(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await ivan.says(MARKUP)
    await ivan.presses(RU.reveal, await ivan.sees(RU.saved))
    await ivan.sees(RU.example)
    assert await answers_of(coach, ivan) == [[MARKUP]]
    assert not await heard(ivan, RU.apology)


@pytest.mark.parametrize("text", ["🙂", "...", "—"])
async def test_an_answer_without_a_word_is_not_called_cleared(coach: Coach, text: str) -> None:
    ivan = await ivan_with_question(coach)
    [own] = await ivan.says(text)
    status = await ivan.sees("", after=own)
    assert RU.cleared not in status.text
    assert await answers_of(coach, ivan) == [[text]]


async def test_an_answer_may_begin_with_a_path(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await ivan.says("/var/log/syslog — туда я смотрю первым делом.")
    await ivan.sees(RU.saved)
    await ivan.says("/etc/hosts")
    await ivan.sees(RU.saved)
    assert [len(parts) for parts in await answers_of(coach, ivan)] == [2]


async def test_text_after_the_question_is_over_is_answered_not_swallowed(coach: Coach, words: Words) -> None:
    person = await with_first_question(coach, words)
    await finish(person, words)
    [own] = await person.says("И ещё одна мысль.")
    refusal = await person.sees(words.nothing_to_answer, after=own)
    assert refusal.buttons
    stored = await export_of(coach, person)
    assert "И ещё одна мысль." not in str(stored)


async def test_an_answer_survives_a_restart_in_the_middle(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await ivan.says("Первая часть.")
    status = await ivan.sees("Сохранено: 2 слова")
    await coach.stop()
    await ivan.says("Вторая часть, пока бот спал.")
    await ivan.says("Третья часть.")
    await coach.start()
    assert (await ivan.sees("Сохранено: 9 слов")).id == status.id
    assert await answers_of(coach, ivan) == [["Первая часть.", "Вторая часть, пока бот спал.", "Третья часть."]]
