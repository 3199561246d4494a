"""Everything that this Telegram remembers, and the few ways in which it changes."""

from __future__ import annotations

from collections.abc import Sequence

from bot.sandbox.state.chats import Chat, Chats, Stored
from bot.sandbox.state.events import Events
from bot.sandbox.state.files import Files
from bot.sandbox.state.profile import Profile
from bot.sandbox.state.queries import Queries
from bot.sandbox.state.updates import UpdateQueue
from bot.sandbox.state.webhook import Webhook
from bot.sandbox.types import Json, Now, SandboxUser, unix


class World:
    def __init__(self, bot_id: int, users: Sequence[SandboxUser], now: Now) -> None:
        self.now = now
        self.chats = Chats(users)
        self.profile = Profile(bot_id)
        self.files = Files()
        self.queries = Queries(now)
        self.events = Events()
        self.updates = UpdateQueue(now)
        self.webhook = Webhook(self.updates, now)

    def post(self, chat: Chat, content: Json, markup: Json | None = None) -> Json:
        """A message of the bot; reply keyboards go to the chat, inline ones stay on the message."""
        inline = markup is not None and "inline_keyboard" in markup
        body = self._body(chat, self.profile.as_telegram(), content)
        if inline:
            body["reply_markup"] = markup
        # Telegram refuses to edit a message that brought, took away or asked with a keyboard.
        stored = Stored(body, outgoing=False, editable=markup is None or inline)
        if markup is not None and not inline:
            self._show_keyboard(chat, stored, markup)
        self._keep(chat, stored)
        return body

    def receive(self, chat: Chat, content: Json) -> int:
        """A message of a person: kept, and an update for the bot. The message's id."""
        chat.started = True
        body = self._body(chat, chat.user.as_telegram(), content)
        self._keep(chat, Stored(body, outgoing=True))
        self.updates.add("message", body)
        message_id: int = body["message_id"]
        return message_id

    def edit(self, chat: Chat, stored: Stored, body: Json) -> Json:
        """Puts `body` in the message's place, as edited now."""
        edited = {**body, "edit_date": unix(self.now())}
        stored.replace(edited)
        self.events.chat_changed(chat.id)
        return edited

    def forget(self, chat: Chat, message_id: int) -> None:
        chat.messages.pop(message_id, None)
        if message_id in chat.pinned:
            chat.pinned.remove(message_id)
        self.events.chat_changed(chat.id)

    def _body(self, chat: Chat, sender: Json, content: Json) -> Json:
        heading = {"message_id": self.chats.next_message_id(), "from": sender, "chat": chat.as_telegram()}
        return {**heading, "date": unix(self.now()), **content}

    def _keep(self, chat: Chat, stored: Stored) -> None:
        chat.add(stored)
        self.events.chat_changed(chat.id)

    def _show_keyboard(self, chat: Chat, stored: Stored, markup: Json) -> None:
        if "keyboard" in markup:
            chat.keyboard = markup
        elif "remove_keyboard" in markup:
            chat.keyboard = None
        else:
            stored.prompt = markup
