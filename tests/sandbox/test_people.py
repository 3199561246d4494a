"""The people's side: what the page and the tests do and see."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
from aiogram import Bot
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import Sandbox, SandboxUser
from bot.sandbox.people.acting import split
from bot.sandbox.text.utf16 import units
from tests.sandbox.conftest import ADMIN, SARA, TOKEN, HandClock, Raw
from tests.support.person import Person


async def test_starting_with_a_payload(bot: Bot, ivan: Person) -> None:
    await ivan.starts("track_support-2")
    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "/start track_support-2"
    assert update.message.entities is not None
    assert [entity.type for entity in update.message.entities] == ["bot_command"]


async def test_a_long_answer_arrives_in_pieces_and_only_the_first_replies(bot: Bot, sara: Person) -> None:
    asked = await bot.send_message(SARA, "Tell me")
    words = "слово " * 1500
    ids = await sara.says(words, reply_to=asked.message_id)
    updates = await bot.get_updates()
    messages = [update.message for update in updates if update.message]
    assert [message.message_id for message in messages] == ids
    assert [message.reply_to_message is not None for message in messages] == [True, False, False]
    assert " ".join(message.text or "" for message in messages) == words.strip()


@given(st.text(st.sampled_from("aя😀 \n."), max_size=60))
def test_pieces_are_short_enough_and_lose_only_white_space(seed: str) -> None:
    pieces = split(seed * 200)
    assert all(units(piece.text) <= 4096 for piece in pieces)
    assert "".join("".join(piece.text.split()) for piece in pieces) == "".join((seed * 200).split())


async def test_the_bot_is_not_told_by_somebody_who_blocked_it_until_they_start_again(bot: Bot, sara: Person) -> None:
    await sara.blocks()
    with pytest.raises(AssertionError, match="has blocked the bot"):
        await sara.says("hello")
    await sara.starts()
    kinds = [update.event_type for update in await bot.get_updates()]
    assert kinds == ["my_chat_member", "my_chat_member", "message"]


@pytest.mark.parametrize("kind", ["sticker", "voice", "photo", "contact", "video", "audio", "dice", "poll"])
async def test_things_that_are_not_text(bot: Bot, sara: Person, kind: str) -> None:
    await sara.sends(kind)
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.content_type == kind


async def test_a_shared_place(bot: Bot, sara: Person) -> None:
    await sara.shares_location(35.7, 51.4)
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.location is not None
    assert (message.location.latitude, message.location.longitude) == (35.7, 51.4)
    with pytest.raises(AssertionError, match="needs a latitude and a longitude"):
        await sara.sends("location")
    with pytest.raises(AssertionError, match='cannot send "telegram"'):
        await sara.sends("telegram")


async def test_people_are_listed_with_what_they_have_not_read(bot: Bot, raw: Raw, sara: Person) -> None:
    await bot.set_my_name("Coach")
    await bot.send_message(SARA, "x")
    _, answer = await raw.people("GET", "/people/")
    assert answer["bot"] == {
        "name": "Coach",
        "description": "",
        "short_description": "",
        "username": "sandbox_bot",
    }
    assert answer["users"][0] == {
        "id": SARA,
        "first_name": "Sara",
        "label": "Candidate, Persian",
        "language_code": "fa",
        "blocked": False,
        "unread": 1,
    }
    assert answer["clock"] == {"now": "2026-11-02T09:00:00+00:00", "movable": True}
    await sara.inbox()
    _, answer = await raw.people("GET", "/people/")
    assert answer["users"][0]["unread"] == 0


async def test_more_people_can_come(bot: Bot, raw: Raw, http: aiohttp.ClientSession) -> None:
    user = {"id": 7, "first_name": "Reza", "language_code": "fa", "label": "Third"}
    assert (await raw.people("POST", "/people/", user))[0] == 200
    assert (await raw.people("POST", "/people/", user))[0] == 409
    reza = Person(http, raw.url, 7)
    await reza.starts()
    await bot.send_message(7, "x")
    assert (await reza.last()).text == "x"


async def test_the_narrowest_commands_in_the_own_language_win(bot: Bot, sara: Person, ivan: Person) -> None:
    async def offer(name: str, **where: object) -> None:
        await bot.set_my_commands([BotCommand(command=name, description=name)], **where)  # type: ignore[arg-type]

    await offer("general")
    assert await sara.commands() == ["general"]
    await offer("general_fa", language_code="fa")
    assert await sara.commands() == ["general_fa"]
    await offer("private", scope=BotCommandScopeAllPrivateChats())
    assert await sara.commands() == ["private"]
    await offer("own", scope=BotCommandScopeChat(chat_id=SARA))
    assert await sara.commands() == ["own"]
    await offer("own_fa", scope=BotCommandScopeChat(chat_id=SARA), language_code="fa")
    assert (await sara.commands(), await ivan.commands()) == (["own_fa"], ["private"])
    await bot.delete_my_commands(BotCommandScopeChat(chat_id=SARA), "fa")
    assert await sara.commands() == ["own"]
    assert [command.command for command in await bot.get_my_commands(language_code="fa")] == ["general_fa"]


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ({"command": "Help", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "a" * 33, "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "help", "description": "x" * 257}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_commands_that_telegram_refuses(raw: Raw, command: dict[str, str], reason: str) -> None:
    assert reason in await raw.refusal("setMyCommands", commands=[command])


async def test_the_bots_texts_are_per_language_and_have_limits(bot: Bot, raw: Raw, sara: Person) -> None:
    await bot.set_my_description("general")
    await bot.set_my_description("به فارسی", language_code="fa")
    assert (await bot.get_my_description(language_code="fa")).description == "به فارسی"
    assert (await bot.get_my_description(language_code="ru")).description == "general"
    assert (await sara.chat())["bot"]["description"] == "به فارسی"
    assert "too long" in await raw.refusal("setMyName", name="x" * 65)
    assert "too long" in await raw.refusal("setMyShortDescription", short_description="x" * 121)
    assert "language code" in await raw.refusal("setMyDescription", description="x", language_code="farsi")


async def test_the_clock_moves_on_request_and_to_the_next_push(raw: Raw, clock: HandClock) -> None:
    assert await raw.people("POST", "/clock/advance", {"seconds": 3600}) == (
        200,
        {"now": "2026-11-02T10:00:00+00:00"},
    )
    assert (await raw.people("POST", "/clock/advance", {"seconds": -1}))[0] == 400
    assert (await raw.people("POST", "/clock/next"))[1] == {"now": "2026-11-02T10:00:00+00:00", "next": None}
    clock.push = clock.now() + timedelta(hours=5)
    _, answer = await raw.people("POST", "/clock/next")
    assert answer == {"now": "2026-11-02T15:00:01+00:00", "next": "2026-11-02T15:00:00+00:00"}


async def test_a_real_clock_cannot_be_moved(clock: HandClock, http: aiohttp.ClientSession) -> None:
    sandbox = Sandbox(token=TOKEN, users=[SandboxUser(1, "A", None, "A")], now=clock.now)
    await sandbox.start()
    for path in ("advance", "next"):
        status, answer = await Raw(http, sandbox.url).people("POST", f"/clock/{path}", {"seconds": 1})
        assert (status, "error" in answer) == (409, True)
    await sandbox.stop()


async def test_pages_hear_of_changes(bot: Bot, raw: Raw, sara: Person, http: aiohttp.ClientSession) -> None:
    async with http.get(f"{raw.url}/events") as stream:
        assert stream.content_type == "text/event-stream"
        assert await stream.content.readline() == b": hello\n"
        await bot.send_message(SARA, "x")
        await raw.people("POST", "/clock/advance", {"seconds": 1})
        heard = [json.loads(line[6:]) async for line in _data(stream, 2)]
    assert heard == [{"user": SARA, "what": "chat"}, {"what": "clock"}]


async def _data(stream: aiohttp.ClientResponse, count: int) -> AsyncIterator[bytes]:
    while count:
        line = await asyncio.wait_for(stream.content.readline(), 5)
        if line.startswith(b"data: "):
            count -= 1
            yield line


async def test_files_of_people_cannot_run_as_pages(raw: Raw, sara: Person, http: aiohttp.ClientSession) -> None:
    await sara.uploads("x.html", b"<script>alert(1)</script>")
    url = (await sara.chat())["messages"][-1]["file_url"]
    async with http.get(raw.url + url) as response:
        assert response.headers["Content-Disposition"] == "attachment"
        assert response.content_type == "application/octet-stream"


async def test_pages_of_other_sites_are_kept_out(raw: Raw, sara: Person, http: aiohttp.ClientSession) -> None:
    url = f"{raw.url}/people/{SARA}/start"
    async with http.post(url, headers={"Origin": "https://evil.example"}) as response:
        assert response.status == 403
    async with http.post(url, headers={"Origin": raw.url}) as response:
        assert response.status == 200


async def test_the_page_and_its_files_are_served(raw: Raw, http: aiohttp.ClientSession) -> None:
    async with http.get(raw.url + "/") as response:
        assert response.content_type == "text/html"
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    async with http.get(raw.url + "/web/../server.py") as response:
        assert response.status == 404


async def test_a_label_of_a_link_is_no_callback(bot: Bot, raw: Raw, sara: Person) -> None:
    keys = [
        InlineKeyboardButton(text="Site", url="https://a.b"),
        InlineKeyboardButton(text="Go", callback_data="go"),
    ]
    sent = await bot.send_message(SARA, "x", reply_markup=InlineKeyboardMarkup(inline_keyboard=[keys]))
    status, answer = await raw.people("POST", f"/people/{SARA}/press", {"message_id": sent.message_id, "label": "Site"})
    assert (status, answer["error"]) == (404, 'no such button: "Site"; buttons of the message: Site, Go')


async def test_sees_and_quiet_wait(bot: Bot, sara: Person) -> None:
    seeing = asyncio.ensure_future(sara.sees("soon"))
    await sara.quiet(0.1)
    await bot.send_message(SARA, "soon enough")
    assert (await seeing).text == "soon enough"
    with pytest.raises(AssertionError, match=r"(?s)does not see 'never' but:.*soon enough"):
        await sara.sees("never", within=0.05)


async def test_nobody_else_can_be_acted_for(raw: Raw) -> None:
    assert await raw.people("GET", "/people/5/chat") == (404, {"error": "no user 5"})
    assert (await raw.people("GET", f"/people/{ADMIN}/chat"))[1]["messages"] == []
