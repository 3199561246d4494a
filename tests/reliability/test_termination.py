"""SIGTERM: the bot finishes what is in flight, loses nothing and is gone within ten seconds."""

from __future__ import annotations

import asyncio
import random
from collections import Counter

import pytest

from bot.db.engine import Database
from bot.domain.identity import Locale
from bot.sandbox import Fault, FaultKind
from bot.settings import load_settings
from tests.reliability.conftest import Launch
from tests.support.coach import IVAN
from tests.support.telegram import Telegram
from tests.support.typist import Typist, stored_answers
from tests.support.wire import Wire

LONGEST = 10.0
"""Seconds that supervisors wait before they kill."""


@pytest.mark.slow
async def test_it_ends_in_the_middle_of_traffic_and_goes_on_where_it_stopped(
    telegram: Telegram, launch: Launch, sqlite_url: str
) -> None:
    bot = launch()
    await bot.start()
    people = [(await telegram.newcomer(301 + n, language), language) for n, language in enumerate(Locale)]
    typists = [Typist(person, language, random.Random(person.id)) for person, language in people]
    await asyncio.gather(*(typist.begins() for typist in typists))
    ending = asyncio.Event()
    typing = asyncio.gather(*(typist.goes_on_until(ending) for typist in typists))
    await asyncio.sleep(1.5)  # by now they are in the middle of it
    assert await bot.terminate() < LONGEST
    assert (bot.exit_code, len(bot.events("bot.stopped"))) == (0, 1)
    await bot.start()
    ending.set()
    await typing
    await _check_answers(typists, sqlite_url)
    await _check_nothing_was_done_twice(telegram, typists)


async def _check_answers(typists: list[Typist], sqlite_url: str) -> None:
    db = Database(load_settings(database_url=sqlite_url).database_url)
    for typist in typists:
        stored = [(one.prompt, one.parts) for one in await stored_answers(db, typist)]
        assert stored == [(answer.prompt, tuple(answer.parts.items())) for answer in typist.answers]
    await db.close()


async def _check_nothing_was_done_twice(telegram: Telegram, typists: list[Typist]) -> None:
    """Each message and each edit got one mark, each question was put once, each answer has one status."""
    marks = Counter(int(call["params"]["message_id"]) for call in await telegram.calls("setMessageReaction"))
    for typist in typists:
        inbox = await typist.person.inbox()
        assert sum(map(typist.is_question, inbox)) == len(typist.answers)
        assert sum(typist.saved_words(message) is not None for message in inbox) == len(typist.answers)
        own = [message for message in await typist.person.own() if not message.text.startswith("/")]
        assert {message.id: marks[message.id] for message in own} == {
            message.id: 1 + typist.edits[message.id] for message in own
        }


@pytest.mark.slow
async def test_a_reply_that_telegram_holds_up_delays_the_end_by_seconds_and_comes_after_it(
    telegram: Telegram, launch: Launch
) -> None:
    bot, ivan = launch(), telegram.person(IVAN)
    await bot.start()
    await ivan.starts("support-engineer")
    await ivan.sees("Вопрос 1 из 14")
    telegram.faults.add(Fault(FaultKind.TOO_MANY_REQUESTS, chat_id=IVAN.id, retry_after=600))
    await ivan.says("Мой ответ.")
    await bot.mentions("telegram.repeat")
    assert await bot.terminate() < LONGEST
    assert bot.exit_code == 0
    telegram.faults.clear()
    await bot.start()
    await ivan.sees("Сохранено: 2 слова")


@pytest.mark.slow
async def test_it_ends_in_time_when_telegram_no_longer_answers_at_all(
    telegram: Telegram, wire: Wire, launch: Launch
) -> None:
    bot, ivan = launch(BOT_API_URL=wire.url), telegram.person(IVAN)
    await bot.start()
    await ivan.starts("support-engineer")
    question = await ivan.sees("Вопрос 1 из 14")
    wire.hold_answers()
    await ivan.says("Мой ответ.")
    await asyncio.wait_for(wire.struck.wait(), 10)
    assert await bot.terminate() < LONGEST
    assert bot.exit_code == 0
    wire.mend()
    await bot.start()
    status = await ivan.sees("Сохранено: 2 слова")
    assert status.id > question.id
