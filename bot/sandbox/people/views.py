"""What the chat page and the tests see: chats, people and the bot as JSON."""

from __future__ import annotations

from urllib.parse import quote

from bot.sandbox.state.chats import Chat, Stored
from bot.sandbox.state.profile import USERNAME, Profile
from bot.sandbox.state.world import World
from bot.sandbox.text.rendering import to_html
from bot.sandbox.types import Json

_WITH_FILE = ("document", "video", "audio", "voice", "animation", "sticker")


def people(world: World, *, movable: bool) -> Json:
    return {
        "bot": bot(world.profile, ""),
        "users": [person(chat) for chat in world.chats.all()],
        "clock": {"now": world.now().isoformat(), "movable": movable},
    }


def bot(profile: Profile, language: str) -> Json:
    texts = {what: profile.text(what, language) for what in ("name", "description", "short_description")}
    return {**texts, "username": USERNAME}


def person(chat: Chat) -> Json:
    user = chat.user
    about = {
        "id": user.id,
        "first_name": user.first_name,
        "label": user.label,
        "language_code": user.language_code,
    }
    return {**about, "blocked": chat.blocked, "unread": chat.unread}


def chat_of(world: World, chat: Chat) -> Json:
    return {
        "messages": [message(world, stored) for stored in chat.messages.values()],
        "commands": world.profile.commands_for(chat.user),
        "keyboard": chat.keyboard,
        "pinned": chat.pinned,
        # The bot as this person's own language shows it.
        "bot": bot(world.profile, (chat.user.language_code or "")[:2]),
        "toast": None,
    }


def message(world: World, stored: Stored) -> Json:
    body = stored.body
    seen = {**body, "outgoing": stored.outgoing, "html": _html(stored), "reactions": list(stored.reactions)}
    if stored.prompt:
        seen["reply_markup"] = stored.prompt
    url = _file_url(world, body)
    return {**seen, "file_url": url} if url else seen


def _html(stored: Stored) -> str:
    if stored.html is None:
        body = stored.body
        text = body.get("text") or body.get("caption") or ""
        stored.html = to_html(text, body.get("entities") or body.get("caption_entities") or ())
    return stored.html


def _file_url(world: World, body: Json) -> str | None:
    media = body["photo"][-1] if "photo" in body else next((body[kind] for kind in _WITH_FILE if kind in body), None)
    file = world.files.get(media["file_id"]) if media else None
    return f"/files/{file.id}/{quote(file.name)}" if file else None
