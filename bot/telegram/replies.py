"""Ways of answering that get along with old, edited and vanished messages."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message, ReactionTypeEmoji

from bot.db.engine import Database
from bot.domain.identity import UserId
from bot.services import answering, asking
from bot.services.answering import Draft
from bot.services.asking import Asked
from bot.telegram import keyboards
from bot.telegram.texts import practice

log = structlog.get_logger()

SAVED = ReactionTypeEmoji(emoji="✍")


async def toast(callback: CallbackQuery, text: str | None = None, *, alert: bool = False) -> None:
    """Ends the button's progress; Telegram no longer takes the answer when the press is old."""
    try:
        await callback.answer(text, show_alert=alert)
    except TelegramBadRequest as refused:
        if "query is too old" not in refused.message:
            raise


async def edit(callback: CallbackQuery, text: str, keyboard: InlineKeyboardMarkup | None = None) -> int:
    """Changes the message under the pressed button; sends a new one where Telegram no longer lets it.

    Returns the id of the message that shows the text now.
    """
    bot, chat_id = _bot(callback), callback.from_user.id
    if isinstance(callback.message, Message):
        message_id = callback.message.message_id
        if await edit_message(bot, chat_id, message_id, text, keyboard):
            return message_id
    return (await bot.send_message(chat_id, text, reply_markup=keyboard)).message_id


async def edit_question(callback: CallbackQuery, text: str, asked: Asked, db: Database) -> None:
    """Changes what is said of a question; a reply to its message stays an answer to it."""
    message_id = await edit(callback, text, keyboards.question(asked))
    async with db.begin() as session:
        await asking.link_message(session, UserId(callback.from_user.id), asked.attempt_id, message_id)
    await toast(callback)


async def edit_message(
    bot: Bot, chat_id: int, message_id: int, text: str, keyboard: InlineKeyboardMarkup | None
) -> bool:
    """Edits a message; False when it can no longer be edited."""
    try:
        await bot.edit_message_text(text, chat_id=chat_id, message_id=message_id, reply_markup=keyboard)
    except TelegramBadRequest as refused:
        return "message is not modified" in refused.message
    return True


def _bot(callback: CallbackQuery) -> Bot:
    assert callback.bot is not None
    return callback.bot


async def send_question(bot: Bot, user_id: UserId, asked: Asked, db: Database) -> None:
    """Sends a question and remembers its message, so that a reply to it is an answer to it."""
    sent = await bot.send_message(user_id, practice.question(asked), reply_markup=keyboards.question(asked))
    async with db.begin() as session:
        await asking.link_message(session, user_id, asked.attempt_id, sent.message_id)


async def show_draft(message: Message, draft: Draft, db: Database) -> None:
    """Marks the typed message as saved and brings the one status message of the answer up to date."""
    assert message.bot is not None and message.from_user is not None
    user_id = UserId(message.from_user.id)
    await mark_saved(message)
    text, keyboard = practice.draft(draft), keyboards.draft(draft)
    shown = draft.status_message_id
    if shown is not None and await edit_message(message.bot, user_id, shown, text, keyboard):
        return
    sent = await message.answer(text, reply_markup=keyboard)
    async with db.begin() as session:
        await answering.note_status_message(session, user_id, draft.attempt_id, sent.message_id)


async def mark_saved(message: Message) -> None:
    """A silent sign on the user's message."""
    with trifle("reaction"):
        await message.react([SAVED])


@contextmanager
def trifle(what: str) -> Iterator[None]:
    """Something that is nice to have: where Telegram refuses it, what matters goes on."""
    try:
        yield
    except TelegramBadRequest as refused:
        log.warning("trifle.refused", what=what, reason=refused.message)
