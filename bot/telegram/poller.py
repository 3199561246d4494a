"""Fetches updates, keeps each chat's in order, and confirms only what is processed."""

import asyncio
from collections import deque
from collections.abc import Coroutine, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramRetryAfter
from aiogram.types import Update
from pydantic import ValidationError

from bot.telegram.client import unanswered

log = structlog.get_logger()

LONG_POLL = 25
"""Seconds that Telegram may hold a request for updates open."""

LONGEST_PAUSE = 15.0
UNFINISHED_WAIT = 0.05
"""Seconds to wait for updates in progress before others are fetched beside them."""

CROWDED = 50
LONG_UNANSWERED = 15.0
"""Seconds that a chat has for a reply before its updates are left behind."""


@dataclass(slots=True)
class Work:
    """An update in progress."""

    chat_id: int
    begun: float  # on the event loop's clock, in seconds
    reply_waits: asyncio.Event = field(default_factory=asyncio.Event)
    left: asyncio.Event = field(default_factory=asyncio.Event)  # done or left behind: the chat's next one may begin


class Poller:
    """Long polling without loss.

    The offset of getUpdates confirms every update below it, for good. aiogram's own polling confirms a
    batch before its handlers have ended; here the offset is the oldest update that is not processed
    yet. After a kill Telegram repeats from there, and handlers bear repetition. While one chat is slow,
    Telegram keeps repeating what is not confirmed, at most 100 updates: those in progress are passed
    over, the others run beside them. A chat that Telegram cannot reach would fill those 100 up: when it
    gets crowded, updates that have only their replies left to do are left behind. They are confirmed,
    for what they brought is stored, and the chat's next ones begin beside them.
    """

    def __init__(self, bot: Bot, dispatcher: Dispatcher) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._allowed = dispatcher.resolve_used_update_types()
        self._offset: int | None = None
        self._unconfirmed: dict[int, bool] = {}  # update id -> processed
        self._works: dict[int, Work] = {}  # by update id
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
        if len(self._unconfirmed) >= CROWDED:
            self._leave_behind()
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
        self._start(self._process_chat(chat_id))

    def _start(self, processing: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(processing)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _process_chat(self, chat_id: int) -> None:
        """One chat's updates, one after the other, until none is left."""
        waiting = self._chats[chat_id]
        try:
            while waiting:
                update = waiting.popleft()
                work = Work(chat_id, asyncio.get_running_loop().time())
                self._start(self._process(update, work))
                await work.left.wait()
        finally:
            del self._chats[chat_id]

    async def _process(self, update: Update, work: Work) -> None:
        self._works[update.update_id] = work
        unanswered.set(work.reply_waits)  # for this task alone
        try:
            await self._feed(update)
            if update.update_id in self._unconfirmed:
                self._unconfirmed[update.update_id] = True
        finally:
            del self._works[update.update_id]
            work.left.set()

    async def _feed(self, update: Update) -> None:
        try:
            if await self._dispatcher.feed_update(self._bot, update) is UNHANDLED:
                log.warning("update.unhandled", update=update.update_id)
        except Exception:
            # The error handlers have done what they could; to repeat it for ever would help nobody.
            log.exception("update.failed", update=update.update_id)

    def _leave_behind(self) -> None:
        """Stops waiting for replies that Telegram has not taken for long, and for the same chats' later ones."""
        too_old = asyncio.get_running_loop().time() - LONG_UNANSWERED
        waiting = [work for work in self._works.values() if work.reply_waits.is_set()]
        unreachable = {work.chat_id for work in waiting if work.begun < too_old}
        for work in waiting:
            if work.chat_id in unreachable:
                work.left.set()

    def _confirm(self) -> None:
        """Moves the offset past everything that is processed, or left behind, without a gap."""
        for update_id in sorted(self._unconfirmed):
            if not self._unconfirmed[update_id] and not self._is_left_behind(update_id):
                break
            del self._unconfirmed[update_id]
            self._offset = update_id + 1

    def _is_left_behind(self, update_id: int) -> bool:
        return update_id in self._works and self._works[update_id].left.is_set()


def _chat_of(update: Update) -> int:
    """The chat that an update belongs to; updates of none share a queue."""
    event = update.event
    chat = getattr(event, "chat", None) or getattr(event, "from_user", None)
    return chat.id if chat is not None else 0
