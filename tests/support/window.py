"""A browser's window on the chat page: a person speaks and clicks there by label, and looks at the messages."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import ConsoleMessage, Error, Locator, Page, Request, expect

from bot.sandbox import SandboxUser

Rows = list[list[str]]

_PLACES_OF_FIRST_AND_LAST_LETTER = """(element, words) => {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (texts.nextNode() && !texts.currentNode.data.includes(words));
  const begin = texts.currentNode.data.indexOf(words);
  const letter = document.createRange();
  return [begin, begin + words.length - 1].map((at) => {
    letter.setStart(texts.currentNode, at);
    letter.setEnd(texts.currentNode, at + 1);
    return letter.getBoundingClientRect().left;
  });
}"""


class Window:
    """`faults` collects whatever the page does wrong, in words: a test must leave it empty."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.faults: list[str] = []
        self._url = url
        self._server_may_be_away = False
        page.on("pageerror", self._on_page_error)
        page.on("console", self._on_console)
        page.on("request", self._on_request)

    async def closes(self) -> None:
        await self.page.goto("about:blank")
        self.page.remove_listener("pageerror", self._on_page_error)
        self.page.remove_listener("console", self._on_console)
        self.page.remove_listener("request", self._on_request)

    async def opens(self, user: SandboxUser) -> None:
        await self.page.goto(f"{self._url}/#{user.id}")
        await expect(self.tab(user)).to_have_attribute("aria-current", "page")

    async def switches_to(self, user: SandboxUser) -> None:
        await self.tab(user).click()
        await expect(self.tab(user)).to_have_attribute("aria-current", "page")

    def tab(self, user: SandboxUser) -> Locator:
        return self.page.get_by_test_id(f"tab-{user.id}")

    async def clicks(self, testid: str) -> None:
        await self.page.get_by_test_id(testid).click()

    async def says(self, text: str) -> None:
        await self.page.get_by_test_id("composer").fill(text)
        await self.clicks("send")

    async def replies(self, message: Locator, text: str) -> None:
        await message.hover()
        await message.get_by_test_id("message-actions").click()
        await self.clicks("reply")
        await self.says(text)

    async def presses(self, label: str) -> None:
        """The newest button with `label` in its text, once it is there."""
        await self.page.get_by_test_id("inline-button").filter(has_text=label).last.click()

    async def sees(self, text: str) -> Locator:
        """The newest message of the bot with `text`, once it is in sight."""
        message = self.messages(text).last
        await expect(message).to_be_visible()
        return message

    def messages(self, text: str = "") -> Locator:
        """The bot's messages."""
        return self.page.locator("[data-testid=message][data-outgoing=false]").filter(has_text=text)

    def own(self, text: str = "") -> Locator:
        """The person's own messages."""
        return self.page.locator("[data-testid=message][data-outgoing=true]").filter(has_text=text)

    async def reading(self, message: Locator) -> str:
        """The direction in which the text of a message runs: rtl or ltr."""
        direction = await message.locator(".text").evaluate("node => getComputedStyle(node).direction")
        return str(direction)

    async def runs(self, element: Locator, words: str) -> str:
        """How `words` lie on the screen: ltr when they end on the right of where they begin, else rtl."""
        begin, end = await element.evaluate(_PLACES_OF_FIRST_AND_LAST_LETTER, words)
        return "ltr" if begin < end else "rtl"

    async def rows(self, message: Locator) -> Rows:
        """The labels of a message's buttons as they lie on the screen, from left to right."""
        placed = []
        for button in await message.get_by_test_id("inline-button").all():
            box = await button.bounding_box()
            assert box is not None
            placed.append((box["y"], box["x"], await button.inner_text()))
        heights = sorted({y for y, _, _ in placed})
        return [[label for y, _, label in sorted(placed) if y == height] for height in heights]

    async def gets_toast(self, text: str) -> None:
        await expect(self.page.get_by_test_id("toast")).to_contain_text(text)
        await expect(self.page.get_by_test_id("toast")).to_be_visible()

    def forgive_absence(self) -> None:
        """From here on requests may fail for want of a server."""
        self._server_may_be_away = True

    def _on_page_error(self, error: Error) -> None:
        self.faults.append(f"an error was thrown: {error.stack or error.message}")

    def _on_console(self, message: ConsoleMessage) -> None:
        lost = self._server_may_be_away and re.search(r"net::ERR_(CONNECTION|INCOMPLETE|EMPTY)", message.text)
        if message.type in {"error", "warning"} and not lost:
            self.faults.append(f"the console says: {message.text}")

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self._url}/", "data:", "blob:", "about:")):
            self.faults.append(f"the page asks elsewhere: {request.url}")


@asynccontextmanager
async def window_on(page: Page, url: str) -> AsyncIterator[Window]:
    """The page turned to the sandbox at `url`; whatever it has done wrong by the end fails the test."""
    window = Window(page, url)
    try:
        yield window
    finally:
        await window.closes()
    assert not window.faults, "\n".join(window.faults)
