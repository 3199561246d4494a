"""What the bot may send, edit, copy and delete, and how the sandbox refuses the rest."""

from __future__ import annotations

from datetime import timedelta

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    MessageEntity,
    ReactionTypeEmoji,
    ReplyParameters,
)

from bot.sandbox.state.images import TINY_PNG
from tests.sandbox.conftest import ADMIN, IVAN, SARA, HandClock, Raw
from tests.support.person import Person

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the"
    " same as a current content and reply markup of the message"
)


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=x, callback_data=x) for x in labels]])


async def test_sara_sees_what_the_bot_says(bot: Bot, sara: Person, clock: HandClock) -> None:
    sent = await bot.send_message(SARA, "سلام <b>Sara</b>", parse_mode="HTML", reply_markup=keyboard("Да", "Нет"))
    seen = await sara.sees("سلام")
    assert (seen.id, seen.text, seen.html) == (sent.message_id, "سلام Sara", "سلام <b>Sara</b>")
    assert seen.buttons == ((("Да", "Да"), ("Нет", "Нет")),)
    assert seen.date == sent.date == clock.now()
    assert sent.from_user is not None
    assert sent.from_user.id == bot.id


async def test_a_reply_quotes_and_a_lost_one_is_refused_unless_allowed(bot: Bot, sara: Person) -> None:
    [said] = await sara.says("an answer")
    await bot.send_message(SARA, "saved", reply_parameters=ReplyParameters(message_id=said))
    assert (await sara.last()).reply_to == said
    with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
        await bot.send_message(SARA, "x", reply_parameters=ReplyParameters(message_id=9999))
    lenient = ReplyParameters(message_id=9999, allow_sending_without_reply=True)
    assert (await bot.send_message(SARA, "x", reply_parameters=lenient)).reply_to_message is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "message text is empty"),
        (" \n ", "text must be non-empty"),
        ("я" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
    ],
)
async def test_texts_that_telegram_refuses(raw: Raw, sara: Person, text: str, reason: str) -> None:
    assert await raw.refusal("sendMessage", chat_id=sara.id, text=text) == f"Bad Request: {reason}"


async def test_length_counts_after_the_markup_is_read(bot: Bot, sara: Person) -> None:
    await bot.send_message(SARA, f"<b>{'&lt;' * 4096}</b>", parse_mode="HTML")
    assert (await sara.last()).text == "<" * 4096


async def test_explicit_entities_are_taken_and_markdown_is_not(bot: Bot, sara: Person) -> None:
    await bot.send_message(SARA, "a😀b", entities=[MessageEntity(type="bold", offset=1, length=2)])
    assert (await sara.last()).html == "a<b>😀</b>b"
    with pytest.raises(TelegramBadRequest, match="HTML only"):
        await bot.send_message(SARA, "*a*", parse_mode="MarkdownV2")
    with pytest.raises(TelegramBadRequest, match="UTF-16"):
        await bot.send_message(SARA, "a😀b", entities=[MessageEntity(type="bold", offset=2, length=1)])


async def test_who_cannot_be_written_to(bot: Bot, sara: Person) -> None:
    with pytest.raises(TelegramBadRequest, match="Bad Request: chat not found"):
        await bot.send_message(999, "x")
    with pytest.raises(TelegramForbiddenError, match="Forbidden: bot can't initiate conversation with a user"):
        await bot.send_message(IVAN, "x")
    await sara.blocks()
    with pytest.raises(TelegramForbiddenError, match="Forbidden: bot was blocked by the user"):
        await bot.send_message(SARA, "x")
    await sara.unblocks()
    await bot.send_message(SARA, "x")


async def test_an_edit_is_seen_and_the_same_again_is_refused(bot: Bot, sara: Person, clock: HandClock) -> None:
    sent = await bot.send_message(SARA, "one", reply_markup=keyboard("a"))
    clock.advance(timedelta(minutes=1))
    edited = await sent.edit_text("two", reply_markup=keyboard("b"))
    assert not isinstance(edited, bool)
    assert edited.edit_date == int(clock.now().timestamp())
    seen = await sara.last()
    assert (seen.text, seen.edited, seen.buttons) == ("two", True, ((("b", "b"),),))
    with pytest.raises(TelegramBadRequest) as refusal:
        await sent.edit_text("two", reply_markup=keyboard("b"))
    assert refusal.value.message == NOT_MODIFIED
    await sent.edit_text("two")
    assert (await sara.last()).buttons == ()
    await sent.edit_reply_markup(reply_markup=keyboard("c"))
    assert (await sara.last()).buttons == ((("c", "c"),),)


