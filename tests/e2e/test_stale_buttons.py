"""Buttons stay clickable for months, in anybody's hands: pressed twice, too late, by others, with forged data."""

from tests.support.coach import ADA, Coach
from tests.support.talks import (
    answers_of,
    data,
    finish,
    heard,
    ivan_with_question,
    moscow,
    newest,
    pushed_at,
    sara_with_question,
    with_first_question,
)
from tests.support.words import FA, RU, Words

FORGED = [
    "nonsense",
    "q:hint",
    "q:hint:abc",
    "q:dance:1",
    "rate:1:superb",
    "today",
    "track:astronaut",
    "locale:de",
    "at:noon",
    "set:nowhere",
    "day:monday:1",
    "forget:maybe",
    "🙂",
]
IMPOSSIBLE = [
    "q:hint:99999999999999999999999999",
    "q:skip:-1",
    "over:1:99999999999999999999999999",
    "at:1440",
    "at:-1",
    "zone:Nowhere/Land",
    "zone:../../etc/passwd",
    "day:7:1",
    "day:-1:1",
    "pause:-3",
    "pause:99999999999",
]


async def test_every_button_of_the_question_pressed_twice_does_its_work_once(coach: Coach, words: Words) -> None:
    person = await with_first_question(coach, words)
    question = await person.sees(words.first)
    hint, later, skip = (data(question, label) for label in (words.hint, words.later, words.skip))
    for code in (hint, hint, later, later, skip, skip):
        await person.presses_data(question, code)
    skipped = await person.sees(words.skipped)
    reveal, another = data(skipped, words.reveal), data(skipped, words.another)
    await person.presses_data(question, reveal)
    await person.sees(words.example)
    assert words.already_there in (await person.presses_data(question, reveal) or "")
    for _ in range(2):
        await person.presses_data(question, another)
    await person.sees(words.second)
    texts = [message.text for message in await person.inbox()]
    assert len(texts) == 4  # the summary, the question, its example, the next question
    assert len(set(texts)) == 4


async def test_buttons_of_a_question_that_is_over_explain_themselves(coach: Coach, words: Words) -> None:
    person = await with_first_question(coach, words)
    question = await person.sees(words.first)
    later, skip, hint = (data(question, label) for label in (words.later, words.skip, words.hint))
    await person.says("1 2 3")
    status = await person.sees(words.saved)
    over = data(status, words.start_over)
    assert words.answered in (await person.presses_data(question, skip) or "")
    assert words.answered in (await person.presses_data(question, later) or "")
    await person.presses(words.reveal, status)
    await person.sees(words.example)
    assert words.over in (await person.presses_data(status, over) or "")
    await person.presses_data(question, hint)
    assert words.guidance in (await person.sees(words.first)).text
    assert await answers_of(coach, person) == [["1 2 3"]]


async def test_buttons_of_a_skipped_question_cannot_put_it_off(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    question = await ivan.sees(RU.first)
    later = data(question, RU.later)
    await ivan.presses(RU.skip)
    assert RU.over in (await ivan.presses_data(question, later) or "")
    assert RU.skipped in (await ivan.sees(RU.first)).text


async def test_yesterday_s_buttons_work_on_yesterday_s_question(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    old = await ivan.sees(RU.first)
    await ivan.says("Вчерашний ответ.")
    status = await ivan.sees(RU.saved)
    new = await pushed_at(coach, moscow(23, 9), ivan, RU.second)
    await ivan.presses(RU.start_over, status)
    await ivan.sees(RU.cleared)
    await ivan.presses(RU.hint, old)
    assert RU.guidance in (await ivan.sees(RU.first)).text
    assert RU.guidance not in (await ivan.sees(RU.second)).text
    await ivan.presses(RU.skip, new)
    assert RU.second in (await ivan.sees(RU.skipped)).text


async def test_nobody_else_can_use_one_s_buttons(coach: Coach) -> None:
    ivan, sara = await ivan_with_question(coach), await sara_with_question(coach)
    await ivan.says("Мой ответ.")
    status = await ivan.sees(RU.saved)
    buttons = [*(await ivan.sees(RU.first)).buttons, *status.buttons]
    codes = [code for row in buttons for _, code in row if code]
    await ivan.presses(RU.reveal, status)
    shown = await ivan.sees(RU.example)
    codes += [code for row in shown.buttons for _, code in row if code]
    before = await newest(sara)
    for code in codes:
        assert "از آنِ شما نیست" in (await sara.presses_data(await sara.last(), code) or "")
    assert await newest(sara) == before
    assert await ivan.sees(RU.example) == shown
    assert await answers_of(coach, ivan) == [["Мой ответ."]]


async def test_a_stranger_with_a_forwarded_button_is_shown_the_way_in(coach: Coach) -> None:
    ivan, ada = await ivan_with_question(coach), coach.person(ADA)
    await ivan.says("/forget")
    confirmation = await ivan.sees("Удалить все ваши ответы")
    messages = [*await ivan.inbox(), confirmation]
    codes = {code for message in messages for row in message.buttons for _, code in row if code}
    [own] = await ada.says("hello")
    greeting = await ada.sees("/start", after=own)
    for code in sorted(codes | {"locale:ru", "track:support-manager", "resume", "pause:3", "zone:Asia/Tehran"}):
        await ada.presses_data(greeting, code)
    assert not await heard(ada, RU.apology) + await heard(ada, FA.apology)
    assert "/start" in (await ada.presses_data(greeting, "today:1") or "")
    await ivan.says("Я всё ещё здесь.")
    await ivan.sees(RU.saved)


async def test_a_button_that_never_was_is_called_out_of_date(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    for code in FORGED:
        assert RU.old_button in (await ivan.presses_data(await ivan.last(), code) or "")
    await ivan.says("Отвечаю как ни в чём не бывало.")
    await ivan.sees(RU.saved)


async def test_a_button_with_impossible_values_harms_nobody(coach: Coach) -> None:
    ivan, ada = await ivan_with_question(coach), coach.person(ADA)
    await ada.starts("support-engineer")
    toasts = {code: await ivan.presses_data(await ivan.last(), code) for code in IMPOSSIBLE}
    assert not [code for code, toast in toasts.items() if not toast or RU.apology in toast]
    await ivan.says("Отвечаю как ни в чём не бывало.")
    await ivan.sees(RU.saved)
    assert len(await ada.inbox()) == 1  # the administrator is not alarmed


async def test_a_forged_weekday_cannot_push_out_the_real_ones(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    for code in ("day:9:1", *(f"day:{day}:0" for day in range(7))):
        await ivan.presses_data(await ivan.last(), code)
    [own] = await ivan.says("/settings")
    assert "Следующий вопрос" in (await ivan.sees(RU.settings, after=own)).text


async def test_a_button_on_a_vanished_message_still_answers(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    hint = data(await ivan.sees(RU.first), RU.hint)
    await ivan.presses_data(9_999, hint)
    question = await ivan.sees(RU.guidance)
    await finish(ivan, RU)
    await ivan.presses(RU.another)
    await ivan.sees(RU.second)
    [own] = await ivan.says("Ещё одна попытка.", reply_to=question)
    await ivan.sees(RU.saved, after=own)
    assert [len(parts) for parts in await answers_of(coach, ivan)] == [1, 0, 1]
