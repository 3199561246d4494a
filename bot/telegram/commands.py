"""The bot's face in Telegram: commands, name and descriptions, in both languages."""

from collections.abc import Sequence

from aiogram import Bot
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from bot.domain.identity import Locale
from bot.telegram.i18n import Catalogues
from bot.telegram.texts import common


async def introduce(bot: Bot, catalogues: Catalogues) -> None:
    """Sets name, descriptions and commands: each language for its clients, Persian for all others.

    Telegram limits how often a name may be set, so only what differs is set.
    """
    with catalogues.context():
        for locale in Locale:
            with catalogues.use_locale(locale):
                await _introduce_in(bot, locale)
        with catalogues.use_locale(catalogues.default_locale):
            await _introduce_in(bot, None)


async def _introduce_in(bot: Bot, language: str | None) -> None:
    if (await bot.get_my_name(language)).name != common.bot_name():
        await bot.set_my_name(common.bot_name(), language)
    if (await bot.get_my_description(language)).description != common.bot_description():
        await bot.set_my_description(common.bot_description(), language)
    if (await bot.get_my_short_description(language)).short_description != common.bot_short_description():
        await bot.set_my_short_description(common.bot_short_description(), language)
    scope = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands(_described(common.COMMANDS), scope=scope, language_code=language)


async def set_for_chat(bot: Bot, chat_id: int, *, admin: bool) -> None:
    """Shows the commands of one chat in the current language, whatever that of the client is."""
    names = common.ADMIN_COMMANDS if admin else common.COMMANDS
    await bot.set_my_commands(_described(names), scope=BotCommandScopeChat(chat_id=chat_id))


async def forget_chat(bot: Bot, chat_id: int) -> None:
    """Leaves the chat with the commands that everybody sees."""
    await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id=chat_id))


def _described(names: Sequence[str]) -> list[BotCommand]:
    return [BotCommand(command=name, description=common.command_description(name)) for name in names]
