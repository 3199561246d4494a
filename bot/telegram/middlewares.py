"""What every update passes before any handler runs."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiogram import BaseMiddleware
from aiogram.types import TelegramObject, Update, User

from bot.clock import Clock
from bot.db.engine import Database
from bot.db.outage import until_back
from bot.domain.errors import AlreadyHandled
from bot.domain.identity import UserId
from bot.services import onboarding
from bot.services.onboarding import Profile

log = structlog.get_logger()

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class UntilStored(BaseMiddleware):
    """Handles an update again and again while the database is away: what people type is not lost.

    Meanwhile the update is unconfirmed, so that it also outlives the process. The chat's later
    updates wait behind it.
    """

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        assert isinstance(event, Update)
        return await until_back(lambda: handler(event, data), update=event.update_id)


class CurrentUser(BaseMiddleware):
    """Gives handlers the `profile` of the user who caused the update; None for a stranger.

    Drops what Telegram repeats although it was handled to the end.
    """

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        assert isinstance(event, Update)
        user: User | None = data.get("event_from_user")
        with structlog.contextvars.bound_contextvars(update=event.update_id):
            if user is not None:
                try:
                    data["profile"] = await self._profile(UserId(user.id), event)
                except AlreadyHandled:
                    log.info("update.repeated")
                    return None
            return await handler(event, data)

    async def _profile(self, user_id: UserId, update: Update) -> Profile | None:
        now = self._clock.now()
        if not _is_private_word(update, user_id):
            async with self._db.read() as session:
                return await onboarding.profile(session, user_id, now=now)
        async with self._db.begin() as session:
            return await onboarding.arrive(session, user_id, update.update_id, now=now)


def _is_private_word(update: Update, user_id: UserId) -> bool:
    """Whether the user speaks to the bot in private: there updates are in order.

    In a group they are not, and whoever blocks the bot is not there.
    """
    event = update.callback_query.message if update.callback_query else update.message or update.edited_message
    return event is not None and event.chat.id == user_id
