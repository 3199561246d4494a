"""What can be done with a question: a hint, skipping, putting off, the example, the rating, one more."""

from tests.support.coach import Coach
from tests.support.talks import (
    data,
    finish,
    heard,
    ivan_with_question,
    labels,
    moscow,
    nothing_at,
    pushed_at,
    sara_with_question,
    tehran,
    with_first_question,
)
from tests.support.words import FA, RU, Words


async def test_a_hint_shows_how_to_build_the_answer_and_no_more(coach: Coach, words: Words) -> None:
    person = await with_first_question(coach, words)
    await person.presses(words.hint)
    question = await person.sees(words.guidance)
    assert question.edited
    assert words.first in question.text
    assert {label for row in labels(question) for label in row} == {words.later, words.skip}
    assert words.example not in question.text
    await person.says("با یک نمونه شروع می‌کنم.")
    await person.sees(words.saved)


async def test_the_example_comes_after_a_try_only(coach: Coach, words: Words) -> None:
    person = await with_first_question(coach, words)
    await person.says("1 2 3")
    status = await person.sees(words.saved)
    reveal = data(status, words.reveal)
    await person.presses(words.start_over, status)
    toast = await person.presses_data(status, reveal)
    assert words.first_try in (toast or "")
    assert not await heard(person, words.example)
    [own] = await person.says("4 5 6")
    await person.presses(words.reveal, await person.sees(words.saved))
    shown = await person.sees(words.example)
    assert "<blockquote expandable>" in shown.html
    assert shown.reply_to == own  # the words that count, not those that were set aside


async def test_a_skipped_question_shows_its_example_and_leaves_nothing_to_rate(coach: Coach, words: Words) -> None:
    person = await with_first_question(coach, words)
    await person.presses(words.skip)
    question = await person.sees(words.skipped)
    assert labels(question) == [[words.reveal], [words.another]]
    await person.presses(words.reveal)
    shown = await person.sees(words.example)
    assert labels(shown) == [[words.another]]
    await person.presses(words.another, shown)
    await person.sees(words.second)


