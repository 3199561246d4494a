"""Somebody presses, types, edits and travels in time without any sense, and is answered every time."""

import asyncio
import random
from datetime import timedelta

import pytest

from tests.support.coach import ADA, Coach
from tests.support.person import Message, Person
from tests.support.talks import export_of, heard
from tests.support.words import FA, RU, Words

pytestmark = pytest.mark.slow

TEXTS = (
    "Да.", "Я бы начал с журналов.", "9:30", "25:99", "Казань", "Отмена", "...", "<b>x", "слово " * 700, "/var/log",
    "/today", "/settings", "/help", "/privacy", "/start", "/start support-manager", "/admin", "/nonsense",
)  # fmt: skip
KINDS = ("sticker", "voice", "photo", "contact", "poll", "dice")
STEPS = 60
GLANCES = 250


class Restless:
    """Does one thing after the other; which, is decided by `chance`."""

    def __init__(self, coach: Coach, person: Person, chance: random.Random) -> None:
        self._coach = coach
        self._person = person
        self._chance = chance
        self._buttons: dict[tuple[int, str], str] = {}  # all that were ever there

    async def acts(self) -> None:
        self._buttons |= {
            (message.id, code): label
            for message in await self._person.inbox()
            for row in message.buttons
            for label, code in row
            if code is not None
        }
        acts = (self._presses, self._speaks, self._sends, self._edits, self._lets_time_pass)
        [act] = self._chance.choices(acts, weights=(50, 25, 10, 10, 5))
        await act()

    async def _presses(self) -> None:
        pressed = self._chance.choice(sorted(self._buttons))
        toast = await self._person.presses_data(*pressed)
        assert RU.apology not in (toast or ""), self._buttons[pressed]
        assert FA.apology not in (toast or ""), self._buttons[pressed]

    async def _speaks(self) -> None:
        before = await self._signs()
        all_ids = [message.id for message in (*await self._person.inbox(), *await self._person.own())]
        reply_to = self._chance.choice([None, None, self._chance.choice(all_ids)])
        text = self._chance.choice(TEXTS)
        await self._person.says(text, reply_to)
        await self._notices(before, text)

    async def _sends(self) -> None:
        before = await self._signs()
        kind = self._chance.choice(KINDS)
        await self._person.sends(kind)
        await self._notices(before, kind)

    async def _edits(self) -> None:
        typed = [message for message in await self._person.own() if message.text]
        await self._person.edits(self._chance.choice(typed), f"Исправлено: {self._chance.random()}")

    async def _lets_time_pass(self) -> None:
        self._coach.clock.advance(timedelta(hours=self._chance.choice((0.2, 3, 9, 24, 60))))

    async def _signs(self) -> tuple[list[Message], list[tuple[str, ...]]]:
        """What the bot has written, and how it has marked what the person wrote."""
        return await self._person.inbox(), [message.reactions for message in await self._person.own()]

    async def _notices(self, before: tuple[list[Message], list[tuple[str, ...]]], what: str) -> None:
        messages, marks = before
        for _ in range(GLANCES):
            now, marked = await self._signs()
            if now != messages or any(marked[len(marks) :]):
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"nothing came in answer to {what!r}")


@pytest.mark.parametrize("seed", range(2))
async def test_whatever_one_does_is_answered_and_whatever_is_marked_is_kept(
    coach: Coach, seed: int, words: Words
) -> None:
    ada, person = coach.person(ADA), coach.person(words.user)
    await ada.starts("support-engineer")
    await person.starts("support-engineer")
    await person.sees(words.first)
    restless = Restless(coach, person, random.Random(seed))
    for _ in range(STEPS):
        await restless.acts()
    marked = {message.id for message in await person.own() if message.reactions}
    stored = [part["message_id"] for part in (await export_of(coach, person))["answer_parts"]]
    assert marked == set(stored)
    assert len(stored) == len(set(stored))
    assert not await heard(person, words.apology)
    assert len(await ada.inbox()) == 1  # nothing that an administrator should know of
