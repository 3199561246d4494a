"""Words of Persian and Russian texts."""

import re
from datetime import timedelta

from bot.domain.identity import Locale

# A zero-width non-joiner binds the parts of one Persian word; combining marks belong to their letter.
_WORD = re.compile(r"\w(?:[\w\u0300-\u036f\u064b-\u0655\u0670\u200c'’\-]*\w)?")

# Calm speech in an interview. Russian words are longer, so fewer fit into a minute.
_WORDS_A_MINUTE = {Locale.FA: 130, Locale.RU: 110}


def word_count(text: str) -> int:
    """How many words a reader would count in `text`."""
    return len(_WORD.findall(text))


def time_aloud(text: str, locale: Locale) -> timedelta:
    """About how long it takes to say `text` calmly, to the nearest five seconds, at least five."""
    seconds = word_count(text) * 60 / _WORDS_A_MINUTE[locale]
    return timedelta(seconds=max(5, round(seconds / 5) * 5))
