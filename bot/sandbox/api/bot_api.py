"""The Bot API over HTTP: what the bot talks to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.sandbox.api.call_log import CallLog, Record
from bot.sandbox.api.calls import find_method, read_call
from bot.sandbox.api.forms import read_request
from bot.sandbox.api.methods import carry_out, check_implemented
from bot.sandbox.errors import ApiError, ConnectionDroppedError
from bot.sandbox.faults import Faults
from bot.sandbox.limits import Limits
from bot.sandbox.replies import drop, json_reply
from bot.sandbox.state.files import Upload
from bot.sandbox.state.world import World
from bot.sandbox.types import Json


class BotApi:
    def __init__(self, token: str, world: World, faults: Faults, limits: Limits, log: CallLog) -> None:
        self._token = token
        self._world = world
        self._faults = faults
        self._limits = limits
        self._log = log
        world.webhook.carry_out = self.carry_out_answer

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token:[^/]+}/{method}", self.call),
            web.get("/file/bot{token:[^/]+}/files/{id}/{name}", self.download),
        ]

    async def call(self, request: web.Request) -> web.Response:
        name = request.match_info["method"]
        try:
            values, uploads = await read_request(request)
        except ApiError as error:
            return _refusal(error)
        record = self._log.add(_proper(name), values, uploads)
        try:
            lost = await self._faults.meet(name.lower(), _chat_id(values))
            self._check_token(request)
            result = await self._result(name, values, uploads)
        except ApiError as error:
            record.ok, record.error_code = False, error.code
            return _refusal(error)
        except ConnectionDroppedError:
            record.ok = False
            return drop(request)
        record.ok = True
        return drop(request) if lost else json_reply({"ok": True, "result": result})

    async def carry_out_answer(self, name: str, values: Mapping[str, Any], uploads: Mapping[str, Upload]) -> None:
        """A method in a webhook's answer: nobody is told how it went, as with Telegram."""
        record: Record = self._log.add(_proper(name), values, uploads)
        try:
            await self._result(name, values, uploads)
        except ApiError as error:
            record.ok, record.error_code = False, error.code
        else:
            record.ok = True

    async def _result(self, name: str, values: Mapping[str, Any], uploads: Mapping[str, Upload]) -> Any:
        find_method(name)
        check_implemented(name)
        self._limits.check(name.lower(), _chat_id(values))
        return await carry_out(self._world, read_call(name, values, uploads))

    async def download(self, request: web.Request) -> web.Response:
        try:
            await self._faults.meet("file", None)
            self._check_token(request)
        except ApiError as error:
            return _refusal(error)
        except ConnectionDroppedError:
            return drop(request)
        file = self._world.files.get(request.match_info["id"])
        if file is None:
            return _refusal(ApiError(404, "Not Found"))
        return web.Response(body=file.content, content_type="application/octet-stream")

    def _check_token(self, request: web.Request) -> None:
        if request.match_info["token"] != self._token:
            raise ApiError(401, "Unauthorized")


def _proper(name: str) -> str:
    """The method's name as the documentation writes it: Telegram does not care about case."""
    try:
        return find_method(name).__api_method__
    except ApiError:
        return name


def _chat_id(values: Mapping[str, Any]) -> int | None:
    try:
        return int(values["chat_id"])
    except (KeyError, TypeError, ValueError):
        return None


def _refusal(error: ApiError) -> web.Response:
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    if error.retry_after is None:
        return json_reply(body, error.code)
    body["parameters"] = {"retry_after": error.retry_after}
    return json_reply(body, error.code, {"Retry-After": str(error.retry_after)})
