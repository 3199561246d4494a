"""A bot that is killed again and again while people type."""

from __future__ import annotations

import asyncio
import random

import pytest
from sqlalchemy import text

from bot.db.engine import Database
from bot.domain.identity import Locale
from bot.sandbox import Fault, FaultKind
from bot.settings import load_settings
from tests.reliability.conftest import Launch
from tests.support.chance import seeded_chance
from tests.support.process import BotProcess
from tests.support.telegram import Telegram
from tests.support.typist import Typist, stored_answers

KILLS = 32


@pytest.mark.slow
async def test_no_typed_message_is_lost_doubled_or_misplaced_by_kills(
    telegram: Telegram, launch: Launch, sqlite_url: str
) -> None:
    chance = seeded_chance()
    # Telegram that is slow now and then widens the moments between a commit and a reply.
    telegram.faults.add(Fault(FaultKind.DELAY, seconds=0.05, probability=0.3))
    bot = launch()
    await bot.start()
    typists = await _company(telegram, chance)
    ending = asyncio.Event()
    typing = asyncio.gather(*(typist.goes_on_until(ending) for typist in typists))
    for number in range(KILLS):
        await _kill_at_random(bot, chance, while_starting=number % 6 == 5)
        assert not typing.done(), typing.result()  # whoever waits in vain has given up
    ending.set()
    await typing
    await bot.terminate()
    await _check(typists, sqlite_url)
    await _tell(telegram, typists)


async def _company(telegram: Telegram, chance: random.Random) -> list[Typist]:
    """Three people who read Persian and three who read Russian, each with a first question."""
    languages = [Locale.FA, Locale.RU] * 3
    people = [await telegram.newcomer(301 + n, language) for n, language in enumerate(languages)]
    typists = [
        Typist(person, language, random.Random(chance.random()))
        for person, language in zip(people, languages, strict=True)
    ]
    await asyncio.gather(*(typist.begins() for typist in typists))
    return typists


async def _kill_at_random(bot: BotProcess, chance: random.Random, *, while_starting: bool) -> None:
    """Kills the running bot after a moment, and starts it again; sometimes it dies while it starts, too."""
    await asyncio.sleep(chance.uniform(0, 2))
    await bot.kill()
    if while_starting:
        await bot.spawn()
        await asyncio.sleep(chance.uniform(0, 4))
        await bot.kill()
    await bot.start()


async def _check(typists: list[Typist], sqlite_url: str) -> None:
    db = Database(load_settings(database_url=sqlite_url).database_url)
    for typist in typists:
        stored = await stored_answers(db, typist)
        typed = [(answer.prompt, tuple(answer.parts.items())) for answer in typist.answers]
        assert [(one.prompt, one.parts) for one in stored] == typed
        inbox = {message.id: message for message in await typist.person.inbox()}
        shown = [inbox[one.status_message_id] for one in stored if one.status_message_id is not None]
        assert [typist.saved_words(message) for message in shown] == [answer.words for answer in typist.answers]
    async with db.read() as session:
        assert (await session.execute(text("PRAGMA integrity_check"))).all() == [("ok",)]
        assert not (await session.execute(text("PRAGMA foreign_key_check"))).all()
    await db.close()


async def _tell(telegram: Telegram, typists: list[Typist]) -> None:
    messages = sum(len(answer.parts) for typist in typists for answer in typist.answers)
    edits = sum(typist.edits.total() for typist in typists)
    repeats = len(await telegram.calls("setMessageReaction")) - messages - edits
    print(f"{KILLS} kills, {messages} typed messages, {edits} edits, {repeats} of them marked once more after a kill")
