"""What a pretend person does in the chat, and the updates that the bot gets from it."""

from __future__ import annotations

from typing import Any

from bot.sandbox.api.methods.composing import LONGEST_TEXT, shallow
from bot.sandbox.api.methods.media import media_content
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.state.chats import Chat, Stored
from bot.sandbox.state.files import Upload
from bot.sandbox.state.images import TINY_PNG
from bot.sandbox.state.world import World
from bot.sandbox.text.entities import FormattedText, formatted
from bot.sandbox.text.utf16 import units
from bot.sandbox.types import Json, unix

_PATIENCE = 3.0
_FILES = {
    "photo": Upload("photo.png", TINY_PNG),
    "voice": Upload("voice.ogg", b"OggS"),
    "sticker": Upload("sticker.webp", b"RIFF\0\0\0\0WEBP"),
    "video": Upload("video.mp4", b"\0\0\0\x18ftypmp42"),
    "audio": Upload("audio.mp3", b"ID3"),
}


def says(world: World, chat: Chat, text: str, reply_to: int | None) -> list[int]:
    """The ids of the messages that the text becomes: one for each 4096 UTF-16 units."""
    check_reachable(chat)
    pieces = [piece for piece in split(text) if piece.text]
    if not pieces:
        raise bad_request("message text is empty")
    reply = {} if reply_to is None else {"reply_to_message": shallow(_message(chat, reply_to).body)}
    contents = [{**text_fields(piece), **(reply if piece is pieces[0] else {})} for piece in pieces]
    return [world.receive(chat, content) for content in contents]


def split(text: str) -> list[FormattedText]:
    """Cuts as Telegram's client does: after the last line, sentence or word that fits, else anywhere."""
    pieces: list[FormattedText] = []
    rest = formatted(text, None).text
    while units(rest) > LONGEST_TEXT:
        end = _last_cut(rest[: _fitting(rest)])
        pieces.append(formatted(rest[:end], None))
        rest = rest[end:]
    return [*pieces, formatted(rest, None)]


def _fitting(text: str) -> int:
    """How many characters fit into one message."""
    if text.isascii():
        return LONGEST_TEXT
    end = min(len(text), LONGEST_TEXT)
    while units(text[:end]) > LONGEST_TEXT:
        end -= (units(text[:end]) - LONGEST_TEXT + 1) // 2
    return end


def _last_cut(window: str) -> int:
    half = len(window) // 2
    for boundary in ("\n", ". ", "؟ ", "? ", " "):
        at = window.rfind(boundary, half)
        if at >= 0:
            return at + len(boundary)
    return len(window)


def text_fields(text: FormattedText) -> Json:
    fields: Json = {"text": text.text}
    return {**fields, "entities": list(text.entities)} if text.entities else fields


def edits(world: World, chat: Chat, message_id: int, text: str) -> None:
    check_reachable(chat)
    stored = _message(chat, message_id)
    if not stored.outgoing or "text" not in stored.body:
        raise bad_request("only an own text can be edited")
    new = formatted(text, None)
    if not 1 <= units(new.text) <= LONGEST_TEXT:
        raise bad_request("message text is empty or too long")
    kept = {key: value for key, value in stored.body.items() if key not in ("text", "entities")}
    world.updates.add("edited_message", world.edit(chat, stored, {**kept, **text_fields(new)}))


async def presses(world: World, chat: Chat, message_id: int, data: str | None, label: str | None) -> Json | None:
    """The bot's answer to the pressed button; None when there is none in some three seconds."""
    check_reachable(chat)
    stored = chat.messages.get(message_id)
    data = data if data is not None else _data_behind(stored, label or "")
    query_id = world.queries.ask()
    query: Json = {
        "id": query_id,
        "from": chat.user.as_telegram(),
        "chat_instance": str(chat.id),
        "data": data,
    }
    # A button may be pressed after its message is gone: by an old client, or from a copy of it.
    gone = {"chat": chat.as_telegram(), "message_id": message_id, "date": 0}
    update = {**query, "message": stored.body if stored else gone}
    if world.updates.add("callback_query", update) is None:
        return None
    return await world.queries.answered(query_id, _PATIENCE)


