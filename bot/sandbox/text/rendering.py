"""Text with entities becomes HTML that a page may insert as it is: every character of the text is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from bot.sandbox.text.tags import checked_link
from bot.sandbox.text.utf16 import cut, units
from bot.sandbox.types import Json

_TAGS = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code", "pre": "pre",
    "blockquote": "blockquote",
}  # fmt: skip
_LINK = '<a href="{}" target="_blank" rel="noopener noreferrer">'


def to_html(text: str, entities: Iterable[Json]) -> str:
    """Overlapping entities are closed and opened again, so that the tags always nest."""
    ordered = sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))
    ends = {point for entity in ordered for point in (entity["offset"], _end(entity))}
    points = sorted({0, units(text), *ends})
    pieces: list[str] = []
    opened: list[Json] = []
    for point, following in zip(points, [*points[1:], None], strict=True):
        _close_at(point, opened, pieces)
        for entity in ordered:
            if entity["offset"] == point:
                opened.append(entity)
                pieces.append(_tags(entity, text)[0])
        if following is not None:
            pieces.append(escape(cut(text, point, following - point)))
    return "".join(pieces)


def _close_at(point: int, opened: list[Json], pieces: list[str]) -> None:
    again: list[Json] = []
    while any(_end(entity) <= point for entity in opened):
        entity = opened.pop()
        pieces.append(_tags(entity, "")[1])
        if _end(entity) > point:
            again.insert(0, entity)
    for entity in again:
        opened.append(entity)
        pieces.append(_tags(entity, "")[0])


def _end(entity: Json) -> int:
    end: int = entity["offset"] + entity["length"]
    return end


def _tags(entity: Json, text: str) -> tuple[str, str]:
    """The opening and the closing tag; `text` is the whole text, for links that are their own address."""
    kind = entity["type"]
    if kind == "pre" and entity.get("language"):
        return f'<pre><code class="language-{escape(entity["language"])}">', "</code></pre>"
    if kind in _TAGS:
        return f"<{_TAGS[kind]}>", f"</{_TAGS[kind]}>"
    if kind == "expandable_blockquote":
        return "<blockquote expandable>", "</blockquote>"
    if kind == "date_time":
        return f'<time data-unix="{int(entity["unix_time"])}">', "</time>"
    if kind in ("text_link", "url", "email"):
        return _link(entity, text)
    return f'<span class="tg-{escape(kind.replace("_", "-"))}">', "</span>"


def _link(entity: Json, text: str) -> tuple[str, str]:
    address = entity.get("url") or cut(text, entity["offset"], entity["length"])
    if entity["type"] == "email":
        return _LINK.format(escape(f"mailto:{address}")), "</a>"
    # An address in an explicit entity comes from the caller: javascript: and the like must not get through.
    return _LINK.format(escape(checked_link(address) or "#")), "</a>"
