"""What the bot says about itself: its names, descriptions and commands, per language and scope."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.types import Json, SandboxUser

USERNAME = "sandbox_bot"
DEFAULT_NAME = "Sandbox bot"
LONGEST = {"name": 64, "description": 512, "short_description": 120}
_MOST_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_LONGEST_DESCRIPTION = 256
Scope = tuple[str, Any, Any]
EVERYWHERE: Scope = ("default", None, None)


class Profile:
    def __init__(self, bot_id: int) -> None:
        self._bot_id = bot_id
        self._texts: dict[tuple[str, str], str] = {}
        self._commands: dict[tuple[Scope, str], list[Json]] = {}

    def as_telegram(self) -> Json:
        name = self.text("name", "")
        return {"id": self._bot_id, "is_bot": True, "first_name": name, "username": USERNAME}

    def set_text(self, what: str, text: str, language: str) -> None:
        """`what` is a key of LONGEST; an empty text takes the language's own text away."""
        check_language(language)
        if len(text) > LONGEST[what]:
            raise bad_request(f"bot {what.replace('_', ' ')} is too long")
        self._texts.pop((what, language), None)
        if text:
            self._texts[what, language] = text

    def text(self, what: str, language: str) -> str:
        """In the language when there is one of its own, else the general one."""
        general = DEFAULT_NAME if what == "name" else ""
        return self._texts.get((what, language)) or self._texts.get((what, "")) or general

    def set_commands(self, commands: list[Json], scope: Scope, language: str) -> None:
        check_language(language)
        if len(commands) > _MOST_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        self._commands.pop((scope, language), None)
        if commands:
            self._commands[scope, language] = [_checked(command) for command in commands]

    def commands(self, scope: Scope, language: str) -> list[Json]:
        """Exactly those of this scope and language, as getMyCommands answers."""
        return self._commands.get((scope, language), [])

    def commands_for(self, user: SandboxUser) -> list[Json]:
        """Those that the person's menu shows: the narrowest scope that has any, own language first."""
        candidates = (self.commands(scope, language) for scope, language in _order(user))
        return next((commands for commands in candidates if commands), [])


def _order(user: SandboxUser) -> Iterator[tuple[Scope, str]]:
    for scope in (("chat", user.id, None), ("all_private_chats", None, None), EVERYWHERE):
        if user.language_code:
            yield scope, user.language_code[:2]
        yield scope, ""


def _checked(command: Json) -> Json:
    name, description = command["command"], command["description"]
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description.strip()) <= _LONGEST_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description.strip()}


def check_language(language: str) -> None:
    if language and not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
