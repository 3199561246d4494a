"""What happens in a group, where the bot does not work, leaves private talks alone."""

from typing import Any

from aiogram.types import Chat, Message, Update, User

from bot.telegram.client import connect
from bot.telegram.dispatcher import build_dispatcher
from bot.telegram.i18n import Catalogues
from tests.support.coach import IVAN, TOKEN, Coach
from tests.support.talks import ivan_with_question
from tests.support.words import RU

TALK = Chat(id=IVAN.id, type="private", first_name=IVAN.first_name)
GROUP = Chat(id=-1001, type="supergroup", title="Поддержка")


def _said(coach: Coach, update_id: int, chat: Chat, text: str) -> Update:
    author = User(id=IVAN.id, is_bot=False, first_name=IVAN.first_name, language_code="ru")
    fields: dict[str, Any] = {"from": author}
    message = Message(message_id=update_id, date=coach.clock.now(), chat=chat, text=text, **fields)
    return Update(update_id=update_id, message=message)


async def test_a_word_in_a_group_does_not_swallow_what_was_said_in_private_before(coach: Coach) -> None:
    ivan = await ivan_with_question(coach)
    dispatcher = build_dispatcher(db=coach.db, clock=coach.clock, catalogues=Catalogues(), admin_ids=frozenset())
    bot = connect(TOKEN, api_url=coach.sandbox.url, proxy_url=None, patient=True)
    # Chats are handled side by side: the private one may be the slower.
    await dispatcher.feed_update(bot, _said(coach, 1_001, GROUP, "Всем привет"))
    await dispatcher.feed_update(bot, _said(coach, 1_000, TALK, "Мой ответ."))
    await bot.session.close()
    await ivan.sees(RU.saved)
