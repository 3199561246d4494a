"""Puts the sandbox together and listens."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from pathlib import Path

from aiohttp import web

from bot.sandbox.api.bot_api import BotApi
from bot.sandbox.api.call_log import CallLog
from bot.sandbox.errors import ConnectionDroppedError
from bot.sandbox.faults import Faults
from bot.sandbox.limits import Limits
from bot.sandbox.people.controls import Clock, Controls
from bot.sandbox.people.routes import People
from bot.sandbox.replies import refusals
from bot.sandbox.state.world import World
from bot.sandbox.types import Advance, NextPush, Now, SandboxUser

_WEB = Path(__file__).parent / "web"
_LARGEST_REQUEST = 64 * 1024 * 1024
_PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
}


class Sandbox:
    """A stand-in for Telegram on a port of this machine: `start`, point the bot at `url`, `stop`."""

    def __init__(
        self,
        *,
        token: str,
        users: Sequence[SandboxUser],
        now: Now,
        advance: Advance | None = None,
        next_push: NextPush | None = None,
    ) -> None:
        self.url = ""
        self._world = World(_bot_id(token), users, now)
        self.faults = Faults(on_down=self._break_poll)
        self.limits = Limits()
        self._runner = web.AppRunner(
            self._build(token, Clock(self._world, advance, next_push)),
            access_log=None,
            shutdown_timeout=1.0,
        )

    def _build(self, token: str, clock: Clock) -> web.Application:
        log = CallLog(self._world.now)
        app = web.Application(middlewares=[refusals], client_max_size=_LARGEST_REQUEST)
        app.add_routes(BotApi(token, self._world, self.faults, self.limits, log).routes())
        app.add_routes(People(self._world, movable=clock.movable).routes())
        app.add_routes(Controls(self._world, self.faults, self.limits, log).routes())
        app.add_routes(clock.routes())
        app.add_routes([web.get("/", _page), web.static("/web", _WEB)])
        app.on_response_prepare.append(_guard)
        app.on_shutdown.append(self._hang_up)
        return app

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listens on `host` only; port 0 means any free one."""
        await self._runner.setup()
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family, backlog=1024)
        await web.SockSite(self._runner, listener).start()
        shown = f"[{host}]" if ":" in host else host
        self.url = f"http://{shown}:{listener.getsockname()[1]}"

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def _hang_up(self, _app: web.Application) -> None:
        self._world.events.close()
        self._break_poll()
        await self._world.webhook.delete()

    def _break_poll(self) -> None:
        self._world.updates.end_poll(ConnectionDroppedError())


def _bot_id(token: str) -> int:
    number = token.partition(":")[0]
    if not number.isdecimal():
        raise ValueError("a bot token begins with the bot's number and a colon")
    return int(number)


async def _page(_request: web.Request) -> web.FileResponse:
    return web.FileResponse(_WEB / "index.html")


async def _guard(request: web.Request, response: web.StreamResponse) -> None:
    if request.path == "/" or request.path.startswith("/web/"):
        response.headers.update(_PAGE_HEADERS)
