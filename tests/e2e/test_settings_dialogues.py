"""The hour and the city may be typed and the place shared; whoever walks away loses nothing."""

import pytest

from tests.support.coach import Coach
from tests.support.person import Message, Person
from tests.support.talks import (
    answers_of,
    heard,
    ivan_with_question,
    pushed_at,
    sara_with_question,
    tehran,
)
from tests.support.words import FA, RU

ASK_HOUR = {FA: "ساعت را بنویسید", RU: "Напишите время"}
ASK_CITY = "Напишите свой город"
SHARE = "📍 Отправить геопозицию"


async def _types_an_hour(person: Person) -> None:
    await person.presses("🕘")
    await person.presses("✏️")


async def _types_a_city(ivan: Person) -> None:
    await ivan.presses("🗺 Часовой пояс")
    await ivan.presses("✏️ Другой город")
    await ivan.sees(ASK_CITY)


@pytest.mark.parametrize(
    ("typed", "understood"), [("۷:۳۰", "۰۷:۳۰"), ("۲۱", "۲۱:۰۰"), ("18.45", "۱۸:۴۵"), ("٠٦:١٥", "۰۶:۱۵")]
)
async def test_sara_types_her_hour(coach: Coach, typed: str, understood: str) -> None:
    sara = await sara_with_question(coach)
    await _types_an_hour(sara)
    await sara.sees(ASK_HOUR[FA])
    [own] = await sara.says(typed)
    assert f"ساعت: {understood} به وقت تهران" in (await sara.sees(FA.settings, after=own)).text
    await sara.says("و این پاسخ من است.")
    await sara.sees(FA.saved)


