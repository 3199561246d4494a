"""HTML as the Bot API understands it becomes plain text with entities; errors are worded as Telegram's."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.text.tags import SUPPORTED, entity_of
from bot.sandbox.text.utf16 import units
from bot.sandbox.types import Json

# Telegram's parser takes these, and the end of the text, for white space.
_SPACE = " \t\r\n\v\0"
_PLAIN = re.compile(r"[^<&]+")
_REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]*)|#(?P<decimal>[0-9]*)|(?P<name>[a-zA-Z]*));?")
_TAG_NAME = re.compile(rf"[^{_SPACE}>]*")
_ATTRIBUTE_NAME = re.compile(rf"[^{_SPACE}=>/\"']*")
_NAME_TOKEN = re.compile(r"[0-9A-Za-z.-]*")
_SPACES = re.compile(rf"[{_SPACE}]*")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_LONGEST_NUMBER = 10


@dataclass(frozen=True, slots=True)
class _OpenTag:
    name: str
    attributes: dict[str, str]
    offset: int
    part: int


@dataclass(slots=True)
class HtmlParser:
    source: str
    at: int = 0
    length: int = 0
    parts: list[str] = field(default_factory=list)
    open: list[_OpenTag] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def parse(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            character = self.source[self.at]
            if character == "<":
                self._tag()
            elif character == "&":
                self._add(self._reference())
            else:
                self._add(self._take(_PLAIN))
        if self.open:
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        return "".join(self.parts), self.entities

    def _tag(self) -> None:
        begin = self.at
        self.at += 1
        if self._here() == "/":
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        name = self._take(_TAG_NAME).lower()
        if self._ended():
            raise self._error("Unclosed start tag", begin)
        if name not in SUPPORTED:
            raise self._error(f'Unsupported start tag "{name}"', begin)
        attributes = self._attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise self._error('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_OpenTag(name, attributes, self.length, len(self.parts)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._take(_SPACES)
            if self._here() == ">":
                self.at += 1
                return attributes
            name = self._take(_ATTRIBUTE_NAME)
            if not name:
                raise self._error(f'Empty attribute name in the tag "{tag}"', begin)
            attributes[name] = self._attribute_value(tag, begin)

    def _attribute_value(self, tag: str, begin: int) -> str:
        self._take(_SPACES)
        has_value = self._here() == "="
        if has_value:
            self.at += 1
            self._take(_SPACES)
        if self._ended():
            raise self._error(f'Unclosed start tag "{tag}"', begin)
        if not has_value:
            return ""
        value = self._quoted(self._here()) if self._here() in "'\"" else self._name_token()
        if self._ended():
            raise self._error("Unclosed start tag", begin)
        return value

    def _name_token(self) -> str:
        begin = self.at
        value = self._take(_NAME_TOKEN).lower()
        if not self._ended() and self._here() not in _SPACE + ">":
            raise self._error("Unexpected end of name token", begin)
        return value

    def _quoted(self, quote: str) -> str:
        self.at += 1
        pieces: list[str] = []
        while not self._ended() and self._here() != quote:
            if self._here() == "&":
                pieces.append(self._reference())
            else:
                pieces.append(self._here())
                self.at += 1
        self.at += 1
        return "".join(pieces)

    def _end_tag(self, begin: int) -> None:
        if not self.open:
            raise self._error("Unexpected end tag", begin)
        self.at += 1
        name = self._take(_TAG_NAME).lower()
        self._take(_SPACES)
        if self._here() != ">":
            raise self._error("Unclosed end tag", begin)
        self.at += 1
        expected = self.open[-1].name
        if name not in ("", expected):
            raise self._error("Unmatched end tag", begin, f', expected "</{expected}>", found "</{name}>"')
        self._close(self.open.pop())

    def _close(self, tag: _OpenTag) -> None:
        if self.length == tag.offset:
            return
        entity = entity_of(tag.name, tag.attributes, "".join(self.parts[tag.part :]))
        if entity is None:
            return
        span = {"offset": tag.offset, "length": self.length - tag.offset}
        if not self._merge_pre_and_code(entity, span):
            self.entities.append({"type": entity.pop("type"), **span, **entity})

    def _merge_pre_and_code(self, entity: Json, span: Json) -> bool:
        """A `code` with a language and a `pre` around the same text are one `pre` with that language."""
        inner = self.entities[-1] if self.entities else None
        if inner is None or any(inner[key] != span[key] for key in span):
            return False
        if {entity["type"], inner["type"]} != {"pre", "code"}:
            return False
        language = entity.get("language") or inner.get("language")
        if not language:
            return False
        inner.update(type="pre", language=language)
        return True

    def _reference(self) -> str:
        """What `&...;` stands for; an unknown one is just text, beginning with its ampersand."""
        match = _REFERENCE.match(self.source, self.at)
        decoded = _decode(match) if match else None
        if match is None or decoded is None:
            self.at += 1
            return "&"
        self.at = match.end()
        return decoded

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += units(text)

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.source, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match.group()

    def _here(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else ""

    def _ended(self) -> bool:
        return self.at >= len(self.source)

    def _error(self, reason: str, position: int, more: str = "") -> ApiError:
        offset = len(self.source[:position].encode())
        return _unparsable(f"{reason} at byte offset {offset}{more}")


def _decode(match: re.Match[str]) -> str | None:
    if match["name"] is not None:
        return _NAMED.get(match["name"])
    digits, base = (match["hex"], 16) if match["hex"] is not None else (match["decimal"], 10)
    written = match.group().rstrip(";")
    code = int(digits, base) if digits else 0
    if not 0 < code < 0x10FFFF or len(written) >= _LONGEST_NUMBER:
        return None
    if 0xD800 <= code <= 0xDFFF:
        raise _unparsable(
            "Text contains invalid Unicode characters after decoding HTML entities,"
            " check for unmatched surrogate code units"
        )
    return chr(code)


def _unparsable(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Text and entities (UTF-16 offsets, in the order of their end tags); `ApiError` for broken markup."""
    return HtmlParser(source).parse()
