"""What all sending methods have in common: the chat, the text, the reply, the keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from bot.sandbox.api.calls import Call
from bot.sandbox.api.markup import read_markup
from bot.sandbox.errors import bad_request
from bot.sandbox.state.chats import Chat, Stored
from bot.sandbox.state.world import World
from bot.sandbox.text.entities import FormattedText, formatted
from bot.sandbox.text.utf16 import units
from bot.sandbox.types import Json

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
# Accepted by every sending method; the first four change nothing that a person could see here.
SENDING = (
    "chat_id disable_notification allow_paid_broadcast message_effect_id protect_content reply_parameters reply_markup "
)
CAPTION = SENDING + "caption parse_mode caption_entities show_caption_above_media "
# aiogram sends its default quote_parse_mode even without a quote.
_REPLY_FIELDS = {"message_id", "chat_id", "allow_sending_without_reply", "quote_parse_mode"}


def post(world: World, call: Call, content: Json) -> Json:
    """Sends what has been composed, once chat, keyboard and reply are found right."""
    chat = world.chats.writable(call["chat_id"])
    markup = read_markup(call.get("reply_markup"))
    return world.post(chat, {**_extras(chat, call), **content}, markup)


def _extras(chat: Chat, call: Call) -> Json:
    extras: Json = {}
    replied = _replied(chat, call.get("reply_parameters"))
    if replied is not None:
        extras["reply_to_message"] = shallow(replied.body)
    if call.get("protect_content"):
        extras["has_protected_content"] = True
    if call.get("message_effect_id"):
        extras["effect_id"] = call["message_effect_id"]
    return extras


def _replied(chat: Chat, parameters: Json | None) -> Stored | None:
    if parameters is None:
        return None
    unknown = {key for key, value in parameters.items() if value is not None} - _REPLY_FIELDS
    if unknown:
        raise bad_request(f'reply parameter "{min(unknown)}" is not known to the sandbox')
    stored = chat.messages.get(parameters["message_id"])
    if stored is None and not parameters.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return stored


def shallow(message: Json) -> Json:
    """A message as another one quotes it: without what it replied to itself."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}


def read_text(call: Call) -> Json:
    text = formatted(call["text"], call.get("parse_mode"), call.get("entities", ()))
    if not text.text:
        raise bad_request("text must be non-empty")
    if units(text.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return with_options(_fields("text", "entities", text), call.get("link_preview_options"))


def with_options(content: Json, link_preview: Json | None) -> Json:
    return {**content, "link_preview_options": link_preview} if link_preview else content


def read_caption(call: Call) -> Json:
    caption = caption_fields(call.get("caption"), call.get("parse_mode"), call.get("caption_entities", ()))
    if caption and call.get("show_caption_above_media"):
        caption["show_caption_above_media"] = True
    return caption


def caption_fields(source: str | None, parse_mode: str | None, given: Sequence[Json]) -> Json:
    caption = formatted(source or "", parse_mode, given)
    if units(caption.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return _fields("caption", "caption_entities", caption) if caption.text else {}


def _fields(text_name: str, entities_name: str, text: FormattedText) -> Json:
    fields: Json = {text_name: text.text}
    return {**fields, entities_name: list(text.entities)} if text.entities else fields