async def test_a_skipped_question_comes_back_before_new_ones(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await ivan.presses(RU.skip)
    assert "Вопрос вернётся: понедельник, 23 ноября" in (await ivan.sees(RU.skipped)).text
    again = await pushed_at(coach, moscow(23, 10), ivan, RU.first)
    assert RU.waiting not in again.text


async def test_later_today_asks_again_on_the_same_day(coach: Coach) -> None:
    sara = await sara_with_question(coach)
    await sara.presses(FA.later)
    assert (await sara.sees("ساعت ۱۲:۳۰ دوباره می‌پرسم")).edited
    await nothing_at(coach, tehran(22, 12, 29), sara)
    again = await pushed_at(coach, tehran(22, 12, 30), sara, FA.first)
    assert FA.waiting not in again.text
    [own] = await sara.says("حالا وقت دارم.", reply_to=again)
    await sara.sees(FA.saved, after=own)
    await nothing_at(coach, tehran(22, 20), sara)


async def test_whoever_answers_in_between_is_not_asked_later(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await ivan.presses(RU.later)
    await ivan.sees("Спрошу ещё раз в 12:00")
    await ivan.says("Всё-таки отвечу сейчас.")
    await ivan.sees(RU.saved)
    await nothing_at(coach, moscow(22, 12), ivan)


async def test_in_the_evening_later_is_ten_o_clock_at_the_latest(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    coach.clock.set(moscow(22, 20, 30))
    await ivan.presses(RU.later)
    await ivan.sees("Спрошу ещё раз в 22:00")


async def test_late_in_the_evening_there_is_no_later(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    coach.clock.set(moscow(22, 21, 30))
    assert "понедельник, 23 ноября" in (await ivan.presses(RU.later) or "")
    await nothing_at(coach, moscow(22, 23), ivan)
    await pushed_at(coach, moscow(23, 9), ivan, RU.waiting)


async def test_after_midnight_nobody_is_woken(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    coach.clock.set(moscow(23, 0, 30))
    await ivan.presses(RU.later)
    await nothing_at(coach, moscow(23, 7), ivan)


async def test_nobody_is_promised_a_question_on_a_day_off(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await ivan.presses("📅 Дни")
    await ivan.presses("✓ пн")
    coach.clock.set(moscow(22, 21, 30))
    assert "вторник, 24 ноября" in (await ivan.presses(RU.later) or "")


async def test_the_rating_says_when_the_question_returns(coach: Coach) -> None:
    sara = await sara_with_question(coach)
    await sara.says("پاسخ من.")
    await sara.sees(FA.saved)
    await sara.presses(FA.reveal)
    shown = await sara.sees(FA.example)
    [*_, [hard, again], [easy, good]] = labels(shown)  # read from the right
    assert [label.split()[0] for label in (again, hard, good, easy)] == ["دوباره", "سخت", "خوب", "آسان"]
    await sara.presses("آسان بود")
    rated = await sara.sees("نمرهٔ شما: آسان بود")
    assert rated.id == shown.id
    assert FA.example in rated.text
    assert labels(rated) == [[FA.another]]


async def test_the_first_rating_counts(coach: Coach, words: Words) -> None:
    person = await with_first_question(coach, words)
    await person.says("1 2 3")
    await person.presses(words.reveal, await person.sees(words.saved))
    shown = await person.sees(words.example)
    [*_, one, another] = shown.buttons
    buttons = [code for label, code in (*one, *another) if words.good not in label]
    await person.presses(words.good, shown)
    rated = await person.sees(words.rated)
    for code in buttons:
        assert code is not None
        await person.presses_data(shown, code)
    assert await person.sees(words.example) == rated


async def test_one_more_question_may_be_had_any_time(coach: Coach, words: Words) -> None:
    person = await with_first_question(coach, words)
    await finish(person, words)
    await person.presses(words.another)
    await person.sees(words.second)
    assert words.already_there in (await person.presses(words.another) or "")
    assert len(await heard(person, words.second)) == 1


async def test_today_twice_is_the_same_question_twice(coach: Coach, words: Words) -> None:
    person = await with_first_question(coach, words)
    for _ in range(2):
        [own] = await person.says("/today")
        await person.sees(words.first, after=own)
    await finish(person, words)
    [own] = await person.says("/today")
    done = await person.sees(words.done, after=own)
    assert labels(done) == [[words.another]]
    assert not await heard(person, words.second)


async def test_today_shows_an_answered_question_with_what_is_left_to_do(coach: Coach, words: Words) -> None:
    person = await with_first_question(coach, words)
    [own] = await person.says("1 2 3")
    await person.sees(words.saved, after=own)
    await person.says("/today")
    question = await person.sees(words.first, after=own)
    assert labels(question) == [[words.hint], [words.reveal]]
    await person.presses(words.hint, question)
    await person.sees(words.guidance)
    await person.presses(words.reveal, question)
    await person.sees(words.example, after=question)


async def test_the_day_s_question_by_button_is_the_one_by_command(coach: Coach, words: Words) -> None:
    person = await with_first_question(coach, words)
    await person.says("1 2 3")
    await person.sees(words.saved)
    await person.presses("⏸")
    await person.presses("تا وقتی" if words is FA else "Пока не вернусь")
    await person.presses(words.resume)
    await person.presses(words.todays, await person.sees(words.welcome_back))
    question = await person.sees(words.first, after=await person.sees(words.saved))
    assert [words.reveal] in labels(question)  # it is answered: the example comes next


async def test_a_tick_is_put_right_by_a_tap(coach: Coach, words: Words) -> None:
    person = await with_first_question(coach, words)
    await person.says("…")
    await person.presses(words.reveal, await person.sees(words.saved))
    shown = await person.sees(words.example)
    missed = [label for row in labels(shown) for label in row if label.startswith("⬜")]
    assert len(missed) == shown.text.count("⬜") - 1, "each is named above, and what the mark means"
    await person.presses(missed[0], shown)
    corrected = await person.sees(missed[0].replace("⬜", "✅"))
    assert corrected.id == shown.id
    assert missed[0].replace("⬜", "✅") in [label for row in labels(corrected) for label in row]
    await person.presses(missed[0].replace("⬜", "✅"), corrected)
    assert labels(await person.sees(missed[0])) == labels(shown)


async def test_the_earlier_answer_is_one_tap_away_and_compared(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    [own] = await ivan.says("Пять лет в поддержке, закончил колледж связи.")
    await ivan.presses(RU.reveal, await ivan.sees(RU.saved))
    first = await ivan.sees(RU.example)
    assert RU.earlier not in [label for row in labels(first) for label in row]
    await ivan.presses("не вышло", first)
    again = await pushed_at(coach, moscow(23, 10), ivan, RU.first)
    await ivan.presses(RU.earlier, again)
    shown = await ivan.sees("Ваш ответ, воскресенье, 22 ноября:")
    assert "закончил колледж связи" in shown.text
    assert shown.reply_to == own
    [now] = await ivan.says("Пять лет в поддержке. Сократил время ответа вдвое. И ещё знаю Linux и сети.")
    await ivan.presses(RU.reveal, await ivan.sees(RU.saved, after=now))
    compared = await ivan.sees(RU.example, after=now)
    assert "🔁 В прошлый раз: 2 из 5.\n➕ Прибавилось: " in compared.text
    assert "Пропало: Образование" in compared.text
    assert "⏱ Вслух это примерно" in compared.text
    await ivan.presses(RU.earlier, compared)


async def test_a_forged_button_finds_no_earlier_answer(coach: Coach) -> None:
    sara = await sara_with_question(coach)
    shown = await sara.sees(FA.first)
    toast = await sara.presses_data(shown, "q:earlier:1")
    assert "پاسخی نداده‌اید" in (toast or "")
