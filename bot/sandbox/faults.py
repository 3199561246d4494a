"""Faults that can be switched on: what goes wrong between a bot and Telegram."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil

from bot.sandbox.errors import ApiError, ConnectionDroppedError, bad_request, forbidden, too_many_requests


class FaultKind(StrEnum):
    TOO_MANY_REQUESTS = "too_many_requests"
    SERVER_ERROR = "server_error"
    RESET = "reset"
    LOST_RESPONSE = "lost_response"
    DELAY = "delay"
    DOWN = "down"
    NOT_FOUND = "not_found"
    DEACTIVATED = "deactivated"


@dataclass(frozen=True, slots=True)
class Fault:
    """`method` None: any but getUpdates; `times` None: until cleared; seconds are those of the real clock."""

    kind: FaultKind
    method: str | None = None
    chat_id: int | None = None
    times: int | None = None
    retry_after: float = 1
    seconds: float = 1
    probability: float = 1
    seed: int = 0


@dataclass(slots=True)
class _Armed:
    fault: Fault
    left: int | None
    chance: random.Random = field(repr=False)

    def strikes(self, method: str, chat_id: int | None) -> bool:
        fault = self.fault
        if self.left == 0 or (fault.chat_id is not None and fault.chat_id != chat_id):
            return False
        if fault.method is not None and fault.method.lower() != method:
            return False
        if fault.method is None and method == "getupdates" and fault.kind is not FaultKind.DOWN:
            return False
        if fault.probability < 1 and self.chance.random() >= fault.probability:
            return False
        if self.left is not None:
            self.left -= 1
        return True


class Faults:
    def __init__(self, on_down: Callable[[], None] = lambda: None) -> None:
        self._armed: list[_Armed] = []
        self._on_down = on_down

    def add(self, fault: Fault) -> None:
        # Repeatable chaos in tests is the point of the seed; nothing secret hangs on it.
        self._armed.append(_Armed(fault, fault.times, random.Random(fault.seed)))  # noqa: S311
        if fault.kind is FaultKind.DOWN:
            self._on_down()

    def clear(self) -> None:
        self._armed.clear()

    async def meet(self, method: str, chat_id: int | None) -> bool:
        """Raises what a call is to suffer, after its delays; True when only the answer is to be lost."""
        lost = False
        for armed in list(self._armed):
            if not armed.strikes(method, chat_id):
                continue
            if armed.fault.kind is FaultKind.DELAY:
                await asyncio.sleep(armed.fault.seconds)
            elif armed.fault.kind is FaultKind.LOST_RESPONSE:
                lost = True
            else:
                raise _suffered(armed.fault)
        self._armed = [armed for armed in self._armed if armed.left != 0]
        return lost


def _suffered(fault: Fault) -> ApiError | ConnectionDroppedError:
    match fault.kind:
        case FaultKind.TOO_MANY_REQUESTS:
            return too_many_requests(ceil(fault.retry_after))
        case FaultKind.SERVER_ERROR:
            return ApiError(502, "Bad Gateway")
        case FaultKind.NOT_FOUND:
            return bad_request("chat not found")
        case FaultKind.DEACTIVATED:
            return forbidden("user is deactivated")
        case _:
            return ConnectionDroppedError()
