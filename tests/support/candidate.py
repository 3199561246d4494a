"""A candidate below Telegram: uses the services as the handlers do, a transaction for each thing they do."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from bot.db import attempts
from bot.db.engine import Database
from bot.db.models import Dialogue
from bot.domain.answer import TypedMessage
from bot.domain.identity import AttemptId, Locale, Track, UserId
from bot.domain.review import Rating
from bot.services import answering, asking, onboarding, preferences, privacy, reviewing
from bot.services.answering import Draft
from bot.services.asking import Asked, DoneForToday, PutOff
from bot.services.onboarding import Profile
from bot.services.preferences import Preferences
from bot.services.reviewing import Revealed
from tests.support.coach import HandClock

Row = dict[str, Any]


@dataclass
class Candidate:
    """`next_message_id` counts the messages of the chat up, the person's and the bot's alike."""

    db: Database
    clock: HandClock
    id: UserId
    locale: Locale | None
    next_message_id: int = 1
    last_update_id: int = 0
    said: dict[int, TypedMessage] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def new_message_id(self) -> int:
        self.next_message_id += 1
        return self.next_message_id - 1

    async def presses_start(self) -> Preferences:
        async with self.db.begin() as session:
            return await onboarding.start(session, self.id, client_locale=self.locale, now=self.now)

    async def arrives(self, track: Track = Track.SUPPORT_MANAGER) -> Preferences:
        """Presses start and chooses the track."""
        await self.presses_start()
        return await self.chooses_track(track)

    async def chooses_track(self, track: Track) -> Preferences:
        async with self.db.begin() as session:
            return await preferences.set_track(session, self.id, track, now=self.now)

    async def chooses_locale(self, locale: Locale) -> Preferences:
        async with self.db.begin() as session:
            return await preferences.set_locale(session, self.id, locale, now=self.now)

    async def wants_it_at(self, at: time) -> Preferences:
        async with self.db.begin() as session:
            return await preferences.set_time(session, self.id, at, now=self.now)

    async def moves_to(self, zone: str) -> Preferences:
        async with self.db.begin() as session:
            return await preferences.set_zone(session, self.id, zone, now=self.now)

    async def wants_weekday(self, day: int, wanted: bool) -> Preferences:
        async with self.db.begin() as session:
            return await preferences.set_weekday(session, self.id, day, wanted, now=self.now)

    async def wants_only(self, *days: int) -> Preferences:
        """Chooses exactly these weekdays (Monday is 0)."""
        for day in range(7):
            if day in days:
                await self.wants_weekday(day, True)
        for day in range(7):
            if day not in days:
                await self.wants_weekday(day, False)
        return await self.preferences()

    async def pauses(self, days: int | None) -> Preferences:
        async with self.db.begin() as session:
            return await preferences.pause(session, self.id, days, now=self.now)

    async def resumes(self) -> Preferences:
        async with self.db.begin() as session:
            return await preferences.resume(session, self.id, now=self.now)

    async def is_asked_for(self, dialogue: Dialogue) -> None:
        """The bot waits for a typed hour or city."""
        async with self.db.begin() as session:
            await preferences.set_dialogue(session, self.id, dialogue, now=self.now)

    async def preferences(self) -> Preferences:
        """Opens the settings, which ends whatever the bot was waiting for."""
        async with self.db.begin() as session:
            return await preferences.set_dialogue(session, self.id, None, now=self.now)

    async def profile(self) -> Profile | None:
        async with self.db.read() as session:
            return await onboarding.profile(session, self.id, now=self.now)

    async def is_there(self) -> None:
        """Does anything at all, in an update newer than any before."""
        self.last_update_id += 1
        await self.causes(self.last_update_id)

    async def causes(self, update_id: int) -> Profile | None:
        """An update arrives, which is where everything begins that a person does."""
        async with self.db.begin() as session:
            return await onboarding.arrive(session, self.id, update_id, now=self.now)

    async def blocks_the_bot(self) -> None:
        async with self.db.begin() as session:
            await onboarding.leave(session, self.id, now=self.now)

    async def unblocks_the_bot(self) -> None:
        async with self.db.begin() as session:
            await onboarding.come_back(session, self.id, now=self.now)

    async def asks_for_today(self) -> Asked | DoneForToday:
        async with self.db.begin() as session:
            asked = await asking.today(session, self.id, now=self.now)
        if isinstance(asked, Asked):
            await self.is_shown(asked)
        return asked

    async def is_due_for_the_first(self) -> Asked | None:
        """The first choices are made; the message with the first question is still to be sent."""
        async with self.db.begin() as session:
            return await asking.first(session, self.id, now=self.now)

    async def asks_for_another(self) -> Asked:
        async with self.db.begin() as session:
            asked = await asking.ask(session, self.id, now=self.now)
        await self.is_shown(asked)
        return asked

    async def is_shown(self, asked: Asked) -> int:
        """A message of the bot with the question arrives."""
        message_id = self.new_message_id()
        async with self.db.begin() as session:
            await asking.link_message(session, self.id, asked.attempt_id, message_id)
        return message_id

    async def is_asked_again(self, attempt_id: AttemptId) -> Asked:
        async with self.db.begin() as session:
            return await asking.ask_again(session, self.id, attempt_id, now=self.now)

    async def takes_the_hint(self, attempt_id: AttemptId) -> Asked:
        async with self.db.begin() as session:
            return await asking.hint(session, self.id, attempt_id, now=self.now)

    async def skips(self, attempt_id: AttemptId) -> Asked:
        async with self.db.begin() as session:
            return await asking.skip(session, self.id, attempt_id, now=self.now)

    async def puts_off(self, attempt_id: AttemptId) -> PutOff:
        async with self.db.begin() as session:
            return await asking.later(session, self.id, attempt_id, now=self.now)

    def message(self, text: str, *, reply_to: int | None = None, after: timedelta = timedelta()) -> TypedMessage:
        """A message that is on its way; it was sent `after` so much time from now."""
        message = TypedMessage(self.new_message_id(), text, self.now + after, reply_to)
        self.said[message.id] = message
        return message

    async def types(self, text: str, *, reply_to: int | None = None) -> Draft | None:
        return await self.sends(self.message(text, reply_to=reply_to))

    async def sends(self, message: TypedMessage) -> Draft | None:
        """A typed message arrives, for the first time or repeated by Telegram."""
        async with self.db.begin() as session:
            return await answering.record(session, self.id, message, now=self.now)

    async def answers(self, text: str, *, reply_to: int | None = None) -> Draft:
        """Types something that must be taken as an answer."""
        draft = await self.types(text, reply_to=reply_to)
        assert draft is not None, f"{text!r} was not taken as an answer"
        return draft

    async def edits(self, message_id: int, text: str) -> Draft | None:
        async with self.db.begin() as session:
            return await answering.edit(session, self.id, message_id, text, now=self.now)

    async def starts_over(self, attempt_id: AttemptId, up_to: int) -> Draft:
        async with self.db.begin() as session:
            return await answering.start_over(session, self.id, attempt_id, up_to, now=self.now)

    async def reveals(self, attempt_id: AttemptId) -> Revealed:
        async with self.db.begin() as session:
            return await reviewing.reveal(session, self.id, attempt_id, now=self.now)

    async def corrects(self, attempt_id: AttemptId, place: int, *, made: bool) -> Revealed:
        async with self.db.begin() as session:
            return await reviewing.correct(session, self.id, attempt_id, place, made, now=self.now)

    async def rates(self, attempt_id: AttemptId, rating: Rating) -> Revealed:
        async with self.db.begin() as session:
            return await reviewing.rate(session, self.id, attempt_id, rating, now=self.now)

    async def finishes(self, rating: Rating = Rating.GOOD) -> Revealed:
        """Takes another question, answers, reveals and rates it."""
        asked = await self.asks_for_another()
        await self.answers(f"My answer to question {asked.question.number}.")
        await self.reveals(asked.attempt_id)
        return await self.rates(asked.attempt_id, rating)

    async def forgets_me(self) -> None:
        async with self.db.begin() as session:
            await privacy.forget(session, self.id)

    async def exports(self) -> dict[str, Any]:
        async with self.db.read() as session:
            return await privacy.export(session, self.id, now=self.now)

    async def rows(self, table: str) -> list[Row]:
        """What is stored about the person in one table."""
        rows: list[Row] = (await self.exports())[table]
        return rows

    async def answer_to(self, attempt_id: AttemptId) -> list[str]:
        """The texts that count as the answer, in the order in which the bot reads them."""
        async with self.db.read() as session:
            return [part.text for part in await attempts.parts(session, attempt_id)]
