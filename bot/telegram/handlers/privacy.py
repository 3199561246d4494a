"""What is stored: told, handed over, deleted."""

import json
from collections.abc import Callable

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.clock import Clock
from bot.db.engine import Database
from bot.services import privacy
from bot.services.onboarding import Profile
from bot.telegram import commands, keyboards
from bot.telegram.callbacks import ForgetButton
from bot.telegram.filters import IsStranger
from bot.telegram.i18n import Catalogues
from bot.telegram.replies import edit, toast, trifle
from bot.telegram.texts import common
from bot.telegram.texts import privacy as texts


def build_router() -> Router:
    router = Router(name="privacy")
    router.message.register(show_policy, Command("privacy"))
    router.message.register(show_help, Command("help"))
    router.message.register(nothing_stored, Command("export", "forget"), IsStranger())
    router.message.register(export, Command("export"))
    router.message.register(confirm_forget, Command("forget"))
    router.callback_query.register(forget, ForgetButton.filter(), ~IsStranger())
    return router


async def show_policy(message: Message, i18n: Catalogues, profile: Profile | None) -> None:
    await _tell(message, texts.policy, i18n, profile)


async def show_help(message: Message, i18n: Catalogues, profile: Profile | None) -> None:
    await _tell(message, common.help_text, i18n, profile)


async def _tell(message: Message, sentence: Callable[[], str], i18n: Catalogues, profile: Profile | None) -> None:
    """Says it in the user's language; a stranger of another language gets all of ours."""
    await message.answer(i18n.to_anybody(sentence, message.from_user, profile.locale if profile else None))


async def nothing_stored(message: Message, i18n: Catalogues) -> None:
    await message.answer(i18n.bilingual(common.not_started))


async def export(message: Message, db: Database, clock: Clock, profile: Profile) -> None:
    async with db.read() as session:
        stored = await privacy.export(session, profile.id, now=clock.now())
    document = json.dumps(stored, ensure_ascii=False, indent=2).encode()
    file = BufferedInputFile(document, filename="interview-coach.json")
    await message.answer_document(file, caption=texts.export_caption())


async def confirm_forget(message: Message) -> None:
    await message.answer(texts.confirm_forget(), reply_markup=keyboards.forget())


async def forget(
    callback: CallbackQuery, callback_data: ForgetButton, bot: Bot, db: Database, profile: Profile
) -> None:
    if callback_data.sure:
        async with db.begin() as session:
            await privacy.forget(session, profile.id)
    await edit(callback, texts.forgotten() if callback_data.sure else texts.kept())
    await toast(callback)
    if callback_data.sure:
        with trifle("commands"):
            await commands.forget_chat(bot, profile.id)
