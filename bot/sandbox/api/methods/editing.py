"""Changing and deleting messages that have been sent."""

from __future__ import annotations

from datetime import timedelta

from bot.sandbox.api.calls import Call
from bot.sandbox.api.markup import read_inline
from bot.sandbox.api.methods.composing import read_caption, read_text
from bot.sandbox.api.methods.registry import implements
from bot.sandbox.errors import bad_request
from bot.sandbox.state.chats import Chat, Stored
from bot.sandbox.state.world import World
from bot.sandbox.types import Json, unix

_DELETABLE_FOR = timedelta(hours=48)
_MOST_IDS = 100
_PLACE = "chat_id message_id reply_markup "
_TEXT = ("text", "entities", "link_preview_options")
_CAPTION = ("caption", "caption_entities", "show_caption_above_media")
_MEDIA = ("photo", "document", "video", "audio", "voice", "animation")
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


@implements("editMessageText", _PLACE + "text parse_mode entities link_preview_options disable_web_page_preview")
def edit_message_text(world: World, call: Call) -> Json:
    if "text" not in call.values:
        raise bad_request("message text is empty")
    content = read_text(call)
    chat, stored = _editable(world, call)
    if "text" not in stored.body:
        raise bad_request("there is no text in the message to edit")
    return _replace(world, chat, stored, call, (_TEXT, content))


@implements("editMessageCaption", _PLACE + "caption parse_mode caption_entities show_caption_above_media")
def edit_message_caption(world: World, call: Call) -> Json:
    content = read_caption(call)
    chat, stored = _editable(world, call)
    if not any(kind in stored.body for kind in _MEDIA):
        raise bad_request("there is no caption in the message to edit")
    return _replace(world, chat, stored, call, (_CAPTION, content))


@implements("editMessageReplyMarkup", _PLACE)
def edit_message_reply_markup(world: World, call: Call) -> Json:
    chat, stored = _editable(world, call)
    return _replace(world, chat, stored, call, ((), {}))


def _editable(world: World, call: Call) -> tuple[Chat, Stored]:
    for name in ("chat_id", "message_id"):
        if name not in call.values:
            raise bad_request("message identifier is not specified")
    chat = world.chats.writable(call["chat_id"])
    stored = chat.message(call["message_id"], "message to edit")
    if stored.outgoing or not stored.editable:
        raise bad_request("message can't be edited")
    return chat, stored


def _replace(world: World, chat: Chat, stored: Stored, call: Call, change: tuple[tuple[str, ...], Json]) -> Json:
    """Puts new content in the place of the named fields; a keyboard that is not given again goes away."""
    fields, content = change
    markup = read_inline(call.get("reply_markup"))
    old = stored.body
    kept = {key: value for key, value in old.items() if key not in (*fields, "reply_markup")}
    body = {**kept, **content, **({"reply_markup": markup} if markup else {})}
    if body == old:
        raise bad_request(_NOT_MODIFIED)
    return world.edit(chat, stored, body)


@implements("deleteMessage", "chat_id message_id")
def delete_message(world: World, call: Call) -> bool:
    chat = world.chats.writable(call["chat_id"])
    stored = chat.message(call["message_id"], "message to delete")
    _check_age(world, stored)
    world.forget(chat, stored.id)
    return True


@implements("deleteMessages", "chat_id message_ids")
def delete_messages(world: World, call: Call) -> bool:
    chat = world.chats.writable(call["chat_id"])
    check_count(call["message_ids"])
    found = [chat.messages[n] for n in call["message_ids"] if n in chat.messages]
    for stored in found:
        _check_age(world, stored)
    for stored in found:
        world.forget(chat, stored.id)
    return True


def check_count(message_ids: list[int]) -> None:
    if not message_ids:
        raise bad_request("message identifiers are not specified")
    if len(message_ids) > _MOST_IDS:
        raise bad_request("too many message identifiers specified")


def _check_age(world: World, stored: Stored) -> None:
    if stored.body["date"] < unix(world.now() - _DELETABLE_FOR):
        raise bad_request("message can't be deleted")
