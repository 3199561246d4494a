"""Typed answers and their edits. Registered after everything else that takes text."""

from aiogram import F, Router
from aiogram.types import Message

from bot.clock import Clock
from bot.db.engine import Database
from bot.domain.answer import TypedMessage
from bot.services import answering
from bot.services.onboarding import Profile
from bot.telegram import keyboards
from bot.telegram.filters import IsCommand, IsStranger
from bot.telegram.replies import show_draft
from bot.telegram.texts import common


def build_router() -> Router:
    router = Router(name="answers")
    router.message.register(answer, F.text, ~IsCommand())
    router.edited_message.register(edit_answer, F.text, ~IsStranger())
    return router


async def answer(message: Message, db: Database, clock: Clock, profile: Profile) -> None:
    async with db.begin() as session:
        draft = await answering.record(session, profile.id, _typed(message), now=clock.now())
    if draft is None:
        await message.answer(common.nothing_to_answer(), reply_markup=keyboards.todays())
    else:
        await show_draft(message, draft, db)


async def edit_answer(message: Message, db: Database, clock: Clock, profile: Profile) -> None:
    async with db.begin() as session:
        draft = await answering.edit(session, profile.id, message.message_id, message.text or "", now=clock.now())
    if draft is not None:
        await show_draft(message, draft, db)


def _typed(message: Message) -> TypedMessage:
    reply_to = message.reply_to_message.message_id if message.reply_to_message else None
    return TypedMessage(message.message_id, message.text or "", message.date, reply_to)
