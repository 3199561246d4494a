"""The bot's own name, descriptions and commands."""

from __future__ import annotations

from bot.sandbox.api.calls import Call
from bot.sandbox.api.methods.registry import implements
from bot.sandbox.errors import bad_request
from bot.sandbox.state.profile import EVERYWHERE, Scope
from bot.sandbox.state.world import World
from bot.sandbox.types import Json

_ABILITIES = dict.fromkeys(
    (
        "can_join_groups",
        "can_read_all_group_messages",
        "supports_inline_queries",
        "can_connect_to_business",
        "has_main_web_app",
    ),
    False,
)


@implements("getMe")
def get_me(world: World, _call: Call) -> Json:
    return {**world.profile.as_telegram(), **_ABILITIES}


@implements("setMyName", "name language_code")
def set_my_name(world: World, call: Call) -> bool:
    return _set_text(world, call, "name")


@implements("getMyName", "language_code")
def get_my_name(world: World, call: Call) -> Json:
    return _get_text(world, call, "name")


@implements("setMyDescription", "description language_code")
def set_my_description(world: World, call: Call) -> bool:
    return _set_text(world, call, "description")


@implements("getMyDescription", "language_code")
def get_my_description(world: World, call: Call) -> Json:
    return _get_text(world, call, "description")


@implements("setMyShortDescription", "short_description language_code")
def set_my_short_description(world: World, call: Call) -> bool:
    return _set_text(world, call, "short_description")


@implements("getMyShortDescription", "language_code")
def get_my_short_description(world: World, call: Call) -> Json:
    return _get_text(world, call, "short_description")


def _set_text(world: World, call: Call, what: str) -> bool:
    world.profile.set_text(what, call.get(what, ""), call.get("language_code", ""))
    return True


def _get_text(world: World, call: Call, what: str) -> Json:
    return {what: world.profile.text(what, call.get("language_code", ""))}


@implements("setMyCommands", "commands scope language_code")
def set_my_commands(world: World, call: Call) -> bool:
    world.profile.set_commands(call["commands"], _scope(world, call), call.get("language_code", ""))
    return True


@implements("getMyCommands", "scope language_code")
def get_my_commands(world: World, call: Call) -> list[Json]:
    return world.profile.commands(_scope(world, call), call.get("language_code", ""))


@implements("deleteMyCommands", "scope language_code")
def delete_my_commands(world: World, call: Call) -> bool:
    world.profile.set_commands([], _scope(world, call), call.get("language_code", ""))
    return True


def _scope(world: World, call: Call) -> Scope:
    scope: Json | None = call.get("scope")
    if scope is None:
        return EVERYWHERE
    chat_id = scope.get("chat_id")
    if chat_id is not None:
        chat_id = world.chats.known(_number(chat_id)).id
    return scope["type"], chat_id, scope.get("user_id")


def _number(chat_id: int | str) -> int:
    try:
        return int(chat_id)
    except ValueError:
        raise bad_request("chat not found") from None
