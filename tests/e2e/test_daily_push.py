"""The day's question comes by itself, at the hour of whoever waits for it."""

from tests.support.coach import ADA, SARA, Coach
from tests.support.talks import (
    finish,
    heard,
    ivan_with_question,
    moscow,
    newest,
    nothing_after,
    nothing_at,
    pushed_at,
    sara_with_question,
    tehran,
)
from tests.support.words import FA, RU

NEXT = "Следующий вопрос: "


async def test_everybody_gets_it_at_nine_by_their_own_clocks(coach: Coach) -> None:
    sara, ivan = await sara_with_question(coach), await ivan_with_question(coach)
    await finish(sara, FA)
    await finish(ivan, RU)
    await nothing_at(coach, tehran(23, 8, 59), sara)
    await pushed_at(coach, tehran(23, 9), sara, FA.second)
    assert not await heard(ivan, RU.second)  # Tehran's clocks are half an hour ahead of Moscow's
    await pushed_at(coach, moscow(23, 9), ivan, RU.second)
    await nothing_at(coach, moscow(23, 23), sara, ivan)


async def test_an_unanswered_question_comes_again_and_no_second_one_on_top(coach: Coach) -> None:
    sara, ivan = await sara_with_question(coach), await ivan_with_question(coach)
    for day in (23, 24):
        again = await pushed_at(coach, tehran(day, 9), sara, FA.waiting)
        assert FA.first in again.text
        again = await pushed_at(coach, moscow(day, 9), ivan, RU.waiting)
        assert RU.first in again.text
    await ivan.says("Наконец-то отвечаю.")
    await ivan.sees(RU.saved)
    assert not await heard(sara, FA.second) + await heard(ivan, RU.second)


async def test_an_answered_question_is_followed_by_the_next_one(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await ivan.says("Восемь лет в поддержке.")
    status = await ivan.sees(RU.saved)
    await pushed_at(coach, moscow(23, 9), ivan, RU.second)
    await ivan.presses(RU.reveal, status)  # yesterday's answer is not wasted
    await ivan.sees(RU.example)
    [own] = await ivan.says("Конфликты решаю разговором.")
    await ivan.sees(RU.saved, after=own)


async def test_days_off_stay_free(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await ivan.presses("📅 Дни")
    await ivan.presses("✓ пн")
    await ivan.presses("« Назад")
    assert NEXT + "вторник, 24 ноября, 09:00" in (await ivan.sees("Дни: ")).text
    await nothing_at(coach, moscow(23, 10), ivan)
    await pushed_at(coach, moscow(24, 9), ivan, RU.waiting)


async def test_a_changed_hour_counts_from_the_next_question_on(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await ivan.presses("🕘 Время")
    await ivan.presses("21:00")
    assert NEXT + "понедельник, 23 ноября, 21:00" in (await ivan.sees("Время: 21:00")).text
    await nothing_at(coach, moscow(23, 20, 59), ivan)
    await pushed_at(coach, moscow(23, 21), ivan, RU.waiting)


async def test_a_changed_zone_counts_from_the_next_question_on(coach: Coach) -> None:
    sara = await sara_with_question(coach)
    await sara.presses("🗺 منطقهٔ زمانی")
    await sara.presses("تورنتو")
    await sara.sees("به وقت تورنتو")
    await nothing_at(coach, tehran(23, 9), sara)
    await pushed_at(coach, tehran(23, 17, 30), sara, FA.waiting)  # nine o'clock in Toronto


async def test_a_question_taken_early_is_the_day_s_question(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await finish(ivan, RU)
    coach.clock.set(moscow(23, 7))
    await ivan.says("/today")
    await ivan.sees(RU.second)
    await nothing_at(coach, moscow(23, 9), ivan)
    await pushed_at(coach, moscow(24, 9), ivan, RU.waiting)


async def test_the_waiting_question_taken_early_does_not_come_again_that_day(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    coach.clock.set(moscow(23, 8, 45))
    await ivan.says("/today")
    await ivan.sees(RU.waiting)
    await nothing_at(coach, moscow(23, 9), ivan)


async def test_a_look_at_yesterday_s_answer_does_not_cost_the_day_s_question(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await ivan.says("Вчерашний ответ.")
    await ivan.sees(RU.saved)
    coach.clock.set(moscow(23, 7, 30))
    [own] = await ivan.says("/today")
    await ivan.presses(RU.reveal, await ivan.sees(RU.first, after=own))
    await ivan.presses(RU.good, await ivan.sees(RU.example))
    await ivan.sees(RU.rated)
    await pushed_at(coach, moscow(23, 9), ivan, RU.second)


async def test_a_restart_in_the_night_forgets_nobody_s_hour(coach: Coach) -> None:
    sara, ivan = await sara_with_question(coach), await ivan_with_question(coach)
    await coach.restart()
    await pushed_at(coach, tehran(23, 9), sara, FA.waiting)
    await pushed_at(coach, moscow(23, 9), ivan, RU.waiting)


async def test_a_restart_after_the_push_does_not_repeat_it(coach: Coach) -> None:
    sara = await sara_with_question(coach)
    await pushed_at(coach, tehran(23, 9), sara, FA.waiting)
    await coach.restart()
    await nothing_at(coach, tehran(23, 9, 5), sara)
    await sara.says("سلام، پاسخ من این است.")
    await sara.sees("ذخیره شد: ۵ کلمه")


async def test_a_bot_that_slept_over_the_hour_asks_when_it_is_back(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await coach.stop()
    coach.clock.set(moscow(23, 22, 30))
    await coach.start()
    asked = await ivan.sees(RU.waiting)
    await nothing_after((ivan, asked.id))


async def test_a_bot_that_slept_over_midnight_asks_only_that_day_s_question(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await coach.stop()
    await nothing_at(coach, moscow(25, 8), ivan)
    before = await newest(ivan)
    await coach.start()
    await nothing_after((ivan, before))
    asked = await pushed_at(coach, moscow(25, 9), ivan, RU.waiting)
    await nothing_after((ivan, asked.id))


async def test_whoever_never_chose_a_job_is_left_alone(coach: Coach) -> None:
    ada, sara = coach.person(ADA), coach.person(SARA)
    await ada.starts()
    await sara.starts()
    await ada.sees("На каком языке")
    await sara.sees(FA.choose_job)
    await nothing_at(coach, moscow(24, 9), ada, sara)
