"""Feeds the bot's webhook: one update after the other, each until it is accepted."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import aiohttp

from bot.sandbox.api.forms import read_parts
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.state.files import Upload
from bot.sandbox.state.updates import UpdateQueue
from bot.sandbox.types import Json, Now, unix

_FIRST_PAUSE = 0.2
_LONGEST_PAUSE = 10.0
_PATIENCE = aiohttp.ClientTimeout(total=60)
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_URL = re.compile(r"https?://[^\s/]+\S*")
CarryOut = Callable[[str, Mapping[str, Any], Mapping[str, Upload]], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Target:
    url: str
    secret: str | None
    max_connections: int


class Webhook:
    """`carry_out` runs a method that the bot writes into its answer."""

    def __init__(self, updates: UpdateQueue, now: Now) -> None:
        self._updates = updates
        self._now = now
        self._task: asyncio.Task[None] | None = None
        self._last_error: Json = {}
        self.target: Target | None = None
        self.carry_out: CarryOut | None = None

    async def set(self, target: Target) -> None:
        if not _URL.fullmatch(target.url):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if target.secret is not None and not _SECRET.fullmatch(target.secret):
            raise bad_request("secret token contains unallowed characters")
        await self.delete()
        self._updates.end_poll_for_webhook()
        self.target = target
        self._task = asyncio.create_task(self._deliver(target), name="sandbox webhook")

    async def delete(self) -> None:
        task, self._task, self.target, self._last_error = self._task, None, None, {}
        if task is None:
            return
        task.cancel()
        # A webhook's answer may carry deleteWebhook itself; that one cannot wait for its own end.
        if task is not asyncio.current_task():
            await asyncio.wait([task])

    def info(self) -> Json:
        target = self.target
        info: Json = {"url": target.url if target else "", "has_custom_certificate": False}
        info["pending_update_count"] = len(self._updates)
        if self._updates.allowed:
            info["allowed_updates"] = sorted(self._updates.allowed)
        return {**info, "max_connections": target.max_connections, **self._last_error} if target else info

    async def _deliver(self, target: Target) -> None:
        async with aiohttp.ClientSession(timeout=_PATIENCE) as session:
            while True:
                update = await self._updates.first()
                await self._insist(session, target, update)
                self._updates.confirm(update["update_id"])

    async def _insist(self, session: aiohttp.ClientSession, target: Target, update: Json) -> None:
        pause = _FIRST_PAUSE
        while not await self._accepted(session, target, update):
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def _accepted(self, session: aiohttp.ClientSession, target: Target, update: Json) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": target.secret} if target.secret else {}
        try:
            async with session.post(target.url, json=update, headers=headers) as response:
                if not HTTPStatus.OK <= response.status < HTTPStatus.MULTIPLE_CHOICES:
                    self._failed(f"Wrong response from the webhook: {response.status} {response.reason}")
                    return False
                await self._carry_out_answer(response)
        except (aiohttp.ClientError, TimeoutError) as error:
            self._failed(f"Connection failed: {type(error).__name__}")
            return False
        return True

    def _failed(self, message: str) -> None:
        self._last_error = {"last_error_date": unix(self._now()), "last_error_message": message}

    async def _carry_out_answer(self, response: aiohttp.ClientResponse) -> None:
        try:
            values, uploads = await _read_answer(response)
        except (ApiError, ValueError):
            return
        method = values.pop("method", None)
        if isinstance(method, str) and self.carry_out is not None:
            await self.carry_out(method, values, uploads)


async def _read_answer(response: aiohttp.ClientResponse) -> tuple[Json, dict[str, Upload]]:
    if response.content_type.startswith("multipart/"):
        return await read_parts(aiohttp.MultipartReader.from_response(response))
    try:
        answer = json.loads(await response.read() or b"{}")
    except ValueError:
        return {}, {}
    return (answer, {}) if isinstance(answer, dict) else ({}, {})
