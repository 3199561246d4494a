"""Telegram counts text in UTF-16 code units; Python does not."""

from __future__ import annotations


def units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def cut(text: str, offset: int, length: int) -> str:
    """The part of `text` between two UTF-16 offsets, as an entity names it."""
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le")


def splits_a_character(text: str, offset: int) -> bool:
    """Whether a UTF-16 offset falls between the two halves of one character."""
    encoded = text.encode("utf-16-le")
    return 2 * offset < len(encoded) and 0xDC <= encoded[2 * offset + 1] <= 0xDF
