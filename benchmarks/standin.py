"""A Bot API with Telegram's limit and little else, in a process of its own: fast enough not to be what is measured."""

import asyncio
import gc
import json
import multiprocessing
import re
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import aiohttp
from aiohttp import web

TOKEN = "1000:a-token-for-the-benchmarks"  # noqa: S105 - it opens nothing
LATENCY = 0.06
WINDOW = 1.0

BOT = {"id": 1000, "is_bot": True, "first_name": "Bot", "username": "benchmark_bot"}
BLANK = {"name": "", "description": "", "short_description": ""}  # getMyName and its like
TOO_MANY = {
    "ok": False,
    "error_code": 429,
    "description": "Too Many Requests: retry after 1",
    "parameters": {"retry_after": 1},
}


@dataclass(frozen=True, slots=True)
class Stats:
    """What arrived since the last reset, but for the replies to who was given words by `inject`."""

    accepted: int
    refused: int
    chats: int
    doubled: int  # messages beyond the first of each chat
    first: float | None  # of the accepted, on the monotonic clock
    last: float | None

    @property
    def rate(self) -> float:
        """Messages a second from the first to the last: so many gaps, not so many messages."""
        if self.first is None or self.last is None or self.last == self.first:
            return 0.0
        return (self.accepted - 1) / (self.last - self.first)


@contextmanager
def standin(limit: int, latency: float = LATENCY) -> Iterator[str]:
    """The address of a stand-in that takes `limit` messages in any second."""
    here, there = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(there, limit, latency), daemon=True)
    process.start()
    try:
        yield here.recv()
    finally:
        process.terminate()
        process.join()


async def stats(http: aiohttp.ClientSession, url: str) -> Stats:
    async with http.get(f"{url}/stats") as response:
        return Stats(**await response.json())


async def reset(http: aiohttp.ClientSession, url: str, limit: int, latency: float = LATENCY) -> None:
    """Forgets everything, and goes on with these rules."""
    async with http.post(f"{url}/reset", json={"limit": limit, "latency": latency}) as response:
        response.raise_for_status()


async def inject(http: aiohttp.ClientSession, url: str, user: int, text: str) -> None:
    """Somebody writes to the bot; when the bot first writes back is found in `replies`."""
    async with http.post(f"{url}/inject", json={"user": user, "text": text}) as response:
        response.raise_for_status()


async def replies(http: aiohttp.ClientSession, url: str) -> list[float]:
    """Seconds from each message that was injected to the bot's reply."""
    async with http.get(f"{url}/replies") as response:
        return [float(seconds) for seconds in await response.json()]


def _serve(ready: Connection, limit: int, latency: float) -> None:
    async def main() -> None:
        # A bare server: aiohttp's router and middlewares would take a third of the core.
        runner = web.ServerRunner(web.Server(Standin(limit, latency).handle))
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0, backlog=4096)
        await site.start()
        ready.send(f"http://127.0.0.1:{runner.addresses[0][1]}")
        await asyncio.Event().wait()

    gc.freeze()  # it shall not stand still for the garbage collection of what was imported
    asyncio.run(main())


def _field(name: str) -> re.Pattern[bytes]:
    """Finds a number in a form, in multipart or in JSON, without parsing the rest."""
    multipart, form, json_ = rb'"(?:\r\n[^\r\n]+)*\r\n\r\n', b"=", rb'"\s*:\s*"?'
    return re.compile(rb'(?:^|[&"])' + name.encode() + b"(?:" + b"|".join((multipart, form, json_)) + rb")(-?\d+)")


FIELDS = {name: _field(name) for name in ("chat_id", "offset", "timeout")}


def _number(name: str, body: bytes) -> int:
    found = FIELDS[name].search(body)
    return int(found[1]) if found else 0


class Standin:
    """Counts what comes, refuses what is too much, and hands out what was injected."""

    def __init__(self, limit: int, latency: float) -> None:
        self._written = asyncio.Event()
        self._number = 0  # of updates and messages; goes on after a reset, as the bot's offset does
        self._reset(limit, latency)

    def _reset(self, limit: int, latency: float) -> None:
        self._limit, self._latency = limit, latency
        self._window: deque[float] = deque()
        self._chats: Counter[int] = Counter()
        self._refused = 0
        self._first: float | None = None
        self._last: float | None = None
        self._updates: deque[dict[str, Any]] = deque()
        self._talkers: set[int] = set()
        self._waiting: dict[int, float] = {}
        self._replies: list[float] = []

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """The only handler: the bot's calls below /bot<token>/, the benchmark's beside them."""
        body = await request.read()
        place, _, method = request.path.rpartition("/")
        if not place:
            return _answer(self._control(method, body))
        if method.startswith(("send", "copy", "forward")):
            return await self._send(method, _number("chat_id", body))
        if method == "getUpdates":
            return _answer({"ok": True, "result": await self._get_updates(body)})
        await asyncio.sleep(self._latency)
        result: object = BOT if method == "getMe" else BLANK if method.startswith("getMy") else True
        return _answer({"ok": True, "result": result})

    async def _send(self, method: str, chat: int) -> web.Response:
        now = time.monotonic()
        if not self._take(now):
            self._refused += 1
            await asyncio.sleep(self._latency)
            return _answer(TOO_MANY, status=429)
        if method != "sendChatAction":
            self._count(chat, now)
        await asyncio.sleep(self._latency)
        return _answer({"ok": True, "result": method == "sendChatAction" or self._message(chat, text="taken")})

    def _take(self, now: float) -> bool:
        """Whether one more fits into the last second. What was refused does not count against the bot."""
        while self._window and self._window[0] <= now - WINDOW:
            self._window.popleft()
        if len(self._window) >= self._limit:
            return False
        self._window.append(now)
        return True

    def _count(self, chat: int, now: float) -> None:
        if chat in self._talkers:
            if chat in self._waiting:
                self._replies.append(now - self._waiting.pop(chat))
            return
        self._chats[chat] += 1
        self._first = self._first or now
        self._last = now

    async def _get_updates(self, body: bytes) -> list[dict[str, Any]]:
        offset, timeout = _number("offset", body), _number("timeout", body)
        while self._updates and self._updates[0]["update_id"] < offset:
            self._updates.popleft()
        if not self._updates:
            self._written.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._written.wait(), timeout)
        await asyncio.sleep(self._latency)
        return list(self._updates)[:100]

    def _control(self, what: str, body: bytes) -> object:
        match what:
            case "stats":
                accepted, chats = self._chats.total(), len(self._chats)
                seen = {"accepted": accepted, "chats": chats, "doubled": accepted - chats, "refused": self._refused}
                return {**seen, "first": self._first, "last": self._last}
            case "reset":
                self._reset(**json.loads(body))
            case "inject":
                self._inject(**json.loads(body))
            case "replies":
                return self._replies
        return True

    def _inject(self, user: int, text: str) -> None:
        self._talkers.add(user)
        self._waiting[user] = time.monotonic()
        author = {"id": user, "is_bot": False, "first_name": f"No. {user}", "language_code": "ru"}
        message = {**self._message(user, text), "from": author}
        self._updates.append({"update_id": self._number, "message": message})
        self._written.set()

    def _message(self, chat: int, text: str) -> dict[str, Any]:
        self._number += 1
        who = {"id": chat, "type": "private", "first_name": f"No. {chat}"}
        return {"message_id": self._number, "date": int(time.time()), "chat": who, "text": text}


def _answer(content: object, status: int = 200) -> web.Response:
    return web.Response(body=json.dumps(content).encode(), status=status, content_type="application/json")
