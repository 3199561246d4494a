"""A reply goes to the question that it replies to, however old."""

from tests.support.coach import Coach
from tests.support.person import Message, Person
from tests.support.talks import (
    answers_of,
    finish,
    heard,
    ivan_with_question,
    moscow,
    pushed_at,
    sara_with_question,
    with_first_question,
)
from tests.support.words import FA, RU, Words


async def _two_days(coach: Coach) -> tuple[Person, Message, Message]:
    """Ivan answered yesterday's question but did not look at the example; today's is open."""
    ivan = await ivan_with_question(coach)
    old = await ivan.sees(RU.first)
    await ivan.says("Вчерашний ответ.")
    await ivan.sees(RU.saved)
    return ivan, old, await pushed_at(coach, moscow(23, 9), ivan, RU.second)


async def test_a_reply_to_an_older_question_is_an_answer_to_it(coach: Coach) -> None:
    ivan, old, new = await _two_days(coach)
    await ivan.says("Ответ на сегодняшний.")
    await ivan.sees(RU.saved, after=new)
    await ivan.says("Добавка ко вчерашнему.", reply_to=old)
    status = await ivan.sees("Сохранено: 5 слов")
    assert status.id < new.id  # yesterday's status, brought up to date
    assert await answers_of(coach, ivan) == [
        ["Вчерашний ответ.", "Добавка ко вчерашнему."],
        ["Ответ на сегодняшний."],
    ]


async def test_a_reply_to_one_s_own_words_or_to_the_status_finds_the_question_too(coach: Coach) -> None:
    ivan, _, new = await _two_days(coach)
    own = [message for message in await ivan.own() if "Вчерашний" in message.text]
    await ivan.says("Раз.", reply_to=own[0])
    await ivan.says("Два.", reply_to=await ivan.sees(RU.saved))
    await ivan.sees("Сохранено: 4 слова")
    assert not [message for message in await heard(ivan, RU.saved) if message.id > new.id]
    assert await answers_of(coach, ivan) == [["Вчерашний ответ.", "Раз.", "Два."], []]


async def test_a_reply_to_any_other_message_goes_to_the_open_question(coach: Coach) -> None:
    ivan, _, _ = await _two_days(coach)
    await ivan.says("/help")
    await ivan.says("Ответ на сегодняшний.", reply_to=await ivan.sees("Как это работает"))
    await ivan.sees("Сохранено: 3 слова")
    assert (await answers_of(coach, ivan))[1] == ["Ответ на сегодняшний."]


async def test_all_pieces_of_a_long_reply_go_where_the_first_one_goes(coach: Coach) -> None:
    ivan, old, _ = await _two_days(coach)
    long = " ".join(f"Шаг {number}: проверяю журналы." for number in range(400))
    pieces = await ivan.says(long, reply_to=old)
    assert len(pieces) == 3
    await ivan.sees("Сохранено: 1602 слова")
    yesterday, today = await answers_of(coach, ivan)
    assert " ".join(yesterday) == f"Вчерашний ответ. {long}"
    assert today == []


async def test_pieces_cut_between_paragraphs_belong_together_too(coach: Coach) -> None:
    ivan, old, _ = await _two_days(coach)
    paragraph = " ".join(f"шаг {number}" for number in range(210))
    long = "\n".join([paragraph] * 6)  # a client cuts after a paragraph, well before the limit
    pieces = await ivan.says(long, reply_to=old)
    assert len(pieces) >= 3
    await ivan.says("/privacy")
    await ivan.sees("Что я храню")
    yesterday, today = await answers_of(coach, ivan)
    assert "\n".join(yesterday) == f"Вчерашний ответ.\n{long}"
    assert today == []


async def test_a_reply_to_a_finished_question_is_another_try_beside_the_open_one(coach: Coach, words: Words) -> None:
    person = await with_first_question(coach, words)
    question = await person.sees(words.first)
    await finish(person, words)
    await person.presses(words.another)
    await person.sees(words.second)
    [own] = await person.says("1 2 3 4 5 6 7", reply_to=question)
    status = await person.sees(words.saved, after=own)
    await person.says("8 9")
    await person.sees(words.saved, after=status)
    assert [len(parts) for parts in await answers_of(coach, person)] == [1, 1, 1]
    await person.presses(words.reveal, status)
    again = await person.sees(words.example, after=status)
    assert again.reply_to == own
    await person.presses(words.good, again)
    assert words.rated in (await person.sees(words.example, after=status)).text


async def test_a_second_try_takes_more_than_one_message(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    question = await ivan.sees(RU.first)
    await finish(ivan, RU)
    [own] = await ivan.says("Попробую ещё раз.", reply_to=question)
    await ivan.sees(RU.saved, after=own)
    await ivan.says("И добавлю пример.")  # nothing else is open: it can only belong to the new try
    await ivan.sees("Сохранено: 6 слов")
    assert [len(parts) for parts in await answers_of(coach, ivan)] == [1, 2]


async def test_a_skipped_question_can_still_be_answered_by_a_reply(coach: Coach) -> None:
    sara = await sara_with_question(coach)
    question = await sara.sees(FA.first)
    await sara.presses(FA.skip)
    await sara.sees(FA.skipped)
    [own] = await sara.says("راستش پاسخی دارم.", reply_to=question)
    status = await sara.sees(FA.saved, after=own)
    await sara.presses(FA.reveal, status)
    assert (await sara.sees(FA.example)).reply_to == own