async def test_edits_that_telegram_refuses(bot: Bot, raw: Raw, sara: Person) -> None:
    [said] = await sara.says("mine")
    sent = await bot.send_message(SARA, "the bot's")
    for message_id, reason in ((9999, "message to edit not found"), (said, "message can't be edited")):
        found = await raw.refusal("editMessageText", chat_id=SARA, message_id=message_id, text="x")
        assert found == f"Bad Request: {reason}"
    found = await raw.refusal("editMessageCaption", chat_id=SARA, message_id=sent.message_id, caption="x")
    assert found == "Bad Request: there is no caption in the message to edit"
    markup = {"force_reply": True}
    found = await raw.refusal("editMessageReplyMarkup", chat_id=SARA, message_id=sent.message_id, reply_markup=markup)
    assert found == "Bad Request: inline keyboard expected"


async def test_messages_can_be_deleted_for_two_days(bot: Bot, sara: Person, clock: HandClock) -> None:
    first, second, third = [(await bot.send_message(SARA, str(n))).message_id for n in range(3)]
    await bot.delete_message(SARA, first)
    await bot.delete_messages(SARA, [first, second])
    assert [message.id for message in await sara.inbox()] == [third]
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(SARA, second)
    clock.advance(timedelta(hours=48, seconds=1))
    with pytest.raises(TelegramBadRequest, match="message can't be deleted"):
        await bot.delete_message(SARA, third)


async def test_reactions_are_the_free_ones_and_one_at_a_time(bot: Bot, raw: Raw, sara: Person) -> None:
    [said] = await sara.says("an answer")
    await bot.set_message_reaction(SARA, said, [ReactionTypeEmoji(emoji="✍")])
    assert (await sara.own())[-1].reactions == ("✍",)
    await bot.set_message_reaction(SARA, said, [])
    assert (await sara.own())[-1].reactions == ()
    for emoji in (["✅"], ["👍", "🔥"]):
        reaction = [{"type": "emoji", "emoji": one} for one in emoji]
        found = await raw.refusal("setMessageReaction", chat_id=SARA, message_id=said, reaction=reaction)
        assert found == "Bad Request: REACTION_INVALID"


async def test_a_document_travels_both_ways(bot: Bot, sara: Person) -> None:
    sent = await bot.send_document(
        SARA, BufferedInputFile("سلام".encode(), "پاسخ.txt"), caption="<b>x</b>", parse_mode="HTML"
    )
    seen = await sara.last()
    assert (seen.document, seen.text, seen.html) == ("پاسخ.txt", "x", "<b>x</b>")
    assert sent.document is not None
    again = await bot.send_document(SARA, sent.document.file_id)
    assert again.document == sent.document

    await sara.uploads("вопросы.csv", b"a;b", caption="here")
    update = (await bot.get_updates())[-1]
    assert update.message is not None
    assert update.message.document is not None
    assert (update.message.document.file_name, update.message.caption) == ("вопросы.csv", "here")
    content = await bot.download(update.message.document)
    assert content is not None
    assert content.read() == b"a;b"


async def test_a_photo_must_be_a_picture(bot: Bot, sara: Person) -> None:
    sent = await bot.send_photo(SARA, BufferedInputFile(TINY_PNG, "x.png"), caption="chart")
    assert sent.photo is not None
    assert (sent.photo[-1].width, sent.photo[-1].height) == (1, 1)
    assert (await sara.chat())["messages"][-1]["file_url"].endswith("/x.png")
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await bot.send_photo(SARA, BufferedInputFile(b"text", "x.png"))
    with pytest.raises(TelegramBadRequest, match="message caption is too long"):
        await bot.send_photo(SARA, BufferedInputFile(TINY_PNG, "x.png"), caption="x" * 1025)


async def test_an_album_arrives_whole(bot: Bot, sara: Person) -> None:
    files = [InputMediaDocument(media=BufferedInputFile(b"x", f"{n}.txt"), caption=str(n)) for n in range(2)]
    sent = await bot.send_media_group(SARA, list(files))
    assert len({message.media_group_id for message in sent}) == 1
    assert [message.document for message in await sara.inbox()] == ["0.txt", "1.txt"]


async def test_copies_lose_their_origin_and_forwards_keep_it(bot: Bot, sara: Person, ivan: Person) -> None:
    await ivan.starts()
    sent = await bot.send_message(SARA, "<b>news</b>", parse_mode="HTML", reply_markup=keyboard("a"))
    copied = await bot.copy_message(IVAN, SARA, sent.message_id, reply_markup=keyboard("b"))
    seen = await ivan.last()
    assert (seen.id, seen.html, seen.buttons) == (copied.message_id, "<b>news</b>", ((("b", "b"),),))
    forwarded = await bot.forward_message(IVAN, SARA, sent.message_id)
    assert forwarded.forward_origin is not None
    assert (await ivan.last()).buttons == ((("a", "a"),),)
    several = await bot.copy_messages(IVAN, SARA, [sent.message_id, 9998, 9999])
    assert len(several) == 1
    with pytest.raises(TelegramBadRequest, match="message to copy not found"):
        await bot.copy_message(IVAN, SARA, 9999)


