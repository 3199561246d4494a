"""The sandbox in a process of its own, so that what is measured has a core to itself."""

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from typing import Any

import aiohttp

from bot.sandbox import Sandbox, SandboxUser

TOKEN = "1000:a-token-for-the-benchmarks"  # noqa: S105 - it opens nothing


def people(count: int) -> list[SandboxUser]:
    return [
        SandboxUser(id=number, first_name=f"No. {number}", language_code="ru", label=f"No. {number}")
        for number in range(1, count + 1)
    ]


@contextmanager
def telegram(count: int) -> Iterator[str]:
    """The address of a sandbox with `count` people."""
    here, there = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(there, count), daemon=True)
    process.start()
    try:
        yield here.recv()
    finally:
        process.terminate()
        process.join()


def _serve(ready: Connection, count: int) -> None:
    async def main() -> None:
        sandbox = Sandbox(token=TOKEN, users=people(count), now=lambda: datetime.now(UTC))
        await sandbox.start()
        ready.send(sandbox.url)
        await asyncio.Event().wait()

    asyncio.run(main())


class Crowd:
    """Everybody at once, over the sandbox's HTTP."""

    def __init__(self, http: aiohttp.ClientSession, url: str, count: int) -> None:
        self._http = http
        self.url = url
        self._ids = [user.id for user in people(count)]
        self.said = 0

    async def start(self) -> None:
        """Everybody presses start; the bot does not get to see it."""
        await asyncio.gather(*(self._act(id_, "start") for id_ in self._ids))
        await self._call("deleteWebhook", drop_pending_updates=True)

    async def say(self, texts: list[str]) -> None:
        """Everybody sends the texts, one after the other."""
        self.said += len(texts) * len(self._ids)
        for text in texts:
            await asyncio.gather(*(self._act(id_, "messages", {"text": text}) for id_ in self._ids))

    async def unconfirmed(self) -> int:
        """How many updates the bot has not confirmed yet."""
        info = await self._call("getWebhookInfo")
        return int(info["pending_update_count"])

    async def _act(self, id_: int, what: str, body: Any = None) -> None:
        async with self._http.post(f"{self.url}/people/{id_}/{what}", json=body) as response:
            response.raise_for_status()

    async def _call(self, method: str, **params: Any) -> Any:
        async with self._http.post(f"{self.url}/bot{TOKEN}/{method}", json=params) as response:
            return (await response.json())["result"]
