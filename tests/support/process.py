"""The bot as an operator runs it: a process of its own, that can be stopped, killed and started again."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time

from bot.settings import ROOT
from tests.support.coach import TOKEN
from tests.support.person import Json
from tests.support.telegram import Telegram

_GLANCE = 0.02
_LONGEST_LINE = 2**20
STARTS_WITHIN = 120.0
"""Seconds; a busy machine takes its time to import everything."""

TELLS_WITHIN = 60.0


class BotProcess:
    """`python -m bot run`; `log` keeps every line that it wrote to standard output and error."""

    def __init__(self, telegram: Telegram, database_url: str, **settings: str) -> None:
        self.log: list[str] = []
        self._telegram = telegram
        self._environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),  # not the working directory: a developer's .env lies there
            "PYTHONUNBUFFERED": "1",
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": telegram.url,
            "DATABASE_URL": database_url,
            "LOG_FORMAT": "json",
            **settings,
        }
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None

    @property
    def exit_code(self) -> int | None:
        """None while it runs; minus the signal's number for one that was killed."""
        return None if self._process is None else self._process.returncode

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    async def spawn(self) -> None:
        """Starts it and does not wait."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=self._environment, limit=_LONGEST_LINE,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        self._reading = asyncio.create_task(self._read(self._process))

    async def start(self) -> float:
        """Starts it and waits until it asks for updates; the seconds that took."""
        begun = time.monotonic()
        polls = await self._telegram.calls("getUpdates")
        last = polls[-1]["n"] if polls else 0
        await self.spawn()
        while not await self._telegram.calls("getUpdates", after=last):
            self._check(begun)
            await asyncio.sleep(_GLANCE)
        assert self.events("bot.started"), self.told()
        return time.monotonic() - begun

    async def kill(self) -> None:
        """As a power cut or an out-of-memory killer would."""
        await self._end(signal.SIGKILL)

    async def terminate(self) -> float:
        """As a supervisor would; the seconds until it was gone."""
        begun = time.monotonic()
        await self._end(signal.SIGTERM)
        return time.monotonic() - begun

    async def wait(self) -> int:
        """Waits until it ends by itself; its exit code."""
        assert self._process is not None
        assert self._reading is not None
        await self._reading
        return await self._process.wait()

    def events(self, name: str) -> list[Json]:
        """The log's entries of that name."""
        return [entry for entry in map(_entry, self.log) if entry.get("event") == name]

    async def mentions(self, name: str, times: int = 1) -> str:
        """Waits until so many lines of the log mention the name; returns the last of them."""
        begun = time.monotonic()
        while len(found := [line for line in self.log if name in line]) < times:
            assert time.monotonic() - begun < TELLS_WITHIN, f"no {name!r} in the log but:\n{self.told()}"
            await asyncio.sleep(_GLANCE)
        return found[times - 1]

    def told(self) -> str:
        return "\n".join(self.log[-30:]) or "(it logged nothing)"

    async def _end(self, number: signal.Signals) -> None:
        if self._process is None:
            return
        if self._process.returncode is None:
            self._process.send_signal(number)
        await self.wait()

    def _check(self, begun: float) -> None:
        assert self.exit_code is None, f"the bot ended by itself:\n{self.told()}"
        assert time.monotonic() - begun < STARTS_WITHIN, f"the bot does not start:\n{self.told()}"

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            self.log.append(line.decode().rstrip())


def _entry(line: str) -> Json:
    try:
        entry = json.loads(line)
    except ValueError:
        return {}
    return entry if isinstance(entry, dict) else {}
