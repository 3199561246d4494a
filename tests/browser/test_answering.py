"""Typing an answer, looking at the model answer and rating oneself, with what the page shows meanwhile."""

import pytest
from playwright.async_api import Locator, expect

from tests.support.coach import IVAN, SARA, Coach
from tests.support.talks import finish, ivan_with_question, sara_with_question, with_first_question
from tests.support.window import Window
from tests.support.words import FA, RU, Words

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize(
    ("words", "direction", "answer"),
    [
        pytest.param(FA, "rtl", "اول گزارش‌ها را می‌خوانم و بعد می‌پرسم.", id="persian"),
        pytest.param(RU, "ltr", "Сначала читаю журналы, потом спрашиваю.", id="russian"),
    ],
)
async def test_a_candidate_answers_reveals_opens_the_model_answer_and_rates(
    window: Window, coach: Coach, words: Words, direction: str, answer: str
) -> None:
    await with_first_question(coach, words)
    await window.opens(words.user)
    await window.says(answer)
    await window.sees(words.saved)
    assert await window.reading(window.own(answer)) == direction
    await window.presses(words.reveal)
    reveal = await window.sees(words.example)
    assert await window.reading(reveal) == direction
    await expect(reveal.get_by_test_id("quoted")).to_contain_text(answer)
    await _opens_the_quote(reveal)
    await window.presses(words.good)
    await window.sees(words.rated)
    assert await window.rows(reveal) == [[words.another]]


async def test_saras_answer_gets_a_reaction_and_one_status_message_that_is_edited_in_place(
    window: Window, coach: Coach
) -> None:
    await sara_with_question(coach)
    await window.opens(SARA)
    await window.says("هر روز با سیستم تیکت کار می‌کنم.")
    await expect(window.own("هر روز با سیستم").get_by_test_id("reactions")).to_have_text("✍")
    status = await window.sees("ذخیره شد: ۷ کلمه")
    before = await status.get_attribute("data-message-id")
    await window.says("گزارش‌ها را هم خودم می‌سازم.")
    await expect(window.own("گزارش‌ها").get_by_test_id("reactions")).to_have_text("✍")
    status = await window.sees("ذخیره شد: ۱۲ کلمه")
    assert await status.get_attribute("data-message-id") == before
    await expect(status.locator(".edited")).to_be_visible()
    await expect(window.messages(FA.saved)).to_have_count(1)


async def test_sara_mends_a_message_that_she_has_sent(window: Window, coach: Coach) -> None:
    await sara_with_question(coach)
    await window.opens(SARA)
    await window.says("هر روز با تیکت کار می‌کنم.")
    await window.sees("ذخیره شد: ۶ کلمه")
    await window.page.get_by_test_id("composer").press("ArrowUp")
    await expect(window.page.get_by_test_id("composer")).to_have_value("هر روز با تیکت کار می‌کنم.")
    await window.says("هر روز با تیکت، تلفن و گزارش‌ها کار می‌کنم.")
    await window.sees("ذخیره شد: ۹ کلمه")
    await expect(window.own("تلفن و گزارش‌ها").locator(".edited")).to_be_visible()


async def test_enter_sends_and_shift_enter_begins_a_new_line(window: Window, coach: Coach) -> None:
    await sara_with_question(coach)
    await window.opens(SARA)
    composer = window.page.get_by_test_id("composer")
    await composer.press_sequentially("خط اول")
    await composer.press("Shift+Enter")
    await composer.press_sequentially("خط دوم")
    await composer.press("Enter")
    await window.sees("ذخیره شد: ۴ کلمه")
    assert "خط اول\nخط دوم" in await window.own("خط اول").locator(".text").inner_text()
    await expect(composer).to_have_value("")


async def test_a_reply_to_an_older_question_shows_the_question_and_counts_as_a_new_try(
    window: Window, coach: Coach
) -> None:
    await finish(await sara_with_question(coach), FA)
    await window.opens(SARA)
    await window.replies(await window.sees(FA.first), "این بار از گزارش‌ها شروع می‌کنم.")
    await window.sees("ذخیره شد: ۶ کلمه")
    await expect(window.own("این بار").get_by_test_id("quoted")).to_contain_text(FA.first)


async def test_an_opened_model_answer_stays_in_view_while_something_else_happens(window: Window, coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    await ivan.says("Сначала читаю журналы.")
    await ivan.sees(RU.saved)
    await ivan.presses(RU.reveal)
    await window.opens(IVAN)
    await _opens_the_quote(await window.sees(RU.example))
    place = window.page.get_by_test_id("messages")
    before = await place.evaluate("node => node.scrollTop")
    async with window.page.expect_response("**/people/"):
        await window.clicks("clock-hour")
    await expect(window.page.get_by_test_id("clock-now")).to_have_text("Sun 22 Nov, 08:00")
    await window.page.evaluate("() => new Promise(requestAnimationFrame)")  # by then the page is drawn anew
    assert await place.evaluate("node => node.scrollTop") == before


async def test_a_second_press_on_reveal_is_answered_by_a_toast(window: Window, coach: Coach) -> None:
    await sara_with_question(coach)
    await window.opens(SARA)
    await window.says("اول سراغ گزارش‌ها می‌روم.")
    await window.presses(FA.reveal)
    await window.sees(FA.example)
    await window.presses(FA.reveal)
    await window.gets_toast(FA.already_there)
    await expect(window.page.get_by_test_id("modal")).to_have_count(0)
    await expect(window.messages(FA.example)).to_have_count(1)


async def test_what_sara_types_is_shown_as_text_and_never_as_markup(window: Window, coach: Coach) -> None:
    typed = '<b>پررنگ</b> & <img src="/nowhere" onerror="throw 1">'
    await sara_with_question(coach)
    await window.opens(SARA)
    await window.says(typed)
    await window.presses(FA.reveal)
    reveal = await window.sees(FA.example)
    await expect(window.own("پررنگ").locator(".text")).to_contain_text(typed)
    await expect(reveal.get_by_test_id("quoted")).to_contain_text(typed)


async def _opens_the_quote(reveal: Locator) -> None:
    """Three lines are shown at first, and all of them after a click."""
    quote = reveal.locator("blockquote")
    chevron = reveal.get_by_role("button", name="Show the whole quote")
    folded = await quote.bounding_box()
    await expect(chevron).to_have_attribute("aria-expanded", "false")
    await chevron.click()
    await expect(chevron).to_have_attribute("aria-expanded", "true")
    opened = await quote.bounding_box()
    assert folded and opened and opened["height"] > 2 * folded["height"]
