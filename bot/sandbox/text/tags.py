"""What each supported HTML tag means as a message entity."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from bot.sandbox.errors import bad_request
from bot.sandbox.types import Json

_PLAIN = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler", "pre": "pre",
}  # fmt: skip
SUPPORTED = frozenset(_PLAIN) | {"a", "code", "blockquote", "tg-emoji", "tg-time"}
_SCHEMES = {"http", "https", "tg", "ton", "tonsite"}
_DATE_FORMAT = re.compile(r"r|w?[dD]?[tT]?")
_LANGUAGE = "language-"


def entity_of(tag: str, attributes: dict[str, str], content: str) -> Json | None:
    """The entity's type and arguments, without its place; None when the tag leaves no trace."""
    if tag in _PLAIN:
        return {"type": _PLAIN[tag]}
    if tag == "code":
        return _code(attributes.get("class", ""))
    if tag == "blockquote":
        return {"type": "expandable_blockquote" if "expandable" in attributes else "blockquote"}
    if tag == "tg-emoji":
        return _custom_emoji(attributes.get("emoji-id", ""))
    if tag == "tg-time":
        return _date_time(attributes.get("unix", ""), attributes.get("format", ""))
    url = checked_link(attributes.get("href") or content)
    return {"type": "text_link", "url": url} if url else None


def _code(css_class: str) -> Json:
    language = css_class.removeprefix(_LANGUAGE) if css_class.startswith(_LANGUAGE) else ""
    return {"type": "code", "language": language} if language else {"type": "code"}


def _custom_emoji(emoji_id: str) -> Json:
    if not re.fullmatch(r"-?[0-9]+", emoji_id) or int(emoji_id) == 0:
        raise bad_request("invalid custom emoji identifier specified")
    return {"type": "custom_emoji", "custom_emoji_id": emoji_id}


def _date_time(moment: str, pattern: str) -> Json | None:
    if not _DATE_FORMAT.fullmatch(pattern):
        raise bad_request("invalid date-time format specified")
    if not re.fullmatch(r"[0-9]{1,10}", moment) or int(moment) == 0:
        return None
    entity: Json = {"type": "date_time", "unix_time": int(moment)}
    return {**entity, "date_time_format": pattern} if pattern else entity


def checked_link(url: str) -> str:
    """The address as Telegram keeps it, or nothing when it is not a link that a client would open."""
    try:
        parts = urlsplit(url.strip() if "://" in url else f"http://{url.strip()}")
    except ValueError:
        return ""
    if parts.scheme not in _SCHEMES or not parts.netloc:
        return ""
    if parts.scheme.startswith("http") and "." not in parts.netloc and not parts.netloc.startswith("localhost"):
        return ""
    return urlunsplit(parts._replace(path=parts.path or "/")) if parts.scheme.startswith("http") else url.strip()
