"""The people's side over HTTP: the page and the tests act as pretend persons here."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.sandbox.api.forms import read_object, read_request
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.people import acting, views
from bot.sandbox.replies import json_reply
from bot.sandbox.state.chats import Chat
from bot.sandbox.state.world import World
from bot.sandbox.types import Json, SandboxUser

# Pictures may be shown by the browser; anything else that was uploaded must not run as a page of ours.
_SHOWN = {"image/png", "image/jpeg", "image/gif", "image/webp"}


class People:
    def __init__(self, world: World, *, movable: bool) -> None:
        self._world = world
        self._movable = movable

    def routes(self) -> list[web.RouteDef]:
        chat = "/people/{id:-?[0-9]+}"
        return [
            web.get("/people/", self.all),
            web.post("/people/", self.add),
            web.get(f"{chat}/chat", self.chat),
            web.post(f"{chat}/messages", self.say),
            web.post(f"{chat}/edit", self.edit),
            web.post(f"{chat}/press", self.press),
            web.post(f"{chat}/send", self.send),
            web.post(f"{chat}/document", self.document),
            web.post(f"{chat}/block", self.block),
            web.post(f"{chat}/unblock", self.unblock),
            web.post(f"{chat}/start", self.start),
            web.get("/files/{id}/{name}", self.file),
        ]

    async def all(self, _request: web.Request) -> web.Response:
        return json_reply(views.people(self._world, movable=self._movable))

    async def add(self, request: web.Request) -> web.Response:
        body = await _body(request)
        name = _text(body, "first_name")
        label = _text(body, "label") if body.get("label") else name
        user = SandboxUser(_integer(body, "id"), name, body.get("language_code") or None, label)
        if not self._world.chats.add(user):
            raise ApiError(409, f"there is a user {user.id} already")
        self._world.events.chat_changed(user.id)
        return json_reply(views.person(self._world.chats.known(user.id)))

    async def chat(self, request: web.Request) -> web.Response:
        chat = self._chat(request)
        chat.unread = 0
        return json_reply(views.chat_of(self._world, chat))

    async def say(self, request: web.Request) -> web.Response:
        body = await _body(request)
        reply_to = _integer(body, "reply_to") if body.get("reply_to") is not None else None
        ids = acting.says(self._world, self._chat(request), _text(body, "text"), reply_to)
        return json_reply({"messages": ids})

    async def edit(self, request: web.Request) -> web.Response:
        body = await _body(request)
        acting.edits(self._world, self._chat(request), _integer(body, "message_id"), _text(body, "text"))
        return json_reply({})

    async def press(self, request: web.Request) -> web.Response:
        body = await _body(request)
        data = _text(body, "data") if "data" in body else None
        label = _text(body, "label") if data is None else None
        message_id = _integer(body, "message_id")
        answer = await acting.presses(self._world, self._chat(request), message_id, data, label)
        return json_reply({"answer": answer})

    async def send(self, request: web.Request) -> web.Response:
        body = await _body(request)
        try:
            message_id = acting.sends(self._world, self._chat(request), _text(body, "kind"), body)
        except (KeyError, TypeError, ValueError):
            raise bad_request("a location needs a latitude and a longitude") from None
        return json_reply({"messages": [message_id]})

    async def document(self, request: web.Request) -> web.Response:
        fields, files = await read_request(request)
        if "file" not in files:
            raise bad_request("a multipart field named file is needed")
        message_id = acting.uploads(self._world, self._chat(request), files["file"], fields.get("caption"))
        return json_reply({"messages": [message_id]})

    async def block(self, request: web.Request) -> web.Response:
        acting.blocks(self._world, self._chat(request))
        return json_reply({})

    async def unblock(self, request: web.Request) -> web.Response:
        acting.unblocks(self._world, self._chat(request))
        return json_reply({})

    async def start(self, request: web.Request) -> web.Response:
        ids = acting.starts(self._world, self._chat(request), request.query.get("payload", ""))
        return json_reply({"messages": ids})

    async def file(self, request: web.Request) -> web.Response:
        file = self._world.files.get(request.match_info["id"])
        if file is None:
            raise ApiError(404, "no such file, or it is so old that it was forgotten")
        shown = file.mime_type in _SHOWN
        headers = {"X-Content-Type-Options": "nosniff"} if shown else {"Content-Disposition": "attachment"}
        kind = file.mime_type if shown else "application/octet-stream"
        return web.Response(body=file.content, content_type=kind, headers=headers)

    def _chat(self, request: web.Request) -> Chat:
        chat = self._world.chats.find(int(request.match_info["id"]))
        if chat is None:
            raise ApiError(404, f"no user {request.match_info['id']}")
        return chat


async def _body(request: web.Request) -> Json:
    return read_object(await request.read())


def _integer(body: Json, name: str) -> int:
    value: Any = body.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise bad_request(f"{name} must be an integer")
    return value


def _text(body: Json, name: str) -> str:
    value: Any = body.get(name)
    if not isinstance(value, str):
        raise bad_request(f"{name} must be a string")
    return value
