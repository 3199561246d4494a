"""What administrators may do. For everybody else these commands do not exist."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.clock import Clock
from bot.db.engine import Database
from bot.services import statistics
from bot.services.onboarding import Profile
from bot.telegram.filters import IsAdmin
from bot.telegram.texts import admin


def build_router() -> Router:
    router = Router(name="admin")
    router.message.register(overview, Command("admin"), IsAdmin())
    return router


async def overview(message: Message, db: Database, clock: Clock, profile: Profile) -> None:
    async with db.read() as session:
        numbers = await statistics.overview(session, profile.id, now=clock.now())
    await message.answer(admin.overview(numbers))
