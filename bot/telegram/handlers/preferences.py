"""The pages of /settings and the short dialogues in them."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message, ReplyKeyboardRemove
from tzfpy import get_tz

from bot.clock import Clock
from bot.db.engine import Database
from bot.db.models import Dialogue
from bot.domain import places
from bot.domain.wall_time import parse_time
from bot.services import preferences
from bot.services.onboarding import Profile
from bot.services.preferences import Preferences
from bot.telegram import keyboards
from bot.telegram.callbacks import (
    PauseButton,
    ResumeButton,
    Screen,
    SettingsButton,
    TimeButton,
    WeekdayButton,
    ZoneButton,
)
from bot.telegram.filters import EndedDialogue, InDialogue, IsLabel
from bot.telegram.replies import edit, toast
from bot.telegram.texts import buttons, settings

_DIALOGUES = {
    Screen.OTHER_TIME: Dialogue.TIME,
    Screen.OTHER_CITY: Dialogue.CITY,
    Screen.LOCATION: Dialogue.CITY,
}


def build_router() -> Router:
    router = Router(name="preferences")
    router.message.register(show_settings, Command("settings"))
    router.message.register(take_location, F.location)
    router.message.register(show_settings, EndedDialogue())
    router.message.register(cancel, IsLabel(buttons.cancel, buttons.share_location))
    router.message.register(take_time, InDialogue(Dialogue.TIME))
    router.message.register(take_city, InDialogue(Dialogue.CITY))
    router.callback_query.register(show_screen, SettingsButton.filter())
    router.callback_query.register(set_time, TimeButton.filter())
    router.callback_query.register(set_zone, ZoneButton.filter())
    router.callback_query.register(set_weekday, WeekdayButton.filter())
    router.callback_query.register(pause, PauseButton.filter())
    router.callback_query.register(resume, ResumeButton.filter())
    return router


async def show_settings(message: Message, db: Database, clock: Clock, profile: Profile) -> None:
    async with db.begin() as session:
        chosen = await preferences.set_dialogue(session, profile.id, None, now=clock.now())
    await message.answer(settings.overview(chosen), reply_markup=keyboards.overview(chosen))


async def show_screen(
    callback: CallbackQuery, callback_data: SettingsButton, db: Database, clock: Clock, profile: Profile
) -> None:
    dialogue = _DIALOGUES.get(callback_data.screen)
    async with db.begin() as session:
        chosen = await preferences.set_dialogue(session, profile.id, dialogue, now=clock.now())
    if callback_data.screen is Screen.LOCATION and callback.message is not None:
        await callback.message.answer(settings.ask_location(), reply_markup=keyboards.share_location())
    else:
        await edit(callback, *_page(callback_data.screen, chosen))
    await toast(callback)


def _page(screen: Screen, chosen: Preferences) -> tuple[str, InlineKeyboardMarkup]:
    match screen:
        case Screen.LANGUAGE:
            return settings.choose_language(), keyboards.languages(back=True)
        case Screen.TRACK:
            return settings.choose_track(), keyboards.tracks(chosen.track, back=True)
        case Screen.TIME:
            return settings.choose_time(), keyboards.times()
        case Screen.OTHER_TIME:
            return settings.ask_time(), keyboards.back()
        case Screen.ZONE:
            return settings.choose_zone(), keyboards.zones()
        case Screen.OTHER_CITY:
            return settings.ask_city(), keyboards.back()
        case Screen.WEEKDAYS:
            return settings.choose_days(), keyboards.weekdays(chosen)
        case Screen.PAUSE:
            return settings.choose_pause(), keyboards.pauses()
        case _:
            return settings.overview(chosen), keyboards.overview(chosen)


async def _show_overview(callback: CallbackQuery, chosen: Preferences) -> None:
    await edit(callback, settings.overview(chosen), keyboards.overview(chosen))
    await toast(callback)


async def set_time(
    callback: CallbackQuery, callback_data: TimeButton, db: Database, clock: Clock, profile: Profile
) -> None:
    async with db.begin() as session:
        chosen = await preferences.set_time(session, profile.id, callback_data.time, now=clock.now())
    await _show_overview(callback, chosen)


async def set_zone(
    callback: CallbackQuery, callback_data: ZoneButton, db: Database, clock: Clock, profile: Profile
) -> None:
    async with db.begin() as session:
        chosen = await preferences.set_zone(session, profile.id, callback_data.zone, now=clock.now())
    await _show_overview(callback, chosen)


async def set_weekday(
    callback: CallbackQuery, callback_data: WeekdayButton, db: Database, clock: Clock, profile: Profile
) -> None:
    async with db.begin() as session:
        chosen = await preferences.set_weekday(
            session, profile.id, callback_data.day, callback_data.wanted, now=clock.now()
        )
    await edit(callback, settings.choose_days(), keyboards.weekdays(chosen))
    await toast(callback)


async def pause(
    callback: CallbackQuery, callback_data: PauseButton, db: Database, clock: Clock, profile: Profile
) -> None:
    async with db.begin() as session:
        chosen = await preferences.pause(session, profile.id, callback_data.days, now=clock.now())
    await _show_overview(callback, chosen)


async def resume(callback: CallbackQuery, db: Database, clock: Clock, profile: Profile) -> None:
    async with db.begin() as session:
        chosen = await preferences.resume(session, profile.id, now=clock.now())
    await edit(callback, settings.resumed(chosen.next_question_at, chosen.zone), keyboards.todays())
    await toast(callback)


async def take_time(message: Message, db: Database, clock: Clock, profile: Profile) -> None:
    at = parse_time(message.text or "")
    async with db.begin() as session:
        chosen = await preferences.set_time(session, profile.id, at, now=clock.now(), message_id=message.message_id)
    await message.answer(settings.overview(chosen), reply_markup=keyboards.overview(chosen))


async def take_city(message: Message, db: Database, clock: Clock, profile: Profile) -> None:
    city = message.text or ""
    if zone := places.zone_of(city):
        await _keep_zone(message, zone, db, clock, profile)
    else:
        similar = places.similar_zones(city)
        await message.answer(settings.which_city(city), reply_markup=keyboards.zones(similar))


async def take_location(message: Message, db: Database, clock: Clock, profile: Profile) -> None:
    assert message.location is not None
    zone = get_tz(message.location.longitude, message.location.latitude)
    await _keep_zone(message, zone, db, clock, profile)


async def _keep_zone(message: Message, zone: str, db: Database, clock: Clock, profile: Profile) -> None:
    async with db.begin() as session:
        chosen = await preferences.set_zone(session, profile.id, zone, now=clock.now(), message_id=message.message_id)
    await message.answer(settings.zone_set(chosen), reply_markup=ReplyKeyboardRemove())
    await message.answer(settings.overview(chosen), reply_markup=keyboards.overview(chosen))


async def cancel(message: Message, db: Database, profile: Profile) -> None:
    """The keyboard that shares the location goes; its labels are never an answer to a question."""
    async with db.begin() as session:
        await preferences.end_dialogue(session, profile.id, message.message_id)
    await message.answer(settings.cancelled(), reply_markup=ReplyKeyboardRemove())
