"""The Bot API calls received so far, for tests to look at."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.sandbox.state.files import Upload
from bot.sandbox.types import Json, Now

_MOST_CALLS = 20_000


@dataclass(slots=True)
class Record:
    """`ok` is None while the call is under way; `error_code` is None unless it was answered with one."""

    n: int
    at: datetime
    method: str
    params: Mapping[str, Any]
    chat_id: str
    ok: bool | None = None
    error_code: int | None = None

    def as_json(self) -> Json:
        return {
            "n": self.n,
            "at": self.at.isoformat(),
            "method": self.method,
            "params": self.params,
            "ok": self.ok,
            "error_code": self.error_code,
        }


class CallLog:
    def __init__(self, now: Now) -> None:
        self._now = now
        self._records: deque[Record] = deque(maxlen=_MOST_CALLS)
        self._count = 0

    def add(self, method: str, values: Mapping[str, Any], uploads: Mapping[str, Upload]) -> Record:
        self._count += 1
        files = {name: f"<{upload.name}, {len(upload.content)} bytes>" for name, upload in uploads.items()}
        chat_id = str(values.get("chat_id", ""))
        record = Record(self._count, self._now(), method, {**values, **files}, chat_id)
        self._records.append(record)
        return record

    def matching(self, method: str | None, chat_id: str | None, after: int) -> list[Record]:
        return [
            record
            for record in self._records
            if record.n > after
            and (not method or record.method.lower() == method.lower())
            and (not chat_id or record.chat_id == chat_id)
        ]
