"""From the first press of start to the first question."""

from aiogram import Bot, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message

from bot.clock import Clock
from bot.db.engine import Database
from bot.domain.identity import Track, UserId
from bot.services import asking, onboarding, preferences
from bot.services.onboarding import Profile
from bot.services.preferences import Preferences
from bot.telegram import commands, keyboards
from bot.telegram.callbacks import LocaleButton, TrackButton
from bot.telegram.filters import IsStranger, IsUnfinished, SpeaksALanguage
from bot.telegram.i18n import Catalogues, client_locale
from bot.telegram.replies import edit, send_question, toast, trifle
from bot.telegram.texts import common, settings


def build_router() -> Router:
    router = Router(name="start")
    router.message.register(start, CommandStart())
    router.callback_query.register(choose_locale, LocaleButton.filter(), ~IsStranger())
    router.callback_query.register(choose_track, TrackButton.filter(), SpeaksALanguage())
    return router


def build_unfinished_router() -> Router:
    """Takes whatever somebody does before the first choices are made, and leads back to them."""
    router = Router(name="unfinished")
    router.message.register(remind_to_choose, IsUnfinished())
    router.callback_query.register(remind_by_button, IsUnfinished())
    return router


async def start(
    message: Message, command: CommandObject, bot: Bot, db: Database, clock: Clock, i18n: Catalogues
) -> None:
    user_id = UserId(message.chat.id)
    linked = next((track for track in Track if track == command.args), None)
    async with db.begin() as session:
        now = clock.now()
        chosen = await onboarding.start(session, user_id, client_locale=client_locale(message.from_user), now=now)
        if linked is not None:
            chosen = await preferences.set_track(session, user_id, linked, now=now)
    if chosen.locale is None or chosen.track is None:
        await _ask_next_choice(message, chosen, i18n)
    else:
        await message.answer(settings.welcome(chosen), reply_markup=keyboards.overview(chosen))
        await _send_first_question(bot, user_id, db, clock)


async def _ask_next_choice(message: Message, chosen: Preferences, i18n: Catalogues) -> None:
    if chosen.locale is None:
        await message.answer(i18n.bilingual(common.choose_language), reply_markup=keyboards.languages())
    else:
        await message.answer(common.choose_track(), reply_markup=keyboards.tracks())


async def _send_first_question(bot: Bot, user_id: UserId, db: Database, clock: Clock) -> None:
    async with db.begin() as session:
        asked = await asking.today(session, user_id, now=clock.now())
    if isinstance(asked, asking.Asked):
        await send_question(bot, user_id, asked, db)


async def choose_locale(
    callback: CallbackQuery,
    callback_data: LocaleButton,
    bot: Bot,
    db: Database,
    clock: Clock,
    i18n: Catalogues,
    profile: Profile,
    admin_ids: frozenset[int],
) -> None:
    async with db.begin() as session:
        chosen = await preferences.set_locale(session, profile.id, callback_data.locale, now=clock.now())
        first = await asking.first(session, profile.id, now=clock.now())  # of who came by a link with the track
    with i18n.use_locale(callback_data.locale):
        if chosen.track is None:
            await edit(callback, common.choose_track(), keyboards.tracks())
        else:
            await edit(callback, settings.overview(chosen), keyboards.overview(chosen))
        await toast(callback)
        if first is not None:
            await send_question(bot, profile.id, first, db)
        with trifle("commands"):
            await commands.set_for_chat(bot, profile.id, admin=profile.id in admin_ids)


async def choose_track(
    callback: CallbackQuery,
    callback_data: TrackButton,
    bot: Bot,
    db: Database,
    clock: Clock,
    profile: Profile,
) -> None:
    async with db.begin() as session:
        chosen = await preferences.set_track(session, profile.id, callback_data.track, now=clock.now())
        asked = await asking.today(session, profile.id, now=clock.now())
    await edit(callback, settings.welcome(chosen), keyboards.overview(chosen))
    await toast(callback)
    if isinstance(asked, asking.Asked) and not asked.shown:
        await send_question(bot, profile.id, asked, db)


async def remind_to_choose(message: Message, i18n: Catalogues, profile: Profile | None) -> None:
    if profile is None:
        await message.answer(i18n.bilingual(common.not_started))
    elif profile.locale is None:
        await message.answer(i18n.bilingual(common.choose_language), reply_markup=keyboards.languages())
    else:
        await message.answer(common.choose_track(), reply_markup=keyboards.tracks())


async def remind_by_button(callback: CallbackQuery, i18n: Catalogues) -> None:
    await toast(callback, i18n.bilingual(common.not_started), alert=True)
