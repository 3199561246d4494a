"""One browser for all tests of the folder, and for each test a running bot and a window on its chat page."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.delivery import loop
from tests.support.coach import Coach, running_coach
from tests.support.talks import BETWEEN_LOOKS
from tests.support.window import Window, window_on
from tools.chromium import MISSING, find_chromium, running_chromium

PATIENCE = 10_000
"""Milliseconds: a machine may be busy with much else."""


@pytest.fixture(autouse=True)
def frequent_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The delivery loop of this process looks at the clock more often: a push takes no real second."""
    monkeypatch.setattr(loop, "EVERY", BETWEEN_LOOKS)


# A page outlives the tests, since a new one costs most of a second, so all of them share its event loop. Nothing is
# carried over: each test's sandbox has a port of its own, and what a page stores belongs to one port.
@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def page() -> AsyncIterator[Page]:
    executable = find_chromium()
    if executable is None:
        pytest.skip(MISSING)
    expect.set_options(timeout=PATIENCE)
    async with running_chromium(executable) as browser:
        page = await browser.new_page(
            locale="en-GB", timezone_id="Europe/Berlin", color_scheme="light", reduced_motion="reduce"
        )
        page.set_default_timeout(PATIENCE)
        yield page


@pytest_asyncio.fixture(loop_scope="session")
async def coach(sqlite_url: str) -> AsyncIterator[Coach]:
    async with running_coach(sqlite_url) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def window(page: Page, coach: Coach) -> AsyncIterator[Window]:
    await page.set_viewport_size({"width": 1280, "height": 800})
    async with window_on(page, coach.sandbox.url) as opened:
        yield opened
