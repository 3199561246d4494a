"""Typed messages and how they belong together."""

from dataclasses import dataclass
from datetime import datetime, timedelta

MESSAGE_UNITS = 4096
"""Telegram's limit for one message, in UTF-16 units; clients cut a longer text into several."""

# A client prefers to cut between paragraphs or sentences, anywhere in the second half of what fits.
_CUT_FROM = MESSAGE_UNITS // 2
_CUT_WITHIN = timedelta(seconds=5)
_GOES_ON_WITHIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class TypedMessage:
    """A message as it arrived; `reply_to` is the id of the message that it replies to."""

    id: int
    text: str
    sent_at: datetime
    reply_to: int | None = None


def continues(earlier: TypedMessage, message: TypedMessage) -> bool:
    """Whether a client cut `message` off the end of `earlier`, rather than the user sent it by itself."""
    units = len(earlier.text.encode("utf-16-le")) // 2
    return units >= _CUT_FROM and message.sent_at - earlier.sent_at <= _CUT_WITHIN


def goes_on(earlier: TypedMessage, message: TypedMessage) -> bool:
    """Whether `message` was typed soon enough after `earlier` to be more of the same answer."""
    return message.sent_at - earlier.sent_at <= _GOES_ON_WITHIN
