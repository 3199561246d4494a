"""The sandbox's own switches over HTTP: the clock, faults, limits, the call log and live events."""

from __future__ import annotations

import json
import math
from dataclasses import fields
from datetime import timedelta
from typing import Any

from aiohttp import web

from bot.sandbox.api.call_log import CallLog
from bot.sandbox.api.forms import read_object
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.faults import Fault, FaultKind, Faults
from bot.sandbox.limits import Limits
from bot.sandbox.replies import json_reply
from bot.sandbox.state.events import CLOCK
from bot.sandbox.state.world import World
from bot.sandbox.types import Advance, Json, NextPush

_HEARTBEAT = 15.0
_JUST_AFTER = timedelta(seconds=1)
_LONGEST_STEP = timedelta(days=3660)
_FAULT_FIELDS = {field.name for field in fields(Fault)}
_LIMITS = ("per_second", "per_chat_per_second")


class Clock:
    def __init__(self, world: World, advance: Advance | None, next_push: NextPush | None) -> None:
        self._world = world
        self._advance = advance
        self._next_push = next_push

    @property
    def movable(self) -> bool:
        return self._advance is not None

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/clock/advance", self.advance), web.post("/clock/next", self.next)]

    async def advance(self, request: web.Request) -> web.Response:
        seconds: Any = (read_object(await request.read())).get("seconds")
        if not isinstance(seconds, int | float) or not math.isfinite(seconds):
            raise bad_request("seconds must be a number")
        if not 0 <= seconds <= _LONGEST_STEP.total_seconds():
            raise bad_request("the clock moves forward only, and by at most ten years")
        self._move(timedelta(seconds=seconds))
        return json_reply({"now": self._world.now().isoformat()})

    async def next(self, _request: web.Request) -> web.Response:
        self._check_movable()
        if self._next_push is None:
            raise ApiError(409, "nobody knows when the bot speaks next")
        coming = await self._next_push()
        if coming is not None and coming >= self._world.now():
            self._move(coming - self._world.now() + _JUST_AFTER)
        return json_reply({"now": self._world.now().isoformat(), "next": coming and coming.isoformat()})

    def _move(self, step: timedelta) -> None:
        self._check_movable()(step)
        self._world.events.publish(CLOCK)

    def _check_movable(self) -> Advance:
        if self._advance is None:
            raise ApiError(409, "the clock cannot be moved: it is the real one")
        return self._advance


class Controls:
    def __init__(self, world: World, faults: Faults, limits: Limits, log: CallLog) -> None:
        self._world = world
        self._faults = faults
        self._limits = limits
        self._log = log

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/events", self.events),
            web.get("/calls", self.calls),
            web.post("/faults", self.add_fault),
            web.delete("/faults", self.clear_faults),
            web.post("/limits", self.set_limits),
        ]

    async def events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        async with self._world.events.listen() as listener:
            try:
                # Comments from time to time: they keep the line open and show when it is broken.
                await response.write(b": hello\n\n")
                while not listener.closed:
                    changes = await listener.changes(_HEARTBEAT)
                    lines = [f"data: {json.dumps(change)}\n\n" for change in changes] or [": still here\n\n"]
                    await response.write("".join(lines).encode())
            except ConnectionError:
                pass
        return response

    async def calls(self, request: web.Request) -> web.Response:
        query = request.query
        try:
            after = int(query.get("after", 0))
        except ValueError:
            raise bad_request("after must be an integer") from None
        records = self._log.matching(query.get("method"), query.get("chat_id"), after)
        return json_reply([record.as_json() for record in records])

    async def add_fault(self, request: web.Request) -> web.Response:
        self._faults.add(_read_fault(read_object(await request.read())))
        return json_reply({})

    async def clear_faults(self, _request: web.Request) -> web.Response:
        self._faults.clear()
        return json_reply({})

    async def set_limits(self, request: web.Request) -> web.Response:
        body = read_object(await request.read())
        values = [body.get(name) for name in _LIMITS]
        if set(body) - set(_LIMITS) or any(value is not None and not isinstance(value, int) for value in values):
            raise bad_request("limits are per_second and per_chat_per_second: whole numbers, or null for none")
        self._limits.set(*values)
        return json_reply({})


def _read_fault(body: Json) -> Fault:
    unknown = body.keys() - _FAULT_FIELDS
    if unknown:
        raise bad_request(f'unknown field "{min(unknown)}" of a fault')
    try:
        return Fault(**{**body, "kind": FaultKind(str(body.get("kind")))})
    except ValueError:
        raise bad_request(f"kind must be one of {', '.join(FaultKind)}") from None
