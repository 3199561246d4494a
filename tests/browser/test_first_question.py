"""From the START button to the first question, in both languages."""

import pytest
from playwright.async_api import expect

from tests.support.coach import ADA, IVAN, SARA
from tests.support.window import Window
from tests.support.words import FA, RU

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_sara_reads_what_the_bot_is_for_before_she_starts(window: Window) -> None:
    await window.opens(SARA)
    await expect(window.page.get_by_text("هر روز سر ساعتی که خودتان می‌گویید یک پرسش")).to_be_visible()
    await expect(window.page.get_by_test_id("composer")).to_be_hidden()


async def test_sara_comes_from_start_to_her_first_question_and_reads_from_right_to_left(window: Window) -> None:
    await window.opens(SARA)
    await window.clicks("start")
    await window.presses(FA.job)
    summary = await window.sees(FA.ready)
    question = await window.sees(FA.first)
    assert await window.reading(summary) == await window.reading(question) == "rtl"
    # Telegram mirrors no keyboard: the bot turns the rows itself, and the page must not turn them back.
    assert await window.rows(question) == [[FA.skip, FA.later, FA.hint]]


async def test_ivan_reads_from_left_to_right_in_a_tab_of_his_own(window: Window) -> None:
    await window.opens(SARA)
    await window.clicks("start")
    await window.sees(FA.choose_job)
    await window.switches_to(IVAN)
    await window.clicks("start")
    await window.presses(RU.job)
    summary = await window.sees(RU.ready)
    question = await window.sees(RU.first)
    assert await window.reading(summary) == await window.reading(question) == "ltr"
    assert await window.rows(question) == [[RU.hint, RU.later, RU.skip]]
    await expect(window.messages(FA.choose_job)).to_have_count(0)


async def test_a_link_that_names_the_job_leads_straight_to_the_question(window: Window) -> None:
    await window.opens(IVAN)
    await window.page.get_by_test_id("start-payload").fill("support-manager")
    await window.clicks("start")
    await window.sees("Вопрос 1 из 17")


async def test_a_chooser_in_two_languages_shows_each_line_in_its_own_direction(window: Window) -> None:
    await window.opens(ADA)
    await window.clicks("start")
    chooser = await window.sees("به چه زبانی صحبت کنیم؟")
    assert await window.runs(chooser, "به چه زبانی صحبت کنیم؟") == "rtl"
    assert await window.runs(chooser, "На каком языке будем говорить?") == "ltr"
