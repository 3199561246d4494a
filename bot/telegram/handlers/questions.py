"""The question: taking one, and the buttons under it up to the rating."""

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message, ReplyParameters

from bot.clock import Clock
from bot.db.engine import Database
from bot.domain.identity import AttemptId
from bot.services import answering, asking, reviewing
from bot.services.asking import Asked, DoneForToday
from bot.services.onboarding import Profile
from bot.services.reviewing import Revealed
from bot.telegram import keyboards
from bot.telegram.callbacks import AttemptButton, RateButton, StartOverButton, Step, TickButton, TodayButton
from bot.telegram.replies import edit, edit_question, send_question, toast
from bot.telegram.texts import common, errors, practice


def build_router() -> Router:
    router = Router(name="questions")
    router.message.register(today, Command("today"))
    router.callback_query.register(take_question, TodayButton.filter())
    router.callback_query.register(hint, AttemptButton.filter(F.step == Step.HINT))
    router.callback_query.register(later, AttemptButton.filter(F.step == Step.LATER))
    router.callback_query.register(skip, AttemptButton.filter(F.step == Step.SKIP))
    router.callback_query.register(reveal, AttemptButton.filter(F.step == Step.REVEAL))
    router.callback_query.register(earlier, AttemptButton.filter(F.step == Step.EARLIER))
    router.callback_query.register(start_over, StartOverButton.filter())
    router.callback_query.register(correct, TickButton.filter())
    router.callback_query.register(rate, RateButton.filter())
    return router


async def today(message: Message, bot: Bot, db: Database, clock: Clock, profile: Profile) -> None:
    async with db.begin() as session:
        asked = await asking.today(session, profile.id, now=clock.now())
    await _show(asked, bot, db, profile)


async def _show(asked: Asked | DoneForToday, bot: Bot, db: Database, profile: Profile) -> None:
    if isinstance(asked, DoneForToday):
        done = common.done_for_today(asked, profile.zone)
        await bot.send_message(profile.id, done, reply_markup=keyboards.done_for_today(asked))
    else:
        await send_question(bot, profile.id, asked, db)


async def take_question(
    callback: CallbackQuery, callback_data: TodayButton, bot: Bot, db: Database, clock: Clock, profile: Profile
) -> None:
    take = asking.ask if callback_data.another else asking.today
    async with db.begin() as session:
        asked = await take(session, profile.id, now=clock.now())
    if callback_data.another and isinstance(asked, Asked) and asked.shown:
        await toast(callback, errors.already_there())
    else:
        await toast(callback)
        await _show(asked, bot, db, profile)


async def hint(
    callback: CallbackQuery, callback_data: AttemptButton, db: Database, clock: Clock, profile: Profile
) -> None:
    async with db.begin() as session:
        asked = await asking.hint(session, profile.id, AttemptId(callback_data.attempt_id), now=clock.now())
    await edit_question(callback, practice.question(asked), asked, db)


async def later(
    callback: CallbackQuery, callback_data: AttemptButton, db: Database, clock: Clock, profile: Profile
) -> None:
    async with db.begin() as session:
        put_off = await asking.later(session, profile.id, AttemptId(callback_data.attempt_id), now=clock.now())
    if put_off.today_at is None:
        await toast(callback, practice.too_late_today(put_off.next_at, profile.zone), alert=True)
    else:
        text = practice.put_off(put_off.asked, put_off.today_at, profile.zone)
        await edit_question(callback, text, put_off.asked, db)


async def skip(
    callback: CallbackQuery, callback_data: AttemptButton, db: Database, clock: Clock, profile: Profile
) -> None:
    async with db.begin() as session:
        asked = await asking.skip(session, profile.id, AttemptId(callback_data.attempt_id), now=clock.now())
    await edit_question(callback, practice.skipped(asked, profile.zone), asked, db)


async def reveal(
    callback: CallbackQuery,
    callback_data: AttemptButton,
    bot: Bot,
    db: Database,
    clock: Clock,
    profile: Profile,
) -> None:
    async with db.begin() as session:
        revealed = await reviewing.reveal(session, profile.id, AttemptId(callback_data.attempt_id), now=clock.now())
    if revealed.message_id is not None:
        await toast(callback, errors.already_there())
        return
    await toast(callback)
    await _send_reveal(bot, profile, revealed, db)


async def _send_reveal(bot: Bot, profile: Profile, revealed: Revealed, db: Database) -> None:
    sent = await bot.send_message(
        profile.id,
        practice.reveal(revealed, profile.zone),
        reply_markup=keyboards.reveal(revealed),
        reply_parameters=_to_answer(revealed),
    )
    async with db.begin() as session:
        await reviewing.note_reveal_message(session, profile.id, revealed.attempt_id, sent.message_id)


def _to_answer(revealed: Revealed) -> ReplyParameters | None:
    """Points back at the user's own words, which stay in view above."""
    if revealed.answer_message_id is None:
        return None
    return ReplyParameters(message_id=revealed.answer_message_id, allow_sending_without_reply=True)


async def earlier(
    callback: CallbackQuery, callback_data: AttemptButton, bot: Bot, db: Database, profile: Profile
) -> None:
    async with db.read() as session:
        found = await reviewing.earlier(session, profile.id, AttemptId(callback_data.attempt_id))
    await toast(callback)
    to_it = ReplyParameters(message_id=found.message_id, allow_sending_without_reply=True)
    await bot.send_message(profile.id, practice.earlier(found, profile.zone), reply_parameters=to_it)


async def start_over(
    callback: CallbackQuery, callback_data: StartOverButton, db: Database, clock: Clock, profile: Profile
) -> None:
    attempt_id = AttemptId(callback_data.attempt_id)
    async with db.begin() as session:
        draft = await answering.start_over(session, profile.id, attempt_id, callback_data.up_to, now=clock.now())
    await edit(callback, practice.draft(draft), keyboards.draft(draft))
    await toast(callback)


async def correct(
    callback: CallbackQuery, callback_data: TickButton, db: Database, clock: Clock, profile: Profile
) -> None:
    attempt_id, place, made = AttemptId(callback_data.attempt_id), callback_data.place, callback_data.made
    async with db.begin() as session:
        corrected = await reviewing.correct(session, profile.id, attempt_id, place, made, now=clock.now())
    await edit(callback, practice.reveal(corrected, profile.zone), keyboards.reveal(corrected))
    await toast(callback)


async def rate(
    callback: CallbackQuery, callback_data: RateButton, db: Database, clock: Clock, profile: Profile
) -> None:
    attempt_id = AttemptId(callback_data.attempt_id)
    async with db.begin() as session:
        rated = await reviewing.rate(session, profile.id, attempt_id, callback_data.rating, now=clock.now())
    await edit(callback, practice.reveal(rated, profile.zone), keyboards.reveal(rated))
    await toast(callback)