def _data_behind(stored: Stored | None, label: str) -> str:
    markup = (stored.body.get("reply_markup") if stored else None) or {"inline_keyboard": []}
    buttons = [button for row in markup["inline_keyboard"] for button in row]
    same = [button for button in buttons if button["text"] == label]
    for button in same or [button for button in buttons if label in button["text"]]:
        if "callback_data" in button:
            data: str = button["callback_data"]
            return data
    there = ", ".join(button["text"] for button in buttons) or "none"
    raise ApiError(404, f'no such button: "{label}"; buttons of the message: {there}')


def sends(world: World, chat: Chat, kind: str, arguments: Json) -> int:
    """One of the things that are not text; only a location has arguments."""
    check_reachable(chat)
    if kind in _FILES:
        content = media_content(kind, world.files.add(_FILES[kind]), {})
        if kind == "sticker":
            content["sticker"]["emoji"] = "👍"
        return world.receive(chat, content)
    return world.receive(chat, {kind: _simple(chat, kind, arguments)})


def _simple(chat: Chat, kind: str, arguments: Json) -> Json:
    match kind:
        case "location":
            return {"latitude": float(arguments["latitude"]), "longitude": float(arguments["longitude"])}
        case "contact":
            name = chat.user.first_name
            return {"phone_number": "+10000000000", "first_name": name, "user_id": chat.id}
        case "dice":
            return {"emoji": "🎲", "value": 4}
        case "poll":
            return _poll()
        case _:
            raise bad_request(f'a person cannot send "{kind}"')


def _poll() -> Json:
    options = [{"persistent_id": text, "text": text, "voter_count": 0} for text in ("Yes", "No")]
    flags = dict.fromkeys(("is_closed", "allows_multiple_answers", "members_only"), False)
    counted = {"id": "poll-1", "question": "Ready?", "options": options, "total_voter_count": 0}
    return {**counted, **flags, "is_anonymous": True, "allows_revoting": True, "type": "regular"}


def uploads(world: World, chat: Chat, upload: Upload, caption: str | None) -> int:
    check_reachable(chat)
    text = formatted(caption or "", None)
    content = media_content("document", world.files.add(upload), {})
    if text.text:
        content |= {"caption": text.text, "caption_entities": list(text.entities)}
    return world.receive(chat, content)


def starts(world: World, chat: Chat, payload: str) -> list[int]:
    """Presses START: also the way back for somebody who blocked the bot."""
    unblocks(world, chat)
    return says(world, chat, f"/start {payload}" if payload else "/start", None)


def blocks(world: World, chat: Chat) -> None:
    if not chat.blocked:
        chat.blocked = True
        _tell_membership(world, chat, "member", "kicked")


def unblocks(world: World, chat: Chat) -> None:
    if chat.blocked:
        chat.blocked = False
        _tell_membership(world, chat, "kicked", "member")


def _tell_membership(world: World, chat: Chat, before: str, after: str) -> None:
    about = {"chat": chat.as_telegram(), "from": chat.user.as_telegram(), "date": unix(world.now())}
    change = {"old_chat_member": _member(world, before), "new_chat_member": _member(world, after)}
    world.updates.add("my_chat_member", {**about, **change})
    world.events.chat_changed(chat.id)


def _member(world: World, status: str) -> Json:
    member: Json = {"user": world.profile.as_telegram(), "status": status}
    return {**member, "until_date": 0} if status == "kicked" else member


def check_reachable(chat: Chat) -> None:
    if chat.blocked:
        raise ApiError(409, "this person has blocked the bot: unblock or start it first")


def _message(chat: Chat, message_id: Any) -> Stored:
    stored = chat.messages.get(message_id)
    if stored is None:
        raise ApiError(404, f"no message {message_id} in this chat")
    return stored