async def test_pins_show_in_the_chat(bot: Bot, sara: Person) -> None:
    sent = await bot.send_message(SARA, "plan")
    await bot.pin_chat_message(SARA, sent.message_id)
    assert (await sara.chat())["pinned"] == [sent.message_id]
    pinned = (await bot.get_chat(SARA)).pinned_message
    assert pinned is not None
    assert pinned.message_id == sent.message_id
    await bot.unpin_chat_message(SARA)
    with pytest.raises(TelegramBadRequest, match="message to unpin not found"):
        await bot.unpin_chat_message(SARA, message_id=sent.message_id)


async def test_other_kinds_of_messages(bot: Bot, sara: Person) -> None:
    assert (await bot.send_location(SARA, 35.7, 51.4)).location is not None
    assert (await bot.send_poll(SARA, "Ready?", ["yes", "no"])).poll is not None
    assert (await bot.send_dice(SARA)).dice is not None
    assert (await bot.send_contact(SARA, "+1", "Ada")).contact is not None
    assert (await bot.send_voice(SARA, BufferedInputFile(b"x", "v.ogg"))).voice is not None
    assert await bot.send_chat_action(SARA, "typing")
    assert len(await sara.inbox()) == 5


@pytest.mark.parametrize(
    ("method", "params", "reason"),
    [
        ("sendMessage", {"text": "x"}, "Bad Request: chat_id is empty"),
        (
            "sendMessage",
            {"chat_id": SARA, "text": "x", "colour": "red"},
            'unknown parameter "colour" of sendMessage',
        ),
        (
            "sendMessage",
            {"chat_id": SARA, "text": "x", "protect_content": "maybe"},
            '"protect_content": must be a Boolean',
        ),
        ("sendMessage", {"chat_id": SARA, "text": ["x"]}, '"text": must be a String'),
        ("deleteMessage", {"chat_id": SARA}, 'parameter "message_id" is required'),
        ("deleteMessage", {"chat_id": SARA, "message_id": "one"}, '"message_id": must be an Integer'),
        (
            "sendLocation",
            {"chat_id": SARA, "latitude": "north", "longitude": 1},
            '"latitude": must be a Number',
        ),
        ("sendMessage", {"chat_id": SARA, "text": "x", "entities": "[{"}, "can't parse entities JSON object"),
        ("setMyCommands", {"commands": [{"command": "a"}]}, 'wrong parameter "commands.0.description"'),
        (
            "sendMessage",
            {"chat_id": SARA, "text": "x", "business_connection_id": "1"},
            'the parameter "business_connection_id"',
        ),
        ("sendGame", {"chat_id": SARA}, "Not Implemented: the sandbox does not know the method sendGame"),
        ("sendTelepathy", {}, "Not Found: method not found"),
    ],
)
async def test_calls_that_no_bot_api_would_take(
    raw: Raw, sara: Person, method: str, params: dict[str, object], reason: str
) -> None:
    assert reason in await raw.refusal(method, **params)


async def test_method_names_ignore_case_and_parameters_come_in_any_form(raw: Raw, sara: Person) -> None:
    url = f"{raw.url}/bot42:sandbox-test-token/SENDmessage"
    async with raw._session.get(url, params={"chat_id": str(SARA), "text": "by address"}) as response:
        assert (await response.json())["ok"]
    async with raw._session.post(url, data={"chat_id": str(SARA), "text": "by form"}) as response:
        assert (await response.json())["ok"]
    assert [message.text for message in await sara.inbox()] == ["by address", "by form"]


async def test_a_wrong_token_is_unauthorized(raw: Raw) -> None:
    answer = await raw.call("getMe", token="42:wrong")
    assert (answer["error_code"], answer["description"]) == (401, "Unauthorized")


async def test_old_messages_are_forgotten_in_the_end(bot: Bot, raw: Raw, sara: Person) -> None:
    for _ in range(2001):
        await raw.call("sendMessage", {"chat_id": SARA, "text": "x"})
    assert len((await sara.chat())["messages"]) == 2000


async def test_ada_has_no_chat_until_she_starts(raw: Raw) -> None:
    assert (await raw.call("getChat", {"chat_id": ADMIN}))["result"]["first_name"] == "Ada"
