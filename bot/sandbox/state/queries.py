"""Pressed buttons that wait for the bot's answerCallbackQuery."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.errors import bad_request
from bot.sandbox.types import Json, Now

_ANSWERABLE_FOR = timedelta(minutes=15)
_MOST_QUERIES = 10_000
_FIRST_ID = 4_000_000_000_000_000


@dataclass(frozen=True, slots=True)
class _Query:
    at: datetime
    answer: asyncio.Future[Json]


class Queries:
    def __init__(self, now: Now) -> None:
        self._now = now
        self._open: OrderedDict[str, _Query] = OrderedDict()
        self._count = 0

    def ask(self) -> str:
        """A new query's id."""
        self._count += 1
        query_id = str(_FIRST_ID + self._count)
        self._open[query_id] = _Query(self._now(), asyncio.get_running_loop().create_future())
        if len(self._open) > _MOST_QUERIES:
            self._open.popitem(last=False)
        return query_id

    def answer(self, query_id: str, answer: Json) -> None:
        query = self._open.get(query_id)
        if query is None or self._now() - query.at > _ANSWERABLE_FOR:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        if not query.answer.done():
            query.answer.set_result(answer)

    async def answered(self, query_id: str, patience: float) -> Json | None:
        """The bot's answer; None when it does not come within `patience` seconds."""
        try:
            return await asyncio.wait_for(asyncio.shield(self._open[query_id].answer), patience)
        except TimeoutError:
            return None
