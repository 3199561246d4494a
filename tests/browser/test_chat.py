"""What else a chat is made of: commands, documents, alerts, keyboards, stickers, and a block."""

import json
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.support.coach import SARA, Coach
from tests.support.talks import finish, nothing_at, sara_with_question, tehran
from tests.support.window import Window
from tests.support.words import FA

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_sara_downloads_what_is_stored_about_her(window: Window, coach: Coach, tmp_path: Path) -> None:
    sara = await sara_with_question(coach)
    await sara.says("همیشه تا آخر گوش می‌دهم.")
    await window.opens(SARA)
    await window.sees(FA.saved)
    await window.says("/export")
    document = await window.sees("interview-coach.json")
    async with window.page.expect_download() as coming:
        await document.get_by_role("link").click()
    download = await coming.value
    assert download.suggested_filename == "interview-coach.json"
    await download.save_as(tmp_path / "stored.json")
    stored = json.loads((tmp_path / "stored.json").read_text(encoding="utf-8"))
    assert [part["text"] for part in stored["answer_parts"]] == ["همیشه تا آخر گوش می‌دهم."]


async def test_the_command_menu_speaks_persian_and_sends_what_is_picked(window: Window, coach: Coach) -> None:
    await sara_with_question(coach)
    await window.opens(SARA)
    await window.page.get_by_test_id("composer").press_sequentially("/")
    menu = window.page.get_by_test_id("command-menu")
    await expect(menu.get_by_role("option").filter(has_text="/today")).to_contain_text("پرسش امروز")
    await menu.get_by_role("option").filter(has_text="زبان، شغل، ساعت، روزها، توقف موقت").click()
    await window.sees(FA.settings)
    await expect(menu).to_be_hidden()
    await expect(window.own("/settings")).to_be_visible()


async def test_late_in_the_evening_later_today_is_answered_by_an_alert(window: Window, coach: Coach) -> None:
    coach.clock.set(tehran(22, 22, 30))
    await sara_with_question(coach)
    await window.opens(SARA)
    await window.presses(FA.later)
    alert = window.page.get_by_test_id("modal")
    await expect(alert).to_contain_text("دیگر دیروقت است: دوشنبه")
    await alert.get_by_role("button", name="OK").click()
    await expect(alert).to_have_count(0)


async def test_sara_shares_where_she_is_and_the_keyboard_goes_away(window: Window, coach: Coach) -> None:
    await sara_with_question(coach)
    await window.opens(SARA)
    await window.presses("منطقهٔ زمانی")
    await window.presses("فرستادن موقعیت")
    await window.page.get_by_test_id("reply-button").filter(has_text="فرستادن موقعیت").click()
    await window.page.get_by_test_id("modal").get_by_role("button", name="Berlin").click()
    await window.sees("از حالا به وقت برلین پیام می‌دهم.")
    await expect(window.page.get_by_test_id("reply-button")).to_have_count(0)


async def test_a_sticker_gets_an_answer_and_a_command_in_it_reads_from_left_to_right(
    window: Window, coach: Coach
) -> None:
    await sara_with_question(coach)
    await window.opens(SARA)
    await window.clicks("attach")
    await window.clicks("attach-sticker")
    answer = await window.sees("قشنگ بود!")
    assert await window.runs(answer, "/today") == "ltr"
    assert await window.runs(answer, "من با کلمه‌ها راحت‌ترم") == "rtl"


async def test_sara_blocks_the_bot_is_left_in_peace_and_comes_back(window: Window, coach: Coach) -> None:
    sara = await sara_with_question(coach)
    await finish(sara, FA)
    await window.opens(SARA)
    await window.clicks("chat-actions")
    await window.clicks("block")
    await expect(window.tab(SARA)).to_contain_text("has blocked the bot")
    await expect(window.page.get_by_test_id("composer")).to_be_hidden()
    await nothing_at(coach, tehran(23, 10), sara)
    await window.clicks("unblock-bar")
    await expect(window.page.get_by_test_id("composer")).to_be_visible()
    await window.says("/today")
    await window.sees(FA.second)


async def test_on_a_telephone_everything_fits_the_width(window: Window, coach: Coach) -> None:
    await finish(await sara_with_question(coach), FA)
    await window.page.set_viewport_size({"width": 360, "height": 640})
    await window.opens(SARA)
    await expect((await window.sees(FA.rated)).get_by_test_id("inline-button")).to_be_in_viewport(ratio=1)
    await expect(window.page.get_by_test_id("send")).to_be_in_viewport(ratio=1)
    await expect(window.page.get_by_test_id("clock-next")).to_be_in_viewport(ratio=1)
    for place in ("html", "[data-testid=messages]"):
        assert await window.page.locator(place).evaluate("node => node.scrollWidth - node.clientWidth") == 0
