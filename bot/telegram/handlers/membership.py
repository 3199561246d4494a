"""Users who block the bot, unblock it, or add it to a group."""

from aiogram import F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import ChatMemberUpdated, Message

from bot.clock import Clock
from bot.db.engine import Database
from bot.domain.identity import UserId
from bot.services import onboarding
from bot.services.onboarding import Profile
from bot.telegram.filters import IsCommand
from bot.telegram.i18n import Catalogues
from bot.telegram.texts import common


def build_router() -> Router:
    router = Router(name="membership")
    in_private = F.chat.type == ChatType.PRIVATE
    router.my_chat_member.register(blocked, in_private, F.new_chat_member.status == ChatMemberStatus.KICKED)
    router.my_chat_member.register(unblocked, in_private, F.new_chat_member.status == ChatMemberStatus.MEMBER)
    router.my_chat_member.register(ignore)
    router.message.register(only_private, ~in_private, IsCommand())
    router.message.register(ignore, ~in_private)
    router.edited_message.register(ignore, ~in_private)
    return router


async def blocked(event: ChatMemberUpdated, db: Database, clock: Clock) -> None:
    async with db.begin() as session:
        await onboarding.leave(session, UserId(event.from_user.id), now=clock.now())


async def unblocked(event: ChatMemberUpdated, db: Database, clock: Clock, profile: Profile | None) -> None:
    if profile is not None:
        async with db.begin() as session:
            await onboarding.come_back(session, profile.id, now=clock.now())


async def only_private(message: Message, i18n: Catalogues) -> None:
    await message.reply(i18n.bilingual(common.only_private))


async def ignore(_event: Message | ChatMemberUpdated) -> None:
    """Groups talk among themselves."""
