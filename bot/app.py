"""The composition root: the only place that wires, starts and stops."""

import asyncio
import gc
import signal
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramUnauthorizedError
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.content.loader import load_sets
from bot.db.engine import Database
from bot.db.occupancy import AlreadyInUse, occupied
from bot.delivery.loop import DeliveryLoop
from bot.delivery.sender import Sender
from bot.services import publishing
from bot.settings import ROOT, Settings, SettingsError
from bot.telegram import commands
from bot.telegram.client import connect
from bot.telegram.dispatcher import build_dispatcher
from bot.telegram.i18n import Catalogues
from bot.telegram.poller import Poller

log = structlog.get_logger()

CONTENT = ROOT / "content"
GRACE = 4.5
"""Seconds for what is in flight when the program is told to stop; supervisors kill after ten."""

Until = Callable[[], Awaitable[object]]
"""Returns when the program shall end."""


async def run(settings: Settings, until: Until) -> None:
    """Runs the bot against Telegram. Raises SettingsError when the token is missing or refused."""
    if settings.bot_token is None:
        raise SettingsError("BOT_TOKEN: is missing; get one from @BotFather, or try the bot in the sandbox")
    clock = Clock()
    with _alone_at(settings.database_url):
        async with open_database(settings.database_url) as db:
            await publish_content(db, clock)
            spare_the_collector()
            await serve(settings, db, clock, until)


@contextmanager
def _alone_at(database_url: str) -> Iterator[None]:
    with ExitStack() as held:
        try:
            held.enter_context(occupied(database_url))
        except AlreadyInUse as file:
            advice = "end that one first, or let several share a PostgreSQL"
            raise SettingsError(f"DATABASE_URL: {file} is in use by another process of the bot; {advice}") from None
        except (OSError, sqlite3.Error) as fault:
            raise SettingsError(f"DATABASE_URL: the database cannot be opened: {fault}") from None
        yield


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[Database]:
    """The database, its schema brought up to date. Raises SettingsError when it cannot be had."""
    try:
        db = Database(url)
        await db.migrate()
    except (OSError, SQLAlchemyError) as fault:
        reason = str(fault).partition("\n")[0]
        raise SettingsError(f"DATABASE_URL: the database cannot be opened: {reason}") from None
    try:
        yield db
    finally:
        await db.close()


async def serve(settings: Settings, db: Database, clock: Clock, until: Until) -> None:
    """Answers and pushes until `until` returns."""
    async with _clients(settings) as (bot, pusher):
        catalogues = Catalogues()
        dispatcher = build_dispatcher(db=db, clock=clock, catalogues=catalogues, admin_ids=settings.admin_ids)
        poller = Poller(bot, dispatcher)
        rate, paid = settings.send_rate, settings.paid_broadcast
        sender = Sender(pusher, db, clock, catalogues, rate=rate, paid=paid)
        delivery = DeliveryLoop(db, clock, sender, settings.heartbeat_file)
        log.info("bot.started")
        await _supervise(bot, poller, delivery, catalogues, until)
        log.info("bot.stopped")


async def publish_content(db: Database, clock: Clock, folder: Path = CONTENT) -> None:
    """Stores the question sets of `folder` that have changed. Raises ContentError."""
    for question_set in load_sets(folder):
        async with db.begin() as session:
            if await publishing.publish(session, question_set, now=clock.now()):
                log.info("content.published", set=question_set.slug, questions=len(question_set.items))


def spare_the_collector() -> None:
    """What is there at the start stays: to look through it for garbage would halt everything for 0.2 s each time."""
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def _clients(settings: Settings) -> AsyncIterator[tuple[Bot, Bot]]:
    """One client that answers people, and one that pushes: each has its own patience."""
    assert settings.bot_token is not None
    token, proxy_url = settings.bot_token.get_secret_value(), settings.proxy_url
    bot = connect(token, api_url=settings.bot_api_url, proxy_url=proxy_url, patient=True)
    pusher = connect(token, api_url=settings.bot_api_url, proxy_url=proxy_url, patient=False)
    try:
        yield bot, pusher
    finally:
        await asyncio.gather(bot.session.close(), pusher.session.close())


async def _supervise(bot: Bot, poller: Poller, delivery: DeliveryLoop, catalogues: Catalogues, until: Until) -> None:
    """Runs both loops until `until` returns or one of them breaks, then lets them finish."""
    ending = asyncio.ensure_future(until())
    polling = asyncio.create_task(_greet_and_poll(bot, catalogues, poller), name="poller")
    delivering = asyncio.create_task(delivery.run(), name="delivery")
    try:
        done, _ = await asyncio.wait([ending, polling, delivering], return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        delivery.stop()
        await _cancel(ending, polling)
        await asyncio.gather(poller.finish(GRACE), asyncio.wait([delivering], timeout=GRACE))
        await _cancel(delivering)


async def _cancel(*tasks: asyncio.Future[object] | asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _greet_and_poll(bot: Bot, catalogues: Catalogues, poller: Poller) -> None:
    try:
        await bot.me()
    except TelegramUnauthorizedError:
        raise SettingsError("BOT_TOKEN: Telegram does not know this token") from None
    # Telegram may make one wait for hours before a name can be set again: nobody else shall.
    greeting = asyncio.create_task(_introduce(bot, catalogues), name="introduce")
    try:
        await poller.run()
    finally:
        await _cancel(greeting)


async def _introduce(bot: Bot, catalogues: Catalogues) -> None:
    try:
        await commands.introduce(bot, catalogues)
    except TelegramAPIError as refused:
        log.error("introduce.refused", reason=str(refused))


async def interrupted() -> None:
    """Returns when the process is asked to end, by SIGTERM or Ctrl-C."""
    asked = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    await asked.wait()
