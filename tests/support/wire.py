"""The line between the bot and Telegram, for a test to cut, to jam and to hold answers back on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

HTML_PAGE = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
JSON_PAGE = '{"message": "bad gateway"}'


class Wire:
    """Passes calls on to the Bot API at `far_end`, unless a test has put something in the way."""

    def __init__(self, far_end: str, http: aiohttp.ClientSession) -> None:
        self.url = ""
        self._far_end = far_end
        self._http = http
        self._held: str | None = None
        self._page: str | None = None
        self.struck = asyncio.Event()
        """Set as soon as a call has met what is in the way."""
        self._runner = self._build()

    async def start(self) -> None:
        await self._runner.setup()
        await self._listen(0)
        host, port = self._runner.addresses[0]
        self.url = f"http://{host}:{port}"

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def cut(self) -> None:
        """What is connected breaks off, and whoever connects is refused."""
        await self.stop()

    async def lay_again(self) -> None:
        """At the same address as before."""
        self._runner = self._build()
        await self._runner.setup()
        await self._listen(int(self.url.rpartition(":")[2]))

    def hold_answers(self, method: str = "") -> None:
        """Calls take effect, those of `method` or all, and the bot does not hear of it."""
        self._held = method
        self.struck.clear()

    def answer_with(self, page: str) -> None:
        """As gateways do on bad days, Telegram's own too, in place of passing the call on."""
        self._page = page
        self.struck.clear()

    def mend(self) -> None:
        self._held, self._page = None, None

    def _build(self) -> web.AppRunner:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/{path:.*}", self._pass_on)
        return web.AppRunner(app, access_log=None, shutdown_timeout=0.1)

    async def _listen(self, port: int) -> None:
        await web.TCPSite(self._runner, "127.0.0.1", port, reuse_address=True).start()

    async def _pass_on(self, request: web.Request) -> web.Response:
        if self._page is not None:
            self.struck.set()
            return web.Response(status=502, text=self._page)
        headers = {"Content-Type": request.headers["Content-Type"]} if "Content-Type" in request.headers else {}
        body = await request.read()
        url = f"{self._far_end}{request.rel_url}"
        async with self._http.request(request.method, url, data=body, headers=headers) as answer:
            content = await answer.read()
        if self._held is not None and request.path.endswith(self._held):
            self.struck.set()
            await asyncio.Event().wait()
        return web.Response(status=answer.status, body=content, content_type="application/json")


@asynccontextmanager
async def laid_wire(far_end: str) -> AsyncIterator[Wire]:
    async with aiohttp.ClientSession() as http:
        wire = Wire(far_end, http)
        await wire.start()
        try:
            yield wire
        finally:
            await wire.stop()
