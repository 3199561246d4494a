"""Copies and forwards of messages."""

from __future__ import annotations

from bot.sandbox.api.calls import Call
from bot.sandbox.api.markup import read_markup
from bot.sandbox.api.methods.composing import CAPTION, post, read_caption
from bot.sandbox.api.methods.editing import check_count
from bot.sandbox.api.methods.registry import implements
from bot.sandbox.errors import bad_request
from bot.sandbox.state.chats import Stored
from bot.sandbox.state.world import World
from bot.sandbox.types import Json

_SOURCE = "from_chat_id message_id "
_SEVERAL = "chat_id from_chat_id message_ids disable_notification protect_content "
_HEADING = {
    "message_id", "from", "chat", "date", "edit_date", "reply_to_message", "reply_markup", "forward_origin",
    "has_protected_content", "effect_id", "media_group_id",
}  # fmt: skip
_CAPTION_FIELDS = {"caption", "caption_entities", "show_caption_above_media"}
_CAPTIONED = {"photo", "document", "video", "audio", "voice", "animation"}


@implements("copyMessage", CAPTION + _SOURCE)
def copy_message(world: World, call: Call) -> Json:
    content = _content(_source(world, call, call["message_id"], "copy"))
    if "caption" in call.values and _CAPTIONED & content.keys():
        content = {**_without_caption(content), **read_caption(call)}
    return {"message_id": post(world, call, content)["message_id"]}


@implements("copyMessages", _SEVERAL + "remove_caption")
def copy_messages(world: World, call: Call) -> list[Json]:
    contents = [_content(stored) for stored in _sources(world, call, "copy")]
    if call.get("remove_caption"):
        contents = [_without_caption(content) for content in contents]
    return [{"message_id": post(world, call, content)["message_id"]} for content in contents]


@implements("forwardMessage", _SOURCE + "chat_id disable_notification protect_content message_effect_id")
def forward_message(world: World, call: Call) -> Json:
    return _forward(world, call, _source(world, call, call["message_id"], "forward"))


@implements("forwardMessages", _SEVERAL)
def forward_messages(world: World, call: Call) -> list[Json]:
    forwarded = [_forward(world, call, stored) for stored in _sources(world, call, "forward")]
    return [{"message_id": message["message_id"]} for message in forwarded]


def _forward(world: World, call: Call, stored: Stored) -> Json:
    body = stored.body
    origin = {"type": "user", "date": body["date"], "sender_user": body["from"]}
    # A forwarded message keeps its inline buttons: whoever receives it can press them.
    markup = read_markup(body.get("reply_markup"))
    content = {"forward_origin": body.get("forward_origin", origin), **_content(stored)}
    chat = world.chats.writable(call["chat_id"])
    message = world.post(chat, content, markup)
    chat.messages[message["message_id"]].editable = False
    return message


def _source(world: World, call: Call, message_id: int, purpose: str) -> Stored:
    world.chats.writable(call["chat_id"])
    stored = world.chats.known(call["from_chat_id"]).message(message_id, f"message to {purpose}")
    if stored.body.get("has_protected_content"):
        raise bad_request(f"message can't be {'copied' if purpose == 'copy' else 'forwarded'}")
    return stored


def _sources(world: World, call: Call, purpose: str) -> list[Stored]:
    """Those of the named messages that are there; Telegram passes over the others."""
    message_ids: list[int] = call["message_ids"]
    check_count(message_ids)
    if message_ids != sorted(set(message_ids)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    there = world.chats.known(call["from_chat_id"]).messages
    found = [_source(world, call, n, purpose) for n in message_ids if n in there]
    if not found:
        raise bad_request(f"there are no messages to {purpose}")
    return found


def _content(stored: Stored) -> Json:
    return {key: value for key, value in stored.body.items() if key not in _HEADING}


def _without_caption(content: Json) -> Json:
    return {key: value for key, value in content.items() if key not in _CAPTION_FIELDS}
