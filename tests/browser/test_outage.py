"""The page while the program behind it is away, and when it is back; and that a broken page is noticed."""

import shutil
from pathlib import Path

import pytest
from playwright.async_api import Page, expect
from yarl import URL

from tests.support.coach import SARA, Coach, running_coach
from tests.support.talks import sara_with_question
from tests.support.window import Window, window_on
from tests.support.words import FA

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_page_comes_back_by_itself_when_the_sandbox_is_started_again(
    page: Page, sqlite_template: Path, tmp_path: Path
) -> None:
    typed = "این هنگام قطع بودن است."
    async with running_coach(_fresh(sqlite_template, tmp_path / "first.db")) as first:
        url = first.sandbox.url
        await sara_with_question(first)
        async with window_on(page, url) as window:
            await window.opens(SARA)
            await window.sees(FA.first)
            window.forgive_absence()
            await first.stop()
            await first.sandbox.stop()
            await expect(window.page.get_by_test_id("banner")).to_be_visible()
            await window.says(typed)
            await expect(window.page.get_by_test_id("composer")).to_have_value(typed)
            async with running_coach(_fresh(sqlite_template, tmp_path / "second.db"), port=URL(url).port or 0):
                await expect(window.page.get_by_test_id("banner")).to_be_hidden()
                # A new sandbox knows nothing of the old one's chats, and the page shows just that.
                await expect(window.page.get_by_test_id("message")).to_have_count(0)
                await window.clicks("start")
                await window.presses(FA.job)
                await window.sees(FA.first)
                await expect(window.page.get_by_test_id("composer")).to_have_value(typed)
                await window.clicks("send")
                await window.sees("ذخیره شد: ۵ کلمه")


async def test_a_bot_that_restarts_answers_what_was_typed_meanwhile(window: Window, coach: Coach) -> None:
    await sara_with_question(coach)
    await coach.stop()
    await window.opens(SARA)
    await window.says("این وقتی است که ربات خاموش است.")
    await expect(window.own("ربات خاموش است")).to_be_visible()
    await expect(window.page.get_by_test_id("banner")).to_be_hidden()
    await coach.start()
    await window.sees("ذخیره شد: ۷ کلمه")


@pytest.mark.parametrize("wrong", ["throw new Error('broken')", "Promise.reject(new Error('broken'))"])
async def test_an_error_in_the_page_does_not_go_unnoticed(window: Window, wrong: str) -> None:
    await window.opens(SARA)
    async with window.page.expect_event("pageerror"):
        await window.page.evaluate(f"setTimeout(() => {{ {wrong} }})")
    assert [fault for fault in window.faults if "broken" in fault]
    window.faults.clear()


def _fresh(template: Path, file: Path) -> str:
    shutil.copy(template, file)
    return f"sqlite:///{file}"
