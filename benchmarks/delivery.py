"""One message to each of many chats: how near to Telegram's limit, at what cost, with what losses."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import aiohttp

from benchmarks import standin
from benchmarks.standin import Stats

ROOT = Path(__file__).parents[1]
PEERS_PYTHON = ROOT / ".venv" / "peers" / "bin" / "python"
LONGEST = 300  # seconds; a contender that takes longer is stuck
ORDINARY, PAID = 30, 1000
"""Messages a second that Telegram takes from a bot, and from one that pays for its broadcasts."""


@dataclass(frozen=True, slots=True)
class Order:
    """One message to each of the chats 1 to `messages`, at most `limit` in a second."""

    url: str
    messages: int
    limit: int


@dataclass(frozen=True, slots=True)
class Sent:
    """What a contender says of itself. The rest is what the stand-in saw."""

    cpu_seconds: float


@dataclass(frozen=True, slots=True)
class Contender:
    """Somebody who fulfils orders, and how many messages are enough to tell at each limit."""

    name: str
    send: Callable[[Order], Sent]
    messages: dict[int, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """A row of the results."""

    contender: str
    limit: int
    messages: int
    per_second: float
    share_of_limit: float
    refused: int
    lost: int
    doubled: int
    cpu_ms: float  # for each message, of the contender alone


def _peer(module: str, order: Order) -> Sent:
    """Runs a peer by the interpreter that has it."""
    if not PEERS_PYTHON.exists():
        raise SystemExit("the peers are not installed: make .venv/peers/ready")
    return _run([str(PEERS_PYTHON), "-m", f"benchmarks.peers.{module}"], order)


def _this_bot(order: Order) -> Sent:
    return _run([sys.executable, "-m", "benchmarks.broadcast"], order)


def _run(script: list[str], order: Order) -> Sent:
    command = [*script, order.url, str(order.messages), str(order.limit)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, timeout=LONGEST, check=True)  # noqa: S603
    return Sent(cpu_seconds=json.loads(done.stdout)["cpu_seconds"])


ONE_BY_ONE = {ORDINARY: 300, PAID: 300}  # ten or so a second, whatever the limit: more would only take longer

CONTENDERS = [
    Contender("aiogram, a loop with a sleep", partial(_peer, "plain_loop"), ONE_BY_ONE),
    Contender("aiogram-broadcast", partial(_peer, "aiogram_broadcast"), ONE_BY_ONE),
    Contender("aiogram-broadcaster", partial(_peer, "aiogram_broadcaster"), ONE_BY_ONE),
    Contender("python-telegram-bot", partial(_peer, "python_telegram_bot"), {ORDINARY: 1_500, PAID: 5_000}),
    Contender("this bot", _this_bot, {ORDINARY: 3_000, PAID: 20_000}),
    Contender("aiogram, evenly paced, no ledger", partial(_peer, "paced_client"), {ORDINARY: 1_500, PAID: 20_000}),
    Contender("aiogram, unpaced", partial(_peer, "bare_client"), {PAID: 20_000}),
]
"""Who is measured, one after the other."""


def measure(share: float = 1.0) -> list[Figures]:
    """Every contender at every limit, with a share of the messages."""
    return list(_measure_all(share))


def _measure_all(share: float) -> Iterator[Figures]:
    for limit in (ORDINARY, PAID):
        for contender in CONTENDERS:
            if limit in contender.messages:
                yield _measure_one(contender, limit, round(contender.messages[limit] * share))


def _measure_one(contender: Contender, limit: int, messages: int) -> Figures:
    with standin.standin(limit) as url:
        sent = contender.send(Order(url, messages, limit))
        seen = asyncio.run(_stats(url))
    return Figures(
        contender=contender.name,
        limit=limit,
        messages=messages,
        per_second=seen.rate,
        share_of_limit=seen.rate / limit,
        refused=seen.refused,
        lost=messages - seen.chats,
        doubled=seen.doubled,
        cpu_ms=sent.cpu_seconds / messages * 1000,
    )


async def _stats(url: str) -> Stats:
    async with aiohttp.ClientSession() as http:
        return await standin.stats(http, url)
