"""Answers to pressed buttons, reactions, pins and questions about a chat."""

from __future__ import annotations

from bot.sandbox.api.calls import Call
from bot.sandbox.api.methods.composing import shallow
from bot.sandbox.api.methods.registry import implements
from bot.sandbox.api.reactions import FREE_REACTIONS
from bot.sandbox.errors import bad_request
from bot.sandbox.state.world import World
from bot.sandbox.text.utf16 import units
from bot.sandbox.types import Json

_LONGEST_ANSWER = 200


@implements("answerCallbackQuery", "callback_query_id text show_alert cache_time")
def answer_callback_query(world: World, call: Call) -> bool:
    text = call.get("text", "")
    if units(text) > _LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    world.queries.answer(call["callback_query_id"], {"text": text, "show_alert": call.get("show_alert", False)})
    return True


@implements("setMessageReaction", "chat_id message_id reaction is_big")
def set_message_reaction(world: World, call: Call) -> bool:
    chat = world.chats.writable(call["chat_id"])
    stored = chat.message(call["message_id"], "message to react")
    reactions: list[Json] = call.get("reaction") or []
    emoji = tuple(str(reaction.get("emoji")) for reaction in reactions)
    if len(emoji) > 1 or not FREE_REACTIONS.issuperset(emoji):
        raise bad_request("REACTION_INVALID")
    stored.reactions = emoji
    world.events.chat_changed(chat.id)
    return True


@implements("pinChatMessage", "chat_id message_id disable_notification")
def pin_chat_message(world: World, call: Call) -> bool:
    chat = world.chats.writable(call["chat_id"])
    stored = chat.message(call["message_id"], "message to pin")
    if stored.id in chat.pinned:
        chat.pinned.remove(stored.id)
    chat.pinned.append(stored.id)
    world.events.chat_changed(chat.id)
    return True


@implements("unpinChatMessage", "chat_id message_id")
def unpin_chat_message(world: World, call: Call) -> bool:
    chat = world.chats.writable(call["chat_id"])
    pinned = call.get("message_id", chat.pinned[-1] if chat.pinned else None)
    if pinned not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(pinned)
    world.events.chat_changed(chat.id)
    return True


@implements("unpinAllChatMessages", "chat_id")
def unpin_all_chat_messages(world: World, call: Call) -> bool:
    chat = world.chats.writable(call["chat_id"])
    chat.pinned.clear()
    world.events.chat_changed(chat.id)
    return True


@implements("getChat", "chat_id")
def get_chat(world: World, call: Call) -> Json:
    chat = world.chats.known(call["chat_id"])
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    full: Json = {**chat.as_telegram(), "accent_color_id": 0, "max_reaction_count": 11}
    full["accepted_gift_types"] = dict.fromkeys(gifts, False)
    pinned = chat.messages.get(chat.pinned[-1]) if chat.pinned else None
    return {**full, "pinned_message": shallow(pinned.body)} if pinned else full
