"""Conditions on the user, for handlers to be chosen by."""

from aiogram.filters import Filter
from aiogram.types import TelegramObject

from bot.db.models import Dialogue
from bot.services.onboarding import Profile


class IsStranger(Filter):
    """Nothing is stored about the user."""

    async def __call__(self, _event: TelegramObject, profile: Profile | None) -> bool:
        return profile is None


class IsUnfinished(Filter):
    """The user has not chosen a language or a track yet."""

    async def __call__(self, _event: TelegramObject, profile: Profile | None) -> bool:
        return profile is None or profile.locale is None or profile.track is None


class IsAdmin(Filter):
    """The user is named in ADMIN_IDS, and has started the bot."""

    async def __call__(self, _event: TelegramObject, profile: Profile | None, admin_ids: frozenset[int]) -> bool:
        return profile is not None and profile.id in admin_ids


class InDialogue(Filter):
    """The user's next typed message answers this dialogue."""

    def __init__(self, dialogue: Dialogue) -> None:
        self._dialogue = dialogue

    async def __call__(self, _event: TelegramObject, profile: Profile | None) -> bool:
        return profile is not None and profile.dialogue is self._dialogue
