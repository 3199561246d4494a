"""Waiting for something to become true."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable

_GLANCE = 0.05


async def until(is_so: Callable[[], bool | Awaitable[bool]], within: float = 10.0) -> None:
    """Looks again and again; an assertion fails when it has not become true in so many seconds."""
    deadline = time.monotonic() + within
    while True:
        found = is_so()
        if await found if inspect.isawaitable(found) else found:
            return
        assert time.monotonic() < deadline, "what is waited for does not happen"
        await asyncio.sleep(_GLANCE)
