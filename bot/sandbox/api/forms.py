"""Reads what HTTP clients send: query strings, forms, JSON and files."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

import aiohttp
from aiohttp import web

from bot.sandbox.errors import bad_request
from bot.sandbox.state.files import Upload
from bot.sandbox.types import Json

Values = dict[str, Any]


async def read_parts(reader: Any) -> tuple[Values, dict[str, Upload]]:
    """The fields and files of a multipart body. `reader` is aiohttp's, of a request or of a response."""
    values: Values = {}
    uploads: dict[str, Upload] = {}
    while (part := await reader.next()) is not None:
        if not isinstance(part, aiohttp.BodyPartReader):
            raise bad_request("nested multipart bodies are not understood")
        name = part.name or ""
        content = bytes(await part.read(decode=True))
        if part.filename is not None:
            uploads[name] = Upload(part.filename, content)
        else:
            values[name] = content.decode(errors="replace")
    return values, uploads


async def read_request(request: web.Request) -> tuple[Values, dict[str, Upload]]:
    """A call's parameters wherever they are: later ones (in the body) win over those in the address."""
    values: Values = dict(request.query)
    if not request.body_exists:
        return values, {}
    if request.content_type.startswith("multipart/"):
        fields, uploads = await read_parts(await request.multipart())
        return {**values, **fields}, uploads
    body = await request.read()
    if request.content_type == "application/json":
        return {**values, **read_object(body)}, {}
    text = body.decode(errors="replace")
    return {**values, **dict(parse_qsl(text, keep_blank_values=True))}, {}


def read_object(body: bytes) -> Json:
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        raise bad_request("can't parse the request's JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("the request's JSON must be an object")
    return value
