"""A wall clock that a test moves under a running process, by libfaketime."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

LIBRARY = next(Path("/usr/lib").glob("**/faketime/libfaketimeMT.so.1"), None)
WHY_NOT = "libfaketime is not installed (Debian: apt install libfaketime)"


class FakeTime:
    """The process's clock is the real one moved by `offset`; clocks that count what has passed stay as they are."""

    def __init__(self, folder: Path, offset: timedelta) -> None:
        self._file = folder / "faketime"
        self._offset = offset
        self.move(timedelta())

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    def move(self, by: timedelta) -> None:
        """The wall clock jumps."""
        self._offset += by
        written = self._file.with_suffix(".new")
        written.write_text(f"{self._offset.total_seconds():+.0f}\n")
        written.replace(self._file)  # never half a number

    @property
    def environment(self) -> dict[str, str]:
        return {
            "LD_PRELOAD": str(LIBRARY),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
