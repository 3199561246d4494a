"""The bar with the sandbox's clock: days of coaching in seconds."""

import pytest
from playwright.async_api import expect

from tests.support.coach import IVAN, SARA, Coach
from tests.support.talks import finish, ivan_with_question, sara_with_question
from tests.support.window import Window
from tests.support.words import FA, RU

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_clock_shows_three_cities_and_goes_on_by_an_hour_or_a_day_at_a_click(window: Window) -> None:
    await window.opens(SARA)
    now = window.page.get_by_test_id("clock-now")
    await expect(now).to_have_text("Sun 22 Nov, 07:00")
    cities = window.page.get_by_role("group", name="Zone of the message times").get_by_role("button")
    await expect(cities).to_have_text(["Local 07:00", "Tehran 09:30", "Moscow 09:00"])
    await window.clicks("clock-hour")
    await expect(now).to_have_text("Sun 22 Nov, 08:00")
    await window.clicks("clock-day")
    await expect(now).to_have_text("Mon 23 Nov, 08:00")
    await expect(cities).to_have_text(["Local 08:00", "Tehran 10:30", "Moscow 10:00"])


async def test_the_next_push_brings_saras_question_of_the_next_day(window: Window, coach: Coach) -> None:
    await finish(await sara_with_question(coach), FA)
    await window.opens(SARA)
    await window.clicks("clock-next")
    await window.gets_toast("Monday, 23 November 2026 at 09:00 (Tehran)")
    question = await window.sees(FA.second)
    await expect(question.locator("time")).to_have_text("09:00")
    await expect(window.page.get_by_test_id("messages")).to_contain_text("Monday 23 November")


async def test_a_day_later_the_days_question_has_come_by_itself(window: Window, coach: Coach) -> None:
    await finish(await sara_with_question(coach), FA)
    await window.opens(SARA)
    await window.clicks("clock-day")
    question = await window.sees(FA.second)
    await expect(question.locator("time")).to_have_text("09:30")


async def test_as_long_as_nobody_has_started_no_push_is_planned(window: Window) -> None:
    await window.opens(SARA)
    await window.clicks("clock-next")
    await window.gets_toast("Nothing is planned")
    await expect(window.page.get_by_test_id("clock-now")).to_have_text("Sun 22 Nov, 07:00")


async def test_a_push_to_another_person_shows_as_unread_until_it_is_looked_at(window: Window, coach: Coach) -> None:
    await finish(await ivan_with_question(coach), RU)
    await window.opens(IVAN)
    await window.sees(RU.rated)
    await window.switches_to(SARA)
    unread = window.tab(IVAN).get_by_test_id("unread")
    await expect(unread).to_have_count(0)
    await window.clicks("clock-next")
    await expect(unread).to_have_text("1")
    await window.switches_to(IVAN)
    await window.sees(RU.second)
    await expect(unread).to_have_count(0)
