"""What passes between the services and the delivery: what a claimed row turns into, and what became of it."""

from dataclasses import dataclass
from datetime import datetime

from bot.db.deliveries import Claimed
from bot.domain.identity import AttemptId, Locale
from bot.services.asking import Asked


@dataclass(frozen=True, slots=True)
class QuestionPush:
    """The day's question, or the one asked for "later today"; `silent` where it is late and the user asleep."""

    locale: Locale
    asked: Asked
    silent: bool = False


@dataclass(frozen=True, slots=True)
class PauseNotice:
    """The news that the daily question has stopped by itself."""

    locale: Locale


@dataclass(frozen=True, slots=True)
class Button:
    """A button below a broadcast: opens `url`, or tells the bot `data`; one of the two is given."""

    text: str
    url: str | None = None
    data: str | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What is sent to those who read one language: a text (Telegram's HTML), or a copy of a message."""

    text: str | None = None
    from_chat_id: int | None = None
    message_id: int | None = None
    buttons: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Recall:
    """A broadcast's message that is to be deleted from the user's chat."""

    message_id: int


Prepared = QuestionPush | PauseNotice | Content | Recall


@dataclass(frozen=True, slots=True)
class NotNeeded:
    """The reason why a delivery is not sent after all; `made_up_for`: the user has got the same in another way."""

    reason: str
    made_up_for: bool = False


@dataclass(frozen=True, slots=True)
class NotYet:
    """The delivery waits, for the user's or for Telegram's sake; this does not count as a try."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram has taken the message; of a question, `attempt_id` is its attempt."""

    message_id: int
    attempt_id: AttemptId | None = None


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Telegram will not deliver to this user until they come back."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram will never take this message."""

    reason: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A passing fault; `perhaps_sent` when Telegram may have taken the message without our hearing of it.

    With `outage_until` it is the fault of no message, and all wait until then.
    """

    reason: str
    perhaps_sent: bool = False
    outage_until: datetime | None = None


Outcome = Sent | NotNeeded | NotYet | Unreachable | Refused | Fault


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a claimed row."""

    claimed: Claimed
    outcome: Outcome
