"""How updates reach the bot: long polling and webhooks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramConflictError
from aiohttp import web

from bot.sandbox import Sandbox
from tests.sandbox.conftest import SARA, HandClock, Raw
from tests.support.person import Person


async def texts(bot: Bot, **arguments: Any) -> list[str | None]:
    return [update.message.text for update in await bot.get_updates(**arguments) if update.message]


async def eventually(condition: Callable[[], Any], within: float = 5.0) -> None:
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        await asyncio.sleep(0.01)


async def test_update_ids_rise_by_one_and_the_offset_confirms(bot: Bot, sara: Person) -> None:
    for text in "abc":
        await sara.says(text)
    updates = await bot.get_updates()
    first = updates[0].update_id
    assert [update.update_id for update in updates] == [first, first + 1, first + 2]
    assert await texts(bot, limit=2) == ["a", "b"]
    assert await texts(bot, offset=first + 2) == ["c"]
    assert await texts(bot) == ["c"]


async def test_a_negative_offset_keeps_the_newest_only(bot: Bot, sara: Person) -> None:
    for text in "abc":
        await sara.says(text)
    assert await texts(bot, offset=-1) == ["c"]
    assert await texts(bot) == ["c"]


async def test_a_long_poll_ends_when_somebody_writes(bot: Bot, sara: Person) -> None:
    polling = asyncio.ensure_future(texts(bot, timeout=20))
    await asyncio.sleep(0.05)
    started = time.monotonic()
    await sara.says("hello")
    assert await polling == ["hello"]
    assert time.monotonic() - started < 1


async def test_an_idle_poll_returns_nothing_after_its_time(bot: Bot, sara: Person) -> None:
    started = time.monotonic()
    assert await texts(bot, timeout=1) == []
    assert 0.9 < time.monotonic() - started < 3


async def test_a_second_poller_ends_the_first(bot: Bot, raw: Raw, sara: Person) -> None:
    first = asyncio.ensure_future(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    assert (await raw.call("getUpdates"))["result"] == []
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
        await first


async def test_only_the_kinds_that_were_asked_for_arrive(bot: Bot, sara: Person) -> None:
    await bot.get_updates(allowed_updates=["message"])
    [said] = await sara.says("a")
    await sara.edits(said, "b")
    await sara.blocks()
    assert [update.event_type for update in await bot.get_updates()] == ["message"]
    await bot.get_updates(allowed_updates=[])
    await sara.unblocks()
    assert (await bot.get_updates())[-1].event_type == "my_chat_member"


async def test_an_edit_and_a_block_are_updates(bot: Bot, sara: Person) -> None:
    [said] = await sara.says("a")
    await sara.edits(said, "b")
    await sara.blocks()
    _, edited, blocked = await bot.get_updates()
    assert edited.edited_message is not None
    assert (edited.edited_message.message_id, edited.edited_message.text) == (said, "b")
    assert edited.edited_message.edit_date is not None
    assert blocked.my_chat_member is not None
    assert blocked.my_chat_member.new_chat_member.status == "kicked"


async def test_updates_wait_for_a_day(bot: Bot, sara: Person, clock: HandClock) -> None:
    await sara.says("old")
    clock.advance(timedelta(hours=23))
    await sara.says("young")
    clock.advance(timedelta(hours=2))
    assert await texts(bot) == ["young"]


async def test_an_impossible_limit_is_refused(bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="limit must be between 1 and 100"):
        await bot.get_updates(limit=101)


class Hook:
    """The bot's end of a webhook: refuses as often as it is told to, then accepts with `answer`."""

    def __init__(self) -> None:
        self.url = ""
        self.got: list[dict[str, Any]] = []
        self.secrets: set[str | None] = set()
        self.refusals = 0
        self.answer: Callable[[], Awaitable[web.StreamResponse]] | None = None

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.got.append(await request.json())
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        if self.refusals:
            self.refusals -= 1
            return web.Response(status=500)
        return await self.answer() if self.answer else web.Response()


@asynccontextmanager
async def listening() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_a_webhook_gets_updates_in_order_until_it_accepts_them(bot: Bot, sara: Person) -> None:
    async with listening() as hook:
        hook.refusals = 2
        await bot.set_webhook(hook.url, secret_token="s3cret")
        for text in "abc":
            await sara.says(text)
        await eventually(lambda: len(hook.got) == 5)
        assert [update["message"]["text"] for update in hook.got] == ["a", "a", "a", "b", "c"]
        assert hook.secrets == {"s3cret"}
        info = await bot.get_webhook_info()
        assert (info.url, info.pending_update_count) == (hook.url, 0)
        assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
        await bot.delete_webhook()


async def test_polling_and_a_webhook_exclude_each_other(bot: Bot, sara: Person) -> None:
    async with listening() as hook:
        polling = asyncio.ensure_future(bot.get_updates(timeout=20))
        await asyncio.sleep(0.05)
        await bot.set_webhook(hook.url)
        with pytest.raises(TelegramConflictError, match="terminated by setWebhook request"):
            await polling
        with pytest.raises(TelegramConflictError, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates()
        await bot.set_webhook("")
        assert (await bot.get_webhook_info()).url == ""
        await sara.says("a")
        assert await texts(bot) == ["a"]


async def test_pending_updates_are_dropped_on_request(bot: Bot, sara: Person) -> None:
    await sara.says("a")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await texts(bot) == []


async def test_a_method_in_the_webhooks_answer_is_carried_out(bot: Bot, sara: Person) -> None:
    async def in_json() -> web.Response:
        return web.json_response({"method": "sendMessage", "chat_id": SARA, "text": "as json"})

    async def in_parts() -> web.StreamResponse:
        body = "".join(
            f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in {"method": "sendMessage", "chat_id": SARA, "text": "in parts"}.items()
        )
        return web.Response(text=f"{body}--x--\r\n", headers={"Content-Type": "multipart/form-data; boundary=x"})

    async with listening() as hook:
        await bot.set_webhook(hook.url)
        hook.answer = in_json
        await sara.says("a")
        await sara.sees("as json")
        hook.answer = in_parts
        await sara.says("b")
        await sara.sees("in parts")
        await bot.delete_webhook()


async def test_stopping_ends_a_poll_that_is_under_way(sandbox: Sandbox, raw: Raw) -> None:
    polling = asyncio.ensure_future(raw.call("getUpdates", {"timeout": 50}))
    await asyncio.sleep(0.05)
    started = time.monotonic()
    await sandbox.stop()
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await polling
    assert time.monotonic() - started < 2
