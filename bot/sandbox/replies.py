"""Answers over HTTP in JSON."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.sandbox.errors import ApiError, ConnectionDroppedError

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def json_reply(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return web.Response(body=body, status=status, headers=headers, content_type="application/json", charset="utf-8")


@web.middleware
async def refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    """On the people's side a refusal is `{"error": ...}`; a dropped connection gets no answer at all."""
    try:
        _check_origin(request)
        return await handler(request)
    except ApiError as error:
        return json_reply({"error": error.description.removeprefix("Bad Request: ")}, error.code)
    except ConnectionDroppedError:
        return drop(request)


def _check_origin(request: web.Request) -> None:
    """A page that the developer happens to have open must not act in the sandbox on their machine."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise ApiError(403, "requests from other sites' pages are refused")


def drop(request: web.Request) -> web.Response:
    """Breaks the connection; the response that aiohttp wants all the same goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
