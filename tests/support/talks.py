"""Ways into a conversation that several tests begin with, and ways of looking at what came of it."""

import asyncio
import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import aiohttp

from tests.support.coach import Coach
from tests.support.person import Json, Message, Person
from tests.support.words import FA, RU, Words

BETWEEN_LOOKS = 0.1
"""Real seconds between two looks of the delivery loop at the clock, in the tests that ask for it."""

_SEVERAL_LOOKS = 5 * BETWEEN_LOOKS


def moscow(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of November 2026 by the clocks of Moscow; days above 30 are in December."""
    return _wall("Europe/Moscow", day, hour, minute)


def tehran(day: int, hour: int, minute: int = 0) -> datetime:
    return _wall("Asia/Tehran", day, hour, minute)


def _wall(zone: str, day: int, hour: int, minute: int) -> datetime:
    month, date = (11, day) if day <= 30 else (12, day - 30)
    return datetime(2026, month, date, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)


async def with_first_question(coach: Coach, words: Words) -> Person:
    """A candidate who has just been asked the first question."""
    person = coach.person(words.user)
    await person.starts("support-engineer")
    await person.sees(words.first)
    return person


async def ivan_with_question(coach: Coach) -> Person:
    return await with_first_question(coach, RU)


async def sara_with_question(coach: Coach) -> Person:
    return await with_first_question(coach, FA)


async def finish(person: Person, words: Words) -> None:
    """Answers the open question, looks at the example and rates: nothing is open any more."""
    [own] = await person.says("Я бы начал с журналов." if words is RU else "اول سراغ گزارش‌ها می‌روم.")
    await person.sees(words.saved, after=own)
    await person.presses(words.reveal)
    await person.sees(words.example, after=own)
    await person.presses(words.good)
    await person.sees(words.rated)


async def nothing_at(coach: Coach, at: datetime, *people: Person) -> None:
    """The clock is moved, and the bot leaves these people in peace."""
    before = [await newest(person) for person in people]
    coach.clock.set(at)
    await nothing_after(*zip(people, before, strict=True))


async def nothing_after(*people: tuple[Person, int]) -> None:
    """The bot has several looks at the clock and sends nothing younger than the message named for each."""
    await asyncio.sleep(_SEVERAL_LOOKS)  # an absence cannot be waited for
    for person, before in people:
        new = [str(message) for message in await person.inbox() if message.id > before]
        assert not new, f"{person.id} was left no peace: {new}"


async def pushed_at(coach: Coach, at: datetime, person: Person, text: str) -> Message:
    """The clock is moved, and a new message with `text` comes."""
    before = await newest(person)
    coach.clock.set(at)
    return await person.sees(text, after=before)


async def newest(person: Person) -> int:
    """The id of the newest message in the chat, whoever sent it."""
    chat = await person.chat()
    return max((int(body["message_id"]) for body in chat["messages"]), default=0)


async def heard(person: Person, text: str) -> list[Message]:
    """All messages of the bot with `text`, oldest first."""
    return [message for message in await person.inbox() if text in message.text]


def labels(message: Message) -> list[list[str]]:
    """The buttons under a message, row by row from left to right."""
    return [[label for label, _ in row] for row in message.buttons]


def data(message: Message, label: str) -> str:
    """What the button with `label` would tell the bot."""
    [found] = [data for row in message.buttons for text, data in row if label in text]
    assert found is not None
    return found


async def export_of(coach: Coach, person: Person) -> Json:
    """What is stored about a person, as the person gets it."""
    [asked] = await person.says("/export")
    document = await person.sees("JSON", after=asked)
    bodies = (await person.chat())["messages"]
    [url] = [body["file_url"] for body in bodies if body["message_id"] == document.id]
    async with aiohttp.ClientSession() as http, http.get(f"{coach.sandbox.url}{url}") as file:
        stored: Json = json.loads(await file.read())
        return stored


async def answers_of(coach: Coach, person: Person) -> list[list[str]]:
    """The texts that count, one list for each question that was asked, in order."""
    stored = await export_of(coach, person)
    parts = sorted(stored["answer_parts"], key=lambda part: int(part["message_id"]))
    kept = [part for part in parts if part["discarded_at"] is None]
    return [
        [part["text"] for part in kept if part["attempt_id"] == attempt["id"]]
        for attempt in sorted(stored["attempts"], key=lambda attempt: int(attempt["id"]))
    ]
