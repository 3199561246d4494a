"""The pages of /settings: each says what is, changes it by one press, and leads back."""

import pytest

from tests.support.coach import Coach
from tests.support.person import Message, Person
from tests.support.talks import data, heard, ivan_with_question, labels, newest, sara_with_question
from tests.support.words import FA, RU

PAGES = {
    "🌐 Язык": "На каком языке будем говорить?",
    "🎯 Должность": "К какой должности готовитесь?",
    "🕘 Время": "В котором часу присылать вопрос?",
    "🗺 Часовой пояс": "Где вы живёте?",
    "📅 Дни": "По каким дням присылать вопрос?",
    "⏸ Пауза": "На сколько замолчать?",
}


async def _settings(person: Person, title: str) -> Message:
    [own] = await person.says("/settings")
    return await person.sees(title, after=own)


async def test_every_page_opens_in_place_and_leads_back(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    settings = await _settings(ivan, RU.settings)
    assert [label for row in labels(settings) for label in row] == list(PAGES)
    for label, title in PAGES.items():
        await ivan.presses(label, settings)
        page = await ivan.sees(title)
        assert page.id == settings.id
        await ivan.presses("« Назад", settings)
        assert (await ivan.sees(RU.settings)).text == settings.text
    assert await newest(ivan) == settings.id


async def test_persian_pages_read_from_the_right(coach: Coach) -> None:
    sara = await sara_with_question(coach)
    settings = await _settings(sara, FA.settings)
    assert labels(settings) == [
        ["🎯 شغل", "🌐 زبان"],
        ["🗺 منطقهٔ زمانی", "🕘 ساعت"],
        ["⏸ توقف موقت", "📅 روزها"],
    ]
    await sara.presses("🕘 ساعت", settings)
    hours = labels(await sara.sees("پرسش چه ساعتی بیاید؟"))
    assert hours[0] == ["۱۰:۰۰", "۰۹:۰۰", "۰۸:۰۰", "۰۷:۰۰"]
    await sara.presses("« بازگشت", settings)
    await sara.presses("📅 روزها", settings)
    days = labels(await sara.sees("پرسش در کدام روزها بیاید؟"))
    assert days[0] == ["✓ سه‌شنبه", "✓ دوشنبه", "✓ یکشنبه", "✓ شنبه"]


async def test_the_hour_is_chosen_from_a_list(coach: Coach) -> None:
    sara = await sara_with_question(coach)
    settings = await _settings(sara, FA.settings)
    await sara.presses("🕘 ساعت", settings)
    await sara.presses("۲۲:۰۰", settings)
    changed = await sara.sees("ساعت: ۲۲:۰۰ به وقت تهران")
    assert changed.id == settings.id
    assert "دوشنبه ۲ آذر، ۲۲:۰۰" in changed.text


async def test_the_zone_is_chosen_from_a_list(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    settings = await _settings(ivan, RU.settings)
    await ivan.presses("🗺 Часовой пояс", settings)
    await ivan.presses("Новосибирск", settings)
    changed = await ivan.sees("часовой пояс: Новосибирск")
    assert changed.id == settings.id
    assert "понедельник, 23 ноября, 09:00" in changed.text


async def test_the_job_is_chosen_and_the_old_question_left(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    settings = await _settings(ivan, RU.settings)
    await ivan.presses("🎯 Должность", settings)
    assert labels(await ivan.sees("К какой должности готовитесь?"))[1] == ["✓ Инженер технической поддержки"]
    await ivan.presses("Менеджер поддержки", settings)
    assert "Менеджер поддержки" in (await ivan.sees("🎯 Должность: ")).text
    await ivan.sees("Вопрос 1 из 17")
    await ivan.says("Это ответ менеджера.")
    await ivan.sees(RU.saved)


async def test_the_same_job_once_more_brings_nothing_new(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    settings = await _settings(ivan, RU.settings)
    await ivan.presses("🎯 Должность", settings)
    await ivan.presses("✓ Инженер технической поддержки", settings)
    await ivan.sees("🎯 Должность: Инженер")
    assert len(await heard(ivan, RU.first)) == 1


async def test_days_are_dropped_one_by_one_but_not_the_last(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    settings = await _settings(ivan, RU.settings)
    await ivan.presses("📅 Дни", settings)
    for day in ("пн", "вт", "ср", "чт", "пт", "сб"):
        await ivan.presses(f"✓ {day}", settings)
    assert "один день должен остаться" in (await ivan.presses("✓ вс", settings) or "")
    await ivan.presses("« Назад", settings)
    overview = await ivan.sees("Дни: вс")
    assert "воскресенье, 29 ноября, 09:00" in overview.text


async def test_a_day_pressed_twice_stays_as_it_was_wanted(coach: Coach) -> None:
    sara = await sara_with_question(coach)
    settings = await _settings(sara, FA.settings)
    await sara.presses("📅 روزها", settings)
    drop = data(await sara.sees("پرسش در کدام روزها بیاید؟"), "✓ جمعه")
    for _ in range(2):
        await sara.presses_data(settings, drop)
    await sara.presses("« بازگشت", settings)
    assert "شنبه، یکشنبه، دوشنبه، سه‌شنبه، چهارشنبه، پنجشنبه" in (await sara.sees("روزها: ")).text


@pytest.mark.parametrize(
    ("label", "until"),
    [("3 дня", "среда, 25 ноября, 09:00"), ("30 дней", "вторник, 22 декабря, 09:00"), ("Пока не", "пока вы не")],
)
async def test_the_pause_is_shown_and_taken_back(coach: Coach, label: str, until: str) -> None:
    ivan = await ivan_with_question(coach)
    settings = await _settings(ivan, RU.settings)
    await ivan.presses("⏸ Пауза", settings)
    await ivan.presses(label, settings)
    paused = await ivan.sees(until)
    assert "Следующий вопрос" not in paused.text
    await ivan.presses(RU.resume, settings)
    assert "понедельник, 23 ноября, 09:00" in (await ivan.sees(RU.welcome_back)).text
    assert "Следующий вопрос" in (await _settings(ivan, RU.settings)).text


async def test_buttons_under_the_welcome_are_settings_too(coach: Coach) -> None:
    sara = await sara_with_question(coach)
    welcome = await sara.sees(FA.ready)
    await sara.presses("🌐 زبان", welcome)
    page = await sara.sees("به چه زبانی صحبت کنیم؟")
    assert page.id == welcome.id
    assert labels(page) == [["Русский", "فارسی"], ["« بازگشت"]]
