"""Keyboards: what Telegram accepts as a reply_markup, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aiogram.types import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from pydantic import BaseModel, ValidationError

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.text.tags import checked_link
from bot.sandbox.text.utf16 import units
from bot.sandbox.types import Json

_MOST_BUTTONS = 100
_MOST_IN_A_ROW = 8
_LONGEST_DATA_BYTES = 64
_LONGEST_COPY_TEXT = 256
_LONGEST_PLACEHOLDER = 64
_STYLES = ("danger", "success", "primary")
_DECORATION = {"text", "icon_custom_emoji_id", "style"}
_INLINE_FIELDS = frozenset(InlineKeyboardButton.model_fields)
_REPLY_FIELDS = frozenset(KeyboardButton.model_fields)
_KINDS: dict[str, type[BaseModel]] = {
    "inline_keyboard": InlineKeyboardMarkup,
    "keyboard": ReplyKeyboardMarkup,
    "remove_keyboard": ReplyKeyboardRemove,
    "force_reply": ForceReply,
}


def read_markup(markup: Json | None) -> Json | None:
    """The markup as Telegram keeps it; None for none or an empty keyboard."""
    kind = next((kind for kind in _KINDS if (markup or {}).get(kind)), None)
    if markup is None or kind is None:
        return None
    markup = _checked(kind, markup)
    if units(markup.get("input_field_placeholder") or "") > _LONGEST_PLACEHOLDER:
        raise bad_request("input field placeholder is too long")
    if kind not in _READERS:
        return markup
    return {**markup, kind: _rows(markup[kind], _READERS[kind])} if any(markup[kind]) else None


def read_inline(markup: Json | None) -> Json | None:
    """The same where only an inline keyboard will do: in edits."""
    read = read_markup(markup)
    if read is not None and "inline_keyboard" not in read:
        raise bad_request("inline keyboard expected")
    return read


def _checked(kind: str, markup: Json) -> Json:
    """The markup with the right fields of the right types; texts in place of reply buttons are allowed."""
    if kind == "keyboard" and isinstance(markup[kind], list):
        markup = {**markup, kind: [_spelled_out(row) for row in markup[kind]]}
    _check_fields(markup, frozenset(_KINDS[kind].model_fields), "reply markup")
    try:
        _KINDS[kind].model_validate(markup)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise _unparsable("reply markup", f"{place}: {first['msg']}") from None
    return markup


def _spelled_out(row: Any) -> Any:
    if not isinstance(row, list):
        return row
    return [{"text": button} if isinstance(button, str) else button for button in row]


def _rows(rows: list[list[Any]], read: Callable[[Any], Json]) -> list[list[Json]]:
    filled = [[read(button) for button in row] for row in rows if row]
    crowded = any(len(row) > _MOST_IN_A_ROW for row in filled)
    if crowded or sum(map(len, filled)) > _MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return filled


def _inline_button(button: Json) -> Json:
    _check_fields(button, _INLINE_FIELDS, "inline keyboard button")
    if not button["text"].strip():
        raise _unparsable("inline keyboard button", "text must be non-empty")
    if button.get("style") not in (None, *_STYLES):
        raise _unparsable("inline keyboard button", "invalid button style specified")
    actions = [key for key, value in button.items() if key not in _DECORATION and value is not None]
    if not actions:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _unparsable("inline keyboard button", f"more than one action: {', '.join(sorted(actions))}")
    _check_action(button)
    return button


def _check_action(button: Json) -> None:
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= _LONGEST_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not checked_link(url):
        raise bad_request(f'inline keyboard button URL "{url}" is invalid')
    copied = (button.get("copy_text") or {}).get("text")
    if copied is not None and not 1 <= units(copied) <= _LONGEST_COPY_TEXT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _reply_button(button: Json) -> Json:
    _check_fields(button, _REPLY_FIELDS, "keyboard button")
    if not button["text"].strip():
        raise _unparsable("keyboard button", "text must be non-empty")
    return button


_READERS = {"inline_keyboard": _inline_button, "keyboard": _reply_button}


def _check_fields(button: Json, known: frozenset[str], what: str) -> None:
    unknown = set(button) - known
    if unknown:
        raise _unparsable(what, f'unknown field "{min(unknown)}"')


def _unparsable(what: str, reason: str) -> ApiError:
    return bad_request(f"can't parse {what}: {reason}")
