"""The database is out of reach for a while: what is typed meanwhile is not lost."""

from __future__ import annotations

import asyncio

import pytest

from tests.support.coach import Coach
from tests.support.locks import LONGER_THAN_WRITERS_WAIT, held_by_another_program
from tests.support.talks import answers_of, ivan_with_question, moscow, newest
from tests.support.words import RU


@pytest.mark.slow
async def test_answers_typed_while_the_database_is_locked_are_kept(coach: Coach, sqlite_url: str) -> None:
    ivan = await ivan_with_question(coach)
    async with held_by_another_program(sqlite_url):
        await ivan.says("Первая часть.")
        await ivan.says("Вторая часть.")
        await asyncio.sleep(LONGER_THAN_WRITERS_WAIT)
    await ivan.sees("Сохранено: 4 слова", within=30)
    assert await answers_of(coach, ivan) == [["Первая часть.", "Вторая часть."]]


@pytest.mark.slow
async def test_a_push_that_falls_into_the_lock_comes_after_it_once(coach: Coach, sqlite_url: str) -> None:
    ivan = await ivan_with_question(coach)
    before = await newest(ivan)
    async with held_by_another_program(sqlite_url):
        coach.clock.set(moscow(23, 9))
        await asyncio.sleep(LONGER_THAN_WRITERS_WAIT)
        assert await newest(ivan) == before
    await ivan.sees(RU.waiting, within=30, after=before)
    await ivan.quiet(3)
