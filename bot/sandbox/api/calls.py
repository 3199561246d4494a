"""Checks a call's parameters against aiogram's description of the Bot API."""

from __future__ import annotations

import inspect
import json
import math
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, reduce
from operator import or_
from typing import Any, NoReturn, Union, get_args, get_origin

import aiogram.methods
from aiogram.client.default import Default
from aiogram.methods import TelegramMethod
from aiogram.types import InputFile
from pydantic import TypeAdapter, ValidationError

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.state.files import Upload

KNOWN: dict[str, type[TelegramMethod[Any]]] = {
    model.__api_method__.lower(): model
    for name in aiogram.methods.__all__
    if inspect.isclass(model := getattr(aiogram.methods, name))
    and issubclass(model, TelegramMethod)
    and model is not TelegramMethod
}
_YES = {"true", "yes", "1"}
_NO = {"false", "no", "0"}
_ATTACHED = "attach://"
# An empty address is how a webhook is removed, and clients leave empty parameters out.
_NOT_REQUIRED = {("setWebhook", "url")}
# As a union of models that take any extra field, it would let everything through.
_CHECKED_ELSEWHERE = {"reply_markup"}


class _Kind(StrEnum):
    TEXT = "a String"
    INTEGER = "an Integer"
    NUMBER = "a Number"
    FLAG = "a Boolean"
    CHAT = "an Integer or a username"
    FILE = "a file"
    OBJECT = "JSON"


@dataclass(frozen=True, slots=True)
class _Parameter:
    name: str
    kind: _Kind
    required: bool
    adapter: TypeAdapter[Any] | None


@dataclass(frozen=True, slots=True)
class Call:
    """A checked call: `values` are of the types that the Bot API names, absent ones are not there."""

    method: str
    values: Mapping[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def get(self, name: str, default: Any = None) -> Any:
        return self.values.get(name, default)

    def attached(self, reference: str) -> Upload | str:
        """The file behind `attach://name`; anything else is a file id and comes back as it is."""
        if not reference.startswith(_ATTACHED):
            return reference
        upload = self.uploads.get(reference.removeprefix(_ATTACHED))
        if upload is None:
            raise bad_request(f'file "{reference}" is not in the request')
        return upload


def find_method(name: str) -> type[TelegramMethod[Any]]:
    model = KNOWN.get(name.lower())
    if model is None:
        raise ApiError(404, "Not Found: method not found")
    return model


def read_call(name: str, raw: Mapping[str, Any], uploads: Mapping[str, Upload]) -> Call:
    """`ApiError` naming the parameter when one is unknown, missing or of another type."""
    model = find_method(name)
    parameters = _parameters(model)
    # Telegram takes an empty parameter for an absent one.
    given = {key: value for key, value in raw.items() if value not in ("", None)}
    files = {key: upload for key, upload in uploads.items() if key in parameters}
    unknown = given.keys() - parameters.keys()
    if unknown:
        raise bad_request(f'unknown parameter "{min(unknown)}" of {model.__api_method__}')
    call = Call(model.__api_method__, given, uploads)
    values = {key: _decode(parameters[key], value, call) for key, value in given.items()}
    values.update(files)
    for parameter in parameters.values():
        if parameter.required and parameter.name not in values:
            raise _missing(parameter.name)
    return Call(model.__api_method__, values, uploads)


def _missing(name: str) -> ApiError:
    if name == "text":
        return bad_request("message text is empty")
    if name == "chat_id":
        return bad_request("chat_id is empty")
    return bad_request(f'parameter "{name}" is required')


@cache
def _parameters(model: type[TelegramMethod[Any]]) -> dict[str, _Parameter]:
    return {name: _describe(model, name) for name in model.model_fields}


def _describe(model: type[TelegramMethod[Any]], name: str) -> _Parameter:
    annotation = model.model_fields[name].annotation
    required = model.model_fields[name].is_required() and (model.__api_method__, name) not in _NOT_REQUIRED
    options = [option for option in _flatten(annotation) if option not in (type(None), Default)]
    kind = _kind(set(options))
    if kind is not _Kind.OBJECT or name in _CHECKED_ELSEWHERE:
        return _Parameter(name, kind, required, None)
    return _Parameter(name, kind, required, TypeAdapter(reduce(or_, options)))


def _flatten(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) in (Union, types.UnionType):
        for option in get_args(annotation):
            yield from _flatten(option)
    else:
        yield annotation


def _kind(options: set[Any]) -> _Kind:
    if InputFile in options:
        return _Kind.FILE
    if options == {int, str}:
        return _Kind.CHAT
    simple = {str: _Kind.TEXT, bool: _Kind.FLAG, float: _Kind.NUMBER, int: _Kind.INTEGER}
    # A moment is `int | datetime | timedelta` in aiogram and a Unix time on the wire.
    return next((kind for option, kind in simple.items() if option in options), _Kind.OBJECT)


def _decode(parameter: _Parameter, value: Any, call: Call) -> Any:
    match parameter.kind:
        case _Kind.OBJECT:
            return _object(parameter, value)
        case _Kind.FILE:
            return call.attached(value) if isinstance(value, str) else _wrong(parameter)
        case _Kind.FLAG:
            return _flag(parameter, value)
        case _Kind.TEXT:
            return _text(parameter, value)
        case _Kind.CHAT:
            return int(value) if _is_integer(value) else _text(parameter, value)
        case _:
            return _number(parameter, value)


def _object(parameter: _Parameter, value: Any) -> Any:
    try:
        decoded = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        raise bad_request(f"can't parse {parameter.name} JSON object") from None
    if parameter.adapter is None:
        return decoded if isinstance(decoded, dict) else _wrong(parameter)
    try:
        parameter.adapter.validate_python(decoded)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        place = ".".join(str(step) for step in (parameter.name, *first["loc"]))
        raise bad_request(f'wrong parameter "{place}": {first["msg"]}') from None
    return decoded


def _flag(parameter: _Parameter, value: Any) -> bool:
    written = str(value).lower()
    return written in _YES if written in _YES | _NO else _wrong(parameter)


def _text(parameter: _Parameter, value: Any) -> str:
    return _wrong(parameter) if isinstance(value, (dict, list, bool)) else str(value)


def _number(parameter: _Parameter, value: Any) -> int | float:
    if _is_integer(value):
        return int(value)
    try:
        number = float(value) if parameter.kind is _Kind.NUMBER else math.nan
    except (TypeError, ValueError):
        number = math.nan
    return number if math.isfinite(number) else _wrong(parameter)


def _is_integer(value: Any) -> bool:
    if isinstance(value, str):
        return value.lstrip("-").isdecimal() and value.isascii() and value.count("-") <= 1
    return isinstance(value, int) and not isinstance(value, bool)


def _wrong(parameter: _Parameter) -> NoReturn:
    raise bad_request(f'wrong parameter "{parameter.name}": must be {parameter.kind.value}')
