"""People who answer question after question in several messages, and remember what they typed to which."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from bot.db.engine import Database
from bot.db.models import AnswerPart, Attempt, QuestionText
from bot.domain.identity import Locale
from tests.support.person import Message, Person
from tests.support.words import FA, RU, Words

_GLANCE = 0.3
_ISOLATES = re.compile("[\u2068\u2069]")
_LONGER_THAN_A_MESSAGE = 900  # words


_VOCABULARY = {
    Locale.RU: ("клиент", "заявка", "сервер", "звонок", "решение"),
    Locale.FA: ("مشتری", "درخواست", "سرور", "تماس", "راه"),
}
_CORRECTED = {Locale.RU: "исправлено", Locale.FA: "درست‌شده"}
_WORDS = {Locale.RU: RU, Locale.FA: FA}


@dataclass(slots=True)
class Answer:
    """What was typed to one question: message id -> text as last edited, in the order of typing."""

    prompt: str
    parts: dict[int, str] = field(default_factory=dict)

    @property
    def words(self) -> int:
        return sum(len(text.split()) for text in self.parts.values())


class Typist:
    """Types at a human's pace what can be checked later; patient while the bot is away."""

    def __init__(self, person: Person, locale: Locale, chance: random.Random, patience: float = 300.0) -> None:
        self.person = person
        self.locale = locale
        self.answers: list[Answer] = []
        self.edits: Counter[int] = Counter()
        self._words = _WORDS[locale]
        self._chance = chance
        self._patience = patience

    async def begins(self) -> None:
        await self.person.starts("support-engineer")
        self.answers.append(Answer(_prompt(await self._question(after=0))))

    async def goes_on_until(self, ending: asyncio.Event) -> None:
        """Answers, compares, rates and takes another question; leaves an answer with all of it saved."""
        while True:
            await self._types(self.answers[-1])
            status = await self.sees_all_saved()
            if ending.is_set():
                return
            self.answers.append(Answer(_prompt(await self._takes_another(status))))

    async def sees_all_saved(self) -> Message:
        """Waits until the status message counts every word of the present answer."""
        answer = self.answers[-1]
        first = min(answer.parts)
        return await self._sees(lambda one: one.id > first and self.saved_words(one) == answer.words, answer.words)

    def saved_words(self, message: Message) -> int | None:
        """The number of words that a status message speaks of; None for any other message."""
        number = re.search(r"\d+", message.text)
        return int(number[0]) if message.text.startswith(self._words.saved) and number else None

    def is_question(self, message: Message) -> bool:
        return asks(message, self._words)

    async def _types(self, answer: Answer) -> None:
        short: list[int] = []
        for number in range(self._chance.randint(2, 5)):
            await asyncio.sleep(self._chance.uniform(0.02, 0.5))
            short += await self._says_one(answer, number)
            if short and self._chance.random() < 0.3:
                edited = self._chance.choice(short)
                self.edits[edited] += 1
                answer.parts[edited] += f" {_CORRECTED[self.locale]}"
                await self.person.edits(edited, answer.parts[edited])

    async def _says_one(self, answer: Answer, number: int) -> list[int]:
        """One message, or a text so long that the client cuts it; the ids of those that may be edited."""
        is_long = self._chance.random() < 0.07
        length = _LONGER_THAN_A_MESSAGE if is_long else self._chance.randint(1, 12)
        words = self._chance.choices(_VOCABULARY[self.locale], k=length)
        ids = await self.person.says(" ".join([f"{self.person.id} {len(self.answers)} {number}", *words]))
        own = {message.id: message.text for message in await self.person.own()}
        answer.parts.update({id_: own[id_] for id_ in ids})
        return [] if is_long else ids

    async def _takes_another(self, status: Message) -> Message:
        words = self._words
        await self.person.presses(words.reveal, status)
        example = await self._sees(lambda one: one.id > status.id and words.example in one.text, words.example)
        await self.person.presses(words.good, example)
        await self._sees(lambda one: one.id == example.id and words.rated in one.text, words.rated)
        await self.person.presses(words.another, example)
        return await self._question(after=example.id)

    async def _question(self, after: int) -> Message:
        return await self._sees(lambda one: one.id > after and self.is_question(one), "a question")

    async def _sees(self, is_it: Callable[[Message], bool], what: object) -> Message:
        deadline = time.monotonic() + self._patience
        while True:
            inbox = await self.person.inbox()
            for message in reversed(inbox):
                if is_it(message):
                    return message
            shown = "\n".join(map(str, inbox[-4:]))
            assert time.monotonic() < deadline, f"{self.person.id} waits in vain for {what}; last came:\n{shown}"
            await asyncio.sleep(_GLANCE)


def asks(message: Message, words: Words) -> bool:
    """Whether the message puts a question."""
    question, _, of, total = words.first.split()
    return re.search(rf"{question} \d+ {of} {total}", message.text) is not None


def _prompt(question: Message) -> str:
    return _ISOLATES.sub("", question.text.split("\n\n")[1])


@dataclass(frozen=True, slots=True)
class Stored:
    """An answer in the database, with the message that shows how it stands."""

    prompt: str
    parts: tuple[tuple[int, str], ...]
    status_message_id: int | None


async def stored_answers(db: Database, typist: Typist) -> Sequence[Stored]:
    """The typist's answers as the bot has them, in the order in which the questions were put."""
    query = (
        select(Attempt, AnswerPart, QuestionText.prompt)
        .join(AnswerPart, AnswerPart.attempt_id == Attempt.id)
        .join(QuestionText, QuestionText.question_id == Attempt.question_id)
        .where(Attempt.user_id == typist.person.id, QuestionText.locale == typist.locale)
        .order_by(Attempt.id, AnswerPart.id)
    )
    found: dict[int, Stored] = {}
    async with db.read() as session:
        for attempt, part, prompt in await session.execute(query):
            before = found.get(attempt.id)
            parts = (*(before.parts if before else ()), (part.message_id, part.text))
            found[attempt.id] = Stored(prompt, parts, attempt.status_message_id)
    return list(found.values())
