"""What happens when a handler raises."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import structlog
from aiogram import Bot, Router
from aiogram.exceptions import TelegramAPIError, TelegramForbiddenError
from aiogram.filters import ExceptionTypeFilter
from aiogram.types import CallbackQuery, ErrorEvent, Message, Update

from bot.clock import Clock
from bot.db.engine import Database
from bot.domain.errors import AlreadyClosed, DomainError
from bot.domain.identity import UserId
from bot.services import onboarding
from bot.telegram.i18n import Catalogues
from bot.telegram.replies import toast
from bot.telegram.texts import admin, errors, practice

log = structlog.get_logger()

REPORT_EVERY = timedelta(minutes=10)


def build_router() -> Router:
    router = Router(name="errors")
    router.error.register(explain, ExceptionTypeFilter(DomainError))
    router.error.register(user_is_gone, ExceptionTypeFilter(TelegramForbiddenError))
    router.error.register(Apology().give)
    return router


async def explain(event: ErrorEvent) -> None:
    """The user can mend it: a friendly word, and nothing in the log."""
    assert isinstance(event.exception, DomainError)
    edited = event.update.edited_message
    if edited is not None and isinstance(event.exception, AlreadyClosed):
        await edited.answer(practice.closed_to_edits())
    else:
        await _tell(event.update, errors.explain(event.exception))


async def user_is_gone(event: ErrorEvent, db: Database, clock: Clock) -> None:
    """The user has blocked the bot before its reply."""
    source = _source(event.update)
    if source is not None and source.from_user is not None:
        async with db.begin() as session:
            await onboarding.leave(session, UserId(source.from_user.id), now=clock.now())


class Apology:
    """Anything unforeseen: logged, the user is told, and so are the admins, now and then."""

    def __init__(self) -> None:
        self._reported_at: datetime | None = None

    async def give(
        self, event: ErrorEvent, bot: Bot, clock: Clock, i18n: Catalogues, admin_ids: frozenset[int]
    ) -> None:
        log.error("update.failed", update=event.update.update_id, exc_info=event.exception)
        with _logged(event.update):
            await _tell(event.update, errors.apology())
        now = clock.now()
        if self._reported_at is None or now - self._reported_at >= REPORT_EVERY:
            self._reported_at = now
            await _report(event, bot, i18n, admin_ids)


async def _report(event: ErrorEvent, bot: Bot, i18n: Catalogues, admin_ids: frozenset[int]) -> None:
    kind, update_id = type(event.exception).__name__, event.update.update_id
    report = i18n.bilingual(lambda: admin.fault(kind, update_id))
    for admin_id in admin_ids:
        with _logged(event.update):
            await bot.send_message(admin_id, report)


@contextmanager
def _logged(update: Update) -> Iterator[None]:
    """A message about a fault that does not get through must not become the next fault."""
    try:
        yield
    except TelegramAPIError as refused:
        log.error("apology.failed", update=update.update_id, reason=str(refused))


def _source(update: Update) -> Message | CallbackQuery | None:
    return update.message or update.edited_message or update.callback_query


async def _tell(update: Update, text: str) -> None:
    match _source(update):
        case CallbackQuery() as callback:
            await toast(callback, text, alert=True)
        case Message() as message:
            await message.answer(text)
