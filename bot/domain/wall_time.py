"""Reads an hour as people type it."""

import re
from datetime import time

from bot.domain.errors import BadTime

# \d takes Persian and Arabic digits too, and so does int().
_HOUR = re.compile(r"\s*(\d{1,2})(?:\s*[:.٫،,\-hч ]\s*(\d{2}))?\s*")
_RUN_TOGETHER = re.compile(r"\s*(\d{1,2})(\d{2})\s*")


def parse_time(text: str) -> time:
    """A time of day from texts such as 9, 9:30, 21.00, 0730 or ۷:۳۰. Raises BadTime."""
    found = _HOUR.fullmatch(text) or _RUN_TOGETHER.fullmatch(text)
    if found is None:
        raise BadTime
    try:
        return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        raise BadTime from None
