"""Conditions on the user, for handlers to be chosen by."""

import re
from collections.abc import Callable

from aiogram.filters import Filter
from aiogram.types import Message, TelegramObject

from bot.db.models import Dialogue
from bot.services.onboarding import Profile
from bot.telegram.i18n import Catalogues

LONGEST_REPLY_IN_DIALOGUE = 60
_COMMAND = re.compile(r"/\w+(@\w+)?(\s|$)")


def is_command(message: Message) -> bool:
    """Whether the text is a command, rather than an answer that begins with a path such as /var/log."""
    return _COMMAND.match(message.text or "") is not None


class IsCommand(Filter):
    """The text is a command."""

    async def __call__(self, message: Message) -> bool:
        return is_command(message)


class IsLabel(Filter):
    """The text is the label of a keyboard's button, in whichever language the keyboard was sent."""

    def __init__(self, *labels: Callable[[], str]) -> None:
        self._labels = labels

    async def __call__(self, message: Message, i18n: Catalogues) -> bool:
        return any(message.text in i18n.in_each(label).values() for label in self._labels)


class SpeaksALanguage(Filter):
    """The user has chosen a language."""

    async def __call__(self, _event: TelegramObject, profile: Profile | None) -> bool:
        return profile is not None and profile.locale is not None


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


class EndedDialogue(Filter):
    """The message has ended a dialogue before, and Telegram repeats it: it is no answer to a question."""

    async def __call__(self, message: Message, profile: Profile | None) -> bool:
        return profile is not None and profile.dialogue_message_id == message.message_id


class InDialogue(Filter):
    """The typed message answers this dialogue: a short text by itself.

    A long text or a reply is an answer to a question even now: nothing that is typed gets lost.
    """

    def __init__(self, dialogue: Dialogue) -> None:
        self._dialogue = dialogue

    async def __call__(self, message: Message, profile: Profile | None) -> bool:
        if profile is None or profile.dialogue is not self._dialogue:
            return False
        short = 0 < len(message.text or "") <= LONGEST_REPLY_IN_DIALOGUE
        return short and message.reply_to_message is None and not is_command(message)
