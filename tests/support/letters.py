"""What does not belong into a cleanly written Persian or Russian text."""

import re
from collections.abc import Iterator

from bot.domain.identity import Locale

_COMMON = {
    "a space twice": r"[^\S\n]{2,}",
    "a space before a line break": r"[^\S\n]\n",
    "a space before punctuation": r"\s[,;:!?،؛؟](?!\w)",
    "dots in place of an ellipsis of one sign": r"(?<!\.)\.\.(?!\.)",
    "an invisible sign that nobody sees": r"[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]",
    "a sign that is no text": r"[\x00-\x09\x0b-\x1f\x7f\ufffd]",
    "a Russian letter in a Latin word": r"[a-z][а-яё]|[а-яё][a-z]",
}
_OF = {
    Locale.FA: {
        "an Arabic letter": r"[يكةىٱ\u0660-\u0669]",
        "a Russian letter": r"[а-яё]",
        "a Latin comma, semicolon or question mark": r"[آ-ی][,;?]",
        "a joiner at the end of a word": r"\u200c(?![آ-یءئأؤإ])|(?<![آ-یءئأؤإ])\u200c",
        "Latin digits beside Persian words": r"(?<![\w/+.:-])(?<![A-Za-z] )[0-9]+(?![\w/+.:-])",
        "straight quotation marks": r"\"",
    },
    Locale.RU: {
        "a Persian letter": r"[\u0600-\u06ff]",
        "a hyphen in place of a dash": r"\s-\s",
        "straight quotation marks": r"\"",
    },
}


def blemishes(text: str, locale: Locale) -> Iterator[str]:
    """Each fault with the place where it is."""
    for fault, pattern in (_COMMON | _OF[locale]).items():
        for found in re.finditer(pattern, text, re.IGNORECASE):
            around = text[max(0, found.start() - 12) : found.end() + 12]
            yield f"{fault}: …{around!r}…"
