"""The private chats between the bot and each pretend person, and the messages in them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.sandbox.errors import bad_request, forbidden
from bot.sandbox.types import Json, SandboxUser

MOST_MESSAGES = 2_000


@dataclass(slots=True)
class Stored:
    """A message. `body` is replaced, never changed: queued updates and replies share it."""

    body: Json
    outgoing: bool
    editable: bool = True
    prompt: Json | None = None
    reactions: tuple[str, ...] = ()
    html: str | None = None

    @property
    def id(self) -> int:
        message_id: int = self.body["message_id"]
        return message_id

    def replace(self, body: Json) -> None:
        self.body = body
        self.html = None


@dataclass(slots=True)
class Chat:
    user: SandboxUser
    started: bool = False
    blocked: bool = False
    unread: int = 0
    keyboard: Json | None = None
    messages: OrderedDict[int, Stored] = field(default_factory=OrderedDict)
    pinned: list[int] = field(default_factory=list)

    @property
    def id(self) -> int:
        return self.user.id

    def as_telegram(self) -> Json:
        return {"id": self.user.id, "type": "private", "first_name": self.user.first_name}

    def add(self, message: Stored) -> None:
        self.messages[message.id] = message
        self.unread += not message.outgoing
        if len(self.messages) > MOST_MESSAGES:
            self.messages.popitem(last=False)

    def message(self, message_id: int, purpose: str) -> Stored:
        stored = self.messages.get(message_id)
        if stored is None:
            raise bad_request(f"{purpose} not found")
        return stored


class Chats:
    def __init__(self, users: Sequence[SandboxUser]) -> None:
        self._chats = {user.id: Chat(user) for user in users}
        self._last_message_id = 0

    def all(self) -> list[Chat]:
        return list(self._chats.values())

    def add(self, user: SandboxUser) -> bool:
        """False when the id is taken."""
        if user.id in self._chats:
            return False
        self._chats[user.id] = Chat(user)
        return True

    def find(self, user_id: int) -> Chat | None:
        return self._chats.get(user_id)

    def next_message_id(self) -> int:
        # One counter for all private chats, as for a real bot's account.
        self._last_message_id += 1
        return self._last_message_id

    def known(self, chat_id: int | str) -> Chat:
        """A chat that the bot may ask about."""
        chat = self._chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def writable(self, chat_id: int | str) -> Chat:
        """A chat that the bot may write to."""
        chat = self.known(chat_id)
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat
