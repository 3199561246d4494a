"""When the bot holds its tongue: after practice, while paused, and when nobody listens."""

from tests.support.coach import Coach
from tests.support.person import Person
from tests.support.talks import (
    finish,
    heard,
    ivan_with_question,
    moscow,
    newest,
    nothing_at,
    pushed_at,
    sara_with_question,
    tehran,
)
from tests.support.words import FA, RU, Words


async def _ignores(coach: Coach, person: Person, words: Words, *days: int) -> None:
    for day in days:
        await pushed_at(coach, tehran(day, 9) if words is FA else moscow(day, 9), person, words.first)


async def test_seven_ignored_questions_end_in_one_notice_and_a_way_back(coach: Coach) -> None:
    sara = await sara_with_question(coach)
    await _ignores(coach, sara, FA, *range(23, 30))
    notice = await pushed_at(coach, tehran(30, 9), sara, FA.stopped)
    await nothing_at(coach, tehran(31, 9), sara)
    await nothing_at(coach, tehran(39, 9), sara)
    await sara.presses(FA.resume, notice)
    await sara.sees(FA.welcome_back)
    await pushed_at(coach, tehran(40, 9), sara, FA.waiting)


async def test_a_sign_of_life_starts_the_count_anew(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await _ignores(coach, ivan, RU, *range(23, 30))
    sticker = await ivan.sends("sticker")
    await ivan.sees("слова я понимаю лучше", after=sticker)
    await pushed_at(coach, moscow(30, 9), ivan, RU.waiting)
    assert not await heard(ivan, RU.stopped)


async def test_after_the_notice_the_settings_lead_back_too(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await _ignores(coach, ivan, RU, *range(23, 30))
    await pushed_at(coach, moscow(30, 9), ivan, RU.stopped)
    await ivan.says("/settings")
    assert "Пауза, пока вы не вернётесь" in (await ivan.sees(RU.settings)).text
    await ivan.presses(RU.resume)
    await ivan.sees(RU.welcome_back)
    await ivan.presses(RU.todays)
    await ivan.sees(RU.waiting, after=await ivan.sees(RU.welcome_back))


async def test_nothing_comes_within_an_hour_after_an_answer(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    coach.clock.set(moscow(23, 8, 30))
    await finish(ivan, RU)
    await nothing_at(coach, moscow(23, 9), ivan)
    await nothing_at(coach, moscow(23, 9, 29), ivan)
    await pushed_at(coach, moscow(23, 9, 30), ivan, RU.second)


async def test_nothing_comes_within_an_hour_after_an_answer_was_mended(coach: Coach) -> None:
    sara = await sara_with_question(coach)
    [own] = await sara.says("سال‌هاست در پشتیبانی کار می‌کنم.")
    await sara.sees(FA.saved)
    coach.clock.set(tehran(23, 8, 30))
    await sara.edits(own, "هشت سال است در پشتیبانی کار می‌کنم.")
    await sara.sees("ذخیره شد: ۷ کلمه")
    await nothing_at(coach, tehran(23, 9), sara)
    await pushed_at(coach, tehran(23, 9, 30), sara, FA.second)


async def test_a_changed_setting_does_not_cost_the_question_that_waits_for_the_hour_of_quiet(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    coach.clock.set(moscow(23, 8, 30))
    await finish(ivan, RU)
    await nothing_at(coach, moscow(23, 9, 5), ivan)
    await ivan.says("/settings")
    await ivan.sees(RU.settings)
    await ivan.presses("📅 Дни")
    await ivan.presses("✓ вс")
    await pushed_at(coach, moscow(23, 9, 40), ivan, RU.second)


async def test_a_pause_of_days_ends_by_itself(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await ivan.presses("⏸ Пауза")
    await ivan.presses("3 дня")
    assert "Пауза до: среда, 25 ноября, 09:00" in (await ivan.sees("⏸ Пауза до")).text
    for day in (23, 24):
        await nothing_at(coach, moscow(day, 9), ivan)
    await pushed_at(coach, moscow(26, 9), ivan, RU.waiting)


async def test_a_pause_that_is_over_is_not_shown_any_more(coach: Coach) -> None:
    sara = await sara_with_question(coach)
    await sara.presses("⏸ توقف موقت")
    await sara.presses("۳ روز")
    await sara.sees("متوقف تا")
    coach.clock.set(tehran(25, 20))
    [own] = await sara.says("/settings")
    overview = await sara.sees(FA.settings, after=own)
    assert "متوقف" not in overview.text
    assert "پرسش بعدی" in overview.text


async def test_a_pause_until_the_return_lasts_until_the_return(coach: Coach) -> None:
    sara = await sara_with_question(coach)
    await sara.presses("⏸ توقف موقت")
    await sara.presses("تا وقتی خودم برگردم")
    await sara.sees("متوقف تا وقتی برگردید")
    await nothing_at(coach, tehran(23, 9), sara)
    await nothing_at(coach, tehran(36, 9), sara)
    await sara.says("/today")  # a question can be had all the same
    await sara.sees(FA.waiting)
    await sara.says("/settings")
    await sara.sees("متوقف تا وقتی برگردید", after=await sara.sees(FA.waiting))
    await sara.presses(FA.resume)
    await sara.sees(FA.welcome_back)
    await pushed_at(coach, tehran(37, 9), sara, FA.waiting)


async def test_who_pauses_is_not_asked_again_later_that_day(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await ivan.presses(RU.later)
    await ivan.sees("Спрошу ещё раз в 12:00")
    await ivan.presses("⏸ Пауза")
    await ivan.presses("7 дней")
    await ivan.sees("⏸ Пауза до")
    await nothing_at(coach, moscow(22, 12), ivan)


async def test_later_means_not_before(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    coach.clock.set(moscow(23, 8, 30))
    await ivan.presses(RU.later)
    await ivan.sees("Спрошу ещё раз в 11:30")
    await nothing_at(coach, moscow(23, 9), ivan)
    asked = await pushed_at(coach, moscow(23, 11, 30), ivan, RU.waiting)
    assert asked.id == await newest(ivan)
