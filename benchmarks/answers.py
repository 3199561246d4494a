"""Typed answers a second: stored, confirmed and answered, by the whole bot and by a bare one."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from benchmarks.telegram import TOKEN, Crowd, people, telegram
from bot import app
from bot.clock import Clock
from bot.db.engine import Database
from bot.domain.identity import Locale, Track, UserId
from bot.services import asking, onboarding, preferences
from bot.settings import load_settings

PEOPLE = 40
MESSAGES = 25  # from each of them
LONGEST = 120  # seconds; a contender that takes longer has lost something
TEXT = "Сначала выслушаю клиента, уточню детали и предложу решение с понятным сроком. " * 3

Contender = Callable[[Crowd, Path], AbstractAsyncContextManager[Callable[[], Awaitable[int]]]]
"""Runs among the crowd, with a folder for its database; yields what tells how many answers are left."""


class Base(DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "people"
    id: Mapped[int] = mapped_column(primary_key=True)


class Answer(Base):
    __tablename__ = "answers"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


@asynccontextmanager
async def bare_bot(crowd: Crowd, folder: Path) -> AsyncIterator[Callable[[], Awaitable[int]]]:
    """aiogram's own polling; a handler with one select, one insert, a commit and a reply."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{folder}/bare.db", connect_args={"timeout": 60})
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    dispatcher = Dispatcher()
    left = crowd.said

    @dispatcher.message()
    async def answer(message: Message) -> None:
        async with sessions.begin() as session:
            await session.get(Person, message.chat.id)
            session.add(Answer(text=message.text or ""))
        await message.answer("Saved")
        nonlocal left
        left -= 1

    async def unanswered() -> int:  # its updates are confirmed before they are handled: this counts instead
        return left

    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(crowd.url)))
    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False))
    try:
        yield unanswered
    finally:
        await dispatcher.stop_polling()
        await polling
        await bot.session.close()
        await engine.dispose()


@asynccontextmanager
async def whole_bot(crowd: Crowd, folder: Path) -> AsyncIterator[Callable[[], Awaitable[int]]]:
    """The program as it runs, with an open question for everybody."""
    settings = load_settings(bot_token=TOKEN, bot_api_url=crowd.url, database_url=f"sqlite:///{folder}/whole.db")
    ending = asyncio.Event()
    async with app.open_database(settings.database_url) as db:
        await app.publish_content(db, Clock())
        await _ask_everybody(db)
        app.spare_the_collector()
        running = asyncio.create_task(app.serve(settings, db, Clock(), ending.wait))
        try:
            yield crowd.unconfirmed
        finally:
            ending.set()
            await running


async def _ask_everybody(db: Database) -> None:
    now = Clock().now()
    for person in people(PEOPLE):
        user_id = UserId(person.id)
        async with db.begin() as session:
            await onboarding.start(session, user_id, client_locale=Locale.RU, now=now)
            await preferences.set_track(session, user_id, Track.SUPPORT_MANAGER, now=now)
            await asking.ask(session, user_id, now=now)


async def _answers_a_second(contender: Contender, messages: int) -> float:
    with telegram(PEOPLE) as url, TemporaryDirectory() as folder:
        async with aiohttp.ClientSession() as http:
            crowd = Crowd(http, url, PEOPLE)
            await crowd.start()
            await crowd.say([f"{number}. {TEXT}" for number in range(messages)])
            async with contender(crowd, Path(folder)) as left:
                started = time.perf_counter()
                async with asyncio.timeout(LONGEST):
                    while await left() > 0:  # noqa: ASYNC110 - two processes share no event
                        await asyncio.sleep(0.02)
                return crowd.said / (time.perf_counter() - started)


def measure(share: float = 1.0) -> dict[str, float]:
    """Answers a second of either bot, and their ratio, from a share of the messages."""
    messages = round(MESSAGES * share)
    bare = asyncio.run(_answers_a_second(bare_bot, messages))
    whole = asyncio.run(_answers_a_second(whole_bot, messages))
    return {"bare bot, answers/s": bare, "whole bot, answers/s": whole, "ratio": whole / bare}
