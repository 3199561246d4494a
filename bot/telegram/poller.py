"""Fetches updates, keeps each chat's in order, and confirms only what is processed."""

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramRetryAfter
from aiogram.types import Update
from pydantic import ValidationError

log = structlog.get_logger()

LONG_POLL = 25
"""Seconds that Telegram may hold a request for updates open."""

LONGEST_PAUSE = 15.0
UNFINISHED_WAIT = 0.25
"""Seconds to wait for updates in progress before others are fetched beside them."""

CROWDED = 50
LONG_BEGUN = 20.0
"""Seconds after which what is still in progress waits for Telegram alone; the database takes ten at most."""


class Poller:
    """Long polling without loss.

    The offset of getUpdates confirms every update below it, for good. aiogram's own polling confirms a
    batch before its handlers have ended; here the offset is the oldest update that is not processed
    yet. After a kill Telegram repeats from there, and handlers bear repetition. While one chat is slow,
    Telegram keeps repeating what is not confirmed, at most 100 updates: those in progress are passed
    over, the others run beside them. Before a chat that Telegram cannot reach fills those 100 up, its
    update is confirmed all the same: after so long it is stored, and only its reply is being tried.
    """

    def __init__(self, bot: Bot, dispatcher: Dispatcher) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._allowed = dispatcher.resolve_used_update_types()
        self._offset: int | None = None
        self._unconfirmed: dict[int, bool] = {}  # update id -> processed
        self._begun: dict[int, float] = {}  # update id -> when, on the event loop's clock
        self._chats: dict[int, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Polls until cancelled; then `finish` ends what is in progress."""
        pause = 0.5
        while True:
            try:
                await self._round()
                pause = 0.5
            except TelegramRetryAfter as limit:
                await asyncio.sleep(limit.retry_after)
            except TelegramAPIError as fault:
                log.warning("updates.unavailable", why=type(fault).__name__, seconds=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    async def finish(self, grace: float) -> None:
        """Waits up to `grace` seconds for updates in progress and confirms what is processed.

        What is not done by then is cancelled and comes again after the next start.
        """
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=grace)
        for task in self._tasks:
            task.cancel()
        self._confirm()
        if self._offset is not None:
            with suppress(TelegramAPIError):
                await self._bot.get_updates(offset=self._offset, limit=1, timeout=0, request_timeout=2)

    async def _round(self) -> None:
        for update in await self._fetch():
            if update.update_id not in self._unconfirmed:
                self._accept(update)
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=UNFINISHED_WAIT)
        self._confirm()

    async def _fetch(self) -> list[Update]:
        hold = 0 if self._tasks else LONG_POLL
        try:
            return await self._bot.get_updates(
                offset=self._offset, timeout=hold, allowed_updates=self._allowed, request_timeout=hold + 10
            )
        except ClientDecodeError as unreadable:
            return list(self._readable(unreadable.data["result"]))

    def _readable(self, updates: list[dict[str, Any]]) -> Iterator[Update]:
        """The updates that aiogram's models can read; the others are confirmed, or they would come for ever."""
        for raw in updates:
            try:
                yield Update.model_validate(raw, context={"bot": self._bot})
            except ValidationError:
                log.error("update.unreadable", update=raw["update_id"], exc_info=True)
                self._unconfirmed[raw["update_id"]] = True

    def _accept(self, update: Update) -> None:
        self._unconfirmed[update.update_id] = False
        chat_id = _chat_of(update)
        if chat_id in self._chats:
            self._chats[chat_id].append(update)
            return
        self._chats[chat_id] = deque([update])
        task = asyncio.create_task(self._process_chat(chat_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _process_chat(self, chat_id: int) -> None:
        """One chat's updates, one after the other, until none is left."""
        waiting = self._chats[chat_id]
        try:
            while waiting:
                update = waiting.popleft()
                self._begun[update.update_id] = asyncio.get_running_loop().time()
                await self._process(update)
                del self._begun[update.update_id]
                if update.update_id in self._unconfirmed:
                    self._unconfirmed[update.update_id] = True
        finally:
            del self._chats[chat_id]

    async def _process(self, update: Update) -> None:
        try:
            if await self._dispatcher.feed_update(self._bot, update) is UNHANDLED:
                log.warning("update.unhandled", update=update.update_id)
        except Exception:
            # The error handlers have done what they could; to repeat it for ever would help nobody.
            log.exception("update.failed", update=update.update_id)

    def _confirm(self) -> None:
        """Moves the offset past everything that is processed without a gap."""
        for update_id in sorted(self._unconfirmed):
            if not self._unconfirmed[update_id] and not self._holds_up_others(update_id):
                break
            del self._unconfirmed[update_id]
            self._offset = update_id + 1

    def _holds_up_others(self, update_id: int) -> bool:
        if len(self._unconfirmed) < CROWDED or update_id not in self._begun:
            return False
        return asyncio.get_running_loop().time() - self._begun[update_id] > LONG_BEGUN


def _chat_of(update: Update) -> int:
    """The chat that an update belongs to; updates of none share a queue."""
    event = update.event
    chat = getattr(event, "chat", None) or getattr(event, "from_user", None)
    return chat.id if chat is not None else 0
