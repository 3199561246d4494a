"""A useful word on whatever nothing else has taken. Registered last."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.telegram.filters import IsCommand
from bot.telegram.replies import toast
from bot.telegram.texts import common, errors


def build_router() -> Router:
    router = Router(name="fallback")
    router.message.register(unknown_command, IsCommand())
    router.message.register(cannot_listen, F.voice | F.audio | F.video_note)
    router.message.register(nice_sticker, F.sticker | F.dice | F.animation)
    router.message.register(ignore, F.pinned_message | F.message_auto_delete_timer_changed)
    router.message.register(cannot_look)
    router.edited_message.register(ignore)
    router.callback_query.register(old_button)
    return router


async def unknown_command(message: Message) -> None:
    await message.answer(common.unknown_command())


async def cannot_listen(message: Message) -> None:
    await message.answer(common.cannot_listen())


async def nice_sticker(message: Message) -> None:
    await message.answer(common.nice_sticker())


async def cannot_look(message: Message) -> None:
    await message.answer(common.cannot_look())


async def old_button(callback: CallbackQuery) -> None:
    await toast(callback, errors.old_button(), alert=True)


async def ignore(_message: Message) -> None:
    """Nothing was said."""