async def test_a_mistyped_hour_may_be_typed_again(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await _types_an_hour(ivan)
    await ivan.sees(ASK_HOUR[RU])
    for nonsense in ("25:00", "вечером", "9:75"):
        [own] = await ivan.says(nonsense)
        await ivan.sees("Не понял время", after=own)
    [own] = await ivan.says("8:05")
    assert "Время: 08:05" in (await ivan.sees(RU.settings, after=own)).text


async def test_a_typed_hour_counts_after_a_restart_in_between(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await _types_an_hour(ivan)
    await ivan.sees(ASK_HOUR[RU])
    await coach.restart()
    [own] = await ivan.says("8:05")
    assert "Время: 08:05" in (await ivan.sees(RU.settings, after=own)).text


async def test_back_ends_the_dialogue(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await _types_an_hour(ivan)
    await ivan.presses("« Назад", await ivan.sees(ASK_HOUR[RU]))
    await ivan.says("9:30 — удобное время для меня.")
    await ivan.sees(RU.saved)


async def test_taking_the_question_ends_the_dialogue(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await _types_an_hour(ivan)
    await ivan.says("/today")
    await ivan.sees(RU.first, after=await ivan.sees(ASK_HOUR[RU]))
    await ivan.says("Я инженер.")
    await ivan.sees(RU.saved)


async def test_the_day_s_question_ends_a_dialogue_that_was_forgotten(coach: Coach) -> None:
    sara = await sara_with_question(coach)
    coach.clock.set(tehran(23, 8, 58))
    await _types_an_hour(sara)
    await sara.sees(ASK_HOUR[FA])
    await pushed_at(coach, tehran(23, 9), sara, FA.waiting)
    await sara.says("نه سال است.")
    await sara.sees(FA.saved)


async def test_a_reply_or_a_long_text_is_an_answer_even_in_a_dialogue(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    question = await ivan.sees(RU.first)
    await _types_a_city(ivan)
    await ivan.says("Коротко.", reply_to=question)
    await ivan.sees("Сохранено: 1 слово")
    await ivan.says("город " * 650)
    await ivan.sees("Сохранено: 651 слово")


@pytest.mark.parametrize(
    ("typed", "zone"),
    [("Казань", "Москва"), ("екатеринбург", "Екатеринбург"), ("Астана", "Алматы"), ("Tbilisi", "Тбилиси")],
)
async def test_a_certain_city_sets_the_zone(coach: Coach, typed: str, zone: str) -> None:
    ivan = await ivan_with_question(coach)
    await _types_a_city(ivan)
    [own] = await ivan.says(typed)
    await ivan.sees(f"Теперь ваш часовой пояс: {zone}", after=own)
    assert f"часовой пояс: {zone}" in (await ivan.sees(RU.settings, after=own)).text


@pytest.mark.parametrize(
    ("typed", "zone"), [("اصفهان", "تهران"), ("كابل", "کابل"), ("سن پترزبورگ", "مسکو"), ("Toronto", "تورنتو")]
)
async def test_a_certain_city_in_persian_sets_the_zone(coach: Coach, typed: str, zone: str) -> None:
    sara = await sara_with_question(coach)
    await sara.presses("🗺")
    await sara.presses("✏️ شهر دیگر")
    await sara.sees("نام شهرتان را بنویسید")
    [own] = await sara.says(typed)
    await sara.sees(f"از حالا به وقت {zone} پیام می‌دهم", after=own)
    assert f"به وقت {zone}" in (await sara.sees(FA.settings, after=own)).text


@pytest.mark.parametrize("typed", ["Новосибрск", "<Новосибрск> & <"])
async def test_an_uncertain_city_is_asked_about(coach: Coach, typed: str) -> None:
    ivan = await ivan_with_question(coach)
    await _types_a_city(ivan)
    [own] = await ivan.says(typed)
    choice = await ivan.sees(f"«{typed}» — какой из этих городов?", after=own)
    await ivan.presses("Новосибирск", choice)
    await ivan.sees("часовой пояс: Новосибирск")
    await ivan.says("А это ответ на вопрос.")
    await ivan.sees(RU.saved)


@pytest.mark.parametrize("typed", ["Нью-Васюки", "<b>Зурбаган</b> & Лисс", "!!!", "🙂"])
async def test_an_unknown_city_may_be_typed_again(coach: Coach, typed: str) -> None:
    ivan = await ivan_with_question(coach)
    await _types_a_city(ivan)
    [own] = await ivan.says(typed)
    await ivan.sees(f"Не знаю часового пояса для «{typed}»", after=own)
    [own] = await ivan.says("Казань")
    await ivan.sees("Теперь ваш часовой пояс: Москва", after=own)


@pytest.mark.parametrize(
    ("place", "city"), [((41.3, 69.2), "Ташкент"), ((50.45, 30.52), "Киев"), ((28.6, 77.2), "Калькутта")]
)
async def test_a_shared_place_sets_the_zone_and_is_named_in_russian(
    coach: Coach, place: tuple[float, float], city: str
) -> None:
    ivan = await ivan_with_question(coach)
    await ivan.presses("🗺 Часовой пояс")
    await ivan.presses(SHARE)
    await ivan.sees("Нажмите кнопку внизу")
    assert SHARE in str((await ivan.chat())["keyboard"])
    own = await ivan.shares_location(*place)
    await ivan.sees(f"Теперь ваш часовой пояс: {city}", after=own)
    assert not (await ivan.chat())["keyboard"]


async def test_a_place_on_the_high_seas_has_a_time_too(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    own = await ivan.shares_location(0.0, -30.0)
    await ivan.sees("Теперь ваш часовой пояс", after=own)
    await ivan.says("Отвечаю с корабля.")
    await ivan.sees(RU.saved)


async def _may_share(ivan: Person) -> Message:
    """Ivan sees the keyboard that shares his place; the page from which he came."""
    await ivan.presses("🗺 Часовой пояс")
    page = await ivan.sees("Где вы живёте?")
    await ivan.presses(SHARE)
    await ivan.sees("Нажмите кнопку внизу")
    return page


async def test_cancel_changes_nothing_and_takes_the_keyboard_away(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await _may_share(ivan)
    await ivan.says("Отмена")
    await ivan.sees("Хорошо, всё осталось как было")
    assert not (await ivan.chat())["keyboard"]
    await ivan.says("Ответ.")
    await ivan.sees("Сохранено: 1 слово")


@pytest.mark.parametrize("way", ["« Назад", "Самара"])
async def test_cancel_is_never_an_answer(coach: Coach, way: str) -> None:
    ivan = await ivan_with_question(coach)
    page = await _may_share(ivan)
    await ivan.presses(way, page)  # and the keyboard with «Отмена» is still there
    await ivan.says("Отмена")
    [own] = await ivan.says("/privacy")
    await ivan.sees("Что я храню", after=own)
    assert not await heard(ivan, RU.saved)
    assert await answers_of(coach, ivan) == [[]]


async def test_cancel_works_after_the_language_was_changed(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    page = await _may_share(ivan)
    await ivan.presses("« Назад", page)
    await ivan.presses("🌐 Язык", page)
    await ivan.presses("فارسی", page)
    await ivan.presses("🗺", page)
    await ivan.presses("📍", page)
    await ivan.sees("دکمهٔ پایین را بزنید")
    await ivan.says("Отмена")  # the old keyboard, before the new one came
    await ivan.sees("باشد، چیزی عوض نشد")
