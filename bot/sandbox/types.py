"""The few types that all of the sandbox shares."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]
"""An object of the Bot API as JSON, with the Bot API's own field names."""

Now = Callable[[], datetime]
Advance = Callable[[timedelta], None]
NextPush = Callable[[], Awaitable[datetime | None]]


@dataclass(frozen=True, slots=True)
class SandboxUser:
    """A pretend person; `label` is what the tab of the chat page shows."""

    id: int
    first_name: str
    language_code: str | None
    label: str

    def as_telegram(self) -> Json:
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.language_code:
            user["language_code"] = self.language_code
        return user


def unix(moment: datetime) -> int:
    return int(moment.timestamp())
