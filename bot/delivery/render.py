"""Turns what is to be sent into a message in the user's language."""

from dataclasses import dataclass

from aiogram.types import InlineKeyboardMarkup

from bot.services.deliveries import PauseNotice, QuestionPush
from bot.telegram import keyboards
from bot.telegram.i18n import Catalogues
from bot.telegram.texts import practice, settings


@dataclass(frozen=True, slots=True)
class Rendered:
    text: str
    keyboard: InlineKeyboardMarkup


def render(push: QuestionPush | PauseNotice, catalogues: Catalogues) -> Rendered:
    with catalogues.context(), catalogues.use_locale(push.locale):
        match push:
            case QuestionPush(asked=asked):
                return Rendered(practice.question(asked), keyboards.question(asked))
            case PauseNotice():
                return Rendered(settings.pause_notice(), keyboards.resume())
