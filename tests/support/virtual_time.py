"""An event loop whose clock is moved by the sleeping alone: minutes pass in no time, and always in the same way."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


class VirtualTime(asyncio.SelectorEventLoop):
    """Whenever everybody sleeps, the clock jumps to the moment at which the first one wakes up."""

    def __init__(self) -> None:
        self._now = 0.0
        super().__init__(_Jumps(self))

    def time(self) -> float:
        return self._now

    def pass_by(self, seconds: float) -> None:
        """So much time passes in which the loop does nothing, as when the process stands still."""
        self._now += seconds


class _Jumps(selectors.SelectSelector):
    """In place of waiting for as long as the loop would."""

    def __init__(self, loop: VirtualTime) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise AssertionError("everybody waits for somebody else, and nobody for the clock")
        self._loop.pass_by(max(0.0, timeout))
        return super().select(0)


def in_virtual_time(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """Runs it to its end on a clock of its own, which begins at nought."""
    with asyncio.Runner(loop_factory=VirtualTime) as runner:
        return runner.run(coroutine)
