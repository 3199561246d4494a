"""Faults and limits that tests switch on."""

from __future__ import annotations

import asyncio
import time

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

from bot.sandbox import Fault, FaultKind, Sandbox
from tests.sandbox.conftest import IVAN, SARA, Raw
from tests.support.person import Person


async def test_telegram_asks_to_wait_so_many_times(bot: Bot, raw: Raw, sara: Person) -> None:
    fault = {
        "kind": "too_many_requests",
        "method": "sendMessage",
        "chat_id": SARA,
        "times": 2,
        "retry_after": 7,
    }
    assert (await raw.people("POST", "/faults", fault))[0] == 200
    for _ in range(2):
        with pytest.raises(TelegramRetryAfter) as refusal:
            await bot.send_message(SARA, "x")
        assert refusal.value.retry_after == 7
    await bot.send_message(SARA, "x")


async def test_faults_meet_only_whom_they_are_meant_for(bot: Bot, sandbox: Sandbox, sara: Person, ivan: Person) -> None:
    await ivan.starts()
    sandbox.faults.add(Fault(FaultKind.DEACTIVATED, chat_id=IVAN))
    sandbox.faults.add(Fault(FaultKind.NOT_FOUND, method="deleteMessage"))
    sent = await bot.send_message(SARA, "x")
    with pytest.raises(TelegramForbiddenError, match="Forbidden: user is deactivated"):
        await bot.send_message(IVAN, "x")
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await sent.delete()
    assert len(await bot.get_updates()) == 1
    sandbox.faults.clear()
    await bot.send_message(IVAN, "x")


async def test_a_server_error_and_a_broken_line(bot: Bot, sandbox: Sandbox, sara: Person) -> None:
    sandbox.faults.add(Fault(FaultKind.SERVER_ERROR, times=1))
    with pytest.raises(TelegramServerError):
        await bot.send_message(SARA, "x")
    sandbox.faults.add(Fault(FaultKind.RESET, times=1))
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(SARA, "x")
    assert await sara.inbox() == []


async def test_a_lost_answer_hides_a_message_that_was_sent(bot: Bot, sandbox: Sandbox, sara: Person) -> None:
    sandbox.faults.add(Fault(FaultKind.LOST_RESPONSE, times=1))
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(SARA, "sent all the same")
    assert [message.text for message in await sara.inbox()] == ["sent all the same"]


async def test_a_delay_is_in_real_seconds(bot: Bot, sandbox: Sandbox, sara: Person) -> None:
    sandbox.faults.add(Fault(FaultKind.DELAY, seconds=0.3))
    started = time.monotonic()
    await bot.send_message(SARA, "x")
    assert time.monotonic() - started >= 0.3


async def test_when_telegram_is_down_even_polls_break_off(bot: Bot, raw: Raw, sara: Person) -> None:
    polling = asyncio.ensure_future(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    await raw.people("POST", "/faults", {"kind": "down"})
    with pytest.raises(TelegramNetworkError):
        await polling
    for call in (bot.get_updates(), bot.get_me()):
        with pytest.raises(TelegramNetworkError):
            await call
    await raw.people("DELETE", "/faults")
    await bot.get_me()


async def test_chance_repeats_with_its_seed(bot: Bot, sandbox: Sandbox, sara: Person) -> None:
    async def outcomes() -> str:
        sandbox.faults.clear()
        sandbox.faults.add(Fault(FaultKind.SERVER_ERROR, probability=0.5, seed=7))
        seen = ""
        for _ in range(20):
            try:
                await bot.get_me()
                seen += "."
            except TelegramServerError:
                seen += "x"
        return seen

    first = await outcomes()
    assert {*first} == {".", "x"}
    assert await outcomes() == first


async def test_an_unknown_fault_is_refused(raw: Raw) -> None:
    status, answer = await raw.people("POST", "/faults", {"kind": "earthquake"})
    assert status == 400
    assert "kind must be one of too_many_requests" in answer["error"]
    assert (await raw.people("POST", "/faults", {"kind": "down", "colour": 1}))[0] == 400


async def test_limits_refuse_what_comes_too_fast(bot: Bot, raw: Raw, sara: Person, ivan: Person) -> None:
    await ivan.starts()
    await raw.people("POST", "/limits", {"per_second": 3, "per_chat_per_second": 1})
    await bot.send_message(SARA, "1")
    with pytest.raises(TelegramRetryAfter) as refusal:
        await bot.send_message(SARA, "2")
    assert refusal.value.retry_after == 1
    await bot.send_message(IVAN, "1")
    await bot.send_chat_action(SARA, "typing")
    await raw.people("POST", "/limits", {})
    await bot.send_message(SARA, "2")
    assert [message.text for message in await sara.inbox()] == ["1", "2"]


async def test_the_log_of_calls_keeps_no_token(bot: Bot, raw: Raw, sara: Person, http: aiohttp.ClientSession) -> None:
    await bot.send_message(SARA, "one")
    with pytest.raises(TelegramForbiddenError):
        await bot.send_message(IVAN, "two")
    _, calls = await raw.people("GET", "/calls?method=sendmessage")
    assert [(call["params"]["text"], call["ok"], call["error_code"]) for call in calls] == [
        ("one", True, None),
        ("two", False, 403),
    ]
    _, newer = await raw.people("GET", f"/calls?chat_id={IVAN}&after={calls[0]['n']}")
    assert [call["n"] for call in newer] == [calls[1]["n"]]
    async with http.get(f"{raw.url}/calls") as response:
        assert "sandbox-test-token" not in await response.text()
