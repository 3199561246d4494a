"""What Telegram does to every text: cleans and trims it, orders its entities, finds links and commands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.sandbox.errors import bad_request
from bot.sandbox.text.html_parser import parse_html
from bot.sandbox.text.utf16 import splits_a_character, units
from bot.sandbox.types import Json

_ARGUMENTS = ("url", "user", "language", "custom_emoji_id", "unix_time", "date_time_format")
_CONTROL = {code: " " for code in range(32) if code not in (10, 13)}
# Carriage returns, direction overrides and the marks that draw vertical lines are thrown away.
_REMOVED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_DIRTY = re.compile("[\x00-\x09\x0b-\x1f\u2028-\u202e\u0333\u033f\u030a]")
_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]»])"
    r"|(?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,})"
    r"|(?P<mention>(?<![\w@/])@[A-Za-z]\w{3,31}\b)"
    r"|(?P<bot_command>(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/]))"
    r"|(?P<hashtag>(?<![\w#])#\w*[^\W\d_]\w*)",
)
_WORDS = ("bold", "italic", "underline", "strikethrough", "spoiler")
_QUOTES = ("blockquote", "expandable_blockquote")
_ORDER = (*_QUOTES, "pre", "code", "text_link", "text_mention", "custom_emoji", "date_time", *_WORDS)
_MONOSPACE = ("pre", "code")
KNOWN_TYPES = frozenset(_ORDER) | {
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FormattedText:
    text: str
    entities: tuple[Json, ...] = ()


def formatted(source: str, parse_mode: str | None, given: Sequence[Json] = ()) -> FormattedText:
    """What Telegram makes of a text in a call; empty when only white space is left."""
    if parse_mode and parse_mode.lower() != "html":
        raise bad_request(f'unsupported parse_mode "{parse_mode}": the sandbox reads HTML only')
    _check_encoding(source)
    return _formatted_html(source) if parse_mode else _finished(source, _explicit(source, given))


# A broadcast sends the same text to everybody.
@lru_cache(maxsize=512)
def _formatted_html(source: str) -> FormattedText:
    return _finished(*parse_html(source))


def _finished(text: str, entities: list[Json]) -> FormattedText:
    text, entities = _clean(text, entities)
    text, entities = _trim(text, _in_order(entities))
    return FormattedText(text, tuple(_with_found(text, entities)))


def _check_encoding(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None


def _explicit(text: str, given: Iterable[Json]) -> list[Json]:
    length = units(text)
    entities = []
    for entity in given:
        if entity["type"] not in KNOWN_TYPES:
            raise bad_request(f'can\'t parse MessageEntity: unsupported type "{entity["type"]}" specified')
        start, end = _span(entity)
        if start < 0 or end < start:
            raise bad_request(f"entity with incorrect offset {start} or length {end - start}")
        if splits_a_character(text, start) or splits_a_character(text, end):
            raise bad_request(f"entity beginning at UTF-16 offset {start} cuts a UTF-16 symbol")
        arguments = {key: entity[key] for key in _ARGUMENTS if entity.get(key) is not None}
        entities.append({"type": entity["type"], **_placed(start, min(end, length)), **arguments})
    return entities


def _span(entity: Json) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]


def _placed(start: int, end: int) -> Json:
    return {"offset": start, "length": end - start}


def _clean(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    if not _DIRTY.search(text):
        return text, entities
    removed = [units(text[: match.start()]) for match in _REMOVED.finditer(text)]
    kept = _REMOVED.sub("", text).translate(_CONTROL)
    return kept, [_moved(entity, removed) for entity in entities]


def _moved(entity: Json, removed: list[int]) -> Json:
    start, end = _span(entity)
    return {**entity, **_placed(start - bisect_left(removed, start), end - bisect_left(removed, end))}


def _trim(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """White space goes from the end, and from the beginning as far as the first entity."""
    kept = text.rstrip(" \n")
    end = units(kept)
    entities = [{**e, **_placed(e["offset"], min(_span(e)[1], end))} for e in entities if e["offset"] < end]
    leading = len(kept) - len(kept.lstrip(" \n"))
    if entities:
        leading = min(leading, entities[0]["offset"])
    return kept[leading:], [{**e, "offset": e["offset"] - leading} for e in entities]


def _rank(entity: Json) -> tuple[int, int, int]:
    kind = entity["type"]
    return entity["offset"], -entity["length"], _ORDER.index(kind) if kind in _ORDER else len(_ORDER)


def _in_order(entities: Iterable[Json]) -> list[Json]:
    """Sorted, without empty ones, without one inside its own kind, and with nothing inside code."""
    kept: list[Json] = []
    around: list[Json] = []
    for entity in sorted((e for e in entities if e["length"] > 0), key=_rank):
        if entity["type"] == "code" and "language" in entity:
            entity.pop("language")
        around = [other for other in around if _span(other)[1] > entity["offset"]]
        if not any(_swallows(other, entity) for other in around):
            kept.append(entity)
            around.append(entity)
    blocks = [_span(entity) for entity in kept if entity["type"] in _MONOSPACE]
    return sorted(_around(kept, blocks), key=_rank) if blocks else kept


def _swallows(outer: Json, inner: Json) -> bool:
    start, end = _span(outer)
    if not start <= inner["offset"] or _span(inner)[1] > end:
        return False
    same = outer["type"] == inner["type"] or (outer["type"] in _QUOTES and inner["type"] in _QUOTES)
    return same or outer["type"] in _MONOSPACE


def _around(entities: list[Json], blocks: list[tuple[int, int]]) -> Iterable[Json]:
    """Bold and the like stop before code inside them and go on after it."""
    for entity in entities:
        if entity["type"] not in _WORDS:
            yield entity
            continue
        start, end = _span(entity)
        for block_start, block_end in blocks:
            if block_end <= start or block_start >= end:
                continue
            if start < block_start:
                yield {**entity, **_placed(start, block_start)}
            start = block_end
        if start < end:
            yield {**entity, **_placed(start, end)}


def _with_found(text: str, entities: list[Json]) -> list[Json]:
    """Links, mentions, commands and hashtags that nobody marked, outside of code and links."""
    taken = [_span(entity) for entity in entities if entity["type"] not in (*_WORDS, *_QUOTES)]
    found: list[Json] = []
    for match in _FOUND.finditer(text):
        start = units(text[: match.start()])
        end = start + units(match.group())
        if not any(start < other_end and other_start < end for other_start, other_end in taken):
            found.append({"type": match.lastgroup, **_placed(start, end)})
    return sorted([*entities, *found], key=_rank) if found else entities
