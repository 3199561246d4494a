"""Benchmarks push a thousand messages a second through the sandbox: it must not grow with them."""

from __future__ import annotations

import json

from bot.sandbox.api.calls import read_call
from bot.sandbox.api.methods import carry_out
from bot.sandbox.state.chats import MOST_MESSAGES
from bot.sandbox.state.world import World
from tests.sandbox.conftest import SARA, USERS, HandClock

CALL = {
    "chat_id": str(SARA),
    "text": "<b>سلام</b> &amp; привет, " + "слово " * 40 + "<blockquote expandable>...</blockquote>",
    "parse_mode": "HTML",
    "reply_markup": json.dumps({"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}),
}


async def test_a_long_chat_forgets_its_oldest_messages() -> None:
    world = World(42, USERS, HandClock().now)
    chat = world.chats.known(SARA)
    chat.started = True
    for _ in range(MOST_MESSAGES + 10):
        await carry_out(world, read_call("sendMessage", CALL, {}))
    assert len(chat.messages) == MOST_MESSAGES
