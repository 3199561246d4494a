"""The connection to Telegram's Bot API, and patience with it."""

import asyncio
from contextvars import ContextVar
from functools import cache
from typing import Any

import structlog
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError, TelegramRetryAfter, TelegramServerError
from aiogram.methods import GetUpdates, TelegramMethod
from aiogram.methods.base import Response, TelegramType
from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError

log = structlog.get_logger()

LONGEST_PAUSE = 15.0
"""Seconds between two tries while Telegram is out of reach."""

# aiogram knows the faults of aiohttp alone.
PROXY_FAULTS = (OSError, ProxyError, ProxyConnectionError, ProxyTimeoutError)

MOST_TRIES = 240
"""An hour of outage; by then nobody waits for the reply any more."""


unanswered: ContextVar[asyncio.Event] = ContextVar("unanswered")
"""Set for the update in progress as soon as it waits for Telegram to take a call that failed."""


def connect(token: str, *, api_url: str, proxy_url: str | None, patient: bool) -> Bot:
    """A client. A `patient` one repeats a call until Telegram takes it; the sender of pushes decides itself."""
    session = AiohttpSession(proxy=proxy_url, api=TelegramAPIServer.from_base(api_url), timeout=30)
    if patient:
        session.middleware(Patience())
    session.middleware(NetworkFaults())
    session.middleware(ReadyModels())
    default = DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview_is_disabled=True)
    return Bot(token, session=session, default=default)


class NetworkFaults(BaseRequestMiddleware):
    """Gives every way of not reaching Telegram the one name that the rest of the program waits for."""

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        try:
            return await make_request(bot, method)
        except PROXY_FAULTS as fault:
            raise TelegramNetworkError(method, f"{type(fault).__name__}: {fault}") from fault
        except ClientDecodeError as unreadable:
            if isinstance(unreadable.data, dict) and "ok" in unreadable.data:  # Telegram's own answer
                raise
            raise TelegramNetworkError(method, "an answer that is not Telegram's") from unreadable


@cache
def _model_of_answer(returning: Any) -> type[Response[Any]]:
    return Response[returning]


class ReadyModels(BaseRequestMiddleware):
    """Holds on to the models of the answers: pydantic forgets those of generic types that nobody holds.

    To build one anew, for each call, takes longer than all the rest of the call.
    """

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        _model_of_answer(method.__returning__)
        return await make_request(bot, method)


class Patience(BaseRequestMiddleware):
    """Repeats replies through outages and flood limits.

    A reply to a person who waits must come, if need be late: the update that caused it stays
    unconfirmed meanwhile, so a restart does not lose it either. The price is that a reply whose
    confirmation got lost is sent twice.
    """

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        if method.__api_method__ == GetUpdates.__api_method__:  # the poller waits in its own way
            return await make_request(bot, method)
        pause = 0.5
        for _ in range(MOST_TRIES):
            try:
                return await make_request(bot, method)
            except TelegramRetryAfter as limit:
                await self._wait(method, limit.retry_after, "flood limit")
            except (TelegramNetworkError, TelegramServerError) as fault:
                await self._wait(method, pause, type(fault).__name__)
                pause = min(pause * 2, LONGEST_PAUSE)
        return await make_request(bot, method)

    async def _wait(self, method: TelegramMethod[Any], seconds: float, why: str) -> None:
        log.warning("telegram.repeat", method=type(method).__name__, seconds=seconds, why=why)
        if waiting := unanswered.get(None):
            waiting.set()
        await asyncio.sleep(seconds)
