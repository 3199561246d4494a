"""Buttons: which ones Telegram takes, and what pressing them does."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    CallbackQuery,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from tests.sandbox.conftest import SARA, HandClock, Raw
from tests.support.person import Person

ASK = InlineKeyboardMarkup(
    inline_keyboard=[
        [
            InlineKeyboardButton(text="10", callback_data="ten"),
            InlineKeyboardButton(text="1", callback_data="one"),
        ],
        [InlineKeyboardButton(text="Site", url="https://example.com")],
    ]
)


def button(**fields: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "a", **fields}]]}


async def next_query(bot: Bot) -> CallbackQuery:
    [update] = await bot.get_updates(timeout=5)
    await bot.get_updates(offset=update.update_id + 1)
    assert update.callback_query is not None
    return update.callback_query


async def test_a_pressed_button_shows_the_bots_answer(bot: Bot, sara: Person) -> None:
    await bot.send_message(SARA, "How many?", reply_markup=ASK)
    pressing = asyncio.ensure_future(sara.presses("1"))
    query = await next_query(bot)
    assert (query.data, query.from_user.id) == ("one", SARA)
    await bot.answer_callback_query(query.id, "Saved")
    assert await pressing == "Saved"


async def test_an_answer_without_text_shows_nothing(bot: Bot, sara: Person) -> None:
    await bot.send_message(SARA, "How many?", reply_markup=ASK)
    pressing = asyncio.ensure_future(sara.presses("10"))
    await bot.answer_callback_query((await next_query(bot)).id)
    assert await pressing is None


async def test_a_button_that_is_not_there_is_named_with_those_that_are(bot: Bot, sara: Person) -> None:
    await bot.send_message(SARA, "How many?", reply_markup=ASK)
    with pytest.raises(AssertionError, match=r"(?s)no button with '7' among.*10 \| 1 \| Site"):
        await sara.presses("7")


async def test_an_old_client_presses_what_is_gone(bot: Bot, sara: Person) -> None:
    sent = await bot.send_message(SARA, "How many?", reply_markup=ASK)
    await sent.delete()
    pressing = asyncio.ensure_future(sara.presses_data(sent.message_id, "ten"))
    query = await next_query(bot)
    assert query.data == "ten"
    await query.answer("Too late").as_(bot)
    assert await pressing == "Too late"


async def test_a_query_is_answered_in_time_or_not_at_all(bot: Bot, raw: Raw, sara: Person, clock: HandClock) -> None:
    sent = await bot.send_message(SARA, "How many?", reply_markup=ASK)
    pressing = asyncio.ensure_future(sara.presses_data(sent.message_id, "ten"))
    query = await next_query(bot)
    assert await raw.refusal("answerCallbackQuery", callback_query_id=query.id, text="x" * 201) == (
        "Bad Request: MESSAGE_TOO_LONG"
    )
    clock.advance(timedelta(minutes=16))
    for query_id in (query.id, "1"):
        with pytest.raises(TelegramBadRequest, match="query is too old and response timeout expired or query ID is"):
            await bot.answer_callback_query(query_id)
    pressing.cancel()


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (button(callback_data="я" * 33), "BUTTON_DATA_INVALID"),
        (button(), "text buttons are unallowed in the inline keyboard"),
        (button(callback_data="x", url="https://a.b"), "more than one action"),
        (button(callback_data="x", text=" "), "text must be non-empty"),
        (button(callback_data="x", colour="red"), 'unknown field "colour"'),
        (button(callback_data="x", style="pink"), "invalid button style specified"),
        (button(url="javascript:1"), 'URL "javascript:1" is invalid'),
        (button(copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
        ({"inline_keyboard": [[{"text": "a", "callback_data": "x"}] * 9]}, "reply markup is too long"),
        ({"inline_keyboard": [[{"text": "a", "callback_data": "x"}] * 8] * 13}, "reply markup is too long"),
        ({"inline_keyboard": "a"}, "can't parse reply markup: inline_keyboard: Input should be a valid list"),
        ({"inline_keyboard": [["a"]]}, "can't parse reply markup: inline_keyboard.0.0"),
        ("a keyboard", "can't parse reply_markup JSON object"),
        ({"keyboard": [[{"text": ""}]]}, "text must be non-empty"),
        ({"keyboard": [["a"]], "input_field_placeholder": "x" * 65}, "input field placeholder is too long"),
    ],
)
async def test_keyboards_that_telegram_refuses(raw: Raw, sara: Person, markup: dict[str, Any], reason: str) -> None:
    assert reason in await raw.refusal("sendMessage", chat_id=SARA, text="x", reply_markup=markup)


async def test_data_of_64_bytes_is_fine(bot: Bot, sara: Person) -> None:
    key = InlineKeyboardButton(text="a", callback_data="я" * 32)
    await bot.send_message(SARA, "x", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[key]]))
    assert (await sara.last()).buttons == ((("a", "я" * 32),),)


async def test_a_reply_keyboard_stays_until_it_is_removed(bot: Bot, sara: Person) -> None:
    rows = [[KeyboardButton(text="Where I am", request_location=True), KeyboardButton(text="Skip")]]
    sent = await bot.send_message(SARA, "Where?", reply_markup=ReplyKeyboardMarkup(keyboard=rows, resize_keyboard=True))
    await bot.send_message(SARA, "Take your time")
    keyboard = (await sara.chat())["keyboard"]
    assert keyboard["keyboard"][0][0] == {"text": "Where I am", "request_location": True}
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await sent.edit_text("Where now?")
    await bot.send_message(SARA, "Thanks", reply_markup=ReplyKeyboardRemove())
    assert (await sara.chat())["keyboard"] is None


async def test_a_forced_reply_is_shown_to_the_page_only(bot: Bot, sara: Person) -> None:
    sent = await bot.send_message(SARA, "Your hour?", reply_markup=ForceReply(input_field_placeholder="09:00"))
    assert sent.reply_markup is None
    shown = (await sara.chat())["messages"][-1]["reply_markup"]
    assert shown == {"force_reply": True, "input_field_placeholder": "09:00"}
