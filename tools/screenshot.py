"""Plays a short conversation in the sandbox and takes the picture of it that the README shows."""

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.async_api import Page, ViewportSize, expect

from bot import trial
from bot.sandbox import SandboxUser
from tools.chromium import MISSING, find_chromium, running_chromium

PICTURE = Path(__file__).parents[1] / "docs" / "sandbox.png"
SIZE = 1280, 756
SARA, IVAN, _ = trial.USERS

SARAS_ANSWERS = (
    "چهار سال با Jira Service Management و زندسک کار کرده‌ام؛ صف‌ها، قانون‌های خودکار و گزارش‌ها را خودم می‌سازم. "
    "با تلفن تحت شبکه هم هر روز سروکار دارم و خط‌ها را خودم بین همکاران تقسیم می‌کنم.",
    "مثلاً با یک قانون خودکار، زمان پاسخ اول را از سه ساعت به چهل دقیقه رساندم. "
    "در SQL هنوز مبتدی‌ام، ولی گزارش‌های ساده را خودم می‌نویسم. "
    "ابزار باید به کار مشتری بیاید، نه فقط به کار گزارش؛ برای همین ماهی یک بار همهٔ قانون‌ها را با تیم مرور می‌کنیم.",
)
IVANS_ANSWER = "Восемь лет в поддержке: начинал на телефоне, а сейчас веду сложные обращения."


async def main() -> None:
    executable = find_chromium() or sys.exit(MISSING)
    address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    done = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(trial.run_sandbox(0, address.set_result, done.wait))
        try:
            await _take_picture(executable, await address)
        finally:
            done.set()
    print(f"The picture is in {PICTURE}")


async def _take_picture(executable: str, url: str) -> None:
    width, height = SIZE
    async with running_chromium(executable) as browser:
        page = await browser.new_page(
            base_url=url,
            viewport=ViewportSize(width=width, height=height),
            color_scheme="light",
            locale="en-GB",
            timezone_id="Europe/Berlin",
        )
        await page.goto("/")
        await _until_nine(page)
        await _ivan_practises(page)
        await _sara_answers(page)
        PICTURE.parent.mkdir(exist_ok=True)
        await page.screenshot(path=PICTURE, animations="disabled")


async def _until_nine(page: Page) -> None:
    """A picture taken at midnight would look odd."""
    now = datetime.now(UTC).astimezone(ZoneInfo("Asia/Tehran"))
    morning = now.replace(hour=9, minute=0, second=0) + timedelta(days=1)
    await page.request.post("/clock/advance", data={"seconds": (morning - now).total_seconds()})


async def _ivan_practises(page: Page) -> None:
    await _start(page, IVAN, "Инженер технической поддержки", "Вопрос 1")
    await _answer(page, IVANS_ANSWER)
    await _press(page, "Показать пример ответа")
    await _press(page, "хорошо")
    await _see(page, "Ваша оценка")


async def _sara_answers(page: Page) -> None:
    await _start(page, SARA, "مدیر پشتیبانی", "نرم‌افزارها و تجهیزات")
    for answer in SARAS_ANSWERS:
        await _answer(page, answer)
    await _see(page, "ذخیره شد", edited=True)


async def _start(page: Page, user: SandboxUser, job: str, question: str) -> None:
    await page.get_by_test_id(f"tab-{user.id}").click()
    await page.get_by_test_id("start").click()
    await _press(page, job)
    await _see(page, question)


async def _answer(page: Page, answer: str) -> None:
    """Types it and waits for the bot's sign that it is saved."""
    await page.get_by_test_id("composer").fill(answer)
    await page.get_by_test_id("send").click()
    await expect(page.get_by_test_id("message").filter(has_text=answer).get_by_test_id("reactions")).to_be_visible()


async def _press(page: Page, label: str) -> None:
    await page.get_by_test_id("inline-button").filter(has_text=label).last.click()


async def _see(page: Page, text: str, *, edited: bool = False) -> None:
    message = page.get_by_test_id("message").filter(has_text=text)
    if edited:
        message = message.filter(has_text="edited")
    await expect(message.last).to_be_visible()


if __name__ == "__main__":
    asyncio.run(main())
