"""Turns what is to be sent into a call of the Bot API, in the user's language."""

from aiogram.methods import CopyMessage, DeleteMessage, SendMessage
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.identity import UserId
from bot.services.pushes import Button, Content, PauseNotice, Prepared, QuestionPush, Recall
from bot.telegram import keyboards
from bot.telegram.i18n import Catalogues
from bot.telegram.texts import practice, settings

Call = SendMessage | CopyMessage | DeleteMessage


def render(prepared: Prepared, user_id: UserId, catalogues: Catalogues) -> Call:
    match prepared:
        case Content():
            return _broadcast(prepared, user_id)
        case Recall(message_id):
            return DeleteMessage(chat_id=user_id, message_id=message_id)
        case _:
            with catalogues.context(), catalogues.use_locale(prepared.locale):
                return _personal(prepared, user_id)


def _personal(push: QuestionPush | PauseNotice, user_id: UserId) -> SendMessage:
    match push:
        case QuestionPush(asked=asked, silent=silent):
            text, markup = practice.question(asked), keyboards.question(asked)
            return SendMessage(chat_id=user_id, text=text, reply_markup=markup, disable_notification=silent or None)
        case PauseNotice():
            return SendMessage(chat_id=user_id, text=settings.pause_notice(), reply_markup=keyboards.resume())


def _broadcast(content: Content, user_id: UserId) -> SendMessage | CopyMessage:
    markup = _keyboard(content)
    if content.text is not None:
        return SendMessage(chat_id=user_id, text=content.text, reply_markup=markup)
    assert content.from_chat_id is not None
    assert content.message_id is not None
    return CopyMessage(
        chat_id=user_id, from_chat_id=content.from_chat_id, message_id=content.message_id, reply_markup=markup
    )


def _keyboard(content: Content) -> InlineKeyboardMarkup | None:
    if not content.buttons:
        return None
    return InlineKeyboardMarkup(inline_keyboard=[[_button(button) for button in row] for row in content.buttons])


def _button(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=button.text, url=button.url, callback_data=button.data)
